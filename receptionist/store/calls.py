"""The journal: calls as append-only lists of segments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, delete, insert, select, update

from receptionist.errors import NotFound
from receptionist.i18n import _
from receptionist.model.call import Call, Caller, CallState, Cause, Segment
from receptionist.model.quality import Quality
from receptionist.model.worklist import WorkItem
from receptionist.store import answers, services, tables, tasks, worklist
from receptionist.store.ledger import Ledger
from receptionist.store.rows import Row, value_of, values_of

_calls = tables.call
_segments = tables.call_segment
_qualities = tables.call_quality

_TYPED = (
    "client_id",
    "caller_name",
    "caller_number",
    "caller_email",
    "caller_address",
    "note",
    "script_id",
    "reason",
    "language",
)
_PLACE = ("line_id", "parked", "parked_for", "step")
"""Where a call is now: over which line, whether parked, what the phone does for the caller."""
_MANY = 1000
"""So many are not named one by one: they are looked for once more."""
_LATE = ("line_id", "receptionist_id", "workstation_id", "connected_to", "ended")
_FOLLOWING = (_segments, tables.voice, tables.consent, tables.call_quality, tables.answer)
"""They belong to the client of their call."""


def record(connection: Connection, call: Call) -> None:
    """Insert a call, or append its new segments and fill in who answered it where.

    A segment is written once; only its length is added when it is over. What was typed into a call
    that is already there is changed by `change` alone.
    """
    row = connection.execute(select(_calls).where(_calls.c.id == call.id)).mappings().first()
    values = _row(call)
    if row is None:
        connection.execute(insert(_calls).values(values))
        ledger = Ledger(connection, call.receptionist_id, call.since)
        answers.bring(connection, ledger, call.id, call)
    else:
        late = {name: values[name] for name in _LATE if row[name] in (None, "")}
        late |= {"step": call.step} if call.step is not None else {}
        if late:
            connection.execute(update(_calls).where(_calls.c.id == call.id).values(late))
    _append(connection, call, call.client_id if row is None else row["client_id"])


def change(
    connection: Connection, call_id: UUID, old: Call, new: Call, who: UUID, at: datetime
) -> None:
    """Write what differs in client, typed text and place. What belongs to it follows the client."""
    if connection.execute(select(_calls.c.id).where(_calls.c.id == call_id)).first() is None:
        raise NotFound(_("This call is not in the journal."))
    before = {name: getattr(old, name) for name in _TYPED} | {"id": call_id}
    ledger = Ledger(connection, who, at)
    ledger.update(_calls, before, {name: getattr(new, name) for name in _TYPED})
    if old.answers != new.answers:
        answers.bring(connection, ledger, call_id, new)
    place = {name: getattr(new, name) for name in _PLACE}
    if place != {name: getattr(old, name) for name in _PLACE}:
        connection.execute(update(_calls).where(_calls.c.id == call_id).values(place))
    if old.client_id != new.client_id:
        for table in _FOLLOWING:
            of_call = update(table).where(table.c.call_id == call_id)
            connection.execute(of_call.values(client_id=new.client_id))
        worklist.follow(connection, ledger, call_id, new.client_id)
        tasks.follow(connection, call_id)
        if new.client_id is not None:
            services.follow(connection, ledger, call_id, new.client_id)


def close_open(
    connection: Connection,
    workstation_id: UUID,
    at: datetime,
    owed: Callable[[Call], WorkItem | None],
    kept: Collection[UUID],
) -> tuple[Call, ...]:
    """End calls that a crash left open there, oldest first, and write what is `owed` to each.

    Those of `kept` are returned as they are.
    """
    whose = _calls.c.workstation_id
    here = whose.is_(None) | (whose == workstation_id)
    wanted = (_calls.c.ended.is_(None) & here) | _calls.c.id.in_(kept)
    query = select(_calls).where(wanted).order_by(_calls.c.started)
    found = []
    for call in read(connection, query):
        if call.id in kept:
            found.append(call)
            continue
        end = Segment(state=CallState.ENDED, start=at, seconds=0.0, cause=Cause.ENGINE_DIED)
        ended = replace(call, segments=(*call.segments, end))
        record(connection, ended)
        item = owed(ended)
        if item is not None:
            worklist.add(connection, item)
        found.append(ended)
    return tuple(found)


def newest(
    connection: Connection, since: datetime, client_id: UUID | None, limit: int
) -> tuple[Call, ...]:
    """The newest calls first; of one client, or of all of them."""
    query = select(_calls).where(_calls.c.started >= since)
    if client_id is not None:
        query = query.where(_calls.c.client_id == client_id)
    return read(connection, query.order_by(_calls.c.started.desc(), _calls.c.id).limit(limit))


def of_ids(connection: Connection, ids: Sequence[UUID]) -> tuple[Call, ...]:
    """These calls, the newest first."""
    query = select(_calls).where(_calls.c.id.in_(ids))
    return read(connection, query.order_by(_calls.c.started.desc(), _calls.c.id))


def _append(connection: Connection, call: Call, client_id: UUID | None) -> None:
    of_call = _segments.c.call_id == call.id
    query = select(_segments).where(of_call).order_by(_segments.c.position)
    stored = connection.execute(query).mappings().all()
    for position, row in enumerate(stored):
        late = _late(call.segments, position)
        late = {name: late[name] for name in late if row[name] is None}
        if any(value is not None for value in late.values()):
            here = of_call & (_segments.c.position == position)
            connection.execute(update(_segments).where(here).values(late))
    for position, segment in enumerate(call.segments[len(stored) :], len(stored)):
        values = values_of(segment, _segments) | _late(call.segments, position)
        values |= {"call_id": call.id, "position": position, "client_id": client_id}
        values |= {"line_id": call.line_id, "receptionist_id": call.receptionist_id}
        connection.execute(insert(_segments).values(values))


def _late(segments: tuple[Segment, ...], position: int) -> dict[str, Any]:
    """What is known of a segment only when it is over: it ends where the next one begins."""
    segment = segments[position]
    after = segments[position + 1].start if position + 1 < len(segments) else None
    if segment.state is CallState.ENDED:
        after = segment.start
    return {"ended": after, "seconds": segment.seconds}


def read(connection: Connection, query: Select[Any]) -> tuple[Call, ...]:
    """The calls of a query for whole rows, in its order."""
    rows = connection.execute(query).mappings().all()
    ids: answers.Ids = [row["id"] for row in rows]
    if len(rows) > _MANY:
        ids = select(query.with_only_columns(_calls.c.id).subquery().c.id)
    segments: defaultdict[UUID, list[Segment]] = defaultdict(list)
    in_order = select(_segments).where(_segments.c.call_id.in_(ids))
    for row in connection.execute(in_order.order_by(_segments.c.position)).mappings():
        segments[row["call_id"]].append(value_of(Segment, row))
    heard, said = _heard(connection, ids), answers.of_calls(connection, ids)
    return tuple(
        replace(_call(row, tuple(segments[row["id"]]), heard), answers=said.get(row["id"], ()))
        for row in rows
    )


def sounded(connection: Connection, call_id: UUID, last: Quality, worst: Quality) -> None:
    """Write how a call sounds, over what was written of it before."""
    client_id = connection.execute(select(_calls.c.client_id).where(_calls.c.id == call_id)).first()
    if client_id is None:
        raise NotFound(_("This call is not in the journal."))
    connection.execute(delete(_qualities).where(_qualities.c.call_id == call_id))
    for is_worst, quality in ((False, last), (True, worst)):
        values = values_of(quality, _qualities) | {"worst": is_worst, "client_id": client_id[0]}
        connection.execute(insert(_qualities).values(values | {"call_id": call_id}))


def _row(call: Call) -> dict[str, Any]:
    return values_of(call, _calls) | {
        "signalled_number": call.caller.number,
        "signalled_name": call.caller.name,
        "anonymous": call.caller.anonymous,
        "started": call.started,
        "ended": call.since if call.ended else None,
    }


def _heard(connection: Connection, ids: answers.Ids) -> dict[tuple[UUID, bool], Quality]:
    """How calls sounded, by their ids and whether it is the worst."""
    query = select(_qualities).where(_qualities.c.call_id.in_(ids))
    found = connection.execute(query).mappings()
    return {(row["call_id"], row["worst"]): value_of(Quality, row) for row in found}


def _call(
    row: Row, segments: tuple[Segment, ...], heard: Mapping[tuple[UUID, bool], Quality]
) -> Call:
    caller = Caller(row["signalled_number"], row["signalled_name"], row["anonymous"])
    return value_of(
        Call,
        row,
        caller=caller,
        segments=segments,
        quality=heard.get((row["id"], False)),
        worst=heard.get((row["id"], True)),
    )
