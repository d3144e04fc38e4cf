"""What the phone reports to the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from receptionist.model.call import Cause
from receptionist.model.dialled import Called
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
