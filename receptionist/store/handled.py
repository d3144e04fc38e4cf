"""The record of what was handled, read out of calls, appointments, the work list and errands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, Table, case, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from receptionist.model.agent import AgentState
from receptionist.model.appointment import AppointmentState
from receptionist.model.call import UP, CallState, Cause, Direction
from receptionist.model.handled import Handled, HandledKind, Missed
from receptionist.model.period import Period
from receptionist.model.service import ServiceKind
from receptionist.model.unattended import StepKind
from receptionist.model.voice import VoiceKind
from receptionist.model.worklist import OWES_CALL, Disposition
from receptionist.store import tables
from receptionist.store.rows import Row
from receptionist.threads import give_way

_calls, _items, _booked = tables.call, tables.work_item, tables.appointment
_segments = tables.call_segment
_errands, _stretches, _periods = tables.errand, tables.errand_stretch, tables.agent_period
_NEVER_BOOKED = (AppointmentState.HOLD, AppointmentState.WITHDRAWN, AppointmentState.CONFLICT)
"""Unless the owner's calendar has had it once."""
_TOLD = (
    "id",
    "direction",
    "started",
    "dialled",
    "signalled_number",
    "signalled_name",
    "caller_name",
    "caller_number",
    "note",
    "reason",
    "step",
    "connected_to",
    "receptionist_id",
)
"""What of a call is in the record."""


def handled(connection: Connection, client_id: UUID, period: Period) -> tuple[Handled, ...]:
    """Everything of a client that was handled in a period, by time."""
    found = [
        *_spoken(connection, client_id, period),
        *_appointments(connection, client_id, period),
        *_call_backs(connection, client_id, period),
        *_finished(connection, client_id, period),
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.id)))


def missed(connection: Connection, client_id: UUID, period: Period) -> tuple[Missed, ...]:
    """Who called in a period and was not answered, by time. Our own test calls are none."""
    whose = _calls_of(client_id, period).where(_calls.c.direction == Direction.INCOMING)
    settled, not_owed = _settled(connection, _ids(whose))
    left = _messages(connection, _ids(whose))
    return tuple(
        Missed(
            call_id=row["id"],
            client_id=client_id,
            at=row["started"],
            number=_number(row),
            name=_name(row),
            cause=row["cause"],
            left_message=row["id"] in left,
            connected_to=row["connected_to"],
            called_back=settled.get(row["id"]),
        )
        for row in _over(connection, whose)
        if not _was_handled(row) and row["id"] not in not_owed
    )


def _calls_of(client_id: UUID, period: Period) -> Select[Any]:
    """The calls of a client that began in a period; those for another call are part of that."""
    query = select(_calls).where(
        _calls.c.client_id == client_id, _calls.c.consults_for.is_(None), _in(_calls, period)
    )
    return query.order_by(_calls.c.started, _calls.c.id)


def _over(connection: Connection, whose: Select[Any]) -> Iterator[Row]:
    """The calls of a query that are over: whether somebody spoke, how long, and how it ended.

    The database adds up. To read every call whole takes six times as long.
    """
    up = _segments.c.state.in_(UP)
    lasted = func.coalesce(_segments.c.seconds, 0.0)
    ended = case((_segments.c.state == CallState.ENDED, _segments.c.cause), else_=Cause.NONE)
    query = (
        whose.with_only_columns(
            *(_calls.c[name] for name in _TOLD),
            func.max(case((up, 1), else_=0)).label("answered"),
            func.sum(case((up, lasted), else_=0.0)).label("talk_s"),
            func.max(ended, type_=_segments.c.cause.type).label("cause"),
        )
        .join(_segments, _segments.c.call_id == _calls.c.id)
        .where(_calls.c.ended.is_not(None))
        .group_by(_calls.c.id)
    )
    for row in connection.execute(query).mappings():
        give_way()
        yield row


def _ids(query: Select[Any]) -> Select[Any]:
    return query.with_only_columns(_calls.c.id).order_by(None)


def _in(table: Table, period: Period, column: str = "started") -> ColumnElement[bool]:
    return (table.c[column] >= period.start) & (table.c[column] < period.end)


def _was_handled(row: Row) -> bool:
    """Somebody spoke, or sent a caller on while it rang; what the phone did itself is no work."""
    sent_on = row["cause"] is Cause.TRANSFERRED and row["step"] is not StepKind.FORWARD
    return bool(row["answered"]) or sent_on


def _name(row: Row) -> str:
    return str(row["caller_name"] or row["signalled_name"])


def _number(row: Row) -> str:
    """As `Call.number` has it."""
    incoming = row["direction"] is Direction.INCOMING
    return str(row["caller_number"] or row["signalled_number" if incoming else "dialled"])


