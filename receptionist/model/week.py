"""A week of a client: bookable hours, what keeps the owner busy, our appointments, what is free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.model.appointment import Appointment
from receptionist.model.busy import Busy
from receptionist.model.client import AppointmentKind
from receptionist.model.hours import day_period
from receptionist.model.period import Period
from receptionist.model.slot import Slot
from receptionist.reasons import Reason

DAYS = 7
WEEKS_AHEAD = 51
"""How far ahead weeks are shown: what the owner's calendar says is known a year ahead at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day in the client's zone: from midnight to midnight, and its bookable hours, UTC.

    `closed` is the name of the holiday, or of what else closes the client on it.
    """

    date: date
    period: Period
    hours: tuple[Period, ...] = ()
    closed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Monday to Sunday in the client's zone. Periods are UTC.

    `busy` holds the owner's events, also those that only say something by an agreed word
    (`model.steering`), and leaves out what is an appointment of ours, which stands in
    `appointments`, as does travel. `free` holds every free slot of `kind` for each member of the
    staff, also those that overlap each other; none without a kind.
    """

    client_id: UUID
    zone: str
    kind: AppointmentKind | None
    period: Period
    days: tuple[Day, ...]
    busy: tuple[Busy, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    free: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What can be booked for a client, read in one go.

    `slots` are the next free ones; `kept` says whether the wanted start is still free, `hindrance`
    why it is not; `coming` are the owner's events of the next days, our appointments among them.
    Nothing is free while not every calendar of the client was `read` to its end at least once.
    """

    week: Week
    slots: tuple[Slot, ...] = ()
    kept: bool = True
    hindrance: Reason = Reason.NONE
    coming: tuple[Busy, ...] = ()
    read: bool = True


def week_period(monday: date, zone: ZoneInfo) -> Period:
    """The seven local days from `monday` on."""
    last = monday + timedelta(days=DAYS - 1)
    return Period(day_period(monday, zone).start, day_period(last, zone).end)


def monday_of(instant: datetime, zone: ZoneInfo) -> date:
    """The Monday of the local week an instant lies in."""
    local = instant.astimezone(zone).date()
    return local - timedelta(days=local.weekday())


def of_the_owner(busy: tuple[Busy, ...], appointments: tuple[Appointment, ...]) -> tuple[Busy, ...]:
    """`busy` without what is an appointment of ours, at the time it has in our book.

    One that the owner has moved stands in his calendar at another time, and keeps him busy there.
    """
    ours = {(one.uid, one.period) for one in appointments}
    return tuple(one for one in dict.fromkeys(busy) if (one.uid, one.period) not in ours)
