"""Who is spoken to: everybody else is held, or cut off if he cannot be held."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from receptionist.desk.calls import Calls
from receptionist.model.call import CallState
from receptionist.ports import Phone

MusicOf = Callable[[UUID | None], str]
"""The WAV file that a client's callers hear on hold; empty for the one that ships."""


class Focus:
    """The call that is spoken to, or the two of a conference. Main thread."""

    def __init__(self, phone: Phone, calls: Calls) -> None:
        self.music_of: MusicOf = lambda client_id: ""
        self._phone = phone
        self._calls = calls
        self._chosen: UUID | None = None
        self._together: frozenset[UUID] = frozenset()
        self._cut_off: set[UUID] = set()
        """Calls that refused to be held and must not hear what is said to another."""

    def free_for(self, call_id: UUID) -> bool:
        """Whether nobody but this call is spoken to, called, or being answered."""
        others = [call for call in self._calls.live if call.id != call_id]
        kept = (CallState.ACTIVE, CallState.DIALLING)
        answered = (call for call in others if call.id == self._chosen)
        return not any(call.state in kept for call in others) and not any(
            call.state is CallState.RINGING for call in answered
        )

    def choose(self, call_id: UUID) -> None:
        """From now on this call is spoken to, and nobody else but who is in conference with it."""
        self._chosen = call_id
        self.hold_others(call_id)
        self._join_again(call_id)

    def confer(self, *call_ids: UUID) -> None:
        """These calls are spoken to together from now on; without any, no calls are."""
        self._together = frozenset(call_ids)

    def hold(self, call_id: UUID) -> None:
        """Put a call on hold with the music of its client."""
        call = self._calls.get(call_id)
        self._phone.hold(call_id, self.music_of(call.client_id) if call else "")

    def hold_others(self, call_id: UUID) -> None:
        """Hold who else is spoken to; a call chosen later may have been faster than this one."""
        active = [call.id for call in self._calls.live if call.state is CallState.ACTIVE]
        spoken_to = {self._chosen if self._chosen in active else call_id}
        if spoken_to & self._together:
            spoken_to |= self._together
        for other in active:
            if other not in spoken_to:
                self.hold(other)

    def not_held(self, call_id: UUID) -> None:
        """While another is spoken to, who cannot be held is cut off from the microphone."""
        live = any(call.id == self._chosen for call in self._calls.live)
        if call_id != self._chosen and call_id not in self._together and live:
            self._cut_off.add(call_id)
            self._phone.mute(call_id, True)

    def ended(self, call_id: UUID) -> None:
        """A call is over: who was cut off because of it is not any more."""
        self._cut_off.discard(call_id)
        if call_id == self._chosen:
            self._join_again(*self._cut_off)

    def _join_again(self, *call_ids: UUID) -> None:
        for call_id in self._cut_off.intersection(call_ids):
            self._cut_off.discard(call_id)
            self._phone.mute(call_id, False)
