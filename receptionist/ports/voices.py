"""A part of the store: messages, recordings, consents, and how calls sounded."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from receptionist.model.quality import Quality
from receptionist.model.voice import Consent, Voice, VoiceKind


class VoiceStore(Protocol):
    """Voices that are kept. Store worker only, one transaction a method.

    `who` is a receptionist's id, None for the program itself.
    """

    def consent(self, consent: Consent, who: UUID) -> None:
        """Somebody has agreed; the change log says who wrote that."""

    def consents(self, call_id: UUID) -> tuple[Consent, ...]:
        """To what was agreed in a call, oldest first."""

    def begin(self, voice: Voice, who: UUID | None) -> bool:
        """A file is or will be there; False when it is known already."""

    def complete(self, voice_id: UUID, seconds: int, at: datetime) -> Voice:
        """A recording is over. `NotFound` when it was never begun."""

    def get(self, voice_id: UUID) -> Voice | None: ...

    def kept(self, kind: VoiceKind, limit: int = 500) -> tuple[Voice, ...]:
        """What was not deleted, the newest first."""

    def of_call(self, call_id: UUID) -> tuple[Voice, ...]:
        """Everything of a call, also what was deleted, oldest first."""

    def hear(self, voice_id: UUID, who: UUID, at: datetime) -> Voice:
        """It was listened to for the first time, or once more; what it is then."""

    def export(self, voice_id: UUID, who: UUID, at: datetime) -> None:
        """It leaves the program, which is written to the change log."""

    def expired(self, at: datetime) -> tuple[Voice, ...]:
        """What is to be deleted."""

    def delete(self, voice_id: UUID, who: UUID | None, at: datetime) -> None:
        """Its file is gone; the row stays and says so."""

    def sounded(self, call_id: UUID, last: Quality, worst: Quality) -> None:
        """How a call sounded, in place of what was written of it before."""
