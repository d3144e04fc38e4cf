"""How a receptionist is at the desk: ready, on a break, finishing what the last call left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

WRAP_UP_S = 30
"""How long wrap-up lasts unless the office says otherwise, in seconds."""


class AgentState(StrEnum):
    """Ready for calls, on a break, or in wrap-up after a call."""

    READY = "ready"
    BREAK = "break"
    WRAP_UP = "wrap-up"


class BreakReason(StrEnum):
    """What a break is for. `NONE` stands with every other state."""

    NONE = ""
    SHORT = "short"
    LUNCH = "lunch"
    MEETING = "meeting"
    TRAINING = "training"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentPeriod:
    """A stretch of one state at one workstation.

    `seconds` is monotonic; None while it lasts, and where a crash cut it off. `call_id` is the call
    whose wrap-up it is.
    """

    id: UUID
    receptionist_id: UUID
    workstation_id: UUID
    state: AgentState
    started: datetime
    reason: BreakReason = BreakReason.NONE
    ended: datetime | None = None
    seconds: float | None = None
    call_id: UUID | None = None
