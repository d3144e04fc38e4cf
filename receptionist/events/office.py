"""What the desk tells of the directory, of calendars, and of who works here; and all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

# ---- what the phone reports to the desk -------------------------------------------------------
from receptionist.events.appointments import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentChanged,
    AppointmentConfirmed,
    AppointmentHeld,
    AppointmentReleased,
    BookingConflict,
    ChangeRefused,
    LetterDelayed,
    LetterSent,
    OwnerChanged,
    PushDelayed,
)
from receptionist.events.calls import (
    CallChanged,
    CallEnded,
    CallFailed,
    CallIncoming,
    CallParked,
    CallRecalled,
    ConferenceChanged,
    DigitReceived,
    ForwardingTested,
    HoldReminder,
    TraceReady,
    WayTaken,
)
from receptionist.events.people import CallersChanged, KnowledgeChanged, ReachChanged
from receptionist.events.phone import EngineChanged, LineChanged
from receptionist.events.scripts import ActionChosen, ScriptChanged, ScriptNews
from receptionist.events.services import ErrandChanged, ErrandWaits
from receptionist.events.voices import (
    CallAttended,
    CallQuality,
    MessageHeard,
    MessageLeft,
    RecordingChanged,
    RecordingKept,
    VoiceDeleted,
)
from receptionist.events.work import WorkAdded, WorkChanged, WorkDone
from receptionist.model.agent import AgentPeriod, BreakReason
from receptionist.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryChanged:
    """Office, lines or clients changed; ask the directory again."""


class CalendarHealth(StrEnum):
    """How a calendar account is."""

    UNKNOWN = "unknown"
    CHECKING = "checking"
    GOOD = "good"
    WAITING = "waiting"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChanged:
    """A client's calendar was refreshed or could not be; slots may have changed.

    `WAITING` is tried again by itself, `STOPPED` waits for a person. `checked` is the last success.
    """

    client_id: UUID
    account_id: UUID
    health: CalendarHealth
    reason: Reason = Reason.NONE
    checked: datetime | None = None
    unreadable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarProgress:
    """How far a long reading of a client's calendar is; `total` is 0 while it is not known.

    With `over` it came to an end, or was given up.
    """

    client_id: UUID
    account_id: UUID
    done: int
    total: int
    over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentChanged:
    """Ready, on a break or in wrap-up; a wrap-up ends by itself at `until`.

    `announced` is the break that begins when the call is over.
    """

    period: AgentPeriod
    until: datetime | None = None
    announced: BreakReason = BreakReason.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFailed:
    """Something could not be written; `message` says what and what to do."""

    message: str


DeskEvent = (
    CallIncoming
    | CallChanged
    | CallEnded
    | CallFailed
    | DigitReceived
    | HoldReminder
    | CallParked
    | CallRecalled
    | ConferenceChanged
    | WayTaken
    | ForwardingTested
    | TraceReady
    | CallAttended
    | CallQuality
    | MessageLeft
    | MessageHeard
    | RecordingChanged
    | RecordingKept
    | VoiceDeleted
    | ScriptChanged
    | ScriptNews
    | ActionChosen
    | WorkAdded
    | WorkChanged
    | WorkDone
    | DirectoryChanged
    | AppointmentBooked
    | AppointmentConfirmed
    | BookingConflict
    | AppointmentHeld
    | AppointmentReleased
    | AppointmentChanged
    | AppointmentCancelled
    | ChangeRefused
    | OwnerChanged
    | LetterSent
    | LetterDelayed
    | PushDelayed
    | CalendarChanged
    | CalendarProgress
    | AgentChanged
    | ReachChanged
    | KnowledgeChanged
    | CallersChanged
    | ErrandChanged
    | ErrandWaits
    | LineChanged
    | EngineChanged
    | StoreFailed
)