def _spoken(connection: Connection, client_id: UUID, period: Period) -> Iterator[Handled]:
    whose = _calls_of(client_id, period)
    wrapped = _wrap_up(connection, _ids(whose))
    for row in _over(connection, whose):
        if not _was_handled(row):
            continue
        incoming = row["direction"] is Direction.INCOMING
        yield Handled(
            id=row["id"],
            kind=HandledKind.CALL if incoming else HandledKind.CALL_MADE,
            client_id=client_id,
            at=row["started"],
            service=ServiceKind.CALLS,
            title=row["reason"],
            who=_name(row),
            number=_number(row),
            result=row["note"],
            talk_s=row["talk_s"],
            wrap_s=wrapped.get(row["id"], 0.0),
            call_id=row["id"],
            receptionist_id=row["receptionist_id"],
        )


def _wrap_up(connection: Connection, call_ids: Select[Any]) -> Mapping[UUID, float]:
    """How long the wrap-up after each call was, as far as it was measured."""
    query = (
        select(_periods.c.call_id, func.sum(_periods.c.seconds))
        .where(_periods.c.state == AgentState.WRAP_UP, _periods.c.call_id.in_(call_ids))
        .where(_periods.c.seconds.is_not(None))
        .group_by(_periods.c.call_id)
    )
    return {call_id: seconds for call_id, seconds in connection.execute(query)}


def _appointments(connection: Connection, client_id: UUID, period: Period) -> Iterator[Handled]:
    """Also those that were called off later, or by the owner: booking them was the work."""
    was_booked = or_(_booked.c.state.not_in(_NEVER_BOOKED), _booked.c.confirmed.is_not(None))
    query = select(_booked).where(_booked.c.client_id == client_id, _in(_booked, period, "created"))
    query = query.where(_booked.c.part_of.is_(None), was_booked)
    for row in connection.execute(query).mappings():
        yield Handled(
            id=row["id"],
            kind=HandledKind.APPOINTMENT,
            client_id=client_id,
            at=row["created"],
            service=ServiceKind.APPOINTMENTS,
            title=row["kind_name"],
            who=row["caller_name"],
            number=row["caller_number"],
            result=row["note"],
            call_id=row["call_id"],
            receptionist_id=row["receptionist_id"],
        )


def _call_backs(connection: Connection, client_id: UUID, period: Period) -> Iterator[Handled]:
    """Those that somebody of the office has settled, not the owner."""
    query = select(_items).where(_items.c.client_id == client_id, _in(_items, period, "done"))
    query = query.where(_items.c.kind.in_(OWES_CALL), _items.c.disposed_by.is_not(None))
    for row in connection.execute(query).mappings():
        yield Handled(
            id=row["id"],
            kind=HandledKind.CALL_BACK,
            client_id=client_id,
            at=row["done"],
            service=ServiceKind.CALL_BACKS,
            who=row["name"],
            number=row["number"],
            result=row["result"],
            call_id=row["call_id"],
            receptionist_id=row["disposed_by"],
        )


def _finished(connection: Connection, client_id: UUID, period: Period) -> Iterator[Handled]:
    """Errands that were finished in a period, with all of their time, also what lies before it."""
    worked = func.coalesce(func.sum(_stretches.c.seconds), 0.0).label("worked")
    query = (
        select(_errands, worked)
        .outerjoin(_stretches, _stretches.c.errand_id == _errands.c.id)
        .where(_errands.c.client_id == client_id, _errands.c.removed.is_(None))
        .where(_in(_errands, period, "finished"))
        .group_by(_errands.c.id)
    )
    for row in connection.execute(query).mappings():
        yield Handled(
            id=row["id"],
            kind=HandledKind.ERRAND,
            client_id=client_id,
            at=row["finished"],
            service=row["kind"],
            title=row["title"],
            who=row["text"],
            result=row["result"],
            worked_s=row["worked"],
            call_id=row["call_id"],
            receptionist_id=row["receptionist_id"],
        )


def _settled(
    connection: Connection, call_ids: Select[Any]
) -> tuple[Mapping[UUID, datetime], Collection[UUID]]:
    """When who was missed had his call-back, and for whom there was never any to be owed."""
    query = select(_items).where(_items.c.call_id.in_(call_ids), _items.c.done.is_not(None))
    rows = connection.execute(query.order_by(_items.c.done)).mappings().all()
    settled = {row["call_id"]: row["done"] for row in rows if row["disposed_by"] is not None}
    void = {
        row["call_id"]
        for row in rows
        if row["disposition"] is Disposition.VOID and row["appointment_id"] is None
    }
    return settled, void


def _messages(connection: Connection, call_ids: Select[Any]) -> Collection[UUID]:
    voice = tables.voice
    query = select(voice.c.call_id).where(
        voice.c.kind == VoiceKind.MESSAGE, voice.c.call_id.in_(call_ids)
    )
    return set(connection.execute(query).scalars())
