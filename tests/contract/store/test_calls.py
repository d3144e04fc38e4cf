"""The journal: append-only segments, typed text by compare-and-set, call-backs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Connection, select

from receptionist.errors import NotFound, StaleRow
from receptionist.model.call import Call, Caller, CallState, Cause, Direction, Segment
from receptionist.model.office import Directory
from receptionist.model.worklist import Disposition, WorkItem, WorkKind
from receptionist.ports import Store
from receptionist.store import tables
from tests.contract.store.sample import NOW, WHO, call, ended

LONG_AGO = NOW - timedelta(days=30)


def test_a_call_grows_by_segments(store: Store, directory: Directory, sql: Connection) -> None:
    ringing = call(directory)
    store.record_call(ringing)
    assert store.calls(LONG_AGO) == (ringing,)
    over = ended(ringing, directory.receptionist.id)
    active = replace(over, segments=(over.segments[0], replace(over.segments[1], seconds=None)))
    store.record_call(active)
    assert store.calls(LONG_AGO) == (active,)
    store.record_call(over)
    store.record_call(over)
    assert store.calls(LONG_AGO) == (over,)
    table = tables.call_segment
    query = select(table.c.ended, table.c.receptionist_id, table.c.line_id).order_by(
        table.c.position
    )
    assert [tuple(row) for row in sql.execute(query)] == [
        (over.segments[1].start, None, over.line_id),
        (over.segments[2].start, directory.receptionist.id, over.line_id),
        (over.segments[2].start, directory.receptionist.id, over.line_id),
    ]


def test_a_whole_call_at_once_and_strange_callers(store: Store, directory: Directory) -> None:
    strange = Caller("", "Erika \0 Muster \udc80 ‮", True)
    one = ended(call(directory, caller=strange, line_id=None), directory.receptionist.id)
    one = replace(one, direction=Direction.OUTGOING, client_id=None, workstation_id=None)
    store.record_call(one)
    stored = replace(one, caller=replace(strange, name="Erika  Muster ? ‮"))
    assert store.calls(LONG_AGO) == (stored,)


def test_typed_text_is_written_by_column(
    store: Store, directory: Directory, sql: Connection
) -> None:
    one = call(directory)
    store.record_call(one)
    typed = replace(
        one,
        caller_name="Max",
        note="Küche\nstreichen",
        caller_email="max@example.org",
        caller_address="Musterstraße 1, 10115 Berlin",
    )
    store.change_call(one.id, one, typed, WHO, NOW)
    store.change_call(one.id, one, replace(one, client_id=directory.clients[1].id), WHO, NOW)
    (now,) = store.calls(LONG_AGO)
    assert now == replace(typed, client_id=directory.clients[1].id)
    log = tables.change_log
    query = select(log).where(log.c.row == one.id).order_by(log.c.seq)
    assert [
        (row.table, row.column, row.old, row.new, row.who, row.at, row.client_id)
        for row in sql.execute(query)
    ] == [
        ("call", "caller_name", "", "Max", WHO, NOW, directory.clients[0].id),
        ("call", "caller_email", "", typed.caller_email, WHO, NOW, directory.clients[0].id),
        ("call", "caller_address", "", typed.caller_address, WHO, NOW, directory.clients[0].id),
        ("call", "note", "", "Küche\nstreichen", WHO, NOW, directory.clients[0].id),
        (
            "call",
            "client_id",
            str(directory.clients[0].id),
            str(directory.clients[1].id),
            WHO,
            NOW,
            directory.clients[1].id,
        ),
    ]


def test_recording_never_overwrites_what_was_typed(store: Store, directory: Directory) -> None:
    one = call(directory)
    store.record_call(one)
    store.change_call(one.id, one, replace(one, note="bitte zurückrufen"), WHO, NOW)
    store.record_call(ended(one, directory.receptionist.id))
    (now,) = store.calls(LONG_AGO)
    assert (now.note, now.ended) == ("bitte zurückrufen", True)


def test_a_lost_compare_is_stale_and_writes_nothing(store: Store, directory: Directory) -> None:
    one = call(directory)
    store.record_call(one)
    store.change_call(one.id, one, replace(one, note="erste"), WHO, NOW)
    both = replace(one, note="zweite", caller_name="Max")
    with pytest.raises(StaleRow, match="Somebody else"):
        store.change_call(one.id, one, both, WHO, NOW)
    (now,) = store.calls(LONG_AGO)
    assert (now.note, now.caller_name) == ("erste", "")
    with pytest.raises(NotFound):
        store.change_call(uuid4(), one, both, WHO, NOW)


def test_assigning_a_call_takes_its_call_backs_along(store: Store, directory: Directory) -> None:
    one = call(directory, client_id=None)
    store.record_call(one)
    asked = _call_back(call_id=one.id)
    store.work.add(asked)
    client_id = directory.clients[0].id
    store.change_call(one.id, one, replace(one, client_id=client_id), WHO, NOW)
    assert store.work.open() == (replace(asked, client_id=client_id),)


def test_open_calls_are_ended_after_a_crash(store: Store, directory: Directory) -> None:
    ringing = call(directory)
    over = ended(call(directory), directory.receptionist.id)
    active = ended(call(directory), directory.receptionist.id)
    active = replace(active, segments=active.segments[:2])
    for one in (ringing, over, active):
        store.record_call(one)
    at = NOW + timedelta(hours=1)
    end = Segment(state=CallState.ENDED, start=at, seconds=0.0, cause=Cause.ENGINE_DIED)
    lost = {one.id: replace(one, segments=(*one.segments, end)) for one in (ringing, active)}
    assert {one.id: one for one in store.close_open_calls(directory.workstation.id, at)} == lost
    assert {one.id: one for one in store.calls(LONG_AGO)} == lost | {over.id: over}
    assert store.close_open_calls(directory.workstation.id, at) == ()


def test_the_newest_calls_first(store: Store, directory: Directory) -> None:
    def at(hours: int) -> Call:
        segment = Segment(state=CallState.RINGING, start=NOW + timedelta(hours=hours))
        return call(directory, segments=(segment,))

    calls = [at(hours) for hours in (1, 3, 2)]
    for one in calls:
        store.record_call(one)
    newest = (calls[1], calls[2], calls[0])
    assert store.calls(LONG_AGO) == newest
    assert store.calls(LONG_AGO, limit=1) == newest[:1]
    assert store.calls(NOW + timedelta(hours=2)) == newest[:2]


def test_call_backs_wait_until_they_are_done(
    store: Store, directory: Directory, sql: Connection
) -> None:
    late = _call_back(created=NOW + timedelta(hours=1), client_id=directory.clients[0].id)
    early = _call_back(appointment_id=uuid4())
    store.work.add(late)
    store.work.add(early)
    assert store.work.open() == (early, late)
    store.work.dispose(early.id, Disposition.DONE, WHO, NOW)
    assert store.work.open() == (late,)
    log = tables.change_log
    row = sql.execute(select(log).where(log.c.row == early.id, log.c.column == "done")).one()
    assert (row.table, row.old) == ("work_item", None)
    assert (row.new, row.who, row.at) == (NOW.isoformat(), WHO, NOW)
    with pytest.raises(StaleRow):
        store.work.dispose(early.id, Disposition.DONE, WHO, NOW)
    with pytest.raises(NotFound):
        store.work.dispose(uuid4(), Disposition.DONE, WHO, NOW)


def test_somebody_stands_on_the_list_once(store: Store) -> None:
    asked = _call_back()
    assert store.work.add(asked)
    assert not store.work.add(asked)
    store.work.dispose(asked.id, Disposition.DONE, WHO, NOW)
    assert store.work.add(asked)
    assert store.work.open() == (asked,)


def test_what_is_owed_to_calls_left_open_is_written_with_their_end(
    store: Store, directory: Directory
) -> None:
    one = call(directory)
    store.record_call(one)
    owed = _call_back(call_id=one.id, client_id=one.client_id)
    with pytest.raises(ZeroDivisionError):
        store.close_open_calls(directory.workstation.id, NOW, lambda ended: 1 // 0)
    (ended,) = store.close_open_calls(directory.workstation.id, NOW, lambda ended: owed)
    assert (ended.id, store.work.open()) == (one.id, (owed,))


def _call_back(**more: object) -> WorkItem:
    made = WorkItem(
        id=uuid4(),
        client_id=None,
        number="+491713920011",
        name="Max Beispiel",
        reason="engine-died",
        created=NOW,
        due=NOW,
        kind=WorkKind.MISSED,
    )
    return replace(made, **more)  # type: ignore[arg-type]
