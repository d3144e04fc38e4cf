"""What was recorded of the shown call: messages and recordings, and which of them is heard."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from receptionist import events
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.call import Call
from receptionist.model.voice import Voice, VoiceKind
from ui.models.words import elapsed
from ui.post import while_there

TOLD = events.MessageLeft | events.MessageHeard | events.RecordingKept | events.VoiceDeleted


class CallVoices(QObject):
    """Those of a call that is over. Main thread; `changed` when they are read.

    `playing` is the one that is heard now; `doomed` was to be deleted, and waits for a second yes.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._call_id: UUID | None = None
        self._kept: dict[UUID, Voice] = {}
        self.playing: UUID | None = None
        self.doomed: UUID | None = None

    @property
    def kept(self) -> Sequence[Voice]:
        """What was not deleted, in the order in which it was recorded."""
        return sorted(self._kept.values(), key=lambda voice: voice.at)

    def show(self, call: Call | None) -> None:
        """Another call is shown, or the shown one is over now."""
        call_id = call.id if call is not None and call.ended else None
        if call_id == self._call_id:
            return
        self._call_id, self._kept = call_id, {}
        if call_id is not None:
            found = while_there(self, partial(self._found, call_id))
            self._desk.voices.of_call(call_id, found, lambda _error: None)

    def take_in(self, event: TOLD) -> None:
        """Take in what the desk told."""
        match event:
            case events.MessageLeft(message=voice) | events.MessageHeard(message=voice):
                self._take((voice,))
            case events.RecordingKept(recording=voice):
                self._take((voice,))
            case events.VoiceDeleted(voice=voice):
                self._kept.pop(voice.id, None)

    def _found(self, call_id: UUID, voices: tuple[Voice, ...]) -> None:
        if call_id == self._call_id:
            self._take(voices)
            self.changed.emit()

    def _take(self, voices: Sequence[Voice]) -> None:
        there = (one for one in voices if one.call_id == self._call_id and one.deleted is None)
        self._kept.update({one.id: one for one in there})


def next_to_hear(voices: Sequence[Voice]) -> Voice | None:
    """The first one nobody has listened to, else the first."""
    unheard = (one for one in voices if one.heard is None and one.kind is VoiceKind.MESSAGE)
    return next(unheard, next(iter(voices), None))


def voice_words(voice: Voice) -> str:
    """What it is, how long, and whether somebody has listened to a message."""
    length = elapsed(voice.seconds) if voice.seconds is not None else _("unknown length")
    if voice.kind is VoiceKind.RECORDING:
        return _("recording of {length}").format(length=length)
    heard = _("listened to") if voice.heard else _("new")
    return _("message of {length}, {heard}").format(length=length, heard=heard)
