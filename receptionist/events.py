"""The whole closed list of what can happen: what the phone reports, and what the desk tells faces.

Every event is frozen and arrives on the main thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from receptionist.model.agent import AgentPeriod, BreakReason
from receptionist.model.appointment import Appointment
from receptionist.model.call import Call, CallBack, Cause
from receptionist.model.client import Client
from receptionist.model.dialled import Called
from receptionist.model.letter import Letter
from receptionist.reasons import Reason

# ---- what the phone reports to the desk -------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneIncoming:
    """An INVITE rang. `called` and `caller` carry header values, decoded, never trusted.

    `at` is when the INVITE reached the engine, UTC.
    """

    call_id: UUID
    line_id: UUID
    called: Called
    caller_uri: str
    caller_name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneProgress:
    """An outgoing call rings at the other end."""

    call_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneAnswered:
    """The dialog is confirmed (ACK seen or sent): both can speak."""

    call_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneHeld:
    """Hold was put on (`held`) or taken off, and the peer agreed."""

    call_id: UUID
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneMuted:
    """Our microphone was cut off from the call, or joined again."""

    call_id: UUID
    muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneDigit:
    """The other side sent a DTMF digit (RFC 4733)."""

    call_id: UUID
    digit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneEnded:
    """The call is over. `status` is the SIP status code that ended it (0 for a BYE)."""

    call_id: UUID
    cause: Cause
    status: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneRefused:
    """An INVITE was refused before it rang: a stranger, or no room for another call."""

    line_id: UUID | None
    called: Called
    caller_uri: str
    caller_name: str
    reason: Reason
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneTransferred:
    """The other side has taken up the call it was asked for. `PhoneEnded` follows."""

    call_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneTransferFailed:
    """The other side is still here: it refused to call, or its call came to nothing.

    `status` is the SIP status of its refusal or of its call, 408 where nothing was heard in time.
    """

    call_id: UUID
    status: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneCommandFailed:
    """A command could not be carried out; the call stays as it was. `detail` is for the log."""

    call_id: UUID | None
    command: str
    detail: str


class LineState(StrEnum):
    """The registration of a line. `READY` also stands for a trunk that needs none."""

    CONNECTING = "connecting"
    READY = "ready"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChanged:
    """A line changed its state; `status` is the registrar's answer (0 if none). Also for faces."""

    line_id: UUID
    state: LineState
    reason: Reason = Reason.NONE
    status: int = 0


class EngineState(StrEnum):
    """Whether there is a phone at all."""

    STARTING = "starting"
    READY = "ready"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineChanged:
    """The engine came up or died. Also for faces.

    `audio` names the devices in use, for people; `silent` says that microphone or headset is
    missing.
    """

    state: EngineState
    audio: str = ""
    silent: bool = False


PhoneEvent = (
    PhoneIncoming
    | PhoneProgress
    | PhoneAnswered
    | PhoneHeld
    | PhoneMuted
    | PhoneDigit
    | PhoneEnded
    | PhoneRefused
    | PhoneTransferred
    | PhoneTransferFailed
    | PhoneCommandFailed
    | LineChanged
    | EngineChanged
)

# ---- what the desk tells its faces ------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CallIncoming:
    """A call rings: for whom (None for an unknown dialled number), and what to say."""

    call: Call
    client: Client | None
    greeting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallChanged:
    """A call has a new state, client, mute or typed text; `greeting` fits its client now."""

    call: Call
    client: Client | None
    greeting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnded:
    """A call is over and in the journal."""

    call: Call
    client: Client | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFailed:
    """What was asked of a call did not work; `message` says it in words. The call goes on."""

    call_id: UUID | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitReceived:
    """The caller pressed a key."""

    call_id: UUID
    digit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackAdded:
    """Somebody is to be called back."""

    call_back: CallBack


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackDone:
    """A call-back is settled."""

    call_back_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryChanged:
    """Office, lines or clients changed; ask the directory again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentBooked:
    """In our book and safe; not yet in the owner's calendar."""

    appointment: Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentConfirmed:
    """Read back from the owner's calendar, and nothing of his overlaps."""

    appointment: Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingConflict:
    """The owner is busy then; nothing of ours is in his calendar. `reason` says why."""

    appointment: Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentHeld:
    """A time is kept for a caller who thinks, until `held_until`; others see it as taken."""

    appointment: Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentReleased:
    """A time that was kept is free again: given up, or (`HOLD_EXPIRED`) kept too long."""

    appointment: Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentChanged:
    """Moved, changed or cancelled in our book and safe; the owner's calendar follows.

    In the calendar of another member of the staff it is another appointment than `before`.
    """

    appointment: Appointment
    before: Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCancelled:
    """It is out of the owner's calendar, or marked as cancelled there."""

    appointment: Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRefused:
    """What was `wanted` of an appointment cannot be; `appointment` is how it stands (again).

    `reason` says why, and nothing in the owner's calendar is other than `appointment` says.
    """

    appointment: Appointment
    wanted: Appointment
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerChanged:
    """The owner moved, edited or deleted an appointment of ours in his calendar.

    `reason` is one of `OWNER_MOVED`, `OWNER_CHANGED`, `OWNER_CANCELLED`, `BOTH_CHANGED` and
    `MADE_A_SERIES`; `before` is how it stood in our book.
    """

    appointment: Appointment
    before: Appointment
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSent:
    """The mail server took a letter to a caller."""

    letter: Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDelayed:
    """A letter was not sent; `message` says why. While its state is `WAITING` it is tried again."""

    letter: Letter
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PushDelayed:
    """Not in the owner's calendar yet; kept, and tried again unless its state is `PARKED`."""

    appointment: Appointment


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
    | CallBackAdded
    | CallBackDone
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
    | LineChanged
    | EngineChanged
    | StoreFailed
)
