"""The client we answer for, and what the office knows about him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from uuid import UUID

from receptionist.model.greeting import Greeting

COLOURS = (
    "blue",
    "orange",
    "green",
    "purple",
    "red",
    "teal",
    "brown",
    "pink",
    "olive",
    "navy",
    "gold",
    "grey",
)
"""The names of the twelve colours of clients; a palette gives them, in this order, their shades."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentKind:
    """What can be booked: a name and its lengths, all in minutes."""

    id: UUID
    key: str
    name: str
    minutes: int
    buffer_before: int = 0
    buffer_after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BookableHours:
    """Local hours in the client's zone on one weekday (0 is Monday), end exclusive."""

    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarAccount:
    """A CalDAV account. Its password lies in the credentials under `id`."""

    id: UUID
    key: str
    url: str
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerCalendar:
    """A calendar collection of a client's owner. `href` is empty until it was discovered."""

    id: UUID
    client_id: UUID
    account_id: UUID
    name: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A firm in whose name the office answers. `dialled` holds normalised numbers."""

    id: UUID
    key: str
    name: str
    greeting: Greeting
    colour: int = 0
    notes: str = ""
    zone: str = "Europe/Berlin"
    dialled: tuple[str, ...] = ()
    kinds: tuple[AppointmentKind, ...] = ()
    hours: tuple[BookableHours, ...] = ()
    minimum_notice_min: int = 0
    all_day_blocks: bool = True

    @property
    def initials(self) -> str:
        """One or two letters that stand beside the colour."""
        words = [word for word in self.name.split() if word[0].isalnum()] or self.name.split()
        return "".join(word[0] for word in words[:2]).upper() or "?"

    def kind(self, key: str) -> AppointmentKind | None:
        """The appointment kind with this key."""
        return next((kind for kind in self.kinds if kind.key == key), None)
