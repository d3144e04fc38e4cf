"""The office of the day: each client with numbers, a script, people and a calendar of his own."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from uuid import UUID, uuid4

from receptionist.bootstrap import open_database
from receptionist.model.client import (
    AppointmentKind,
    BookableHours,
    CalendarAccount,
    Client,
    OwnerCalendar,
)
from receptionist.model.contact import Contact, ContactNumber
from receptionist.model.greeting import Greeting
from receptionist.model.office import Directory, Line, Office, Receptionist, Workstation
from receptionist.model.route import Route
from receptionist.model.script import ScriptVersion
from tests.contract.calendars.conftest import Side
from tests.contract.phone.world import trunk
from tests.e2e.burst.plan import NEVER_THERE, OWNER, ZONE, Day

HOURS = tuple(BookableHours(weekday=day, start=time(7), end=time(20)) for day in range(7))
SCRIPT = """\
format = 1

[[reason]]
key = "nachricht"
title = "Nachricht"
[[reason.prompt]]
key = "name"
label = "Name"
required = true
into = "name"
[[reason.prompt]]
key = "dringend"
label = "Dringend?"
kind = "choice"
choices = ["ja", "nein"]
required = true
[[reason.prompt]]
key = "rueckruf"
label = "Rückruf unter"
kind = "phone"
[[reason.prompt]]
key = "anliegen"
label = "Anliegen"

[[reason]]
key = "termin"
title = "Termin"
[[reason.prompt]]
key = "name"
label = "Name"
required = true
into = "name"
[[reason.action]]
do = "book"
kind = "kurz"

[[reason]]
key = "inhaber"
title = "Inhaber"
[[reason.prompt]]
key = "name"
label = "Name"
into = "name"
[[reason.prompt]]
key = "anliegen"
label = "Anliegen"
into = "note"
[[reason.action]]
do = "connect"
contact = "inhaber"

[[reason]]
key = "belegt"
title = "Meister"
[[reason.prompt]]
key = "name"
label = "Name"
into = "name"
[[reason.prompt]]
key = "anliegen"
label = "Anliegen"
into = "note"
[[reason.action]]
do = "connect"
contact = "meister"
"""


def office(day: Day, side: Side, owner: str, busy: str) -> Directory:
    """Lines to whoever is asked, and all clients of the day."""
    line = trunk(owner)
    other = Line(id=uuid4(), key="other", name="Other", registrar=busy, user="desk", register=False)
    clients = tuple(_client(key, numbers) for key, numbers in day.numbers.items())
    accounts = tuple(
        CalendarAccount(id=uuid4(), key=one.key, url=side.url, user=side.user) for one in clients
    )
    routes = (Route(prefix=NEVER_THERE, line_id=other.id), Route(prefix=OWNER, line_id=line.id))
    return Directory(
        office=Office(
            id=uuid4(),
            name="Büro Muster",
            greeting=Greeting("Guten Tag."),
            routes=routes,
        ),
        receptionist=Receptionist(id=uuid4(), name="Erika Muster"),
        workstation=Workstation(id=uuid4(), name=""),
        lines=(line, other),
        clients=clients,
        accounts=accounts,
        calendars=tuple(
            OwnerCalendar(
                id=uuid4(),
                client_id=one.id,
                account_id=account.id,
                name=one.key,
                href=f"{side.home}{uuid4()}/",
            )
            for one, account in zip(clients, accounts, strict=True)
        ),
    )


def _client(key: str, numbers: tuple[str, ...]) -> Client:
    return Client(
        id=uuid4(),
        key=key,
        name=f"Firma {key}",
        greeting=Greeting("{client}, {time_of_day}!"),
        dialled=numbers,
        hours=HOURS,
        zone=ZONE,
        kinds=(AppointmentKind(id=uuid4(), key="kurz", name="Beratung", minutes=30),),
    )


def move_in(data: Path, wanted: Directory, side: Side) -> Directory:
    """The office in a new database, with empty calendars on the server; as it is stored."""
    for calendar in wanted.calendars:
        side.owner.make_calendar(calendar.href, calendar.name)
    store, at = open_database(data), datetime.now(UTC)
    try:
        stored = store.save_directory(wanted, wanted.receptionist.id, at)
        who = stored.receptionist.id
        for client in stored.clients:
            for key, number in (("inhaber", OWNER), ("meister", NEVER_THERE)):
                store.people.save(None, _contact(client.id, key, number), who, at)
            version = ScriptVersion(
                id=uuid4(),
                client_id=client.id,
                number=0,
                text=SCRIPT,
                who=who,
                at=at,
                counts_from=at,
            )
            store.scripts.save(version, 0)
        return store.directory()
    finally:
        store.close()


def _contact(client_id: UUID, key: str, number: str) -> Contact:
    numbers = (ContactNumber(number=number),)
    return Contact(id=uuid4(), client_id=client_id, key=key, name=key.title(), numbers=numbers)
