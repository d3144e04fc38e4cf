"""A call as an append-only list of segments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from receptionist.model.quality import Quality
from receptionist.model.script.answer import Answer
from receptionist.model.unattended import StepKind


class Direction(StrEnum):
    """Who started the call."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class CallState(StrEnum):
    """The state a segment lasts. `ENDED` is the last segment and has no length."""

    RINGING = "ringing"
    DIALLING = "dialling"
    ACTIVE = "active"
    HELD = "held"
    ENDED = "ended"


UP = (CallState.ACTIVE, CallState.HELD)
"""States in which the other side is there."""

HOLD_REMINDER_S = 60
"""How often the desk is reminded of a caller on hold, usually."""

ENGAGED = (*UP, CallState.DIALLING)
"""States of calls that keep whoever sits here at work."""


class Cause(StrEnum):
    """Why a call ended, for the journal."""

    NONE = ""
    CALLER_HUNG_UP = "caller-hung-up"
    WE_HUNG_UP = "we-hung-up"
    DECLINED = "declined"
    MISSED = "missed"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    FAILED = "failed"
    ENGINE_DIED = "engine-died"
    REFUSED = "refused"
    TRANSFERRED = "transferred"
    NOT_ENCRYPTED = "not-encrypted"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls (or is called): normalised number and name as signalled; both may be empty."""

    number: str = ""
    name: str = ""
    anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of a call in one state. `seconds` is monotonic time, None while it lasts."""

    state: CallState
    start: datetime
    seconds: float | None = None
    cause: Cause = Cause.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call as the desk knows it. `id` is ours and global.

    `caller` is what was signalled; `caller_name`, `caller_number` and `note` are what was typed.
    `consults_for` is the caller for whom we made this call, `connected_to` the number with which
    the other side was connected when we left. `parked` is the short number of a parked call, 0 for
    any other, `parked_for` the note about who shall take it. `step` is the last thing the phone
    itself did for a caller whom nobody answered in time, `place` where he stands in the queue.
    `quality` is the last that was measured, `worst` the worst of all. `language` is the caller's,
    "" while nobody chose it; `reason` is the key of the call reason, from the version `script_id`
    of the client's script, and `answers` are what was asked.
    """

    id: UUID
    direction: Direction
    line_id: UUID | None
    dialled: str
    caller: Caller
    client_id: UUID | None = None
    receptionist_id: UUID | None = None
    workstation_id: UUID | None = None
    segments: tuple[Segment, ...] = ()
    caller_name: str = ""
    caller_number: str = ""
    note: str = ""
    caller_email: str = ""
    caller_address: str = ""
    muted: bool = False
    consults_for: UUID | None = None
    connected_to: str = ""
    parked: int = 0
    parked_for: str = ""
    step: StepKind | None = None
    place: int = 0
    quality: Quality | None = None
    worst: Quality | None = None
    language: str = ""
    script_id: UUID | None = None
    reason: str = ""
    answers: tuple[Answer, ...] = ()

    @property
    def state(self) -> CallState:
        """The state of the newest segment."""
        return self.segments[-1].state

    @property
    def since(self) -> datetime:
        """When the newest segment began, UTC."""
        return self.segments[-1].start

    @property
    def started(self) -> datetime:
        """When the call began, UTC."""
        return self.segments[0].start

    @property
    def answered(self) -> bool:
        """Whether somebody ever spoke."""
        return any(s.state in UP for s in self.segments)

    @property
    def cause(self) -> Cause:
        """Why it ended; `NONE` while it lasts."""
        return self.segments[-1].cause

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.state is CallState.ENDED

    @property
    def number(self) -> str:
        """Where the other side can be reached: as typed, else as signalled or dialled."""
        incoming = self.direction is Direction.INCOMING
        return self.caller_number or (self.caller.number if incoming else self.dialled)

    @property
    def talk_s(self) -> float:
        """Seconds in conversation or on hold, from the monotonic clock."""
        return sum(s.seconds or 0.0 for s in self.segments if s.state in UP)

    def advanced(
        self, state: CallState, at: datetime, seconds: float, cause: Cause = Cause.NONE
    ) -> Call:
        """The call in its next state; `seconds` is how long the newest segment lasted."""
        closed = (*self.segments[:-1], replace(self.segments[-1], seconds=seconds))
        return replace(self, segments=(*closed, Segment(state=state, start=at, cause=cause)))
