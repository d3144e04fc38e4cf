"""Our book: exclusive by the database itself, owner's events count, holds run out."""

from __future__ import annotations

import threading
import time
import traceback
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError

from receptionist.errors import SlotTaken, StaleRow, StoreError
from receptionist.model.appointment import OCCUPYING, AppointmentState
from receptionist.model.office import Directory
from receptionist.ports import Store
from receptionist.store import open_store, tables
from receptionist.store.appointments import row_of
from tests.contract.store.conftest import Opens
from tests.contract.store.sample import (
    DAY,
    NOW,
    TEN,
    WHO,
    appointment,
    changes,
    event,
    minutes,
    office,
)
from tests.doubles.postgres import Postgres

CALENDAR = 0


def test_a_booking_comes_back_as_it_was(store: Store, directory: Directory) -> None:
    one = appointment(
        directory,
        buffer_before=15,
        buffer_after=5,
        call_id=uuid4(),
        next_attempt=NOW,
        held_until=NOW,
        confirmed=NOW,
        sequence=3,
    )
    store.bookings.book_all((one,), WHO, NOW)
    assert store.appointments(one.client_id, DAY) == (one,)
    assert store.outbox() == (one,)


@pytest.mark.parametrize("state", AppointmentState)
def test_only_occupying_states_keep_their_time(
    store: Store, directory: Directory, state: AppointmentState
) -> None:
    store.bookings.book_all((appointment(directory, state=state),), WHO, NOW)
    second = appointment(directory, start=TEN + minutes(29))
    if state in OCCUPYING:
        with pytest.raises(SlotTaken, match="no longer free"):
            store.bookings.book_all((second,), WHO, NOW)
    else:
        store.bookings.book_all((second,), WHO, NOW)
    assert len(store.appointments(second.client_id, DAY)) == 1 + (state not in OCCUPYING)


def test_touching_is_free_and_buffers_count(store: Store, directory: Directory) -> None:
    store.bookings.book_all((appointment(directory, buffer_before=10, buffer_after=10),), WHO, NOW)
    store.bookings.book_all((appointment(directory, start=TEN + minutes(40)),), WHO, NOW)
    with pytest.raises(SlotTaken):
        store.bookings.book_all((appointment(directory, start=TEN - minutes(39)),), WHO, NOW)
    with pytest.raises(SlotTaken):
        store.bookings.book_all(
            (appointment(directory, start=TEN - minutes(45), buffer_after=6),), WHO, NOW
        )
    store.bookings.book_all(
        (appointment(directory, start=TEN - minutes(45), buffer_after=5),), WHO, NOW
    )


def test_clients_have_a_book_each(store: Store, directory: Directory) -> None:
    store.bookings.book_all((appointment(directory, "muster"),), WHO, NOW)
    store.bookings.book_all((appointment(directory, "beispiel"),), WHO, NOW)


def test_the_database_itself_refuses_overlaps(
    store: Store, directory: Directory, sql: Connection
) -> None:
    first, second = appointment(directory), appointment(directory)
    store.bookings.book_all((first,), WHO, NOW)
    row = {**row_of(second), "dirty": False}
    with pytest.raises(IntegrityError):
        sql.execute(insert(tables.appointment).values(row))
    row["state"] = AppointmentState.CONFLICT
    sql.execute(insert(tables.appointment).values(row))
    with pytest.raises(IntegrityError):
        sql.execute(tables.appointment.update().values(state=AppointmentState.BOOKED))


def test_the_owner_is_busy(store: Store, directory: Directory) -> None:
    busy = event(TEN + minutes(30), TEN + minutes(60))
    store.apply_changes(directory.calendars[CALENDAR].id, changes(busy), NOW)
    with pytest.raises(SlotTaken):
        store.bookings.book_all((appointment(directory, buffer_after=1),), WHO, NOW)
    assert store.appointments(directory.clients[0].id, DAY) == ()
    store.bookings.book_all((appointment(directory),), WHO, NOW)
    store.bookings.book_all((appointment(directory, "beispiel", buffer_after=1),), WHO, NOW)


def test_our_own_event_in_the_calendar_is_no_obstacle(store: Store, directory: Directory) -> None:
    one = appointment(directory)
    own = event(one.start, one.end, uid=one.uid)
    store.apply_changes(directory.calendars[CALENDAR].id, changes(own), NOW)
    store.bookings.book_all((one,), WHO, NOW)


@pytest.mark.parametrize("blocks", [True, False])
def test_all_day_events_block_as_the_client_wants(store: Store, blocks: bool) -> None:
    wanted = office()
    client = replace(wanted.clients[0], all_day_blocks=blocks)
    directory = store.save_directory(
        replace(wanted, clients=(client, *wanted.clients[1:])), WHO, NOW
    )
    busy = event(DAY.start, DAY.end, all_day=True)
    store.apply_changes(directory.calendars[CALENDAR].id, changes(busy), NOW)
    if blocks:
        with pytest.raises(SlotTaken):
            store.bookings.book_all((appointment(directory),), WHO, NOW)
    else:
        store.bookings.book_all((appointment(directory),), WHO, NOW)


