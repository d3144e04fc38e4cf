"""Fills the journal: from the store at the start of a day, then with what is told."""

from __future__ import annotations

from collections.abc import Callable

from receptionist import events
from receptionist.desk.desk import Desk
from receptionist.model.call import Call
from receptionist.model.voice import Voice, VoiceKind
from receptionist.model.worklist import WorkItem
from ui.models.journal import JournalModel

FED = (
    events.WorkAdded
    | events.WorkChanged
    | events.WorkDone
    | events.MessageLeft
    | events.MessageHeard
    | events.RecordingKept
    | events.VoiceDeleted
)


class JournalFeed:
    """Main thread. `changed` is called when the store has answered."""

    def __init__(self, desk: Desk, journal: JournalModel, changed: Callable[[], object]) -> None:
        self._desk, self._journal, self._changed = desk, journal, changed

    def read(self) -> None:
        """Ask the store for today's calls, and for what is open."""
        self._desk.journal.today(self._calls)
        self._desk.work.read(self._items)
        for kind in VoiceKind:
            self._desk.voices.kept(kind, self._voices, lambda _error: None)

    def take_in(self, event: FED) -> None:
        """Take in what the desk told."""
        match event:
            case events.WorkAdded() | events.WorkChanged() | events.WorkDone():
                self._journal.take_items(self._desk.work.items)
            case events.MessageLeft() | events.MessageHeard():
                self._journal.take_voices((event.message,))
            case events.RecordingKept():
                self._journal.take_voices((event.recording,))
            case events.VoiceDeleted():
                self._journal.drop_voice(event.voice)

    def _calls(self, calls: tuple[Call, ...]) -> None:
        self._journal.take_calls(calls)
        self._changed()

    def _items(self, items: tuple[WorkItem, ...]) -> None:
        self._journal.take_items(items)
        self._changed()

    def _voices(self, voices: tuple[Voice, ...]) -> None:
        self._journal.take_voices(voices)
        self._changed()
