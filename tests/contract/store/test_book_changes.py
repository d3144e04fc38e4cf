"""Later changes of appointments in our book: exclusive, with their travel, never over another's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from receptionist.errors import SlotTaken, StaleRow
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.office import Directory
from receptionist.ports import Store
from tests.contract.store.sample import (
    DAY,
    NOW,
    TEN,
    WHO,
    appointment,
    changes,
    event,
    minutes,
)
from tests.contract.store.test_bookings import LEASE, booked, stands, way


def confirmed(store: Store, one: Appointment) -> Appointment:
    """It stands in the owner's calendar."""
    done = replace(
        one,
        state=AppointmentState.CONFIRMED,
        etag='"1"',
        confirmed=NOW,
        told_start=one.start,
        told_end=one.end,
        told_summary=one.summary,
    )
    store.bookings.land(one, done, WHO, NOW)
    return done


def test_a_move_is_written_and_waits_for_the_owners_calendar(
    store: Store, directory: Directory
) -> None:
    old = confirmed(store, booked(store, directory))
    new = replace(old, start=TEN + minutes(60), end=TEN + minutes(90), note="lieber später")
    moved = store.bookings.change(old, new, WHO, NOW)
    assert moved == replace(
        new, state=AppointmentState.BOOKED, sequence=1, attempts=0, next_attempt=None
    )
    assert store.outbox() == (moved,)
    store.bookings.book_all((appointment(directory),), WHO, NOW)
    with pytest.raises(SlotTaken):
        store.bookings.book_all((appointment(directory, start=new.start),), WHO, NOW)
    columns = {one.column for one in store.finding.changes(old.id)}
    assert {"start", "end", "note", "sequence", "state"} <= columns
    assert "book_id" not in columns


@pytest.mark.parametrize(
    "meanwhile", [{"note": "anders"}, {"start": TEN + minutes(5)}, {"location": "Bonn"}]
)
def test_what_was_changed_meanwhile_is_not_overwritten(
    store: Store, directory: Directory, meanwhile: dict[str, Any]
) -> None:
    old = booked(store, directory)
    first = store.bookings.change(old, replace(old, **meanwhile), WHO, NOW)
    with pytest.raises(StaleRow):
        store.bookings.change(old, replace(old, caller_name="Erika"), WHO, NOW)
    assert stands(store, old) == first


def test_how_far_it_came_meanwhile_is_no_obstacle_and_stays(
    store: Store, directory: Directory
) -> None:
    seen = booked(store, directory)
    done = confirmed(store, seen)
    changed = store.bookings.change(seen, replace(seen, note="neu"), WHO, NOW)
    assert changed.etag == done.etag
    assert changed.told == done.told


def test_a_push_under_way_settles_nothing_any_more(store: Store, directory: Directory) -> None:
    old = booked(store, directory)
    (pushed,) = store.claim(directory.workstation.id, NOW, NOW + LEASE)
    changed = store.bookings.change(old, replace(old, state=AppointmentState.CANCELLED), WHO, NOW)
    outcome = replace(pushed, state=AppointmentState.CONFIRMED, etag='"1"')
    with pytest.raises(StaleRow):
        store.settle(outcome, WHO, NOW, dirty=False)
    assert not store.bookings.land(pushed, outcome, WHO, NOW)
    assert stands(store, old).state is AppointmentState.CANCELLED
    assert store.claim(uuid4(), NOW, NOW + LEASE)[0].id == changed.id, "it is due at once"


def test_the_same_once_more_is_no_change(store: Store, directory: Directory) -> None:
    old = confirmed(store, booked(store, directory))
    assert store.bookings.change(old, old, WHO, NOW) == old
    assert store.outbox() == ()
    assert {one.column for one in store.finding.changes(old.id)} & {"sequence", "dirty"} == set()


@pytest.mark.parametrize(
    "state", [AppointmentState.CANCELLED, AppointmentState.CONFLICT, AppointmentState.WITHDRAWN]
)
def test_what_is_over_is_not_changed(
    store: Store, directory: Directory, state: AppointmentState
) -> None:
    old = booked(store, directory, state=state)
    with pytest.raises(StaleRow):
        store.bookings.change(old, replace(old, note="neu"), WHO, NOW)


def test_what_was_called_off_leaves_its_time(store: Store, directory: Directory) -> None:
    main = appointment(directory)
    store.bookings.book_all((main, way(main, before=True), way(main, before=False)), WHO, NOW)
    off = store.bookings.change(main, replace(main, state=AppointmentState.CANCELLED), WHO, NOW)
    assert (off.state, off.sequence) == (AppointmentState.CANCELLED, 1)
    assert {one.state for one in store.bookings.linked(main.id)} == {AppointmentState.CANCELLED}
    assert len(store.outbox()) == 3, "the owner's calendar says all three yet"
    store.bookings.book_all((appointment(directory),), WHO, NOW)


