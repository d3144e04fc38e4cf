"""What the desk tells of calls and call-backs."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from receptionist.model.call import Call, CallBack
from receptionist.model.client import Client

# ---- what the phone reports to the desk -------------------------------------------------------


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
