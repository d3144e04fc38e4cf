"""Changes of the directory by hand: field by field, and only over what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Table, select

from receptionist.errors import BadInput
from receptionist.i18n import _
from receptionist.model.checks import brief
from receptionist.model.client import (
    AppointmentKind,
    CalendarAccount,
    Client,
    OwnerCalendar,
    Staff,
)
from receptionist.model.editing import Dependents, Part
from receptionist.model.number import shown
from receptionist.model.office import Directory, Line, Office, Receptionist
from receptionist.store import removing, tables
from receptionist.store.directory import (
    children,
    client_values,
    living,
    office_values,
    one,
    read,
    rows,
)
from receptionist.store.engine import Database
from receptionist.store.failures import stale
from receptionist.store.importing import (
    bring_calendar,
    login_changed,
    zone_changed,
)
from receptionist.store.ledger import Ledger
from receptionist.store.rows import Kept, Row, kept_as, values_of
from receptionist.store.sets import OFFICE_SETS, SETS, Sets, bring, same

Values = Mapping[str, Any]


class SqlEditing:
    """The port `EditingStore`, which says what each method does. Store worker."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_office(
        self, old: Directory, office: Office, receptionist: Receptionist, who: UUID, at: datetime
    ) -> Directory:
        with self._database.writing() as connection:
            ledger = Ledger(connection, who, at)
            table = tables.office
            seen, wanted = office_values(old.office), office_values(office)
            ledger.over(table, one(connection, table), seen, wanted)
            table = tables.receptionist
            seen, wanted = values_of(old.receptionist, table), values_of(receptionist, table)
            ledger.over(table, one(connection, table), seen, wanted)
            _sets(connection, ledger, None, old.office, office, {}, OFFICE_SETS)
            return read(connection)

    def save_line(self, old: Line | None, new: Line, who: UUID, at: datetime) -> Directory:
        table = tables.line
        with self._database.writing() as connection:
            seen = values_of(old, table) if old else None
            _part(connection, Ledger(connection, who, at), table, seen, values_of(new, table))
            return read(connection)

    def save_account(
        self, old: CalendarAccount | None, new: CalendarAccount, who: UUID, at: datetime
    ) -> Directory:
        table = tables.calendar_account
        with self._database.writing() as connection:
            ledger = Ledger(connection, who, at)
            seen = values_of(old, table) if old else None
            before = _part(connection, ledger, table, seen, values_of(new, table))
            if before is not None:
                login_changed(connection, ledger, before, new)
            return read(connection)

    def save_client(
        self,
        old: Client | None,
        new: Client,
        known: tuple[OwnerCalendar, ...],
        calendars: tuple[OwnerCalendar, ...],
        who: UUID,
        at: datetime,
    ) -> Directory:
        with self._database.writing() as connection:
            ledger = Ledger(connection, who, at)
            seen = client_values(old) if old else None
            row = _part(connection, ledger, tables.client, seen, client_values(new))
            client_id = row["id"] if row else new.id
            if row is not None:
                zone_changed(connection, row, new)
            _numbers(connection, ledger, client_id, old.dialled if old else (), new.dialled)
            kinds = tables.appointment_kind
            seen_kinds, seen_staff = (old.kinds, old.staff) if old else ((), ())
            _, gone = _keyed(connection, ledger, kinds, client_id, seen_kinds, new.kinds)
            for row in gone:
                ledger.update(kinds, row, {"removed": at})
            staff, gone = _keyed(connection, ledger, tables.staff, client_id, seen_staff, new.staff)
            _sets(connection, ledger, client_id, old, new, staff)
            _check_whose(calendars, new.staff)
            _calendars(connection, ledger, client_id, known, calendars, staff, at)
            for row in gone:
                removing.remove(connection, ledger, Part.STAFF, row["id"], at)
            return read(connection)

    def remove(self, part: Part, part_id: UUID, who: UUID, at: datetime) -> Directory:
        with self._database.writing() as connection:
            removing.remove(connection, Ledger(connection, who, at), part, part_id, at)
            return read(connection)

    def dependents(self, part: Part, part_id: UUID, at: datetime) -> Dependents:
        with self._database.reading() as connection:
            return removing.dependents(connection, part, part_id, at)


def _part(
    connection: Connection, ledger: Ledger, table: Table, seen: Values | None, wanted: Values
) -> Row | None:
    """Write a part that has a key; the row as it was, None for one that is new."""
    by_key = {row["key"]: row for row in rows(connection, table)}
    same_key = by_key.get(wanted["key"])
    if seen is not None:
        row = next((row for row in by_key.values() if row["id"] == seen["id"]), None)
        if row is None or row["removed"] is not None:
            raise stale()
        if same_key is not None and same_key["id"] != row["id"]:
            raise _key_taken(same_key)
        ledger.over(table, row, seen, wanted)
        return row
    if same_key is None:
        last = max((row["position"] for row in by_key.values()), default=-1)
        ledger.insert(table, {"position": last + 1, **wanted})
        return None
    if same_key["removed"] is None:
        raise _key_taken(same_key)
    ledger.update(table, same_key, {**wanted, "id": same_key["id"], "removed": None})
    return same_key


def _key_taken(row: Row) -> BadInput:
    message = _("“{name}” has the key “{key}” already. Choose another one.")
    name = row.get("name") or row.get("user") or row["key"]
    return BadInput(message.format(name=brief(name), key=row["key"]), key="key")


