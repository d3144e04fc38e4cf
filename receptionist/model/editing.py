"""What editors need to know: the parts of the directory, what depends on one, who changed what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Part(StrEnum):
    """What can be taken out of the directory. Its row stays for what refers to it."""

    LINE = "line"
    CLIENT = "client"
    ACCOUNT = "account"
    CALENDAR = "calendar"
    KIND = "kind"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependents:
    """What depends on a part. `clients` are names; `to_come` and `waiting` count appointments.

    `waiting` are on their way into the owner's calendar: while there are any, the part must stay.
    What is parked does not wait: it stands on the call-back list.
    """

    calls: int = 0
    call_backs: int = 0
    to_come: int = 0
    waiting: int = 0
    numbers: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry of the change log: a column's value before and after, as text."""

    column: str
    old: str | None
    new: str | None
    who: UUID | None
    at: datetime
