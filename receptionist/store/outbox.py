"""The outbox: dirty appointments, leased to whoever brings them into the owner's calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, and_, bindparam, exists, or_, select, true, update
from sqlalchemy.sql.elements import ColumnElement

from receptionist.errors import NotFound
from receptionist.i18n import _
from receptionist.model.appointment import NEVER, Appointment, AppointmentState
from receptionist.store import tables
from receptionist.store.appointments import open_book, stored
from receptionist.store.ledger import Ledger
from receptionist.store.rows import value_of, values_of

FARTHEST = timedelta(hours=1)
"""No pause and no lease is longer: a later instant was written before the clock was set back.

Only what is parked has one that never comes.
"""

_table = tables.appointment

OUTCOME = (
    "state",
    "reason",
    "etag",
    "href",
    "attempts",
    "next_attempt",
    "held_until",
    "confirmed",
)
"""What an attempt that is to be repeated may change.

The rest, `sequence` with it, is what was attempted, and must still stand there.
"""


def _passed(
    column: ColumnElement[Any], doubt: ColumnElement[bool] | None = None
) -> ColumnElement[bool]:
    """Whether an instant is over; one that is too far away is not believed where in `doubt`."""
    at, too_far = (bindparam(name, type_=column.type) for name in ("at", "too_far"))
    unbelievable = and_(column > too_far, true() if doubt is None else doubt)
    return or_(column.is_(None), column <= at, unbelievable)


def _drawn_up() -> Select[Any]:
    """What is due; put together once, because it is asked every second."""
    main, successor = _table.alias(), _table.alias()
    waits = exists().where(main.c.id == _table.c.part_of, main.c.dirty)
    given_up = (successor.c.state == AppointmentState.CANCELLED) & (
        successor.c.next_attempt == NEVER
    )
    stays = exists().where(
        _table.c.state == AppointmentState.CANCELLED,
        successor.c.restores == _table.c.id,
        successor.c.calendar_id != _table.c.calendar_id,
        successor.c.dirty,
        or_(successor.c.next_attempt.is_(None), ~given_up),
    )
    mine = _table.c.claimed_by == bindparam("claimant", type_=_table.c.claimed_by.type)
    due = select(_table).where(
        _table.c.dirty,
        ~waits,
        ~stays,
        _passed(_table.c.next_attempt, _table.c.next_attempt < NEVER),
        or_(_passed(_table.c.claimed_until), mine),
    )
    ordered = due.order_by(_table.c.created, _table.c.id)
    return ordered.with_for_update(skip_locked=True)


_DUE = _drawn_up()


def claim(
    connection: Connection, claimant: UUID, at: datetime, until: datetime
) -> tuple[Appointment, ...]:
    """Lease what is due to `claimant`, oldest first, also what it holds already.

    No two claimants get the same while the lease lives. Travel waits for its appointment: only when
    that is where it should be it is known where the ways are. What went to another calendar stays
    in the old one until it is known whether the new one takes it.
    """
    instants = {"at": at, "too_far": at + FARTHEST, "claimant": claimant}
    rows = connection.execute(_DUE, instants).mappings().all()
    if rows:
        leased = update(_table).where(_table.c.id.in_([row["id"] for row in rows]))
        connection.execute(leased.values(claimed_by=claimant, claimed_until=until))
    return tuple(value_of(Appointment, row) for row in rows)


def settle(
    connection: Connection,
    appointment: Appointment,
    who: UUID,
    at: datetime,
    *,
    dirty: bool,
) -> None:
    """Write the outcome of an attempt and drop the lease.

    `StaleRow` when the appointment is no longer the one that was attempted.
    """
    ledger = Ledger(connection, who, at)
    open_book(connection, ledger, appointment, at)
    row = stored(connection, appointment)
    if row is None:
        raise NotFound(_("This appointment does not exist any more."))
    values = values_of(appointment, _table)
    outcome: dict[str, Any] = {name: values[name] for name in OUTCOME}
    outcome |= {"dirty": dirty, "claimed_by": None, "claimed_until": None}
    conditions = [
        _table.c[name].is_not_distinct_from(value)
        for name, value in values.items()
        if name not in OUTCOME
    ]
    ledger.update(_table, row, outcome, conditions)


def waiting(connection: Connection) -> tuple[Appointment, ...]:
    """Every appointment that has still to reach the owner's calendar, oldest first."""
    query = select(_table).where(_table.c.dirty).order_by(_table.c.created, _table.c.id)
    return tuple(value_of(Appointment, row) for row in connection.execute(query).mappings())
