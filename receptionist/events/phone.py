"""What the phone reports to the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from receptionist.model.call import Cause
from receptionist.model.dialled import Called
from receptionist.model.unattended import StepKind
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
    """The other side has taken up the call it was asked for. `PhoneEnded` follows.

    `target` is with whom the phone itself has connected a caller nobody answered.
    """

    call_id: UUID
    target: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneAttended:
    """Nobody answered in time: the phone itself looks after the caller, and has begun `step`.

    `place` is where he stands in the queue, from 1; 0 where there is none. He can still be
    answered, which is told by `PhoneAnswered`.
    """

    call_id: UUID
    step: StepKind
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneMessage:
    """A caller left a message of so many seconds; it lies encrypted at `path`."""

    call_id: UUID
    path: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneRecorded:
    """A recording of a call is complete; it lies encrypted at `path`."""

    call_id: UUID
    path: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneJoined:
    """Two calls and the headset hear each other (`joined`), or do no longer."""

    call_id: UUID
    other_id: UUID
    joined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneQuality:
    """How a call sounds here, told every few seconds and once more at its end.

    `loss_permille` of the packets that should have come, `jitter_ms` and `round_trip_ms` (RTCP, 0
    if not known), `mos_tenths` an estimate by the E-model (ITU-T G.107), 10 to 45.
    """

    call_id: UUID
    codec: str
    encrypted: bool
    loss_permille: int
    jitter_ms: int
    round_trip_ms: int
    mos_tenths: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneLevels:
    """How loud it is at the microphone and in the headset just now, 0 to 100."""

    microphone: int
    headset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneTrace:
    """The SIP messages of a call for the provider's support, without secrets and names."""

    call_id: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneLive:
    """A call that went on while no desk was there, as it is now. Comes before all else of it.

    `answered_at` is UTC, and nothing while it rings or is dialled. `target` is whom an outgoing
    one calls, `beside` for whom it was made. `joined` is the call with which it is in conference.
    `step` is what is being done for a caller whom nobody has answered yet.
    """

    call_id: UUID
    line_id: UUID
    incoming: bool
    at: datetime
    answered_at: datetime | None = None
    held: bool = False
    muted: bool = False
    called: Called | None = None
    caller_uri: str = ""
    caller_name: str = ""
    target: str = ""
    step: StepKind | None = None
    beside: UUID | None = None
    joined: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneResumed:
    """The phone went on without this desk: what lives now, and what happened since (UTC).

    Told once after the start, before all that concerns calls, even if there is nothing: no other
    call of before goes on. Later only when a desk that had lost its phone has found it again.
    """

    living: tuple[PhoneLive, ...] = ()
    missed: tuple[tuple[datetime, PhoneEvent], ...] = ()


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


JOURNALLED = (
    PhoneIncoming,
    PhoneAnswered,
    PhoneAttended,
    PhoneMessage,
    PhoneRecorded,
    PhoneEnded,
    PhoneRefused,
    PhoneTransferred,
    PhoneTransferFailed,
)
"""What the journal cannot do without; of the rest only the newest counts, and that is asked for.

Of these the phone remembers each until it is told that it is written down, and tells it again to
the next desk if it never was: taking one twice must change nothing.
"""

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
    | PhoneAttended
    | PhoneMessage
    | PhoneRecorded
    | PhoneJoined
    | PhoneQuality
    | PhoneLevels
    | PhoneTrace
    | PhoneLive
    | PhoneResumed
    | LineChanged
    | EngineChanged
)
