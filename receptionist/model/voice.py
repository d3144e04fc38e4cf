"""Voices that are kept: messages callers left, and recordings of calls they have consented to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

KEEP_DAYS = 30
"""After so many days they are deleted unless the client wants it otherwise."""


class VoiceKind(StrEnum):
    """What was recorded."""

    MESSAGE = "message"
    RECORDING = "recording"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Somebody has agreed that his call is recorded: who, when, in which words.

    `heard_by` is the receptionist who asked and heard it.
    """

    id: UUID
    call_id: UUID
    client_id: UUID | None
    who: str
    wording: str
    at: datetime
    heard_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A message or a recording: a file that only the office's key opens, until it expires.

    `file` is its name in the directory of its kind. `seconds` is None while a recording goes on, or
    where a crash cut it off. A recording rests on a consent. When it is deleted the row stays.
    """

    id: UUID
    kind: VoiceKind
    call_id: UUID
    client_id: UUID | None
    file: str
    at: datetime
    expires: datetime
    seconds: int | None = None
    consent_id: UUID | None = None
    heard: datetime | None = None
    heard_by: UUID | None = None
    deleted: datetime | None = None
