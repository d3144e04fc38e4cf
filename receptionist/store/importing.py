"""Saving a directory over the one that is there: by key, column by column, without deleting.

What was removed by hand and stands in the file again is brought back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Table, select

from receptionist.errors import NotFound
from receptionist.i18n import _
from receptionist.model.checks import same_host
from receptionist.model.client import (
    AppointmentKind,
    CalendarAccount,
    Client,
    OwnerCalendar,
    Staff,
)
from receptionist.model.office import Directory, Office
from receptionist.store import scripts, tables
from receptionist.store.directory import (
    by_client,
    children,
    client_values,
    living,
    office_values,
    one,
    rows,
    seat,
)
from receptionist.store.ledger import Ledger
from receptionist.store.occurrences import forget
from receptionist.store.people import bring_people
from receptionist.store.rows import Kept, Row, kept_as, values_of
from receptionist.store.sets import OFFICE_SETS, SETS, bring


def save(connection: Connection, directory: Directory, who: UUID, at: datetime) -> None:
    """Bring `directory` into the tables; see `SqlStore.save_directory` for what wins."""
    ledger = Ledger(connection, who, at)
    _over(ledger, tables.office, one(connection, tables.office), office_values(directory.office))
    table = tables.receptionist
    _over(ledger, table, one(connection, table), values_of(directory.receptionist, table))
    table = tables.workstation
    _over(ledger, table, seat(connection), values_of(directory.workstation, table))
    lines = [values_of(line, tables.line) for line in directory.lines]
    kept = _by_key(ledger, tables.line, rows(connection, tables.line), lines)
    _office_sets(connection, ledger, directory.office, kept)
    wanted = [values_of(account, tables.calendar_account) for account in directory.accounts]
    stored = rows(connection, tables.calendar_account)
    accounts = _by_key(ledger, tables.calendar_account, stored, wanted)
    before = {row["id"]: row for row in stored}
    for account in directory.accounts:
        if accounts[account.id] in before:
            login_changed(connection, ledger, before[accounts[account.id]], account)
    wanted = [client_values(client) for client in directory.clients]
    stored = rows(connection, tables.client)
    clients = _by_key(ledger, tables.client, stored, wanted)
    before = {row["id"]: row for row in stored}
    for client in directory.clients:
        if clients[client.id] in before:
            zone_changed(connection, before[clients[client.id]], client)
    _numbers(connection, ledger, directory.clients, clients)
    kept |= _kinds_and_staff(connection, ledger, directory.clients, clients)
    _sets(connection, ledger, directory.clients, clients, kept)
    _calendars(connection, ledger, directory.calendars, clients, accounts, kept)
    scripts.bring(connection, directory.scripts, clients, who, at)
    bring_people(connection, ledger, directory, clients)


def assign_number(
    connection: Connection, number: str, client_id: UUID, who: UUID, at: datetime
) -> None:
    """Give a dialled number to a client; it leaves the client that had it."""
    client = tables.client
    here = select(client.c.id).where(client.c.id == client_id, client.c.removed.is_(None))
    if connection.execute(here).first() is None:
        raise NotFound(_("This client does not exist any more."))
    ledger, table = Ledger(connection, who, at), tables.dialled_number
    stored = connection.execute(select(table).where(table.c.number == number)).mappings().first()
    if stored is not None:
        ledger.update(table, stored, {"client_id": client_id})
        return
    of_client = select(table.c.position).where(table.c.client_id == client_id)
    position = 1 + max(connection.execute(of_client).scalars(), default=-1)
    values = {"id": uuid4(), "client_id": client_id, "number": number, "position": position}
    ledger.insert(table, values)


def _over(ledger: Ledger, table: Table, row: Row, wanted: dict[str, Any]) -> None:
    ledger.update(table, row, {name: wanted[name] for name in wanted if name != "id"})


def _by_key(
    ledger: Ledger, table: Table, stored: list[Row], wanted: Iterable[dict[str, Any]]
) -> Kept:
    """Insert or update by key, else by id (then the key is new); says which ids stay.

    Rows without a wanted position keep theirs, or come last.
    """
    keys = {row["key"]: row for row in stored}
    ids = {row["id"]: row for row in stored}
    last = max((row["position"] for row in stored), default=-1)
    kept: Kept = {}
    for values in wanted:
        row = keys.get(values["key"]) or ids.get(values["id"])
        if row is None:
            last += 1
            ledger.insert(table, {"position": last} | values)
            kept[values["id"]] = values["id"]
        else:
            _over(ledger, table, row, values | {"removed": None})
            kept[values["id"]] = row["id"]
    return kept


def _numbers(connection: Connection, ledger: Ledger, clients: Iterable[Client], kept: Kept) -> None:
    """Bring numbers in, in order; those the import does not name stay behind them.

    Nothing says that they are wrong, and one may just have been assigned at the desk.
    """
    table = tables.dialled_number
    stored = {row["number"]: row for row in rows(connection, table)}
    named = {number for client in clients for number in client.dialled}
    for client in clients:
        client_id = kept[client.id]
        left = [n for n, r in stored.items() if r["client_id"] == client_id and n not in named]
        for position, number in enumerate((*client.dialled, *left)):
            values = {"client_id": client_id, "position": position}
            if number in stored:
                ledger.update(table, stored[number], values)
            else:
                ledger.insert(table, {"id": uuid4(), "number": number} | values)


def _office_sets(connection: Connection, ledger: Ledger, office: Office, kept: Kept) -> None:
    for name, table, _kind in OFFICE_SETS:
        bring(ledger, table, children(connection, table, None), getattr(office, name), None, kept)


def _kinds_and_staff(
    connection: Connection, ledger: Ledger, clients: Sequence[Client], there: Kept
) -> Kept:
    """Says which ids of the staff stay."""
    kinds = {client.id: client.kinds for client in clients}
    _keyed(connection, ledger, tables.appointment_kind, there, kinds)
    members = {client.id: client.staff for client in clients}
    return _keyed(connection, ledger, tables.staff, there, members)


def _sets(
    connection: Connection, ledger: Ledger, clients: Sequence[Client], there: Kept, kept: Kept
) -> None:
    for name, table, _kind in SETS:
        stored = by_client(rows(connection, table))
        for client in clients:
            here = there[client.id]
            bring(ledger, table, stored[here], getattr(client, name), here, kept)


def _keyed(
    connection: Connection,
    ledger: Ledger,
    table: Table,
    clients: Kept,
    wanted: Mapping[UUID, Sequence[AppointmentKind | Staff]],
) -> Kept:
    """Bring in the kinds or the staff of each client by their keys."""
    there = by_client(rows(connection, table))
    kept: Kept = {}
    for incoming_id, parts in wanted.items():
        client_id = clients[incoming_id]
        values = [
            values_of(part, table) | {"client_id": client_id, "position": position}
            for position, part in enumerate(parts)
        ]
        kept |= _by_key(ledger, table, there[client_id], values)
    return kept


def _calendars(
    connection: Connection,
    ledger: Ledger,
    calendars: Iterable[OwnerCalendar],
    clients: Kept,
    accounts: Kept,
    staff: Kept,
) -> None:
    table = tables.owner_calendar
    stored = rows(connection, table)
    last = max((row["position"] for row in stored), default=-1)
    wanted = [
        values_of(calendar, table)
        | {
            "client_id": clients.get(calendar.client_id, calendar.client_id),
            "account_id": accounts.get(calendar.account_id, calendar.account_id),
            "staff_id": kept_as(staff, calendar.staff_id),
        }
        for calendar in calendars
    ]
    for values in wanted:
        row = _same_calendar(stored, wanted, values)
        if row is None:
            last += 1
            ledger.insert(table, values | {"position": last})
            continue
        bring_calendar(connection, ledger, row, values)


def bring_calendar(
    connection: Connection, ledger: Ledger, row: Row, values: dict[str, Any]
) -> None:
    """Write a calendar; one that lies elsewhere now is read anew. It keeps a discovered address."""
    moved = any(row[name] != values[name] for name in ("account_id", "name", "tasks"))
    if not values["href"] and not moved:
        values = values | {"href": row["href"]}
    _over(ledger, tables.owner_calendar, row, values | {"removed": None})
    if moved or values["href"] != row["href"]:
        forget(connection, row["id"])


def login_changed(
    connection: Connection, ledger: Ledger, before: Row, account: CalendarAccount
) -> None:
    """Look anew for the calendars of an account that has another server or user than `before`.

    They are found by their names. One without a name stays where it lies, with our copy of it:
    nobody can say which calendar of the new server it would be.
    """
    if before["user"] == account.user and same_host(before["url"], account.url):
        return
    table = tables.owner_calendar
    query = select(table).where(table.c.account_id == before["id"], table.c.name != "")
    for row in connection.execute(query).mappings().all():
        ledger.update(table, row, {"href": ""})
        forget(connection, row["id"])


def zone_changed(connection: Connection, before: Row, client: Client) -> None:
    """Read the calendars of a client anew who has another zone than `before`.

    Whole days, and times that name no zone, are at other instants now.
    """
    if before["zone"] == client.zone:
        return
    table = tables.owner_calendar
    query = select(table.c.id).where(table.c.client_id == before["id"])
    for calendar_id in connection.execute(query).scalars().all():
        forget(connection, calendar_id)


def _same_calendar(
    stored: list[Row], wanted: list[dict[str, Any]], values: dict[str, Any]
) -> Row | None:
    """The row an incoming calendar stands for: same account and name, or the client's only one."""
    of_client = [row for row in stored if row["client_id"] == values["client_id"]]
    for row in of_client:
        if all(row[name] == values[name] for name in ("account_id", "name")):
            return row
    of_client = [row for row in living(of_client) if row["tasks"] == values["tasks"]]
    likes = [all(one[name] == values[name] for name in ("client_id", "tasks")) for one in wanted]
    return of_client[0] if sum(likes) == 1 and len(of_client) == 1 else None
