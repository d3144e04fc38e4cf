"""The client we answer for, and what the office knows about him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from receptionist.model.greeting import Greeting
from receptionist.model.route import Route
from receptionist.model.service import Service, ServiceKind, is_agreed
from receptionist.model.unattended import UnattendedRule
from receptionist.model.voice import KEEP_DAYS

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


HORIZON_DAYS = 56
NO_ALARM = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentKind:
    """What can be booked: a name and its lengths, all in minutes."""

    id: UUID
    key: str
    name: str
    minutes: int
    buffer_before: int = 0
    buffer_after: int = 0
    at_caller: bool = False
    """Whether the owner goes to the caller: travel is reserved before and after."""
    daily_limit: int = 0
    """At most so many on one local day; 0 for as many as there is time for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookableHours:
    """Local hours in the client's zone on one weekday (0 is Monday), end exclusive.

    With `staff_id` they are those of one member of the staff, who then has no others.
    """

    weekday: int
    start: time
    end: time
    staff_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursException:
    """Other hours than usual on the local days `first` to `last`, both included.

    Without `start` and `end` nothing is bookable then. Several on the same days add up.
    """

    first: date
    last: date
    name: str = ""
    start: time | None = None
    end: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Somebody of a client's staff with a calendar of his own, for whom appointments are booked."""

    id: UUID
    key: str
    name: str


class OwnerRule(StrEnum):
    """What an event of the owner says beside being busy.

    `BOOKABLE`: appointments may be booked inside it. `AWAY`: nothing is booked and nobody is
    connected. `DO_NOT_DISTURB`: nobody is connected. `URGENT_ONLY`: only what is urgent is.
    `REACHABLE`: callers may be connected although he is busy.
    """

    BOOKABLE = "bookable"
    AWAY = "away"
    DO_NOT_DISTURB = "do-not-disturb"
    URGENT_ONLY = "urgent-only"
    REACHABLE = "reachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerWord:
    """A word agreed with the owner: an event with it in its title or categories has the rule."""

    word: str
    rule: OwnerRule


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelZone:
    """How long the way to callers takes whose postcode begins so, in minutes, one way."""

    postcode: str
    minutes: int


class Cancellation(StrEnum):
    """What becomes of a cancelled appointment in the owner's calendar: taken out, or marked."""

    DELETE = "delete"
    MARK = "mark"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarAccount:
    """A CalDAV account. Its password lies in the credentials under `id`."""

    id: UUID
    key: str
    url: str
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerCalendar:
    """A calendar collection of a client's owner. `href` is empty until it was discovered.

    The first one is booked into. One with `staff_id` belongs to that member of the staff, is booked
    into for him and keeps nobody else busy. One with `tasks` holds the owner's tasks (VTODO), and
    is neither read nor booked into.
    """

    id: UUID
    client_id: UUID
    account_id: UUID
    name: str = ""
    href: str = ""
    staff_id: UUID | None = None
    tasks: bool = False


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
    horizon_days: int = HORIZON_DAYS
    """How many days ahead appointments are offered."""
    daily_limit: int = 0
    """At most so many appointments on one local day (of one member of the staff); 0 for any."""
    holidays: str = ""
    """Where public holidays are kept: `DE-BY`, `AT`, `CH-ZH`; "" for nowhere."""
    exceptions: tuple[HoursException, ...] = ()
    bookable_only: bool = False
    """Whether the owner's events with a `BOOKABLE` word replace the weekly hours."""
    words: tuple[OwnerWord, ...] = ()
    """Those agreed with him; without any the usual ones of `model.steering`."""
    staff: tuple[Staff, ...] = ()
    travel_min: int = 0
    """Minutes one way to a caller whose postcode no zone knows."""
    travel_zones: tuple[TravelZone, ...] = ()
    address: str = ""
    """Where appointments take place that are not at the caller's, one line."""
    title: str = ""
    """How appointments are called in the owner's calendar: see `model.title`; "" for the usual."""
    alarm_min: int = NO_ALARM
    """How many minutes before the owner's phone reminds him."""
    cancellation: Cancellation = Cancellation.DELETE
    tells_callers: bool = False
    """Whether the office may send callers a confirmation."""
    shown_as: str = ""
    """The number (E.164) that those see whom we call in his name."""
    ring_tone: str = ""
    """A WAV file among the office's sounds; "" for the usual one, `none` for silence."""
    hold_music: str = ""
    """A WAV file among the office's sounds; "" for the one that ships."""
    rules: tuple[UnattendedRule, ...] = ()
    """What happens when nobody answers; where none holds those of the office count."""
    routes: tuple[Route, ...] = ()
    """What calls for him cost; those of the office count as well."""
    records: bool = False
    """Whether his calls may be recorded at all, each with its consent."""
    keep_days: int = KEEP_DAYS
    """How long messages and recordings of his are kept."""
    services: tuple[Service, ...] = ()
    """What is agreed to be done for him; without any everything is."""

    @property
    def initials(self) -> str:
        """One or two letters that stand beside the colour."""
        words = [word for word in self.name.split() if word[0].isalnum()] or self.name.split()
        return "".join(word[0] for word in words[:2]).upper() or "?"

    @property
    def bookable(self) -> tuple[AppointmentKind, ...]:
        """The appointment kinds that are offered; none where appointments are not agreed."""
        return self.kinds if is_agreed(self.services, ServiceKind.APPOINTMENTS) else ()

    def member(self, staff_id: UUID | None) -> Staff | None:
        """The member of the staff with this id."""
        return next((one for one in self.staff if one.id == staff_id), None)

    def kind(self, key: str) -> AppointmentKind | None:
        """The appointment kind with this key."""
        return next((kind for kind in self.kinds if kind.key == key), None)
