"""The outbox: leases that nobody shares, outcomes that are written once, and their log."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, select

from receptionist.desk.outbox import NEVER
from receptionist.errors import NotFound, SlotTaken, StaleRow
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.office import Directory
from receptionist.ports import Store
from receptionist.reasons import Reason
from receptionist.store import tables
from tests.contract.store.conftest import Opens
from tests.contract.store.sample import (
    DAY,
    NOW,
    TEN,
    WHO,
    appointment,
    minutes,
    office,
)


def test_a_lease_is_exclusive_until_it_runs_out(store: Store, directory: Directory) -> None:
    one, other, third = uuid4(), uuid4(), uuid4()
    booked = appointment(directory)
    store.bookings.book_all((booked,), WHO, NOW)
    assert store.claim(one, NOW, NOW + minutes(2)) == (booked,)
    assert store.claim(other, NOW + minutes(1), NOW + minutes(3)) == ()
    assert store.claim(one, NOW + minutes(1), NOW + minutes(3)) == (booked,)
    assert store.claim(other, NOW + minutes(3), NOW + minutes(5)) == (booked,)
    assert store.claim(third, NOW + minutes(4), NOW + minutes(6)) == ()
    assert store.outbox() == (booked,)


def test_only_what_is_due_is_leased_oldest_first(store: Store, directory: Directory) -> None:
    late = appointment(directory, next_attempt=NOW + minutes(5))
    new = appointment(directory, start=TEN + minutes(60), created=NOW + minutes(1))
    old = appointment(directory, start=TEN + minutes(120), next_attempt=NOW)
    for one in (late, new, old):
        store.bookings.book_all((one,), WHO, NOW)
    assert store.claim(uuid4(), NOW, NOW + minutes(1)) == (old, new)
    due = store.claim(uuid4(), NOW + minutes(5), NOW + minutes(6))
    assert {one.id for one in due} == {late.id, old.id, new.id}


def test_what_is_parked_is_not_due_until_it_is_released(store: Store, directory: Directory) -> None:
    booked = appointment(directory)
    store.bookings.book_all((booked,), WHO, NOW)
    parked = replace(booked, state=AppointmentState.PARKED, next_attempt=NEVER)
    store.settle(parked, WHO, NOW, dirty=True)
    assert store.claim(uuid4(), NOW + minutes(1), NOW + minutes(3)) == ()
    store.settle(replace(parked, next_attempt=None), WHO, NOW, dirty=True)
    assert len(store.claim(uuid4(), NOW + minutes(1), NOW + minutes(3))) == 1


def test_a_clock_that_was_set_back_holds_nothing_up(store: Store, directory: Directory) -> None:
    store.bookings.book_all((appointment(directory),), WHO, NOW)
    ahead = NOW + minutes(300)
    (claimed,) = store.claim(uuid4(), ahead, ahead + minutes(2))
    assert store.claim(uuid4(), NOW, NOW + minutes(2)) == (claimed,)
    store.settle(replace(claimed, next_attempt=ahead + minutes(15)), WHO, ahead, dirty=True)
    assert len(store.claim(uuid4(), NOW, NOW + minutes(2))) == 1


def delayed_and_confirmed(store: Store, booked: Appointment) -> tuple[Appointment, Appointment]:
    """Attempted at `NOW` in vain, and a minute later with success."""
    store.bookings.book_all((booked,), WHO, NOW)
    (claimed,) = store.claim(uuid4(), NOW, NOW + minutes(2))
    delayed = replace(
        claimed,
        state=AppointmentState.DELAYED,
        reason=Reason.SERVER_BUSY,
        attempts=1,
        next_attempt=NOW + minutes(1),
    )
    store.settle(delayed, WHO, NOW, dirty=True)
    confirmed = replace(
        delayed,
        state=AppointmentState.CONFIRMED,
        reason=Reason.NONE,
        etag='"1"',
        confirmed=NOW + minutes(1),
        next_attempt=None,
    )
    return delayed, confirmed


def test_an_outcome_ends_lease_and_dirt(store: Store, directory: Directory) -> None:
    delayed, confirmed = delayed_and_confirmed(store, appointment(directory))
    assert store.outbox() == (delayed,)
    assert store.claim(uuid4(), NOW, NOW + minutes(2)) == ()
    assert store.claim(uuid4(), NOW + minutes(1), NOW + minutes(2)) == (delayed,)
    store.settle(confirmed, WHO, NOW + minutes(1), dirty=False)
    assert store.outbox() == ()
    assert store.appointments(confirmed.client_id, DAY) == (confirmed,)


def test_every_column_of_an_outcome_is_logged(
    store: Store, directory: Directory, sql: Connection
) -> None:
    booked = appointment(directory)
    _, confirmed = delayed_and_confirmed(store, booked)
    store.settle(confirmed, WHO, NOW + minutes(1), dirty=False)
    log = tables.change_log
    query = select(log).where(log.c.row == booked.id).order_by(log.c.seq)
    found = [(r.column, r.old, r.new, r.at) for r in sql.execute(query)]
    first, second = NOW, NOW + minutes(1)
    assert found[0] == ("", None, None, first)
    assert sorted(found[1:5]) == [
        ("attempts", "0", "1", first),
        ("next_attempt", None, second.isoformat(), first),
        ("reason", "", "server-busy", first),
        ("state", "booked", "delayed", first),
    ]
    assert sorted(found[5:]) == [
        ("confirmed", None, second.isoformat(), second),
        ("etag", "", '"1"', second),
        ("next_attempt", second.isoformat(), None, second),
        ("reason", "server-busy", "", second),
        ("state", "delayed", "confirmed", second),
    ]
    assert {(r.table, r.client_id, r.who) for r in sql.execute(query)} == {
        ("appointment", booked.client_id, WHO)
    }


def test_the_outcome_of_another_appointment_is_stale(store: Store, directory: Directory) -> None:
    booked = appointment(directory)
    store.bookings.book_all((booked,), WHO, NOW)
    moved = replace(booked, start=TEN + minutes(5), state=AppointmentState.CONFIRMED)
    with pytest.raises(StaleRow):
        store.settle(moved, WHO, NOW, dirty=False)
    assert store.outbox() == (booked,)
    with pytest.raises(NotFound):
        store.settle(replace(booked, id=uuid4()), WHO, NOW, dirty=False)
    foreign = directory.clients[1].id
    with pytest.raises(NotFound):
        store.settle(replace(booked, client_id=foreign), WHO, NOW, dirty=False)


def test_a_conflict_frees_the_time_and_cannot_take_it_back(
    store: Store, directory: Directory
) -> None:
    first = appointment(directory)
    store.bookings.book_all((first,), WHO, NOW)
    store.settle(replace(first, state=AppointmentState.CONFLICT), WHO, NOW, dirty=False)
    second = appointment(directory)
    store.bookings.book_all((second,), WHO, NOW)
    with pytest.raises(SlotTaken):
        store.settle(first, WHO, NOW, dirty=True)
    assert store.outbox() == (second,)


@pytest.mark.parametrize("stores", [1, 2])
def test_no_two_claimants_get_the_same(opens: Opens, stores: int) -> None:
    opened = [opens() for _ in range(stores)]
    directory = opened[0].save_directory(office(), WHO, NOW)
    booked = [appointment(directory, start=TEN + n * minutes(30)) for n in range(12)]
    for one in booked:
        opened[0].bookings.book_all((one,), WHO, NOW)
    got: list[UUID] = []
    failed: list[Exception] = []
    ready = threading.Barrier(4)

    def claimant(number: int) -> None:
        ready.wait()
        try:
            for _ in range(5):
                due = opened[number % stores].claim(name := uuid4(), NOW, NOW + minutes(2))
                got.extend(one.id for one in due)
            assert name
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=claimant, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Counter(got) == Counter(one.id for one in booked)
