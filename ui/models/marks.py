"""What is so of live calls beyond what they say of themselves: who waits too long, who is in
conference, who is being recorded."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from receptionist import events
from receptionist.i18n import _, ngettext
from receptionist.model.call import Call, CallState
from ui.models.words import state_words


@dataclass(frozen=True, slots=True)
class Sign:
    """The state of a call in words; the tone is `attention` where somebody has to do something."""

    words: str
    tone: str = "quiet"


class Marks:
    """Main thread. Brought up to date by events alone."""

    def __init__(self) -> None:
        self._waits: dict[UUID, int] = {}
        self._conference: frozenset[UUID] = frozenset()
        self.recorded: set[UUID] = set()

    def take_in(self, event: events.DeskEvent) -> None:
        """Take in what the desk told."""
        match event:
            case events.HoldReminder(call=call, seconds=seconds):
                self._waits[call.id] = seconds
            case events.ConferenceChanged(joined=joined):
                pair = frozenset((event.caller_id, event.asked_id))
                self._conference = pair if joined else frozenset()
            case events.RecordingChanged(call_id=call_id, on=on):
                (self.recorded.add if on else self.recorded.discard)(call_id)
            case events.CallChanged(call=call) if call.state is not CallState.HELD:
                self._waits.pop(call.id, None)
            case events.CallEnded(call=call):
                self._waits.pop(call.id, None)
                self._conference -= {call.id}
                self.recorded.discard(call.id)

    def confers(self, call_id: UUID) -> bool:
        """Whether a call is in conference."""
        return call_id in self._conference

    def sign(self, call: Call) -> Sign:
        """The state of a call in words."""
        seconds = self._waits.get(call.id, 0)
        if seconds and call.state is CallState.HELD:
            return Sign(f"{state_words(call)} · {_waiting(seconds)}", "attention")
        words = _("in conference") if self.confers(call.id) else state_words(call)
        if call.id in self.recorded:
            recorded = _("being recorded")
            return Sign(f"{words} · {recorded}", "danger")
        return Sign(words)


def _waiting(seconds: int) -> str:
    minutes = max(1, round(seconds / 60))
    words = ngettext(
        "has been waiting for {count} minute", "has been waiting for {count} minutes", minutes
    )
    return words.format(count=minutes)