def test_a_hold_keeps_the_slot_until_it_runs_out(store: Store, directory: Directory) -> None:
    hold = appointment(directory, state=AppointmentState.HOLD, held_until=NOW + minutes(5))
    store.bookings.book_all((hold,), WHO, NOW)
    assert store.outbox() == ()
    other = appointment(directory)
    with pytest.raises(SlotTaken):
        store.bookings.book_all((other,), WHO, NOW + minutes(4))
    store.bookings.book_all((other,), WHO, NOW + minutes(5))
    assert {one.id: one.state for one in store.appointments(hold.client_id, DAY)} == {
        hold.id: AppointmentState.WITHDRAWN,
        other.id: AppointmentState.BOOKED,
    }
    with pytest.raises(SlotTaken):
        store.bookings.book_all(
            (replace(hold, state=AppointmentState.BOOKED),), WHO, NOW + minutes(6)
        )


@pytest.mark.parametrize("later", [minutes(1), minutes(60)])
def test_a_hold_becomes_the_booking(store: Store, directory: Directory, later: timedelta) -> None:
    hold = appointment(directory, state=AppointmentState.HOLD, held_until=NOW + minutes(5))
    store.bookings.book_all((hold,), WHO, NOW)
    booked = replace(hold, state=AppointmentState.BOOKED, held_until=None, note="doch")
    store.bookings.book_all((booked,), WHO, NOW + later)
    assert store.appointments(hold.client_id, DAY) == store.outbox() == (booked,)


def test_a_withdrawn_hold_becomes_the_booking_while_its_slot_is_free(
    store: Store, directory: Directory
) -> None:
    hold = appointment(directory, state=AppointmentState.HOLD, held_until=NOW)
    store.bookings.book_all((hold,), WHO, NOW - minutes(5))
    other = appointment(directory, state=AppointmentState.HOLD, held_until=NOW + minutes(1))
    store.bookings.book_all((other,), WHO, NOW)
    store.bookings.book_all((replace(hold, state=AppointmentState.BOOKED),), WHO, NOW + minutes(1))
    assert [one.id for one in store.outbox()] == [hold.id]


def test_nothing_is_booked_twice(store: Store, directory: Directory) -> None:
    one = appointment(directory)
    store.bookings.book_all((one,), WHO, NOW)
    with pytest.raises(StaleRow):
        store.bookings.book_all((one,), WHO, NOW)


def test_a_booking_cannot_point_into_another_clients_calendar(
    store: Store, directory: Directory
) -> None:
    foreign = directory.calendars[1]
    with pytest.raises(StoreError, match="contradicts"):
        store.bookings.book_all((appointment(directory, calendar_id=foreign.id),), WHO, NOW)
    kind = directory.clients[1].kinds[0]
    with pytest.raises(StoreError, match="contradicts"):
        store.bookings.book_all((appointment(directory, kind_id=kind.id),), WHO, NOW)


@pytest.mark.parametrize("stores", [1, 4])
def test_of_many_racing_for_a_slot_one_wins(opens: Opens, stores: int) -> None:
    opened = [opens() for _ in range(stores)]
    directory = opened[0].save_directory(office(), WHO, NOW)
    won: list[int] = []
    lost: list[int] = []
    failed: list[Exception] = []
    slots = 10

    def receptionist(number: int, ready: threading.Barrier) -> None:
        for slot in range(slots):
            start = TEN + slot * minutes(60) + number * minutes(3)
            ready.wait()
            try:
                opened[number % stores].bookings.book_all(
                    (appointment(directory, start=start),), WHO, NOW
                )
                won.append(slot)
            except SlotTaken:
                lost.append(slot)
            except Exception as error:
                failed.append(error)

    people = 8
    ready = threading.Barrier(people)
    threads = [threading.Thread(target=receptionist, args=(n, ready)) for n in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(won) == list(range(slots))
    assert len(lost) == slots * (people - 1)


def test_a_failure_says_nothing_about_the_caller(
    store: Store, directory: Directory, caplog: pytest.LogCaptureFixture
) -> None:
    one = appointment(directory)
    store.bookings.book_all((one,), WHO, NOW)
    again = replace(one, client_id=directory.clients[1].id, caller_name="Max Geheim")
    with pytest.raises(StoreError, match="contradicts") as caught:
        store.bookings.book_all((again,), WHO, NOW)
    told = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert "the database failed" in told
    assert "Geheim" not in told
    assert str(one.id) not in caplog.text


def test_one_at_a_time_has_a_clients_book_open(postgres: Postgres, migrated: str) -> None:
    """Without it two bookings can meet in PostgreSQL's constraint and wait for each other."""
    url = postgres.url(postgres.database(migrated))
    store = open_store(url)
    directory = store.save_directory(office(), WHO, NOW)
    mine, theirs = appointment(directory), appointment(directory, "beispiel")
    open_book = "SELECT 1 FROM client WHERE id = %s FOR NO KEY UPDATE"
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with psycopg.connect(url) as other, psycopg.connect(url, autocommit=True) as watch:
        other.execute(open_book, [mine.client_id])
        booking = threading.Thread(target=store.bookings.book_all, args=((mine,), WHO, NOW))
        booking.start()
        store.bookings.book_all((theirs,), WHO, NOW)
        deadline = time.monotonic() + 60
        while watch.execute(waits).fetchone() != (1,):
            assert booking.is_alive(), "the booking did not wait"
            assert time.monotonic() < deadline
        other.commit()
        booking.join()
    assert len(store.outbox()) == 2
    store.close()
