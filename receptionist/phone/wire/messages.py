"""The commands of the desk and the reports of the engine: the whole closed list.

A report is a `PhoneEvent` as the desk knows it, or one of the two that stay inside the phone:
`Ready` and `Alive`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from receptionist.events import (
    EngineChanged,
    LineChanged,
    PhoneAnswered,
    PhoneCommandFailed,
    PhoneDigit,
    PhoneEnded,
    PhoneEvent,
    PhoneHeld,
    PhoneIncoming,
    PhoneMuted,
    PhoneProgress,
    PhoneRefused,
    PhoneTransferFailed,
    PhoneTransferred,
)
from receptionist.model.office import Line
from receptionist.model.secret import Secret

VERSION = 2


class AudioMode(StrEnum):
    """Where the voice comes from and goes to.

    `FILES` plays the WAV `microphone` over and over and records what is heard into `headset`;
    either may be empty. `NULL` is silence both ways.
    """

    DEVICES = "devices"
    NULL = "null"
    FILES = "files"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """How one engine is set up. Empty names mean the system's own choice, port 0 a free one.

    `bind` is an IPv4 address for SIP and media; `rtp_ports` is how many ports from `rtp_port` on
    the media may use, `rtp_port` 0 picks a range at random. `log_directory` is the data directory
    under which a log is kept; empty for standard error alone. `transfer_s` is how long, in seconds,
    the next word about a transfer may take before it counts as failed.
    """

    bind: str = ""
    sip_port: int = 0
    rtp_port: int = 0
    rtp_ports: int = 128
    audio: AudioMode = AudioMode.DEVICES
    microphone: str = ""
    headset: str = ""
    ringing: str = ""
    log_directory: str = ""
    transfer_s: int = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """First message of the desk. `language` is that of the texts for people.

    `kept_port` is the SIP port of the life before, 0 if none. It is asked for again, so that what
    knows the old address still finds us, but not insisted on.
    """

    version: int
    settings: EngineSettings
    language: str = "en"
    kept_port: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Register a line, or change it. The only message with a secret in it."""

    line: Line
    secret: Secret | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unregister:
    """Take a line off its registrar and forget its secret."""

    line_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Answer a ringing call."""

    call_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """Refuse a ringing call with a SIP status."""

    call_id: UUID
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUp:
    """End a call, whatever its state."""

    call_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """Call `target`, a number or a `sip:` URI, over a line.

    `asserted` (`"Name" <sip:number@host>`, RFC 3325) says who calls where that is not the line,
    `diversion` (`<sip:number@host>`, RFC 5806) who has forwarded the call; both are name-addrs.
    """

    call_id: UUID
    line_id: UUID
    target: str
    asserted: str = ""
    diversion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Put the other side on hold."""

    call_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """Take the other side off hold."""

    call_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Ask the other side to call `target`, a number or a `sip:` URI, in our place (REFER)."""

    call_id: UUID
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferTo:
    """Connect the other sides of two calls with each other (REFER with Replaces)."""

    call_id: UUID
    other_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """Cut our microphone off from a call, or join it again."""

    call_id: UUID
    muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDigits:
    """Send DTMF (RFC 4733)."""

    call_id: UUID
    digits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """Play a WAV file (16-bit PCM) into a call, once."""

    call_id: UUID
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Hang up, unregister, end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """First message of the engine: it can be used. `audio` names the devices, for people.

    `silent` says that microphone or headset is missing.
    """

    version: int
    audio: str
    sip_port: int
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alive:
    """Sent every other second: the engine's loop still turns."""


Command = (
    Hello
    | Register
    | Unregister
    | Answer
    | Decline
    | HangUp
    | Dial
    | Hold
    | Resume
    | Transfer
    | TransferTo
    | Mute
    | SendDigits
    | Play
    | Stop
)
Report = Ready | Alive | PhoneEvent

COMMANDS: tuple[type[Command], ...] = (
    Hello,
    Register,
    Unregister,
    Answer,
    Decline,
    HangUp,
    Dial,
    Hold,
    Resume,
    Transfer,
    TransferTo,
    Mute,
    SendDigits,
    Play,
    Stop,
)
REPORTS: tuple[type[Report], ...] = (
    Ready,
    Alive,
    PhoneIncoming,
    PhoneProgress,
    PhoneAnswered,
    PhoneHeld,
    PhoneMuted,
    PhoneDigit,
    PhoneEnded,
    PhoneRefused,
    PhoneTransferred,
    PhoneTransferFailed,
    PhoneCommandFailed,
    LineChanged,
    EngineChanged,
)


def command_name(command: Command) -> str:
    """The name of a command as the port `Phone` spells it, e.g. `hang_up`."""
    name = type(command).__name__
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
