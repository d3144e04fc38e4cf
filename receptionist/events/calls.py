"""What the desk tells of calls."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from receptionist.model.call import Call
from receptionist.model.client import Client
from receptionist.model.dialled import Called
from receptionist.model.forwarding import ForwardingOutcome


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
class HoldReminder:
    """A caller has been on hold, or parked, for `seconds`. Told again and again while he is."""

    call: Call
    client: Client | None
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallParked:
    """A caller is parked: `call.parked` is his short number, `call.parked_for` the note."""

    call: Call
    client: Client | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecalled:
    """A caller who was parked is spoken to again; the note about him is still there."""

    call: Call
    client: Client | None
    parked_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceChanged:
    """A caller and whom was called for him talk with each other and us, or do no longer."""

    caller_id: UUID
    asked_id: UUID
    joined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WayTaken:
    """A line failed, and the same call is being dialled over the next; `message` says so."""

    call: Call
    failed_line_id: UUID
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardingTested:
    """How the forwarding of `number` was found; `message` says it in words.

    `arrived` is what arrived, if anything did, `dialled` the number it was read as, and
    `found_client_id` whose that is.
    """

    client_id: UUID
    number: str
    outcome: ForwardingOutcome
    message: str
    arrived: Called | None = None
    dialled: str = ""
    found_client_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceReady:
    """The SIP messages of a call, without secrets and names, for the provider's support."""

    call_id: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitReceived:
    """The caller pressed a key."""

    call_id: UUID
    digit: str
