"""Calendars that are being read and take their time, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QLocale

from receptionist.events import CalendarProgress
from receptionist.i18n import _, language
from receptionist.model.client import Client
from ui.models.words import one_line

_LONGEST_NAME = 32


@dataclass(frozen=True, slots=True)
class Progress:
    """What is under way in words; `total` is 0 while nobody knows how much it is."""

    words: str
    done: int = 0
    total: int = 0


class Readings:
    """What is being read now, as events tell it. Main thread."""

    def __init__(self, client: Callable[[UUID | None], Client | None]) -> None:
        self._client = client
        self._newest: dict[UUID, CalendarProgress] = {}

    def take_in(self, event: CalendarProgress) -> None:
        """Something is read, or is over."""
        if event.over:
            self._newest.pop(event.client_id, None)
        else:
            self._newest[event.client_id] = event

    @property
    def progress(self) -> Progress | None:
        """How far the one is that has most to do."""
        if not self._newest:
            return None
        most = max(self._newest.values(), key=lambda one: one.total)
        client = self._client(most.client_id)
        name = one_line(client.name, _LONGEST_NAME) if client else ""
        if not most.total:
            return Progress(_("Reading the calendar of {client} …").format(client=name))
        words = _("Reading the calendar of {client}: {done} of {total}").format(
            client=name, done=_grouped(most.done), total=_grouped(most.total)
        )
        return Progress(words, most.done, most.total)


def _grouped(number: int) -> str:
    return str(QLocale(language()).toString(number))
