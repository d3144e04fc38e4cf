"""The record of what was handled, read out of calls, appointments, the work list and errands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, Table, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from receptionist.model.agent import AgentState
from receptionist.model.appointment import AppointmentState
from receptionist.model.call import UP, Call, Cause, Direction
from receptionist.model.handled import Handled, HandledKind, Missed
from receptionist.model.period import Period
from receptionist.model.service import ServiceKind
from receptionist.model.unattended import StepKind
from receptionist.model.voice import VoiceKind
from receptionist.model.worklist import OWES_CALL, Disposition
from receptionist.store import calls, tables

_calls, _items, _booked = tables.call, tables.work_item, tables.appointment
_segments = tables.call_segment
_errands, _stretches, _periods = tables.errand, tables.errand_stretch, tables.agent_period
_NEVER_BOOKED = (AppointmentState.HOLD, AppointmentState.WITHDRAWN, AppointmentState.CONFLICT)
"""Unless the owner's calendar has had it once."""


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
    query = _calls_of(client_id, period).where(
        _calls.c.direction == Direction.INCOMING, _calls.c.ended.is_not(None), ~_spoken_in()
    )
    lost = [call for call in calls.read(connection, query) if not _was_handled(call)]
    settled, not_owed = _settled(connection, _ids(query))
    left = _messages(connection, _ids(query))
    return tuple(
        Missed(
            call_id=call.id,
            client_id=client_id,
            at=call.started,
            number=call.number,
            name=call.caller_name or call.caller.name,
            cause=call.cause,
            left_message=call.id in left,
            connected_to=call.connected_to,
            called_back=settled.get(call.id),
        )
        for call in lost
        if call.id not in not_owed
    )


def _calls_of(client_id: UUID, period: Period) -> Select[Any]:
    """The calls of a client that began in a period; those for another call are part of that."""
    query = select(_calls).where(
        _calls.c.client_id == client_id, _calls.c.consults_for.is_(None), _in(_calls, period)
    )
    return query.order_by(_calls.c.started, _calls.c.id)


def _spoken_in() -> ColumnElement[bool]:
    """Whether somebody ever spoke, as `Call.answered` has it."""
    up = (_segments.c.call_id == _calls.c.id) & _segments.c.state.in_(UP)
    return exists(select(_segments.c.call_id).where(up))


def _ids(query: Select[Any]) -> Select[Any]:
    return query.with_only_columns(_calls.c.id).order_by(None)


def _in(table: Table, period: Period, column: str = "started") -> ColumnElement[bool]:
    return (table.c[column] >= period.start) & (table.c[column] < period.end)


def _was_handled(call: Call) -> bool:
    """Somebody spoke, or sent a caller on while it rang; what the phone did itself is no work."""
    sent_on = call.cause is Cause.TRANSFERRED and call.step is not StepKind.FORWARD
    return call.answered or sent_on


def _spoken(connection: Connection, client_id: UUID, period: Period) -> Iterator[Handled]:
    query = _calls_of(client_id, period)
    wrapped = _wrap_up(connection, _ids(query))
    for call in calls.read(connection, query):
        if not call.ended or not _was_handled(call):
            continue
        incoming = call.direction is Direction.INCOMING
        yield Handled(
            id=call.id,
            kind=HandledKind.CALL if incoming else HandledKind.CALL_MADE,
            client_id=client_id,
            at=call.started,
            service=ServiceKind.CALLS,
            title=call.reason,
            who=call.caller_name or call.caller.name,
            number=call.number,
            result=call.note,
            talk_s=call.talk_s,
            wrap_s=wrapped.get(call.id, 0.0),
            call_id=call.id,
            receptionist_id=call.receptionist_id,
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
    void = {row["call_id"] for row in rows if row["disposition"] is Disposition.VOID}
    return settled, void


def _messages(connection: Connection, call_ids: Select[Any]) -> Collection[UUID]:
    voice = tables.voice
    query = select(voice.c.call_id).where(
        voice.c.kind == VoiceKind.MESSAGE, voice.c.call_id.in_(call_ids)
    )
    return set(connection.execute(query).scalars())
