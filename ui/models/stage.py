"""Which calls there are for the eye, and which one is shown in the middle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from receptionist.model.call import UP, Call, CallState
from receptionist.model.client import Client
from receptionist.model.quality import Quality
from ui.models.marks import Marks


@dataclass(frozen=True, slots=True)
class Seen:
    """A call as the newest event told it. `client` is None for an unknown dialled number."""

    call: Call
    client: Client | None
    greeting: str


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A client somebody looked up while no call is shown; `call` is always None."""

    client: Client
    call: Call | None = None


class Stage:
    """Live calls in the order they came, and the shown one. Main thread.

    A call that rings is shown by itself only when nothing else is: never over a call that lives,
    and never while somebody types.
    """

    def __init__(self) -> None:
        self._seen: dict[UUID, Seen] = {}
        self._shown: UUID | None = None
        self.marks = Marks()

    @property
    def shown(self) -> Seen | None:
        """What the middle shows."""
        return self._seen.get(self._shown) if self._shown else None

    @property
    def live(self) -> list[Seen]:
        """Calls that are not over, oldest first."""
        calls = (seen for seen in self._seen.values() if not seen.call.ended)
        return sorted(calls, key=lambda seen: seen.call.started)

    def get(self, call_id: UUID) -> Seen | None:
        """A call that was told of."""
        return self._seen.get(call_id)

    def take_in(self, seen: Seen, *, typing: bool) -> None:
        """Take over what an event said; `typing` is whether the keyboard is in the middle."""
        call = seen.call
        before = self._seen.get(call.id)
        if before is None and call.ended:
            return
        self._seen[call.id] = seen
        if before is None and self._comes_up(call, typing):
            self._shown = call.id
        if call.ended and call.id == self._shown and not typing and _untouched(call):
            self.put_away()
        if call.ended and call.id != self._shown:
            self._seen.pop(call.id, None)

    def sounds(self, call_id: UUID, last: Quality, worst: Quality) -> None:
        """Take over how a live call sounds."""
        seen = self._seen.get(call_id)
        if seen is not None:
            call = replace(seen.call, quality=last, worst=worst)
            self._seen[call_id] = replace(seen, call=call)

    def show(self, call_id: UUID) -> None:
        """Show a call because a person wants it."""
        self._leave()
        self._shown = call_id if call_id in self._seen else None

    def open(self, seen: Seen) -> None:
        """Show a call from the journal."""
        self._leave()
        self._seen[seen.call.id] = seen
        self._shown = seen.call.id

    def step_aside(self) -> None:
        """Show no call because a person wants to see something else; calls go on."""
        self._leave()

    def put_away(self) -> None:
        """Leave a call that is over. Who was asked gives way to the caller he was asked for; any
        other to who is spoken to, who rings, or who waits."""
        if self.shown is not None and not self.shown.call.ended:
            return
        waiting = self.live
        spoken = [seen for seen in waiting if seen.call.state is CallState.ACTIVE]
        ringing = [seen for seen in waiting if seen.call.state is CallState.RINGING]
        following = self._asked_for or next(iter(spoken or ringing or waiting), None)
        self._leave()
        self._shown = following.call.id if following else None

    def step(self) -> None:
        """Show the next live call."""
        waiting = [seen.call.id for seen in self.live]
        if waiting:
            at = waiting.index(self._shown) + 1 if self._shown in waiting else 0
            self.show(waiting[at % len(waiting)])

    @property
    def to_answer(self) -> Seen | None:
        """The call the answer key takes: the shown one if it rings, else who waits longest."""
        ringing = [seen for seen in self.live if seen.call.state is CallState.RINGING]
        if self.shown in ringing:
            return self.shown
        return next(iter(ringing), None)

    @property
    def to_resume(self) -> Seen | None:
        """Who waits on hold, when the shown call can be neither held nor resumed: the caller for
        whom it was made, else who waits alone."""
        if self.shown is not None and self.shown.call.state in UP:
            return None
        held = [seen for seen in self.live if seen.call.state is CallState.HELD]
        if self._asked_for in held:
            return self._asked_for
        return held[0] if len(held) == 1 else None

    @property
    def _asked_for(self) -> Seen | None:
        """The caller for whom the shown call was made, if he is still here."""
        caller_id = self.shown.call.consults_for if self.shown is not None else None
        caller = self._seen.get(caller_id) if caller_id else None
        return caller if caller is not None and not caller.call.ended else None

    def _comes_up(self, call: Call, typing: bool) -> bool:
        """Whether a new call is shown by itself; a spoken one has gone on without a window."""
        if call.state is CallState.ACTIVE:
            return self.shown is None
        return call.state is CallState.RINGING and not self._taken(typing)

    def _taken(self, typing: bool) -> bool:
        shown = self.shown
        if shown is None:
            return any(seen.call.state is CallState.ACTIVE for seen in self.live)
        return typing or not shown.call.ended

    def _leave(self) -> None:
        if self.shown is not None and self.shown.call.ended:
            del self._seen[self.shown.call.id]
        self._shown = None


def _untouched(call: Call) -> bool:
    typed = call.caller_name or call.caller_number or call.note or call.reason
    return not (call.answered or typed)
