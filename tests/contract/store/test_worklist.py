"""The work list in the store: once on it, gone only by a disposition, and who tried what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, select

from receptionist.errors import BadInput, NotFound, StaleRow
from receptionist.model.appointment import AppointmentState
from receptionist.model.office import Directory
from receptionist.model.worklist import (
    FOUND,
    NOT_IN_CALENDAR,
    Attempt,
    AttemptOutcome,
    Disposition,
    NoLonger,
    WorkItem,
    WorkKind,
)
from receptionist.ports import Store
from receptionist.reasons import Reason
from receptionist.store import tables
from tests.contract.store.conftest import Opens
from tests.contract.store.sample import NOW, WHO, appointment, call, minutes

LATER = NOW + minutes(90)


def item(**more: object) -> WorkItem:
    made = WorkItem(
        id=uuid4(),
        client_id=None,
        kind=WorkKind.MISSED,
        number="+491713920011",
        name="Max Beispiel",
        reason=Reason.MISSED,
        created=NOW,
        due=NOW,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def gap(**more: object) -> WorkItem:
    begins = NOW + timedelta(days=3)
    found = item(
        kind=WorkKind.GAP,
        number="",
        name="",
        reason="",
        text="Notdienst",
        begins=begins,
        ends=begins + timedelta(days=1),
        about_id=uuid4(),
    )
    return replace(found, **more)  # type: ignore[arg-type]


def attempt(**more: object) -> Attempt:
    made = Attempt(id=uuid4(), at=NOW, who=WHO, outcome=AttemptOutcome.BUSY)
    return replace(made, **more)  # type: ignore[arg-type]


def test_everything_of_an_item_is_kept(store: Store, directory: Directory, opens: Opens) -> None:
    whole = gap(client_id=directory.clients[0].id, call_id=uuid4(), appointment_id=uuid4())
    endless = gap(begins=None, ends=None, due=NOW + minutes(1))
    assert store.work.add(whole) == whole
    assert store.work.add(endless) == endless
    assert opens().work.open() == (whole, endless)
    assert store.work.get(whole.id) == whole
    assert store.work.get(uuid4()) is None


def test_what_is_due_first_comes_first(store: Store) -> None:
    items = [item(due=NOW + minutes(one), created=NOW - minutes(one)) for one in (30, 10, 20)]
    for one in items:
        store.work.add(one)
    assert store.work.open() == (items[1], items[2], items[0])


def test_a_disposition_says_who_and_when(store: Store, sql: Connection) -> None:
    owed = item()
    store.work.add(owed)
    left = store.work.dispose(owed.id, Disposition.DONE, WHO, LATER, " Angebot geschickt ")
    assert left == replace(
        owed,
        disposition=Disposition.DONE,
        result="Angebot geschickt",
        disposed=LATER,
        disposed_by=WHO,
        done=LATER,
    )
    assert store.work.open() == ()
    assert store.work.closed(NOW) == (left,)
    assert store.work.closed(LATER + minutes(1)) == ()
    log = tables.change_log
    query = select(log.c.column, log.c.old, log.c.new, log.c.who).where(log.c.row == owed.id)
    assert {tuple(row) for row in sql.execute(query)} == {
        ("disposition", None, "ok", WHO),
        ("result", "", "Angebot geschickt", WHO),
        ("disposed", None, LATER.isoformat(), WHO),
        ("disposed_by", None, str(WHO), WHO),
        ("done", None, LATER.isoformat(), WHO),
    }


def test_what_was_put_off_is_open_at_another_time(store: Store) -> None:
    owed = item()
    store.work.add(owed)
    waits = store.work.dispose(owed.id, Disposition.CALLS_AGAIN, WHO, NOW, "", LATER)
    assert (waits.due, waits.done, waits.disposition) == (LATER, None, Disposition.CALLS_AGAIN)
    assert store.work.open() == (waits,)
    assert store.work.closed(NOW) == ()


@pytest.mark.parametrize(
    ("said", "follow_up"),
    [
        (Disposition.VOID, None),
        (Disposition.FOLLOW_UP, None),
        (Disposition.FOLLOW_UP, NOW),
        (Disposition.DONE, LATER),
    ],
)
def test_the_store_keeps_the_rules_too(store: Store, said: Disposition, follow_up: Any) -> None:
    owed = item()
    store.work.add(owed)
    with pytest.raises(BadInput):
        store.work.dispose(owed.id, said, WHO, NOW, "", follow_up)
    assert store.work.open() == (owed,)


def test_what_has_left_cannot_leave_again(store: Store) -> None:
    owed = item()
    store.work.add(owed)
    store.work.dispose(owed.id, Disposition.NOTED, None, NOW)
    with pytest.raises(StaleRow):
        store.work.dispose(owed.id, Disposition.DONE, WHO, LATER)
    with pytest.raises(NotFound):
        store.work.dispose(uuid4(), Disposition.DONE, WHO, LATER)
    assert store.work.closed(NOW)[0].disposition is Disposition.NOTED


def test_a_mistake_is_taken_back_and_attempts_stay(store: Store) -> None:
    owed, tried = item(), attempt()
    store.work.add(owed)
    store.work.attempt(owed.id, tried)
    store.work.dispose(owed.id, Disposition.DONE, WHO, NOW)
    again = store.work.reopen(owed.id, WHO, LATER)
    assert again == replace(owed, due=LATER, attempts=(tried,))
    assert store.work.open() == (again,)
    with pytest.raises(StaleRow):
        store.work.reopen(owed.id, WHO, LATER)


def test_attempts_are_kept_in_their_order_and_once(store: Store, opens: Opens) -> None:
    owed = item()
    store.work.add(owed)
    second = attempt(at=NOW + minutes(5), who=None, text="Frau am Telefon")
    first = attempt(outcome=AttemptOutcome.NO_ANSWER, call_id=uuid4())
    store.work.attempt(owed.id, second)
    assert store.work.attempt(owed.id, first).attempts == (first, second)
    assert store.work.attempt(owed.id, first).attempts == (first, second)
    assert opens().work.open()[0].attempts == (first, second)
    with pytest.raises(NotFound):
        store.work.attempt(uuid4(), attempt())


def test_attempts_follow_the_call_to_its_client(
    store: Store, directory: Directory, sql: Connection
) -> None:
    rang = call(directory, client_id=None)
    store.record_call(rang)
    owed = item(call_id=rang.id)
    store.work.add(owed)
    store.work.attempt(owed.id, attempt())
    client_id = directory.clients[0].id
    store.change_call(rang.id, rang, replace(rang, client_id=client_id), WHO, NOW)
    assert store.work.open()[0].client_id == client_id
    assert sql.execute(select(tables.work_attempt.c.client_id)).scalars().all() == [client_id]


def test_what_comes_late_belongs_to_the_client_of_its_call(
    store: Store, directory: Directory
) -> None:
    mine, other = directory.clients[0].id, directory.clients[1].id
    rang = call(directory, client_id=mine)
    store.record_call(rang)
    store.change_call(rang.id, rang, replace(rang, client_id=other), WHO, NOW)
    owed = item(call_id=rang.id, client_id=mine)
    assert store.work.add(owed) == replace(owed, client_id=other)
    about = item(call_id=rang.id, client_id=mine, appointment_id=uuid4(), kind=WorkKind.PUSH)
    assert store.work.add(about) == about
    store.change_call(rang.id, replace(rang, client_id=other), rang, WHO, NOW)
    assert {one.client_id for one in store.work.open()} == {mine}


def test_what_is_owed_about_an_appointment_stays_with_its_owner(
    store: Store, directory: Directory
) -> None:
    mine, other = directory.clients[0].id, directory.clients[1].id
    rang = call(directory, client_id=mine)
    store.record_call(rang)
    about = item(call_id=rang.id, client_id=mine, appointment_id=uuid4(), kind=WorkKind.PUSH)
    store.work.add(about)
    store.change_call(rang.id, rang, replace(rang, client_id=other), WHO, NOW)
    assert store.work.open() == (about,)


def test_what_else_the_owner_is_to_know_is_added_to_the_note(store: Store) -> None:
    note = item(kind=WorkKind.NOTE, text="Rezept\nBitte faxen")
    store.work.add(note)
    more = store.work.add(replace(note, text="Termin absagen"))
    assert more is not None
    assert more.text == "Rezept\nBitte faxen\nTermin absagen"
    assert store.work.add(replace(note, text="Termin absagen")) is None
    assert store.work.add(replace(note, text="Rezept")) is None
    store.work.dispose(note.id, Disposition.DONE, WHO, NOW)
    again = store.work.add(replace(note, text="Rezept"))
    assert again is not None
    assert (again.text, again.done) == ("Rezept", None)


def test_of_promises_the_last_one_counts_whichever_is_written_last(store: Store) -> None:
    first = item(kind=WorkKind.PROMISED, due=LATER, text="Angebot")
    last = replace(first, created=NOW + minutes(1), due=LATER + minutes(30), text="")
    store.work.add(first)
    now = store.work.add(last)
    assert now is not None
    assert (now.due, now.text, now.created) == (last.due, "", NOW)
    assert store.work.add(first) is None
    assert store.work.open() == (now,)


def test_whom_to_call_may_be_said_late(store: Store) -> None:
    owed = item(kind=WorkKind.PROMISED)
    store.work.add(owed)
    said = store.work.say(owed.id, "+491713920022", "Erika Muster", WHO, NOW)
    assert said == replace(owed, number="+491713920022", name="Erika Muster")
    assert store.work.open() == (said,)
    left = store.work.dispose(owed.id, Disposition.DONE, WHO, NOW)
    assert store.work.say(owed.id, "+491713920033", "", WHO, LATER) == left


def test_a_message_takes_the_place_of_a_missed_call(store: Store) -> None:
    owed = item()
    store.work.add(owed)
    left = replace(owed, reason=Reason.MESSAGE_LEFT, kind=WorkKind.MESSAGE)
    assert store.work.add(left) == left
    assert store.work.add(owed) is None
    assert store.work.open() == (left,)


def test_closed_items_are_those_of_one_client_or_all(store: Store, directory: Directory) -> None:
    mine, other = (item(client_id=one.id) for one in directory.clients[:2])
    for minute, one in enumerate((mine, other)):
        store.work.add(one)
        store.work.dispose(one.id, Disposition.DONE, WHO, NOW + minutes(minute))
    assert [one.id for one in store.work.closed(NOW)] == [other.id, mine.id]
    assert [one.id for one in store.work.closed(NOW, limit=1)] == [other.id]
    assert [one.id for one in store.work.closed(NOW, directory.clients[0].id)] == [mine.id]


def bring(store: Store, *found: WorkItem, after: int = 0) -> tuple[set[UUID], set[UUID]]:
    came, _changed, gone = store.work.bring(found, FOUND, NOW + minutes(after))
    return {one.id for one in came}, {one.id for one in gone}


def test_what_is_found_twice_is_one_item(store: Store) -> None:
    one, other = gap(), gap()
    assert bring(store, one, other) == ({one.id, other.id}, set())
    assert bring(store, replace(one, created=LATER, due=LATER), other) == (set(), set())
    assert {found.id for found in store.work.open()} == {one.id, other.id}
    assert store.work.get(one.id) == one


def test_what_is_found_no_more_is_void_and_comes_back_when_it_is_so_again(store: Store) -> None:
    one = gap()
    missed = item()
    store.work.add(missed)
    bring(store, one)
    assert bring(store) == (set(), {one.id})
    (left,) = store.work.closed(NOW)
    assert (left.disposition, left.disposed_by) == (Disposition.VOID, None)
    assert store.work.open() == (missed,)
    assert bring(store, one, after=5) == ({one.id}, set())
    assert set(store.work.open()) == {missed, one}


@pytest.mark.parametrize("said", [Disposition.DONE, Disposition.NOTED])
def test_what_somebody_settled_stays_settled(store: Store, said: Disposition) -> None:
    one = gap()
    bring(store, one)
    store.work.dispose(one.id, said, WHO, NOW)
    assert bring(store, one) == bring(store) == bring(store, one) == (set(), set())
    assert store.work.open() == ()


def test_what_was_put_off_is_found_without_losing_its_time(store: Store) -> None:
    one = gap()
    bring(store, one)
    waits = store.work.dispose(one.id, Disposition.FOLLOW_UP, WHO, NOW, "", LATER)
    assert bring(store, one) == (set(), set())
    assert store.work.open() == (waits,)


def test_what_is_over_without_a_word_stays(store: Store) -> None:
    one = gap(ends=NOW + minutes(10))
    bring(store, one)
    assert bring(store, after=10) == (set(), set())
    assert store.work.open() == (one,)


def test_what_is_on_its_way_is_not_in_the_calendar_yet(store: Store, directory: Directory) -> None:
    visit = appointment(directory)
    way = appointment(directory, start=visit.end, part_of=visit.id)
    store.bookings.book_all((visit, way), WHO, NOW)
    rejected = item(appointment_id=visit.id, kind=WorkKind.PUSH, reason=Reason.OBJECT_REJECTED)
    store.work.add(rejected)
    over = NoLonger(reasons=frozenset(NOT_IN_CALENDAR), why=Reason.IN_CALENDAR_NOW)
    for one in (visit, way):
        assert store.work.withdraw(visit.id, over, LATER) == ()
        store.settle(replace(one, state=AppointmentState.CONFIRMED), WHO, NOW, dirty=False)
    (left,) = store.work.withdraw(visit.id, over, LATER)
    assert (left.id, left.result) == (rejected.id, Reason.IN_CALENDAR_NOW)


def test_who_was_tried_waits_until_he_is_tried_again(store: Store) -> None:
    owed = item()
    store.work.add(owed)
    tried = attempt(text="Band")
    waits = store.work.attempt(owed.id, tried, LATER)
    assert waits == replace(
        owed,
        disposition=Disposition.CALL_BACK,
        disposed=NOW,
        disposed_by=WHO,
        due=LATER,
        attempts=(tried,),
    )
    assert store.work.attempt(owed.id, tried, LATER + minutes(1)) == waits, "told twice"
    store.work.dispose(owed.id, Disposition.DONE, WHO, LATER)
    left = store.work.attempt(owed.id, attempt(at=LATER), LATER + minutes(1))
    assert (left.done, len(left.attempts)) == (LATER, 2)
    lacking = gap()
    store.work.add(lacking)
    assert store.work.attempt(lacking.id, attempt(), LATER).disposition is Disposition.FOLLOW_UP


def test_what_is_no_longer_so_leaves_unless_somebody_has_to_do_with_it(store: Store) -> None:
    about = uuid4()
    quiet = item(appointment_id=about, kind=WorkKind.PUSH, reason=Reason.NOT_TOLD_YET)
    tried = replace(quiet, id=uuid4(), reason=Reason.PASSWORD_REFUSED)
    stays = replace(quiet, id=uuid4(), kind=WorkKind.CONFLICT, reason=Reason.OWNER_MOVED)
    other = replace(quiet, id=uuid4(), appointment_id=uuid4())
    for one in (quiet, tried, stays, other):
        store.work.add(one)
    store.work.attempt(tried.id, attempt())
    over = NoLonger(reasons=frozenset(NOT_IN_CALENDAR), why=Reason.IN_CALENDAR_NOW)
    changed = {one.id: one for one in store.work.withdraw(about, over, LATER)}
    assert changed.keys() == {quiet.id, tried.id}
    left = changed[quiet.id]
    assert (left.disposition, left.result, left.done) == (
        Disposition.VOID,
        Reason.IN_CALENDAR_NOW,
        LATER,
    )
    assert (changed[tried.id].reason, changed[tried.id].done) == (Reason.IN_CALENDAR_NOW, None)
    assert {one.id for one in store.work.open()} == {tried.id, stays.id, other.id}
    assert store.work.withdraw(about, over, LATER) == ()
    again = store.work.add(tried)
    assert again is not None
    assert again.reason == Reason.PASSWORD_REFUSED, "it is so again"
