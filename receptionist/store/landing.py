"""What came of an attempt to bring an appointment into the owner's calendar, and of his changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, func, insert, select, update

from receptionist.errors import NotFound
from receptionist.i18n import _
from receptionist.model.appointment import OCCUPYING, Appointment, AppointmentState, Told
from receptionist.model.travel import carried
from receptionist.reasons import Reason
from receptionist.store import tables
from receptionist.store.appointments import open_book, row_of, stored
from receptionist.store.ledger import Ledger
from receptionist.store.outbox import OUTCOME
from receptionist.store.rows import Row, value_of, values_of

_table = tables.appointment
_pushed = tables.pushed
_KIND: Mapping[str, Callable[[str], Any]] = {
    "kind_id": UUID,
    "kind_name": str,
    "buffer_before": int,
    "buffer_after": int,
}
_FREE = {"claimed_by": None, "claimed_until": None}
_TO_DO = {"reason": Reason.NONE, "attempts": 0, "next_attempt": None, "dirty": True, **_FREE}


def land(
    connection: Connection,
    attempted: Appointment,
    appointment: Appointment,
    who: UUID,
    at: datetime,
) -> bool:
    """What `BookStore.land` promises."""
    ledger = Ledger(connection, who, at)
    open_book(connection, ledger, appointment, at)
    row = stored(connection, appointment)
    if row is None:
        raise NotFound(_("This appointment does not exist any more."))
    if not _is_still(row, attempted):
        return False
    connection.execute(delete(_pushed).where(_pushed.c.appointment_id == appointment.id))
    ways = _ways_aside(connection, appointment)
    _write(connection, ledger, row, row_of(appointment) | _FREE | {"dirty": False})
    for way in ways:
        new = _followed(value_of(Appointment, way), attempted, appointment)
        to_do = _TO_DO if new.sequence != way["sequence"] else {}
        _write(connection, ledger, way, row_of(new) | to_do)
    if appointment.state is AppointmentState.CONFLICT and appointment.restores is not None:
        _bring_back(connection, ledger, appointment)
    return True


def push(connection: Connection, appointment: Appointment, wanted: Told) -> None:
    """What `BookStore.push` promises."""
    values = values_of(wanted, _pushed) | {
        "id": uuid4(),
        "client_id": appointment.client_id,
        "appointment_id": appointment.id,
    }
    connection.execute(insert(_pushed).values(values))


def pushed(connection: Connection, appointment_id: UUID) -> tuple[Told, ...]:
    """What `BookStore.pushed` promises."""
    query = select(_pushed).where(_pushed.c.appointment_id == appointment_id)
    return tuple(value_of(Told, row) for row in connection.execute(query).mappings())


def former_kind(connection: Connection, appointment: Appointment) -> Appointment:
    """What `BookStore.former_kind` promises: the change log knows it."""
    log = tables.change_log.c
    of_it = log.row == appointment.id
    confirmed = select(func.max(log.seq)).where(of_it, log.column == "confirmed").scalar_subquery()
    since = select(log.column, log.old).where(of_it, log.column.in_(_KIND), log.seq > confirmed)
    newest_first = connection.execute(since.order_by(log.seq.desc())).all()
    was = {column: _KIND[column](old) for column, old in newest_first}
    return replace(appointment, **was)


def _bring_back(connection: Connection, ledger: Ledger, refused: Appointment) -> None:
    """Where another calendar did not take it, it stays where it was, with its travel.

    One that never stood there has no right to its old time where that is another's by now.
    """
    old = _table.c.id == refused.restores
    waiting = (_table.c.state == AppointmentState.CANCELLED) & _table.c.dirty
    waiting &= _table.c.calendar_id != refused.calendar_id
    found = connection.execute(select(_table).where(old, waiting)).mappings().first()
    if found is None or (found["told_start"] is None and _is_crowded(connection, dict(found))):
        return
    ways = select(_table).where(_table.c.part_of == found["id"], waiting)
    for row in (found, *connection.execute(ways).mappings().all()):
        again = replace(
            value_of(Appointment, row),
            state=AppointmentState.BOOKED,
            sequence=row["sequence"] + 1,
        )
        _write(connection, ledger, row, row_of(again) | _TO_DO)


def _is_still(row: Row, attempted: Appointment) -> bool:
    wished = values_of(attempted, _table)
    return all(row[name] == wished[name] for name in wished if name not in OUTCOME)


def _ways_aside(connection: Connection, appointment: Appointment) -> list[Row]:
    """Its travel, each taken into a book of its own, so that what moves with it has room."""
    living = [state for state in OCCUPYING if state is not AppointmentState.HOLD]
    travel = (_table.c.part_of == appointment.id) & _table.c.state.in_(living)
    ways = connection.execute(select(_table).where(travel)).mappings().all()
    connection.execute(update(_table).where(travel).values(book_id=_table.c.id))
    return [{**way, "book_id": way["id"]} for way in ways]


def _followed(way: Appointment, attempted: Appointment, appointment: Appointment) -> Appointment:
    """The way there or back as its appointment is now."""
    if appointment.state not in OCCUPYING:
        return replace(way, state=AppointmentState.CANCELLED, sequence=way.sequence + 1)
    period = carried(way.period, attempted.period, appointment.period)
    if period == way.period:
        return way
    return replace(
        way,
        start=period.start,
        end=period.end,
        state=AppointmentState.BOOKED,
        sequence=way.sequence + 1,
    )


def _write(connection: Connection, ledger: Ledger, row: Row, values: Mapping[str, Any]) -> None:
    """What the owner's calendar says may lie over another of ours: it has a book of its own then.

    Whoever books asks that calendar as well, so nothing else is put there.
    """
    if values["state"] in OCCUPYING and _is_crowded(connection, values):
        values = {**values, "book_id": row["id"]}
    ledger.update(_table, row, values)


def _is_crowded(connection: Connection, values: Mapping[str, Any]) -> bool:
    others = select(_table.c.id).where(
        _table.c.book_id == values["book_id"],
        _table.c.id != values["id"],
        _table.c.state.in_(OCCUPYING),
        _table.c.blocked_end > values["blocked_start"],
        _table.c.blocked_start < values["blocked_end"],
    )
    return connection.execute(others.limit(1)).first() is not None
