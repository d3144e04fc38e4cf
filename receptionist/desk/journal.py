"""The journal: what was typed, and what happened today."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.errors import NotFound
from receptionist.events import DirectoryChanged, StoreFailed
from receptionist.i18n import _
from receptionist.model.call import Call
from receptionist.model.office import Directory
from receptionist.ports import Store

log = logging.getLogger(__name__)


class Journal:
    """Calls as the store keeps them. Main thread."""

    def __init__(self, ground: Ground, calls: Calls) -> None:
        self._memory = ground.memory
        self._calls = calls
        self._directory = ground.directory
        self._listeners = ground.listeners
        self._clock = ground.clock

    def type(
        self,
        call_id: UUID,
        *,
        caller_name: str | None = None,
        caller_number: str | None = None,
        caller_email: str | None = None,
        caller_address: str | None = None,
        note: str | None = None,
    ) -> None:
        """Keep what was typed for a call, live or over: jotted at once, soon in the journal."""
        call = self._calls.get(call_id)
        if call is None:
            raise NotFound(_("This call is not at the desk."))
        texts: dict[str, Any] = {
            "caller_name": caller_name,
            "caller_number": caller_number,
            "caller_email": caller_email,
            "caller_address": caller_address,
            "note": note,
        }
        typed = replace(call, **{name: text for name, text in texts.items() if text is not None})
        if typed != call:
            self._calls.change(typed)

    def today(self, then: Callable[[tuple[Call, ...]], object]) -> None:
        """The calls since midnight at the office, newest first, to `then`."""
        self.since(self._midnight(), then)

    def since(
        self,
        start: datetime,
        then: Callable[[tuple[Call, ...]], object],
        client_id: UUID | None = None,
    ) -> None:
        """The calls since `start`, of one client or of all, newest first, to `then`."""
        self._memory.submit(
            lambda store: store.calls(start, client_id),
            then=lambda calls: then(self._calls.remember(calls)),
            failed=self._failed,
        )

    def assign_number(self, number: str, client_id: UUID) -> None:
        """A dialled number belongs to this client from now on."""
        who, at = self._directory.receptionist.id, self._clock.now()

        def assign(store: Store) -> Directory:
            store.assign_number(number, client_id, who, at)
            return store.directory()

        self._memory.submit(assign, then=self._replaced, failed=self._failed)

    def _replaced(self, directory: Directory) -> None:
        self._directory.replace(directory)
        self._listeners.tell(DirectoryChanged())

    def _failed(self, error: Exception) -> None:
        log.error("the journal could not be read or written: %s", type(error).__name__)
        self._listeners.tell(StoreFailed(message=str(error)))

    def _midnight(self) -> datetime:
        zone = ZoneInfo(self._directory.office.zone)
        today = self._clock.now().astimezone(zone).date()
        return datetime.combine(today, time(), tzinfo=zone)