@pytest.mark.parametrize("by", [10, 30, 60, -10, -30, -60])
def test_travel_moves_with_its_appointment_however_little(
    store: Store, directory: Directory, by: int
) -> None:
    main = appointment(directory, buffer_before=5, buffer_after=5)
    ways = way(main, before=True), way(main, before=False)
    store.bookings.book_all((main, *ways), WHO, NOW)
    new, *moved = (
        replace(one, start=one.start + minutes(by), end=one.end + minutes(by))
        for one in (main, *ways)
    )
    store.bookings.change(main, new, WHO, NOW, tuple(moved))
    found = store.bookings.linked(main.id)
    assert [one.period for one in found] == [one.period for one in moved]
    assert [one.sequence for one in found] == [1, 1]
    with pytest.raises(SlotTaken):
        store.bookings.book_all((appointment(directory, start=moved[0].start),), WHO, NOW)


def test_travel_that_is_not_needed_any_more_is_called_off(
    store: Store, directory: Directory
) -> None:
    main = appointment(directory)
    there, back = way(main, before=True), way(main, before=False)
    store.bookings.book_all((main, there, back), WHO, NOW)
    other = way(main, before=False, location="Köln")
    new = replace(main, location="Köln")
    store.bookings.change(main, new, WHO, NOW, (other,))
    assert {one.id: one.state for one in store.bookings.linked(main.id)} == {
        there.id: AppointmentState.CANCELLED,
        back.id: AppointmentState.CANCELLED,
        other.id: AppointmentState.BOOKED,
    }


def test_a_change_that_meets_another_changes_nothing(store: Store, directory: Directory) -> None:
    main = appointment(directory)
    there = way(main, before=True)
    store.bookings.book_all((main, there), WHO, NOW)
    other = booked(store, directory, start=TEN + minutes(60))
    late = replace(main, start=TEN + minutes(75), end=TEN + minutes(105))
    with pytest.raises(SlotTaken):
        store.bookings.change(main, late, WHO, NOW, ())
    busy = event(TEN + minutes(35), TEN + minutes(50))
    store.apply_changes(directory.calendars[0].id, changes(busy), NOW)
    with pytest.raises(SlotTaken):
        store.bookings.change(main, replace(main, end=TEN + minutes(40)), WHO, NOW, (there,))
    assert set(store.appointments(main.client_id, DAY)) == {main, there, other}
    with pytest.raises(SlotTaken):
        store.bookings.book_all((appointment(directory, start=there.start),), WHO, NOW)


def test_texts_change_also_where_the_owner_is_busy(store: Store, directory: Directory) -> None:
    old = booked(store, directory)
    store.apply_changes(directory.calendars[0].id, changes(event(TEN, TEN + minutes(5))), NOW)
    assert store.bookings.change(old, replace(old, note="neu"), WHO, NOW).note == "neu"


def test_what_the_owner_laid_over_another_of_ours_can_be_changed(
    store: Store, directory: Directory
) -> None:
    first = booked(store, directory)
    second = confirmed(store, booked(store, directory, start=TEN + minutes(30)))
    over = replace(second, start=TEN, end=TEN + minutes(30))
    assert store.bookings.land(second, over, WHO, NOW)
    changed = store.bookings.change(over, replace(over, note="neu"), WHO, NOW)
    assert changed.note == "neu"
    away = replace(changed, start=TEN + minutes(30), end=TEN + minutes(60))
    store.bookings.change(changed, away, WHO, NOW)
    with pytest.raises(SlotTaken):
        store.bookings.change(first, replace(first, end=TEN + minutes(45)), WHO, NOW)


def test_one_takes_the_place_of_another_or_nothing_happens(
    store: Store, directory: Directory
) -> None:
    old = booked(store, directory)
    taken = booked(store, directory, start=TEN + minutes(60))
    instead = appointment(directory, start=TEN + minutes(75), restores=old.id)
    with pytest.raises(SlotTaken):
        store.bookings.book_all((instead,), WHO, NOW, old)
    assert set(store.outbox()) == {old, taken}
    instead = appointment(directory, start=TEN + minutes(10), restores=old.id)
    store.bookings.book_all((instead,), WHO, NOW, old)
    assert stands(store, old).state is AppointmentState.CANCELLED
    assert store.bookings.linked(old.id) == (instead,)
    with pytest.raises(StaleRow):
        store.bookings.book_all((appointment(directory, start=TEN + minutes(120)),), WHO, NOW, old)
