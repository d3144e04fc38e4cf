"""Taking a part out of the directory, and what depends on it. Its row stays for the journal."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Table, false, func, select
from sqlalchemy.sql.elements import ColumnElement

from receptionist.errors import BadInput
from receptionist.i18n import _, ngettext
from receptionist.model.appointment import OCCUPYING, AppointmentState
from receptionist.model.checks import brief
from receptionist.model.editing import Dependents, Part
from receptionist.model.worklist import OWES_CALL
from receptionist.store import tables
from receptionist.store.directory import children, living
from receptionist.store.failures import stale
from receptionist.store.ledger import Ledger
from receptionist.store.occurrences import forget
from receptionist.store.sets import SETS

_TABLES: dict[Part, Table] = {
    Part.LINE: tables.line,
    Part.CLIENT: tables.client,
    Part.ACCOUNT: tables.calendar_account,
    Part.CALENDAR: tables.owner_calendar,
    Part.KIND: tables.appointment_kind,
    Part.STAFF: tables.staff,
}
_MOST_NAMES = 3


def remove(connection: Connection, ledger: Ledger, part: Part, part_id: UUID, at: datetime) -> None:
    """Take a part out; `BadInput` says what still needs it, `StaleRow` that it is out already."""
    table = _TABLES[part]
    _close_book(connection, table, part_id)
    query = select(table).where(table.c.id == part_id, table.c.removed.is_(None))
    row = connection.execute(query.with_for_update()).mappings().first()
    if row is None:
        raise stale()
    found = dependents(connection, part, part_id, at)
    if part is Part.ACCOUNT and found.clients:
        raise _in_use(found)
    if part is not Part.KIND and found.waiting:
        raise _waiting(found.waiting)
    ledger.update(table, row, {"removed": at})
    if part is Part.CALENDAR:
        forget(connection, part_id)
    if part is Part.CLIENT:
        _clear(connection, ledger, part_id, at)
    if part is Part.STAFF:
        _clear_member(connection, ledger, part_id, at)
    if part is Part.LINE:
        _clear_routes(connection, ledger, part_id)


def _close_book(connection: Connection, table: Table, part_id: UUID) -> None:
    """Lock the row of the client, as who books does: nothing comes to wait behind our back."""
    client = tables.client
    owner = table.c.id if table is client else table.c.get("client_id")
    if owner is not None:
        whose = select(owner).where(table.c.id == part_id).scalar_subquery()
        connection.execute(select(client.c.id).where(client.c.id == whose).with_for_update())


def dependents(connection: Connection, part: Part, part_id: UUID, at: datetime) -> Dependents:
    """What depends on a part; empty where nothing can."""
    appointment, calls, work = tables.appointment, tables.call, tables.work_item
    of_account = select(tables.owner_calendar.c.id).where(
        tables.owner_calendar.c.account_id == part_id
    )
    of_member = select(tables.owner_calendar.c.id).where(
        tables.owner_calendar.c.staff_id == part_id
    )
    booked: dict[Part, ColumnElement[bool]] = {
        Part.CLIENT: appointment.c.client_id == part_id,
        Part.CALENDAR: appointment.c.calendar_id == part_id,
        Part.KIND: appointment.c.kind_id == part_id,
        Part.STAFF: (appointment.c.staff_id == part_id) | appointment.c.calendar_id.in_(of_member),
        Part.ACCOUNT: appointment.c.calendar_id.in_(of_account),
    }
    called = {Part.CLIENT: calls.c.client_id == part_id, Part.LINE: calls.c.line_id == part_id}
    owes = work.c.done.is_(None) & work.c.kind.in_(OWES_CALL)
    owed = {Part.CLIENT: (work.c.client_id == part_id) & owes}
    ahead = booked.get(part, false()) & (appointment.c.end > at)
    going = appointment.c.dirty & (appointment.c.state != AppointmentState.PARKED)
    numbers = children(connection, tables.dialled_number, part_id) if part is Part.CLIENT else []
    return Dependents(
        calls=_count(connection, calls, called.get(part, false())),
        call_backs=_count(connection, work, owed.get(part, false())),
        to_come=_count(connection, appointment, ahead & appointment.c.state.in_(OCCUPYING)),
        waiting=_count(connection, appointment, ahead & going),
        numbers=tuple(row["number"] for row in numbers),
        clients=_clients_of(connection, part, part_id),
    )


def _count(connection: Connection, table: Table, condition: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(table).where(condition)
    return int(connection.execute(query).scalar_one())


def _clients_of(connection: Connection, part: Part, part_id: UUID) -> tuple[str, ...]:
    """Who has a calendar of an account, or whose the calendar, kind or member is; by name."""
    if part in (Part.LINE, Part.CLIENT):
        return ()
    table, client = _TABLES[part], tables.client
    column = table.c.id
    if part is Part.ACCOUNT:
        table = tables.owner_calendar
        column = table.c.account_id
    query = (
        select(client.c.name)
        .join(table, table.c.client_id == client.c.id)
        .where(column == part_id, table.c.removed.is_(None), client.c.removed.is_(None))
        .distinct()
    )
    return tuple(sorted(connection.execute(query).scalars(), key=str.casefold))


def _waiting(count: int) -> BadInput:
    return BadInput(
        ngettext(
            "{count} appointment is not in the owner's calendar yet. Wait until it is there.",
            "{count} appointments are not in the owner's calendar yet. Wait until they are there.",
            count,
        ).format(count=count)
    )


def _in_use(found: Dependents) -> BadInput:
    names = [_("“{name}”").format(name=brief(name)) for name in found.clients[:_MOST_NAMES]]
    rest = "" if len(found.clients) <= _MOST_NAMES else " …"
    message = _("Calendars of {names} lie on this account. Choose others there first.")
    return BadInput(message.format(names=", ".join(names) + rest))


def _clear(connection: Connection, ledger: Ledger, client_id: UUID, at: datetime) -> None:
    """Free the numbers of a client that is removed; kinds, staff and calendars go with him."""
    for table in (tables.dialled_number, *(table for _name, table, _kind in SETS)):
        for row in children(connection, table, client_id):
            ledger.remove(table, row)
    for table in (tables.appointment_kind, tables.staff, tables.owner_calendar):
        for row in living(children(connection, table, client_id)):
            ledger.update(table, row, {"removed": at})
    for row in children(connection, tables.owner_calendar, client_id):
        forget(connection, row["id"])


def _clear_member(connection: Connection, ledger: Ledger, staff_id: UUID, at: datetime) -> None:
    """The hours of a member of the staff who is removed, and his calendars, go with him.

    A calendar that stayed would keep everybody else of the client busy.
    """
    hours, calendar = tables.bookable_hours, tables.owner_calendar
    of_member = select(hours).where(hours.c.staff_id == staff_id)
    for row in connection.execute(of_member).mappings().all():
        ledger.remove(hours, row)
    of_member = select(calendar).where(calendar.c.staff_id == staff_id)
    for mine in living(connection.execute(of_member).mappings().all()):
        ledger.update(calendar, mine, {"removed": at})
        forget(connection, mine["id"])


def _clear_routes(connection: Connection, ledger: Ledger, line_id: UUID) -> None:
    """Nobody can be called over a line that is removed, whatever that would cost."""
    route = tables.route
    of_line = select(route).where(route.c.line_id == line_id)
    for row in connection.execute(of_line).mappings().all():
        ledger.remove(route, row)
