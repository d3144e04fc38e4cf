"""The versions of a client's script: each is kept whole, and one of them counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptVersion:
    """A script file as it was saved, by whom, when and why.

    `number` counts from 1 for each client. `based_on` is the version from which it was made.
    `counts_from` is when it came into force, None while it is a draft. It may be `sent` to the
    client, and be `approved`: when, by whom of the client's, and how he said so.
    """

    id: UUID
    client_id: UUID
    number: int
    text: str
    who: UUID | None
    at: datetime
    why: str = ""
    based_on: UUID | None = None
    counts_from: datetime | None = None
    sent: datetime | None = None
    approved: datetime | None = None
    approved_by: str = ""
    approved_how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientScript:
    """The text that counts for a client; in a directory that was read from the store with its id.

    An office file knows the text alone.
    """

    client_id: UUID
    text: str
    version_id: UUID | None = field(default=None, compare=False)
    number: int = field(default=0, compare=False)
