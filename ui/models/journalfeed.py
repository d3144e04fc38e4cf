"""Fills the journal: from the store at the start of a day, then with what is told."""

from __future__ import annotations

from collections.abc import Callable

from receptionist import events
from receptionist.desk.desk import Desk
from receptionist.model.call import Call, CallBack
from receptionist.model.voice import Voice, VoiceKind
from ui.models.journal import JournalModel

FED = (
    events.CallBackAdded
    | events.CallBackDone
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
        """Ask the store for today's calls, and for what is owed."""
        self._desk.journal.today(self._calls)
        self._desk.journal.call_backs(self._call_backs)
        for kind in VoiceKind:
            self._desk.voices.kept(kind, self._voices, lambda _error: None)

    def take_in(self, event: FED) -> None:
        """Take in what the desk told."""
        match event:
            case events.CallBackAdded():
                self._journal.take_call_backs((event.call_back,))
            case events.CallBackDone():
                self._journal.drop_call_back(event.call_back_id)
            case events.MessageLeft() | events.MessageHeard():
                self._journal.take_voices((event.message,))
            case events.RecordingKept():
                self._journal.take_voices((event.recording,))
            case events.VoiceDeleted():
                self._journal.drop_voice(event.voice)

    def _calls(self, calls: tuple[Call, ...]) -> None:
        self._journal.take_calls(calls)
        self._changed()

    def _call_backs(self, call_backs: tuple[CallBack, ...]) -> None:
        self._journal.take_call_backs(call_backs)
        self._changed()

    def _voices(self, voices: tuple[Voice, ...]) -> None:
        self._journal.take_voices(voices)
        self._changed()
