"""An errand: work for a client beside calls, with a timer. Pure.

Its time is a list of stretches that were measured. What a crash cut off counts up to the last sign
of life, and waits for the person to confirm it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from receptionist.model.service import Service, ServiceKind


class StretchEnd(StrEnum):
    """Why a stretch ended; `NONE` while it lasts.

    By hand; because a call was answered; because of a break or a wrap-up; because another errand
    was begun; because the program was ended. `INTERRUPTED` is one that ended with the program or
    the computer, `CONFIRMED` the same after the person has said how long it was.
    """

    NONE = ""
    PAUSED = "paused"
    CALL = "call"
    BREAK = "break"
    OTHER = "other"
    LEFT = "left"
    INTERRUPTED = "interrupted"
    CONFIRMED = "confirmed"
    FINISHED = "finished"


class ErrandState(StrEnum):
    """The timer runs, stands still, was cut off and waits for a person; or all is done."""

    RUNNING = "running"
    PAUSED = "paused"
    INTERRUPTED = "interrupted"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of work without a pause. `seconds` is monotonic; while it lasts as of `seen`."""

    start: datetime
    seen: datetime
    seconds: float = 0.0
    end: StretchEnd = StretchEnd.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A piece of work for a client. `text` says what is to be done, `result` what came of it.

    `title` is the own title of the service when it was begun. `call_id` is the call out of which
    it came, if there is one; it follows that call to another client.
    """

    id: UUID
    client_id: UUID
    kind: ServiceKind
    title: str = ""
    receptionist_id: UUID
    workstation_id: UUID
    created: datetime
    call_id: UUID | None = None
    text: str = ""
    result: str = ""
    stretches: tuple[Stretch, ...] = ()
    finished: datetime | None = None
    removed: datetime | None = None

    @property
    def service(self) -> Service:
        """What it is done as."""
        return Service(kind=self.kind, title=self.title)

    @property
    def state(self) -> ErrandState:
        """How it stands."""
        if self.finished is not None:
            return ErrandState.FINISHED
        return {
            StretchEnd.NONE: ErrandState.RUNNING,
            StretchEnd.INTERRUPTED: ErrandState.INTERRUPTED,
        }.get(self.why, ErrandState.PAUSED)

    @property
    def why(self) -> StretchEnd:
        """Why its timer stands still; `PAUSED` also where it never ran."""
        return self.stretches[-1].end if self.stretches else StretchEnd.PAUSED

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.finished is None and self.removed is None

    @property
    def worked_s(self) -> float:
        """Seconds of work; while it runs as of the last sign of life."""
        return sum(one.seconds for one in self.stretches)

    @property
    def begun(self) -> datetime:
        """When somebody began to work on it, else when it was noted."""
        return self.stretches[0].start if self.stretches else self.created

    def started(self, at: datetime) -> Errand:
        """The timer runs from now on."""
        return replace(self, stretches=(*self.stretches, Stretch(start=at, seen=at)))

    def alive(self, at: datetime, seconds: float, end: StretchEnd = StretchEnd.NONE) -> Errand:
        """The newest stretch has lasted so long until now, and goes on unless it has an `end`."""
        newest = replace(self.stretches[-1], seen=at, seconds=seconds, end=end)
        return replace(self, stretches=(*self.stretches[:-1], newest))

    def cut(self, end: StretchEnd = StretchEnd.INTERRUPTED) -> Errand:
        """The newest stretch was over at the last sign of life."""
        newest = self.stretches[-1]
        return self.alive(newest.seen, newest.seconds, end)
