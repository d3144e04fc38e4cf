"""The port `BookStore` on a SQL database: holds, what is booked together, and changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from receptionist.model.appointment import OCCUPYING, Appointment, AppointmentState, Told
from receptionist.model.busy import Busy
from receptionist.model.period import Period
from receptionist.reasons import Reason
from receptionist.store import landing, occurrences, tables
from receptionist.store.appointments import (
    check_free,
    enter,
    open_book,
    owner_is_busy,
    row_of,
    stored,
)
from receptionist.store.engine import Database
from receptionist.store.failures import stale
from receptionist.store.ledger import Ledger
from receptionist.store.rows import Row, value_of

_table = tables.appointment
_occurrence = tables.occurrence

_WISH = (
    "calendar_id",
    "kind_id",
    "kind_name",
    "start",
    "end",
    "zone",
    "caller_name",
    "caller_number",
    "note",
    "buffer_before",
    "buffer_after",
    "staff_id",
    "caller_email",
    "location",
    "title",
    "text",
    "alarm_min",
    "marks_cancellation",
)
"""What we want of an appointment. The rest is how far that has come in the owner's calendar."""

_FOLLOWING = ("blocked_start", "blocked_end")


class SqlBookings:
    """Our book. Store worker, as `SqlStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, appointment_id: UUID) -> Appointment | None:
        with self._database.reading() as connection:
            found = _read(connection, _table.c.id == appointment_id)
            return found[0] if found else None

    def book_all(
        self,
        appointments: tuple[Appointment, ...],
        who: UUID,
        at: datetime,
        instead_of: Appointment | None = None,
    ) -> None:
        with self._database.writing() as connection:
            ledger = Ledger(connection, who, at)
            for appointment in appointments:
                open_book(connection, ledger, appointment, at)
            if instead_of is not None:
                _replan(connection, ledger, instead_of, _called_off(instead_of), None)
            _give_up_travel(connection, ledger, appointments)
            for appointment in appointments:
                enter(connection, ledger, appointment)

    def release(self, appointment_id: UUID, who: UUID, at: datetime) -> Appointment | None:
        with self._database.writing() as connection:
            ledger = Ledger(connection, who, at)
            held = or_(_table.c.id == appointment_id, _table.c.part_of == appointment_id)
            given_up = _withdrawn(connection, ledger, held, Reason.NONE)
            return next((one for one in given_up if one.id == appointment_id), None)

    def expire(self, at: datetime) -> tuple[Appointment, ...]:
        with self._database.writing() as connection:
            ran_out = _table.c.held_until <= at
            return _withdrawn(
                connection, Ledger(connection, None, at), ran_out, Reason.HOLD_EXPIRED
            )

    def change(
        self,
        old: Appointment,
        new: Appointment,
        who: UUID,
        at: datetime,
        travel: tuple[Appointment, ...] | None = None,
    ) -> Appointment:
        """Whatever a push under way brings home is not settled any more: the row is another.

        A push attempts what has one sequence, and that is another with every change.
        """
        with self._database.writing() as connection:
            ledger = Ledger(connection, who, at)
            open_book(connection, ledger, new, at)
            return _replan(connection, ledger, old, new, travel)

    def linked(self, appointment_id: UUID) -> tuple[Appointment, ...]:
        with self._database.reading() as connection:
            family = or_(_table.c.part_of == appointment_id, _table.c.restores == appointment_id)
            return _read(connection, family)

    def of_series(self, series_id: UUID) -> tuple[Appointment, ...]:
        with self._database.reading() as connection:
            return _read(connection, _table.c.series_id == series_id)

    def owner_events(self, client_id: UUID, period: Period) -> tuple[Busy, ...]:
        with self._database.reading() as connection:
            return occurrences.events(connection, client_id, period)

    def owner_is_busy(self, appointment: Appointment, period: Period) -> bool:
        with self._database.reading() as connection:
            return owner_is_busy(connection, appointment, period)

    def whereabouts(
        self, calendar_id: UUID, uids: Collection[str]
    ) -> Mapping[str, Mapping[str, str]]:
        with self._database.reading() as connection:
            return occurrences.whereabouts(connection, calendar_id, uids)

    def push(self, appointment: Appointment, wanted: Told) -> None:
        with self._database.writing() as connection:
            landing.push(connection, appointment, wanted)

    def pushed(self, appointment_id: UUID) -> tuple[Told, ...]:
        with self._database.reading() as connection:
            return landing.pushed(connection, appointment_id)

    def former_kind(self, appointment: Appointment) -> Appointment:
        with self._database.reading() as connection:
            return landing.former_kind(connection, appointment)

    def land(
        self, attempted: Appointment, appointment: Appointment, who: UUID, at: datetime
    ) -> bool:
        with self._database.writing() as connection:
            return landing.land(connection, attempted, appointment, who, at)

    def forget_before(self, at: datetime) -> int:
        with self._database.writing() as connection:
            gone = connection.execute(delete(_occurrence).where(_occurrence.c.end <= at))
            return gone.rowcount


def _replan(
    connection: Connection,
    ledger: Ledger,
    old: Appointment,
    new: Appointment,
    travel: tuple[Appointment, ...] | None,
) -> Appointment:
    """Make `new` of `old`, with its travel, in a book that is open; what it is then."""
    row = stored(connection, old)
    if row is None or not _is_still(row, old):
        raise stale()
    ways = {} if new.part_of else _ways(connection, new.id)
    known = {one_id: value_of(Appointment, way) for one_id, way in ways.items()}
    if new.state is AppointmentState.CANCELLED:
        travel = ()
    kept = known if travel is None else {one.id: one for one in travel}
    gone = [_called_off(one) for one in known.values() if one.id not in kept]
    rows = {row["id"]: row, **ways}
    for one_id in rows:
        _step_aside(connection, one_id)
    for one in (new, *kept.values(), *gone):
        _put(connection, ledger, one, rows.get(one.id))
    return value_of(Appointment, stored(connection, new) or row)


def _called_off(appointment: Appointment) -> Appointment:
    return replace(appointment, state=AppointmentState.CANCELLED)


def _read(connection: Connection, which: ColumnElement[bool]) -> tuple[Appointment, ...]:
    query = select(_table).where(which).order_by(_table.c.start, _table.c.created, _table.c.id)
    return tuple(value_of(Appointment, row) for row in connection.execute(query).mappings())


def _withdrawn(
    connection: Connection, ledger: Ledger, which: ColumnElement[bool], reason: Reason
) -> tuple[Appointment, ...]:
    """Give up those holds that are `which`; what they are then. What another gives up is his."""
    held = select(_table).where(_table.c.state == AppointmentState.HOLD, which)
    held = held.order_by(_table.c.start).with_for_update(skip_locked=True)
    rows = connection.execute(held).mappings().all()
    new = {"state": AppointmentState.WITHDRAWN, "reason": reason}
    for row in rows:
        ledger.update(_table, row, new)
    return tuple(value_of(Appointment, {**row, **new}) for row in rows)


def _give_up_travel(
    connection: Connection, ledger: Ledger, appointments: tuple[Appointment, ...]
) -> None:
    """Holds of travel count no more where an appointment is booked with other travel, or none."""
    ids = [one.id for one in appointments]
    other = _table.c.part_of.in_(ids) & _table.c.id.not_in(ids)
    _withdrawn(connection, ledger, other, Reason.NONE)


def _is_still(row: Row, old: Appointment) -> bool:
    """Whether what we want of an appointment is still what was seen, and it is not over."""
    lives = row["state"] in OCCUPYING and row["state"] is not AppointmentState.HOLD
    return lives and all(row[name] == getattr(old, name) for name in _WISH)


def _ways(connection: Connection, appointment_id: UUID) -> dict[UUID, Row]:
    """The travel that belongs to an appointment, as it stands."""
    living = select(_table).where(_table.c.part_of == appointment_id, _table.c.state.in_(OCCUPYING))
    return {row["id"]: row for row in connection.execute(living).mappings()}


def _step_aside(connection: Connection, appointment_id: UUID) -> None:
    """Into a book of its own, so that what moves with it is not in its way."""
    here = update(_table).where(_table.c.id == appointment_id)
    connection.execute(here.values(book_id=appointment_id))


def _put(connection: Connection, ledger: Ledger, appointment: Appointment, row: Row | None) -> None:
    """Write what is wanted now of what stepped aside: the owner's calendar does not say it yet."""
    if row is None:
        enter(connection, ledger, appointment)
        return
    cancelled = appointment.state is AppointmentState.CANCELLED
    wanted = row_of(appointment)
    new = {name: wanted[name] for name in (*_WISH, *_FOLLOWING)}
    # One that the owner has put over another of ours has a book of its own while it stays there.
    new["book_id"] = row["book_id"]
    if _takes_other_time(row, wanted) and not cancelled:
        check_free(connection, appointment)
        new["book_id"] = wanted["book_id"]
    if cancelled or any(row[name] != wanted[name] for name in _WISH):
        moved = any(row[name] != wanted[name] for name in ("start", "end", "staff_id"))
        new |= _to_do(row, cancelled, moved)
    ledger.update(_table, {**row, "book_id": row["id"]}, new)


def _to_do(row: Row, cancelled: bool, moved: bool) -> Mapping[str, Any]:
    """What is due now; what the owner has put over it is still there where its time stays."""
    overlapped = row["reason"] is Reason.OVERLAP_FOUND and not (cancelled or moved)
    return {
        "state": AppointmentState.CANCELLED if cancelled else AppointmentState.BOOKED,
        "reason": Reason.OVERLAP_FOUND if overlapped else Reason.NONE,
        "sequence": row["sequence"] + 1,
        "dirty": True,
        "attempts": 0,
        "next_attempt": None,
        "claimed_by": None,
        "claimed_until": None,
    }


def _takes_other_time(row: Row, wanted: Mapping[str, Any]) -> bool:
    names = ("blocked_start", "blocked_end", "staff_id")
    return any(row[name] != wanted[name] for name in names)
