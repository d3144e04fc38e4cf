"""What is known of the client at hand: rows to choose from, and what a note suggests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.knowledge import Knowledge, KnowledgeKind, suggested
from receptionist.model.plain import plain
from ui.models.journal import Entry
from ui.models.stage import LookedUp, Seen
from ui.models.words import one_line

CALM_MS = 700
"""How long nobody types before something is suggested."""
_ICONS = {
    KnowledgeKind.QUESTION: "question",
    KnowledgeKind.DIRECTIONS: "place",
    KnowledgeKind.PERSON: "person",
}
_LONGEST_ANSWER = 20_000
Whose = tuple[UUID | None, UUID | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownThing(Entry):
    """A row: one thing that is known."""

    known: Knowledge

    @property
    def answer(self) -> str:
        """What is read aloud."""
        return plain(self.known.text, lines=True)[:_LONGEST_ANSWER]


def rows_of(entries: Sequence[Knowledge], client: Client) -> list[KnownThing]:
    """Rows of a client's entries, in their order."""
    return [
        KnownThing(
            title=one_line(one.title),
            detail=_detail(one, client),
            icon=_ICONS[one.kind],
            colour=client.colour,
            known=one,
        )
        for one in entries
    ]


def kind_words(one: Knowledge) -> str:
    """What sort of thing it is."""
    return {
        KnowledgeKind.QUESTION: _("question"),
        KnowledgeKind.DIRECTIONS: _("directions"),
        KnowledgeKind.PERSON: _("person"),
    }[one.kind]


def _detail(one: Knowledge, client: Client) -> str:
    """The sort, and the language where it is not the one the client is answered in."""
    tongue = one.language if one.language != client.greeting.language else ""
    told = {"de": _("in German"), "en": _("in English")}.get(tongue, tongue)
    return ", ".join(filter(None, (kind_words(one), told)))


def whose(seen: Seen | LookedUp | None) -> Whose:
    """To which call and client belongs what is looked up."""
    if seen is None:
        return None, None
    return (seen.call.id if seen.call else None), (seen.client.id if seen.client else None)


class Suggestions(QObject):
    """What the note of the shown call speaks of, among what is known of its client. Main thread.

    `changed` when there is another one. It is looked for when nobody has typed for a moment, and
    never for a note that was there before.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._whose: Whose = (None, None)
        self._note = ""
        self._found: Knowledge | None = None
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.timeout.connect(self._look)

    def show(self, seen: Seen | LookedUp | None) -> None:
        """Another call is in view, or its client or note changed."""
        now = whose(seen)
        note = seen.call.note if seen and seen.call else ""
        if now != self._whose:
            self._whose, self._note, self._found = now, note, None
            self._calm.stop()
        elif note != self._note:
            self._note = note
            self._calm.start(CALM_MS)

    @property
    def title(self) -> str:
        """What is suggested, "" if nothing is."""
        return one_line(self._found.title) if self._found else ""

    @property
    def found(self) -> Knowledge | None:
        """What is suggested."""
        return self._found

    def _look(self) -> None:
        client_id = self._whose[1]
        every = self._desk.people.notebooks.known(client_id) if client_id else ()
        found = suggested(every, self._note)
        if found != self._found:
            self._found = found
            self.changed.emit()
