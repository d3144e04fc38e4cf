"""What the desk tells of callers nobody answered, of recordings, and of how a call sounds."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from receptionist.model.call import Call
from receptionist.model.client import Client
from receptionist.model.quality import Quality
from receptionist.model.unattended import StepKind
from receptionist.model.voice import Voice
from receptionist.model.worklist import WorkItem


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAttended:
    """Nobody answered in time: the phone looks after the caller, who can still be answered.

    `place` is where he stands in the queue, from 1; 0 where there is none.
    """

    call: Call
    client: Client | None
    step: StepKind
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLeft:
    """A caller left a message; `item` stands on the work list, also when he left no number."""

    message: Voice
    item: WorkItem


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageHeard:
    """A message was listened to; `message` says when and by whom."""

    message: Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class CallQuality:
    """How a call sounds, and the worst it has sounded so far. Told every few seconds."""

    call_id: UUID
    last: Quality
    worst: Quality


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingChanged:
    """A call is being recorded, after its consent, or no longer."""

    call_id: UUID
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingKept:
    """A recording is complete and can be listened to."""

    recording: Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceDeleted:
    """A message or a recording is gone, by hand or because its time was over."""

    voice: Voice
