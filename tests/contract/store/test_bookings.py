"""Our book beside the booking itself: holds, travel, series, staff, and every later change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from receptionist.errors import SlotTaken
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.client import OwnerCalendar, OwnerRule, OwnerWord, Staff
from receptionist.model.office import Directory
from receptionist.model.period import Period
from receptionist.ports import Store
from receptionist.reasons import Reason
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

WEEK = timedelta(days=7)
LEASE = minutes(2)


def way(main: Appointment, before: bool, **more: Any) -> Appointment:
    """Twenty minutes on the way to an appointment or back."""
    start = main.blocked.start - minutes(20) if before else main.blocked.end
    key = uuid4()
    made = replace(
        main, id=key, uid=str(key), part_of=main.id, start=start, end=start + minutes(20)
    )
    return replace(made, kind_name="Fahrt", buffer_before=0, buffer_after=0, **more)


def booked(store: Store, directory: Directory, **more: Any) -> Appointment:
    one = appointment(directory, **more)
    store.bookings.book_all((one,), WHO, NOW)
    return one


def stands(store: Store, one: Appointment) -> Appointment:
    found = store.bookings.get(one.id)
    assert found is not None
    return found


# ---- several at once


def test_what_belongs_together_is_booked_together(store: Store, directory: Directory) -> None:
    main = appointment(directory)
    ways = way(main, before=True), way(main, before=False)
    store.bookings.book_all((main, *ways), WHO, NOW)
    assert stands(store, main) == main
    assert store.bookings.linked(main.id) == ways
    with pytest.raises(SlotTaken):
        store.bookings.book_all((appointment(directory, start=ways[1].start),), WHO, NOW)


def test_of_what_cannot_all_be_booked_nothing_is(store: Store, directory: Directory) -> None:
    series = uuid4()
    taken = booked(store, directory, start=TEN + 2 * WEEK)
    wanted = tuple(
        appointment(directory, start=TEN + number * WEEK, series_id=series) for number in range(3)
    )
    with pytest.raises(SlotTaken):
        store.bookings.book_all(wanted, WHO, NOW)
    assert store.outbox() == (taken,)
    store.bookings.book_all(wanted[:2], WHO, NOW)
    assert store.bookings.of_series(series) == wanted[:2]


def test_the_owner_may_be_busy_on_the_way(store: Store, directory: Directory) -> None:
    main = appointment(directory)
    there = way(main, before=True)
    store.apply_changes(
        directory.calendars[0].id, changes(event(there.start, there.start + minutes(5))), NOW
    )
    with pytest.raises(SlotTaken):
        store.bookings.book_all((main, there), WHO, NOW)
    store.bookings.book_all((main,), WHO, NOW)


def test_what_belongs_together_is_not_in_its_own_way(store: Store, directory: Directory) -> None:
    main = booked(store, directory)
    own = event(main.start, main.end, uid=main.uid)
    store.apply_changes(directory.calendars[0].id, changes(own), NOW)
    late = way(main, before=False, start=main.end - minutes(10), end=main.end + minutes(10))
    with pytest.raises(SlotTaken):  # in our book it is: that is drawn up outside of it
        store.bookings.book_all((late,), WHO, NOW)
    restored = appointment(directory, restores=main.id)
    store.bookings.change(main, replace(main, state=AppointmentState.CANCELLED), WHO, NOW)
    with pytest.raises(SlotTaken):
        store.bookings.book_all((replace(restored, restores=None),), WHO, NOW)
    store.bookings.book_all((restored,), WHO, NOW)


# ---- holds


def test_a_hold_is_given_up(store: Store, directory: Directory) -> None:
    main = appointment(directory, state=AppointmentState.HOLD, held_until=NOW + minutes(10))
    store.bookings.book_all((main, way(main, before=False)), WHO, NOW)
    given_up = store.bookings.release(main.id, WHO, NOW)
    assert given_up == replace(main, state=AppointmentState.WITHDRAWN)
    assert store.bookings.release(main.id, WHO, NOW) is None
    store.bookings.book_all(
        (appointment(directory), appointment(directory, start=TEN + minutes(30))), WHO, NOW
    )


def test_an_appointment_is_not_given_up_as_a_hold_is(store: Store, directory: Directory) -> None:
    main = booked(store, directory)
    assert store.bookings.release(main.id, WHO, NOW) is None
    assert store.bookings.expire(NOW + WEEK) == ()
    assert stands(store, main) == main


def test_holds_run_out(store: Store, directory: Directory) -> None:
    first = booked(store, directory, state=AppointmentState.HOLD, held_until=NOW + minutes(10))
    second = booked(
        store,
        directory,
        start=TEN + minutes(60),
        state=AppointmentState.HOLD,
        held_until=NOW + minutes(11),
    )
    assert store.bookings.expire(NOW + minutes(9)) == ()
    gone = replace(first, state=AppointmentState.WITHDRAWN, reason=Reason.HOLD_EXPIRED)
    assert store.bookings.expire(NOW + minutes(10)) == (gone,)
    assert stands(store, second) == second


def test_a_hold_is_kept_longer_and_booked_with_other_travel(
    store: Store, directory: Directory
) -> None:
    main = appointment(directory, state=AppointmentState.HOLD, held_until=NOW + minutes(10))
    there, back = way(main, before=True), way(main, before=False)
    store.bookings.book_all((main, there, back), WHO, NOW)
    longer = tuple(replace(one, held_until=NOW + minutes(15)) for one in (main, there, back))
    store.bookings.book_all(longer, WHO, NOW + minutes(5))
    assert store.bookings.expire(NOW + minutes(14)) == ()
    real = [replace(one, state=AppointmentState.BOOKED, held_until=None) for one in (main, there)]
    store.bookings.book_all(tuple(real), WHO, NOW + minutes(6))
    assert set(store.outbox()) == set(real)
    assert stands(store, back).state is AppointmentState.WITHDRAWN


# ---- staff, and the owner's words


@pytest.fixture
def practice(store: Store) -> Directory:
    """The first client has a staff of two; one of them has a calendar of her own."""
    wanted = office()
    erika, max_ = (Staff(id=uuid4(), key=key, name=key.title()) for key in ("erika", "max"))
    word = OwnerWord(word="Sprechstunde", rule=OwnerRule.BOOKABLE)
    first = replace(wanted.clients[0], staff=(erika, max_), words=(word,))
    hers = OwnerCalendar(
        id=uuid4(),
        client_id=first.id,
        account_id=wanted.accounts[0].id,
        name="Erika",
        staff_id=erika.id,
    )
    return store.save_directory(
        replace(
            wanted,
            clients=(first, *wanted.clients[1:]),
            calendars=(*wanted.calendars, hers),
        ),
        WHO,
        NOW,
    )


def of(practice: Directory, key: str, **more: Any) -> Appointment:
    """An appointment with a member of the staff."""
    client = practice.clients[0]
    member = next(one for one in client.staff if one.key == key)
    return appointment(practice, client.key, staff_id=member.id, **more)


def hers(practice: Directory) -> OwnerCalendar:
    return next(one for one in practice.calendars if one.staff_id is not None)


def test_each_member_of_the_staff_has_a_book(store: Store, practice: Directory) -> None:
    store.bookings.book_all((of(practice, "erika"),), WHO, NOW)
    with pytest.raises(SlotTaken):
        store.bookings.book_all((of(practice, "erika"),), WHO, NOW)
    other = of(practice, "max")
    store.bookings.book_all((other,), WHO, NOW)
    member = of(practice, "erika").staff_id
    with pytest.raises(SlotTaken):
        store.bookings.change(other, replace(other, staff_id=member), WHO, NOW)


def test_her_calendar_keeps_nobody_else_busy(store: Store, practice: Directory) -> None:
    busy = event(TEN, TEN + minutes(30), name="hers")
    store.apply_changes(hers(practice).id, changes(busy), NOW)
    with pytest.raises(SlotTaken):
        store.bookings.book_all((of(practice, "erika"),), WHO, NOW)
    store.bookings.book_all((of(practice, "max"),), WHO, NOW)


def test_the_calendar_of_the_firm_keeps_everybody_busy(store: Store, practice: Directory) -> None:
    store.apply_changes(practice.calendars[0].id, changes(event(TEN, TEN + minutes(30))), NOW)
    for key in ("erika", "max"):
        with pytest.raises(SlotTaken):
            store.bookings.book_all((of(practice, key),), WHO, NOW)


def test_a_frame_for_appointments_is_not_in_the_way(store: Store, practice: Directory) -> None:
    frame = event(TEN, TEN + minutes(120))
    frame = replace(frame, busy=(replace(frame.busy[0], summary="Sprechstunde"),))
    store.apply_changes(practice.calendars[0].id, changes(frame), NOW)
    store.bookings.book_all((of(practice, "max"),), WHO, NOW)


def test_what_does_not_keep_the_owner_busy_is_no_obstacle(
    store: Store, directory: Directory
) -> None:
    free = event(TEN, TEN + minutes(30), blocks=False)
    store.apply_changes(directory.calendars[0].id, changes(free), NOW)
    store.bookings.book_all((appointment(directory),), WHO, NOW)
    client_id = directory.clients[0].id
    assert [one.blocks for one in store.bookings.owner_events(client_id, DAY)] == [False]


# ---- what was copied of the owner


def test_what_is_over_is_forgotten(store: Store, directory: Directory) -> None:
    old, new = event(TEN, TEN + minutes(30)), event(TEN + WEEK, TEN + WEEK + minutes(30), "b")
    calendar = directory.calendars[0].id
    store.apply_changes(calendar, changes(old, new), NOW)
    assert store.bookings.forget_before(TEN + minutes(29)) == 0
    assert store.bookings.forget_before(TEN + minutes(30)) == 1
    everything = Period(NOW - WEEK, NOW + 4 * WEEK)
    found = store.bookings.owner_events(directory.clients[0].id, everything)
    assert [one.uid for one in found] == ["b@owner.example"]
    assert found[0].calendar_id == calendar
    assert set(store.sync_state(calendar).etags) == {old.href, new.href}, "it is not read again"