def _numbers(
    connection: Connection,
    ledger: Ledger,
    client_id: UUID,
    seen: tuple[str, ...],
    wanted: tuple[str, ...],
) -> None:
    if seen == wanted:
        return
    table = tables.dialled_number
    stored = {row["number"]: row for row in children(connection, table, client_id)}
    if tuple(stored) != seen and tuple(stored) != wanted:
        raise stale()
    for number in [number for number in stored if number not in wanted]:
        ledger.remove(table, stored.pop(number))
    for position, number in enumerate(wanted):
        if number in stored:
            ledger.update(table, stored[number], {"position": position})
            continue
        _check_free(connection, number)
        values = {"id": uuid4(), "client_id": client_id, "number": number, "position": position}
        ledger.insert(table, values)


def _check_free(connection: Connection, number: str) -> None:
    table, client = tables.dialled_number, tables.client
    owner = select(client.c.name).join(table, table.c.client_id == client.c.id)
    name = connection.execute(owner.where(table.c.number == number)).scalar()
    if name is not None:
        message = _("The number {number} belongs to “{name}” already.")
        sentence = message.format(number=shown(number), name=brief(name))
        raise BadInput(sentence, key="dialled")


def _keyed(
    connection: Connection,
    ledger: Ledger,
    table: Table,
    client_id: UUID,
    seen: tuple[AppointmentKind | Staff, ...],
    wanted: tuple[AppointmentKind | Staff, ...],
) -> tuple[Kept, list[Row]]:
    """Kinds or staff: each by its id, a new one by its key, which one that is removed may have.

    Says which ids stay, and which rows are named no more.
    """
    kept: Kept = {}
    if seen == wanted:
        return kept, []
    stored = children(connection, table, client_id)
    by_id, by_key = {row["id"]: row for row in stored}, {row["key"]: row for row in stored}
    known = {part.id: part for part in seen}
    if any(row["removed"] is None and row["id"] not in known for row in stored):
        raise stale()
    for position, part in enumerate(wanted):
        values = values_of(part, table) | {"client_id": client_id, "position": position}
        row = by_id.get(part.id) or by_key.get(part.key)
        if row is None:
            ledger.insert(table, values)
            continue
        kept[part.id] = row["id"]
        if row["removed"] is None and row["id"] == part.id:
            ledger.over(table, row, {**row, **values_of(known[part.id], table)}, values)
        else:
            ledger.update(table, row, {**values, "id": row["id"], "removed": None})
    return kept, [row for row in living(stored) if row["id"] not in kept.values()]


def _sets(
    connection: Connection,
    ledger: Ledger,
    client_id: UUID | None,
    old: Client | Office | None,
    new: Client | Office,
    kept: Kept,
    sets: Sets = SETS,
) -> None:
    for name, table, kind in sets:
        seen, wanted = getattr(old, name) if old else (), getattr(new, name)
        if seen == wanted:
            continue
        stored = children(connection, table, client_id)
        if not same(stored, kind, seen):
            raise stale()
        bring(ledger, table, stored, wanted, client_id, kept)


def _calendars(
    connection: Connection,
    ledger: Ledger,
    client_id: UUID,
    known: tuple[OwnerCalendar, ...],
    wanted: tuple[OwnerCalendar, ...],
    staff: Kept,
    at: datetime,
) -> None:
    """As a set: what is not named is removed, and what lies elsewhere now is read anew."""
    table = tables.owner_calendar
    stored = children(connection, table, client_id)
    if {row["id"] for row in living(stored)} - {calendar.id for calendar in known}:
        raise stale()
    accounts = {row["id"] for row in living(rows(connection, tables.calendar_account))}
    if {calendar.account_id for calendar in wanted} - accounts:
        raise stale()
    _check_twins(wanted)
    chosen = _rows_of(stored, wanted)
    kept = [row["id"] for row in chosen if row is not None]
    for row in living(stored):
        if row["id"] not in kept:
            removing.remove(connection, ledger, Part.CALENDAR, row["id"], at)
    last = max((row["position"] for row in rows(connection, table)), default=-1)
    places = sorted(row["position"] for row in chosen if row is not None)
    places += range(last + 1, last + 1 + len(chosen) - len(places))
    for calendar, found, position in zip(wanted, chosen, places, strict=True):
        values = values_of(calendar, table) | {
            "client_id": client_id,
            "position": position,
            "staff_id": kept_as(staff, calendar.staff_id),
        }
        if found is None:
            taken = any(row["id"] == calendar.id for row in stored)
            ledger.insert(table, values | {"id": uuid4()} if taken else values)
        else:
            bring_calendar(connection, ledger, found, values)


def _check_whose(calendars: tuple[OwnerCalendar, ...], staff: tuple[Staff, ...]) -> None:
    members = {None, *(member.id for member in staff)}
    for calendar in calendars:
        if calendar.staff_id not in members:
            message = _(
                "The calendar “{name}” belongs to somebody who is not of the staff any more."
                " Say whose it is, or take it out."
            )
            raise BadInput(message.format(name=brief(calendar.name)), key="calendars")


def _check_twins(wanted: tuple[OwnerCalendar, ...]) -> None:
    for index, calendar in enumerate(wanted):
        for other in wanted[:index]:
            if (other.account_id, other.name) == (calendar.account_id, calendar.name):
                message = _("The calendar “{name}” stands here twice. Take one of them out.")
                raise BadInput(message.format(name=brief(calendar.name)), key="calendars")


def _rows_of(stored: list[Row], wanted: tuple[OwnerCalendar, ...]) -> list[Row | None]:
    """For each the row of its account and name, also a removed one; else its own, if that is left.

    So no row ever gets a name that another one has.
    """
    by_name = {(row["account_id"], row["name"]): row for row in stored}
    chosen = [by_name.get((one.account_id, one.name)) for one in wanted]
    taken = {row["id"] for row in chosen if row}
    left = {row["id"]: row for row in stored if row["id"] not in taken}
    return [row or left.pop(one.id, None) for row, one in zip(chosen, wanted, strict=True)]
