"""An office whose clients show all that a booking can be: travel, staff, both ways to call off."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from receptionist.clock import SystemClock
from receptionist.model.client import (
    AppointmentKind,
    BookableHours,
    CalendarAccount,
    Cancellation,
    Client,
    OwnerCalendar,
    Staff,
)
from receptionist.model.greeting import Greeting
from receptionist.model.office import Directory, Office, Receptionist, Workstation
from receptionist.store import open_store
from tests.contract.calendars.conftest import Side

ZONE = "Europe/Berlin"
DAYS = 12
ADDRESS = "Musterstraße 1, 10115 Berlin"
HOURS = tuple(BookableHours(weekday=day, start=time(7), end=time(20)) for day in range(7))


def _client(key: str, name: str, number: str) -> Client:
    return Client(
        id=uuid4(),
        key=key,
        name=name,
        greeting=Greeting("{client}, {time_of_day}!"),
        dialled=(number,),
        hours=HOURS,
        zone=ZONE,
        kinds=(AppointmentKind(id=uuid4(), key="kurz", name="Beratung", minutes=30),),
    )


def office(side: Side) -> Directory:
    """A painter who drives to callers, and a practice of two that marks what is called off."""
    painter = _client("maler", "Malerei Muster", "+493023125101")
    visit = AppointmentKind(
        id=uuid4(), key="besuch", name="Aufmaß", minutes=45, buffer_after=15, at_caller=True
    )
    painter = replace(painter, kinds=(*painter.kinds, visit), travel_min=20)
    staff = tuple(
        Staff(id=uuid4(), key=key, name=name)
        for key, name in (("erika", "Erika Muster"), ("max", "Max Beispiel"))
    )
    practice = replace(
        _client("praxis", "Praxis Muster", "+493023125102"),
        staff=staff,
        cancellation=Cancellation.MARK,
    )
    whose = ((painter, None), *((practice, member.id) for member in staff))
    accounts = tuple(
        CalendarAccount(id=uuid4(), key=key, url=side.url, user=side.user)
        for key in ("maler", "praxis")
    )
    return Directory(
        office=Office(id=uuid4(), name="Büro Muster", greeting=Greeting("Guten Tag.")),
        receptionist=Receptionist(id=uuid4(), name="Erika Muster"),
        workstation=Workstation(id=uuid4(), name=""),
        clients=(painter, practice),
        accounts=accounts,
        calendars=tuple(
            OwnerCalendar(
                id=uuid4(),
                client_id=client.id,
                account_id=accounts[client is practice].id,
                name=str(number),
                href=f"{side.home}{uuid4()}/",
                staff_id=staff_id,
            )
            for number, (client, staff_id) in enumerate(whose)
        ),
    )


def move_in(data: Path, side: Side) -> Directory:
    """The office in a new database, with empty calendars on the server; as it is stored."""
    wanted = office(side)
    for calendar in wanted.calendars:
        side.owner.make_calendar(calendar.href, calendar.name)
    store = open_store(data / "receptionist.db")
    stored = store.save_directory(wanted, wanted.receptionist.id, SystemClock().now())
    store.close()
    return stored


def starts() -> list[datetime]:
    """Every half hour of the days to come, inside the bookable hours."""
    today = SystemClock().now().astimezone(ZoneInfo(ZONE)).date()
    first = [
        datetime.combine(today + timedelta(days=day), time(hour), ZoneInfo(ZONE))
        for day in range(2, DAYS)
        for hour in range(8, 18)
    ]
    return [start + timedelta(minutes=more) for start in first for more in (0, 30)]
