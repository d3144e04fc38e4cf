"""What the desk tells of people: who can be reached, what is known, who calls."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachChanged:
    """The calendars of a client's contacts were looked at anew; ask how they can be reached."""

    client_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeChanged:
    """What is known of a client changed; ask again."""

    client_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CallersChanged:
    """Callers of a client, or what waits for them, changed; ask again."""

    client_id: UUID
