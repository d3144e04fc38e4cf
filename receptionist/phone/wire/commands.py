"""What the desk asks of the phone: the whole closed list of commands.

The exchange takes them from the desk and passes on what concerns a call to its worker, which takes
the same ones; `Attend`, `DialogOf` and `Ring` are between those two alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.model.sound import Sound, Trial
from receptionist.model.unattended import Plans, StepKind
from receptionist.phone.wire.settings import USUAL_WAY, EngineSettings, MediaWay


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
    """Register a line, or change it. The only message with secrets in it.

    A worker with an exchange in front of it does not register, and uses the secret for calls.
    `relay` is the password of the TURN server, if there is one. The exchange fills in the `way`.
    """

    line: Line
    secret: Secret | None
    relay: Secret | None = None
    way: MediaWay = USUAL_WAY


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
    """Refuse a ringing call with a SIP status and a reason phrase (RFC 3261 7.2), if any."""

    call_id: UUID
    status: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """Send a ringing caller to `target`, a number or a `sip:` URI (302, RFC 3261 21.3.3)."""

    call_id: UUID
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attend:
    """Answer a ringing call without the headset: an announcement or music is played to it.

    `Answer` afterwards joins the headset. Reported by `PhoneAttended`, not by `PhoneAnswered`.
    """

    call_id: UUID
    step: StepKind
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUp:
    """End a call, whatever its state."""

    call_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """Call `target`, a number or a `sip:` URI, over a line.

    `asserted` (`"Name" <sip:number@host>`, RFC 3325) says who calls where that is not the line,
    `diversion` (`<sip:number@host>`, RFC 5806) who has forwarded the call; both are name-addrs.
    `shown_as` is a number (E.164) in whose name is called; it goes where the line's `identity`
    says. `beside` is the call that it is made for: both can then be joined and connected. With
    `headset` false nobody here hears it until it is joined.
    """

    call_id: UUID
    line_id: UUID
    target: str
    asserted: str = ""
    diversion: str = ""
    shown_as: str = ""
    beside: UUID | None = None
    headset: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Put the other side on hold, with the music of a WAV file; empty for the one that ships."""

    call_id: UUID
    music: str = ""


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
    """Connect the other sides of two calls with each other (REFER with Replaces).

    `replaces` is for a worker that does not have the other call: its Refer-To with Replaces.
    """

    call_id: UUID
    other_id: UUID
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogOf:
    """Report by `Dialog` what another worker needs to put a call in the place of this one."""

    call_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Let two calls hear each other, and both the headset unless `headset` is false."""

    call_id: UUID
    other_id: UUID
    headset: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The two calls hear each other no more."""

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
    """Play a WAV file (16-bit PCM) into a call, once or over and over, in place of any other.

    `PhonePlayed` is reported at the end of one that is played once.
    """

    call_id: UUID
    path: str
    loop: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPlaying:
    """Play nothing more into a call."""

    call_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Record both sides of a call, or only the other one, into an encrypted file.

    `key` is the public key (X25519, base64) of the office: nobody can read the file here. At most
    `seconds`, 0 for no limit. `PhoneRecorded`, for a `message` `PhoneMessage`, is the end.
    """

    call_id: UUID
    path: str
    key: str
    message: bool = False
    seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRecording:
    """Record no more of a call, and complete the file."""

    call_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """Open the devices and report `PhoneLevels` ten times a second, or stop that.

    The ring tone is played meanwhile where it is to be tried.
    """

    on: bool
    trial: Trial = Trial.NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class RingTone:
    """Ring for a call with this WAV file; nothing at all for `none`, empty for the usual one."""

    call_id: UUID
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """Ring now with this tone (as in `RingTone`), only hinted at if `quiet`, or stop it.

    A worker with an exchange in front of it rings for itself no more.
    """

    on: bool
    tone: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Report the SIP messages of a call by `PhoneTrace`."""

    call_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The first `count` reports of `JOURNALLED` since this desk came are in its journal."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Hang up, unregister, end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """The desk goes, calls go on: the end of the link alone would mean that it has died."""


Command = (
    Hello
    | Register
    | Unregister
    | Answer
    | Decline
    | Redirect
    | Attend
    | HangUp
    | Dial
    | Hold
    | Resume
    | Transfer
    | TransferTo
    | DialogOf
    | Join
    | Part
    | Mute
    | SendDigits
    | Play
    | StopPlaying
    | Record
    | StopRecording
    | Plans
    | Sound
    | Listen
    | RingTone
    | Ring
    | Trace
    | Heard
    | Leave
    | Stop
)
COMMANDS: tuple[type[Command], ...] = (
    Hello,
    Register,
    Unregister,
    Answer,
    Decline,
    Redirect,
    Attend,
    HangUp,
    Dial,
    Hold,
    Resume,
    Transfer,
    TransferTo,
    DialogOf,
    Join,
    Part,
    Mute,
    SendDigits,
    Play,
    StopPlaying,
    Record,
    StopRecording,
    Plans,
    Sound,
    Listen,
    RingTone,
    Ring,
    Trace,
    Heard,
    Leave,
    Stop,
)


def command_name(command: Command) -> str:
    """The name of a command as the port `Phone` spells it, e.g. `hang_up`."""
    name = type(command).__name__
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
