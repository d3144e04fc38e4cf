"""Clients, kinds, events and appointments for tests of what is free."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from receptionist.model.agenda import Agenda
from receptionist.model.appointment import Appointment
from receptionist.model.availability import Wish, free_starts
from receptionist.model.busy import Busy
from receptionist.model.client import AppointmentKind, BookableHours, Client
from receptionist.model.greeting import Greeting
from receptionist.model.hours import day_period
from receptionist.model.period import Period
from receptionist.model.slot import Slot

MONDAY = date(2027, 1, 11)
DAILY = tuple((day, time(9), time(11)) for day in range(5))


def client(*hours: tuple[int, time, time], notice: int = 0, **more: Any) -> Client:
    return Client(
        id=uuid4(),
        key="painter",
        name="Malerbetrieb Muster",
        greeting=Greeting("{client}"),
        hours=tuple(BookableHours(weekday=d, start=a, end=b) for d, a, b in hours),
        minimum_notice_min=notice,
        **more,
    )


def kind(minutes: int = 60, before: int = 0, after: int = 0, **more: Any) -> AppointmentKind:
    return AppointmentKind(
        id=uuid4(),
        key="visit",
        name="Besichtigung",
        minutes=minutes,
        buffer_before=before,
        buffer_after=after,
        **more,
    )


def at(day: date, hour: int, minute: int = 0, zone: str = "Europe/Berlin") -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


def event(start: datetime, minutes: int, summary: str = "", **more: Any) -> Busy:
    period = Period(start, start + timedelta(minutes=minutes))
    return Busy(period=period, uid=str(uuid4()), summary=summary, **more)


def whole_day(day: date, summary: str = "", zone: str = "Europe/Berlin", **more: Any) -> Busy:
    period = day_period(day, ZoneInfo(zone))
    return Busy(period=period, uid=str(uuid4()), summary=summary, all_day=True, **more)


def appointment(
    start: datetime,
    minutes: int = 60,
    *,
    of: AppointmentKind | None = None,
    key: UUID | None = None,
    **more: Any,
) -> Appointment:
    key = key or uuid4()
    return Appointment(
        id=key,
        client_id=UUID(int=1),
        calendar_id=UUID(int=2),
        kind_id=of.id if of else UUID(int=3),
        kind_name="Besichtigung",
        start=start,
        end=start + timedelta(minutes=minutes),
        zone="Europe/Berlin",
        caller_name="Erika Muster",
        uid=str(key),
        href="",
        created=start,
        **more,
    )


def free(
    one: Client,
    what: AppointmentKind | Wish,
    *known: Busy | Appointment,
    first: date = MONDAY,
    days: int = 7,
    now: datetime | None = None,
    staff_of: dict[UUID, UUID] | None = None,
) -> tuple[Slot, ...]:
    """What is free in the days from `first` on."""
    zone = ZoneInfo(one.zone)
    period = Period(
        day_period(first, zone).start, day_period(first + timedelta(days=days - 1), zone).end
    )
    wish = what if isinstance(what, Wish) else Wish(kind=what)
    agenda = agenda_of(one, *known, staff_of=staff_of)
    return free_starts(agenda, wish, now=now or period.start, period=period)


def agenda_of(
    one: Client, *known: Busy | Appointment, staff_of: dict[UUID, UUID] | None = None
) -> Agenda:
    return Agenda(
        client=one,
        events=tuple(x for x in known if isinstance(x, Busy)),
        appointments=tuple(x for x in known if isinstance(x, Appointment)),
        staff_of=staff_of or {},
    )


def local(slots: tuple[Period, ...], zone: str = "Europe/Berlin") -> list[str]:
    return [f"{slot.start.astimezone(ZoneInfo(zone)):%a %H:%M}" for slot in slots]
