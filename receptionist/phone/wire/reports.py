"""What the phone reports to the desk: the whole closed list.

A report is a `PhoneEvent` as the desk knows it, or one of those that stay inside the phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from receptionist.events import (
    EngineChanged,
    LineChanged,
    PhoneAnswered,
    PhoneAttended,
    PhoneCommandFailed,
    PhoneDigit,
    PhoneEnded,
    PhoneEvent,
    PhoneHeld,
    PhoneIncoming,
    PhoneJoined,
    PhoneLevels,
    PhoneLive,
    PhoneMessage,
    PhoneMuted,
    PhoneProgress,
    PhoneQuality,
    PhoneRecorded,
    PhoneRefused,
    PhoneTrace,
    PhoneTransferFailed,
    PhoneTransferred,
)

VERSION = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """First message of the engine: it can be used. `audio` names the devices, for people.

    `silent` says that microphone or headset is missing. `calls` is how many go on from before;
    a `PhoneLive` follows for each. A version that is not the desk's means that it may only hang
    up, hold and wait for the end.
    """

    version: int
    audio: str
    sip_port: int
    silent: bool = False
    calls: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alive:
    """Sent every other second: the engine's loop still turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhonePlayed:
    """A file was played into a call to its end."""

    call_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """What another worker needs to put a call in the place of this one: Refer-To with Replaces."""

    call_id: UUID
    replaces: str


Report = Ready | Alive | PhonePlayed | Dialog | PhoneEvent
REPORTS: tuple[type[Report], ...] = (
    Ready,
    Alive,
    PhonePlayed,
    Dialog,
    PhoneIncoming,
    PhoneProgress,
    PhoneAnswered,
    PhoneAttended,
    PhoneHeld,
    PhoneMuted,
    PhoneJoined,
    PhoneDigit,
    PhoneMessage,
    PhoneRecorded,
    PhoneQuality,
    PhoneLevels,
    PhoneTrace,
    PhoneLive,
    PhoneEnded,
    PhoneRefused,
    PhoneTransferred,
    PhoneTransferFailed,
    PhoneCommandFailed,
    LineChanged,
    EngineChanged,
)
