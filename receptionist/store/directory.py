"""Reading the directory: office, lines, clients, calendars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Connection, Table, insert, select

from receptionist.i18n import _, language
from receptionist.model.client import (
    AppointmentKind,
    CalendarAccount,
    Client,
    OwnerCalendar,
    Staff,
)
from receptionist.model.contact import Contact
from receptionist.model.greeting import Greeting
from receptionist.model.office import Directory, Line, Office, Receptionist, Workstation
from receptionist.model.rota import OnCallRota
from receptionist.store import scripts, tables
from receptionist.store.engine import workstation_of
from receptionist.store.rows import Row, value_of, values_of
from receptionist.store.sets import OFFICE_SETS, SETS

P = TypeVar("P", Contact, OnCallRota)


def found(connection: Connection) -> None:
    """Give a new database its nameless office, receptionist and workstation.

    A workstation that is named and not there yet is added to those there are.
    """
    named, seats = workstation_of(connection), tables.workstation
    here = select(seats.c.id).where(seats.c.id == named)
    if named is not None and connection.execute(here).first() is None:
        connection.execute(insert(seats).values(id=named, name=""))
    if connection.execute(select(tables.office.c.id)).first() is not None:
        return
    greeting = Greeting(_("{time_of_day}, how may I help you?"), language())
    office = Office(id=uuid4(), name="", greeting=greeting)
    connection.execute(insert(tables.office).values(office_values(office)))
    missing = (tables.receptionist,) if named else (tables.receptionist, seats)
    for table in missing:
        connection.execute(insert(table).values(id=uuid4(), name=""))


def _clients(connection: Connection, all_clients: list[Row]) -> list[Client]:
    """Clients with what hangs on them."""
    numbers = by_client(rows(connection, tables.dialled_number))
    kinds = by_client(living(rows(connection, tables.appointment_kind)))
    staff = by_client(living(rows(connection, tables.staff)))
    sets = [(name, kind, by_client(rows(connection, table))) for name, table, kind in SETS]
    return [
        value_of(
            Client,
            row,
            greeting=_greeting(row),
            dialled=tuple(child["number"] for child in numbers[row["id"]]),
            kinds=tuple(value_of(AppointmentKind, child) for child in kinds[row["id"]]),
            staff=tuple(value_of(Staff, child) for child in staff[row["id"]]),
            **{
                name: tuple(value_of(kind, child) for child in found[row["id"]])
                for name, kind, found in sets
            },
        )
        for row in all_clients
    ]


def seat(connection: Connection) -> Row:
    """The workstation at which the database is used; the first where none was named."""
    here, named = tables.workstation, workstation_of(connection)
    query = select(here).order_by(here.c.id)
    if named is not None:
        query = query.where(here.c.id == named)
    return connection.execute(query).mappings().first() or {}


def read(connection: Connection) -> Directory:
    """Everything that was not removed, in the order in which it came."""
    all_clients = rows(connection, tables.client)
    clients = _clients(connection, all_clients)
    here = {row["id"] for row in living(all_clients)}
    office = one(connection, tables.office)
    return Directory(
        office=value_of(Office, office, greeting=_greeting(office), **_office_sets(connection)),
        receptionist=value_of(Receptionist, one(connection, tables.receptionist)),
        workstation=value_of(Workstation, seat(connection)),
        lines=tuple(value_of(Line, row) for row in living(rows(connection, tables.line))),
        clients=tuple(client for client in clients if client.id in here),
        accounts=tuple(
            value_of(CalendarAccount, row)
            for row in living(rows(connection, tables.calendar_account))
        ),
        calendars=tuple(
            value_of(OwnerCalendar, row) for row in living(rows(connection, tables.owner_calendar))
        ),
        former=tuple(client for client in clients if client.id not in here),
        scripts=tuple(one for one in scripts.counting(connection) if one.client_id in here),
        contacts=_by_name(connection, tables.contact, Contact, here),
        rotas=_by_name(connection, tables.on_call_rota, OnCallRota, here),
    )


def _by_name(
    connection: Connection, table: Table, kind: type[P], here: Collection[UUID]
) -> tuple[P, ...]:
    """What of clients that are `here` was not removed, by name."""
    query = select(table).where(table.c.removed.is_(None))
    found = [
        value_of(kind, row)
        for row in connection.execute(query).mappings()
        if row["client_id"] in here
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.key, one.id)))


def _office_sets(connection: Connection) -> dict[str, Any]:
    return {
        name: tuple(value_of(kind, row) for row in children(connection, table, None))
        for name, table, kind in OFFICE_SETS
    }


def rows(connection: Connection, table: Table) -> list[Row]:
    """All rows of a table that has a position, in order, also those that were removed."""
    query = select(table).order_by(table.c.position, table.c.id)
    return list(connection.execute(query).mappings())


def children(connection: Connection, table: Table, client_id: UUID | None) -> list[Row]:
    """The rows of a client in a table that has a position, in order, also removed ones.

    Without a client those of the office.
    """
    query = select(table)
    if "client_id" in table.c:
        query = query.where(table.c.client_id == client_id)
    return list(connection.execute(query.order_by(table.c.position, table.c.id)).mappings())


def living(found: Iterable[Row]) -> list[Row]:
    """Those that were not removed."""
    return [row for row in found if row["removed"] is None]


def one(connection: Connection, table: Table) -> Row:
    """The row of a table that has only one as yet."""
    return connection.execute(select(table).order_by(table.c.id)).mappings().first() or {}


def office_values(office: Office) -> dict[str, Any]:
    """The office as a row."""
    return values_of(office, tables.office) | _greeting_values(office.greeting)


def client_values(client: Client) -> dict[str, Any]:
    """A client as a row, without what hangs on it."""
    return values_of(client, tables.client) | _greeting_values(client.greeting)


def _greeting_values(greeting: Greeting) -> dict[str, str]:
    return {"greeting_text": greeting.text, "greeting_language": greeting.language}


def _greeting(row: Row) -> Greeting:
    return Greeting(row["greeting_text"], row["greeting_language"])


def by_client(children: Iterable[Row]) -> defaultdict[UUID, list[Row]]:
    """Rows by whose they are; nothing for those who have none."""
    grouped: defaultdict[UUID, list[Row]] = defaultdict(list)
    for child in children:
        grouped[child["client_id"]].append(child)
    return grouped
