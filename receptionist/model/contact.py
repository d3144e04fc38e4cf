"""Whom callers may be connected with for a client: who it is, and how he is reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactNumber:
    """A number of a contact, normalised, and what it is called: `Mobil`, `Zentrale`."""

    number: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactHours:
    """When somebody is there on one weekday (0 is Monday), local for the client, end exclusive.

    An end of 00:00 is the end of the day.
    """

    weekday: int
    start: time
    end: time


class StandingReach(StrEnum):
    """What a person said of himself: put callers through, only urgent ones, or nobody."""

    YES = "yes"
    URGENT = "urgent"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What somebody said on the phone ("not before 3 pm"): it holds until then, or until changed.

    It counts more than his calendar and his hours.
    """

    reach: StandingReach
    until: datetime | None = None
    words: str = ""

    def holds(self, now: datetime) -> bool:
        """Whether it still holds at `now`."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person or place of a client. Scripts and rotas name him by his key, which never changes.

    `numbers` are called in their order. Without `hours` he may be there at any time. Where he
    `is_owner` the owner's calendar says when he is busy or away, where he is of the `staff` (a key)
    that member's. With `urgent` he is asked in urgent cases also when he is busy or not there.
    """

    id: UUID
    client_id: UUID
    key: str
    name: str
    role: str = ""
    numbers: tuple[ContactNumber, ...] = ()
    email: str = ""
    note: str = ""
    hours: tuple[ContactHours, ...] = ()
    is_owner: bool = False
    staff: str = ""
    urgent: bool = False
    standing: Standing | None = None

    @property
    def number(self) -> str:
        """The number that is called first; "" when there is none."""
        return self.numbers[0].number if self.numbers else ""

    @property
    def has_calendar(self) -> bool:
        """Whether a calendar says when he is busy."""
        return self.is_owner or bool(self.staff)
