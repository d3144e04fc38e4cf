"""A part of the store: the versions of clients' scripts."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from receptionist.model.script import ScriptVersion


class ScriptStore(Protocol):
    """Versions are added and marked, never changed. Store worker only, one transaction a method.

    `who` is a receptionist's id. Of a client the version counts that came into force last.
    """

    def save(self, version: ScriptVersion, newest: int) -> ScriptVersion:
        """Add a version under the next number, and return it with that.

        `newest` is the highest number its author knew; `StaleRow` when there is a newer one.
        """

    def get(self, version_id: UUID) -> ScriptVersion:
        """`NotFound` when there is none."""

    def versions(self, client_id: UUID) -> tuple[ScriptVersion, ...]:
        """All of a client, the newest first."""

    def counting(self, client_id: UUID, at: datetime) -> ScriptVersion | None:
        """The one that counted at an instant."""

    def count(self, version_id: UUID, who: UUID, at: datetime) -> ScriptVersion:
        """Bring a draft into force; one that is or was in force stays as it is."""

    def sent(self, version_id: UUID, who: UUID, at: datetime) -> ScriptVersion:
        """It went to the client for approval."""

    def approve(
        self, version_id: UUID, by: str, how: str, who: UUID, at: datetime
    ) -> ScriptVersion:
        """The client agrees; an approval is written once."""

    def last_answered(
        self, client_id: UUID, receptionist_id: UUID, before: datetime
    ) -> datetime | None:
        """When a receptionist last answered a call for a client that began before an instant."""
