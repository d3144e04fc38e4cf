"""Our book: appointments of a client, exclusive by the database itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, or_, select

from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.busy import Busy
from receptionist.model.client import OwnerWord
from receptionist.model.period import Period
from receptionist.model.steering import USUAL_WORDS, Steering
from receptionist.store import tables
from receptionist.store.failures import slot_taken, stale
from receptionist.store.ledger import Ledger
from receptionist.store.rows import Row, value_of, values_of

_table = tables.appointment


def enter(connection: Connection, ledger: Ledger, appointment: Appointment) -> None:
    """Write a new appointment, or turn its hold into it, in a book that is open."""
    _check_here(connection, appointment)
    check_free(connection, appointment)
    values = row_of(appointment) | {
        "dirty": appointment.state is not AppointmentState.HOLD,
        "claimed_by": None,
        "claimed_until": None,
    }
    row = stored(connection, appointment)
    if row is None:
        ledger.insert(_table, values)
    elif _was_hold(row):
        ledger.update(_table, row, values)
    else:
        raise stale()


def check_free(connection: Connection, appointment: Appointment) -> None:
    """`SlotTaken` when something of the owner's overlaps the blocked period of an appointment."""
    if owner_is_busy(connection, appointment, appointment.blocked):
        raise slot_taken()


def owner_is_busy(connection: Connection, appointment: Appointment, period: Period) -> bool:
    """Whether something of the owner's keeps an appointment from taking `period`.

    Only the client's own calendars count, and those of the member of the staff it is for. It is not
    in its own way, nor is what it belongs to: its travel, and the one in whose place it is. Words
    in what else we have written there mean nothing.
    """
    found = _in_the_way(connection, appointment, period)
    if not found:
        return False
    client = tables.client
    all_day = select(client.c.all_day_blocks).where(client.c.id == appointment.client_id)
    all_day_blocks = connection.execute(all_day).scalar_one()
    steering = _steering(connection, appointment.client_id)
    ours = _ours(connection, appointment.client_id, {one.uid for one in found})
    return any(
        one.blocks if one.uid in ours else steering.blocks(one, all_day_blocks) for one in found
    )


def appointments(
    connection: Connection, client_id: UUID, period: Period
) -> tuple[Appointment, ...]:
    """A client's appointments whose blocked period touches `period`, all states, by start."""
    query = (
        select(_table)
        .where(
            _table.c.client_id == client_id,
            _table.c.blocked_end > period.start,
            _table.c.blocked_start < period.end,
        )
        .order_by(_table.c.start, _table.c.created)
    )
    return tuple(value_of(Appointment, row) for row in connection.execute(query).mappings())


def stored(connection: Connection, appointment: Appointment) -> Row | None:
    """The row of an appointment, if its client has it."""
    query = select(_table).where(
        _table.c.id == appointment.id, _table.c.client_id == appointment.client_id
    )
    return connection.execute(query).mappings().first()


def open_book(
    connection: Connection, ledger: Ledger, appointment: Appointment, at: datetime
) -> None:
    """Make room for an appointment: withdraw the holds in its way that ran out.

    One transaction at a time has a client's book open. Two that only met in the constraint could
    wait for each other (PostgreSQL inserts before it checks), and one would be told of a deadlock.
    """
    client = tables.client
    alone = select(client.c.id).where(client.c.id == appointment.client_id)
    connection.execute(alone.with_for_update(key_share=True))
    blocked = appointment.blocked
    query = select(_table).where(
        _table.c.client_id == appointment.client_id,
        _table.c.id != appointment.id,
        _table.c.state == AppointmentState.HOLD,
        _table.c.held_until <= at,
        _table.c.blocked_end > blocked.start,
        _table.c.blocked_start < blocked.end,
    )
    for row in connection.execute(query).mappings().all():
        ledger.update(_table, row, {"state": AppointmentState.WITHDRAWN})


def row_of(appointment: Appointment) -> dict[str, Any]:
    """An appointment as a row, with what follows from its fields."""
    blocked = appointment.blocked
    return values_of(appointment, _table) | {
        "blocked_start": blocked.start,
        "blocked_end": blocked.end,
        "book_id": appointment.book_id,
    }


def _in_the_way(connection: Connection, appointment: Appointment, period: Period) -> list[Busy]:
    """What of the owner's overlaps `period` beside what is ours, also what does not block."""
    occurrence, calendar = tables.occurrence, tables.owner_calendar
    main = appointment.part_of or appointment.id
    before = select(_table.c.restores).where(_table.c.id == main, _table.c.restores.is_not(None))
    mains = [
        or_(one.in_((main, appointment.restores)), one.in_(before))
        for one in (_table.c.id, _table.c.part_of)
    ]
    family = select(_table.c.uid).where(or_(*mains))
    query = (
        select(occurrence)
        .join(calendar, calendar.c.id == occurrence.c.calendar_id)
        .where(
            occurrence.c.client_id == appointment.client_id,
            occurrence.c.end > period.start,
            occurrence.c.start < period.end,
            occurrence.c.uid != appointment.uid,
            occurrence.c.uid.not_in(family),
            or_(calendar.c.staff_id.is_(None), calendar.c.staff_id == appointment.staff_id),
        )
    )
    return [
        value_of(Busy, row, period=Period(row["start"], row["end"]))
        for row in connection.execute(query).mappings()
    ]


def _ours(connection: Connection, client_id: UUID, uids: Iterable[str]) -> set[str]:
    """Which of these objects we have written."""
    query = select(_table.c.uid).where(_table.c.client_id == client_id, _table.c.uid.in_(uids))
    return set(connection.execute(query).scalars())


def _steering(connection: Connection, client_id: UUID) -> Steering:
    """What was agreed with the owner about the words in his calendar."""
    words = tables.owner_word
    query = select(words).where(words.c.client_id == client_id).order_by(words.c.position)
    agreed = [value_of(OwnerWord, row) for row in connection.execute(query).mappings()]
    return Steering(agreed or USUAL_WORDS)


def _check_here(connection: Connection, appointment: Appointment) -> None:
    calendar, client = tables.owner_calendar, tables.client
    query = (
        select(calendar.c.id)
        .join(client, client.c.id == calendar.c.client_id)
        .where(
            calendar.c.id == appointment.calendar_id,
            calendar.c.removed.is_(None),
            client.c.removed.is_(None),
        )
    )
    if connection.execute(query).first() is None:
        raise stale()


def _was_hold(row: Row) -> bool:
    if row["state"] is AppointmentState.HOLD:
        return True
    return row["state"] is AppointmentState.WITHDRAWN and row["held_until"] is not None
