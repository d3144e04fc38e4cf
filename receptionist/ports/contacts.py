"""A part of the store: contacts and rotas, and the notebook of each client."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from receptionist.model.callers import CallerNotice, KnownCaller
from receptionist.model.contact import Contact
from receptionist.model.knowledge import Knowledge
from receptionist.model.notebook import Notebook
from receptionist.model.rota import OnCallRota

Kept = Contact | OnCallRota | Knowledge | KnownCaller | CallerNotice
"""What this part keeps: each is a row of one client."""

P = TypeVar("P", Contact, OnCallRota, Knowledge, KnownCaller, CallerNotice)


class PeopleStore(Protocol):
    """People of clients. Store worker only, one transaction a method.

    Only what differs between `old` (None: a new one) and `new` is written; `StaleRow` when it was
    changed or removed meanwhile, `BadInput` when its key is taken or is to be changed. What has the
    key of a removed contact or rota revives it, with the id it had.
    """

    def notebook(self) -> Notebook:
        """What is known, who calls and what waits, of clients that were not removed."""

    def save(self, old: P | None, new: P, who: UUID, at: datetime) -> P:
        """What is stored now."""

    def save_all(self, changes: Sequence[tuple[P | None, P]], who: UUID, at: datetime) -> None:
        """Many of a kind, all or none."""

    def remove(self, value: Kept, who: UUID, at: datetime) -> None:
        """Take it out; the row stays. `BadInput` for a contact who stands in a rota."""
