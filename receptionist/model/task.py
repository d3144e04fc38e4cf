"""A call-back in the owner's task list (VTODO)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is written: one line, a text below it, when it came up, and whether it is done."""

    uid: str
    summary: str
    text: str
    created: datetime
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTask:
    """A VTODO as the server gave it; `done` when it is completed or cancelled."""

    href: str
    etag: str
    uid: str
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPlace:
    """Where a call-back (with the same `id`) stands in a task list; `dirty` while it has to be
    written."""

    id: UUID
    client_id: UUID
    calendar_id: UUID
    href: str = ""
    etag: str = ""
    done: bool = False
    dirty: bool = True
    attempts: int = 0
    next_attempt: datetime | None = None
