"""Travel in the owner's calendar: it goes with its appointment, and is never told by itself."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from receptionist.errors import CalendarUnreachable, ObjectRejected
from receptionist.events import (
    AppointmentCancelled,
    AppointmentConfirmed,
    BookingConflict,
    ChangeRefused,
    OwnerChanged,
    PushDelayed,
    WorkAdded,
    WorkDone,
)
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.client import AppointmentKind
from receptionist.reasons import Reason
from tests.unit.desk.conftest import Bench
from tests.unit.desk.owner import HOUR, in_time, looked, now_is, owner_moves, reasons, settled
from tests.unit.desk.test_booking import TUESDAY, imported, of_ours, owner_puts, refreshed, waiting

HALF = HOUR / 2
LATER = TUESDAY + 3 * HOUR


@pytest.fixture
def travels(bench: Bench) -> Bench:
    """The painter visits callers, half an hour away."""
    visit = AppointmentKind(id=uuid4(), key="ort", name="Aufmaß", minutes=60, at_caller=True)
    painter = replace(bench.painter, kinds=(*bench.painter.kinds, visit), travel_min=30)
    others = tuple(one for one in bench.directory.clients if one.id != painter.id)
    imported(bench, replace(bench.directory, clients=(painter, *others)))
    refreshed(bench)
    return bench


def ways(bench: Bench, appointment: Appointment) -> list[Appointment]:
    """The ways there and back as the store has them."""
    found: list[tuple[Appointment, ...]] = []
    bench.desk._ground.memory.submit(
        lambda store: store.bookings.linked(appointment.id), then=found.append
    )
    bench.pump.until(lambda: found)
    return sorted(found[0], key=lambda one: one.start)


def at_rest(bench: Bench) -> None:
    """Nothing waits for the owner's calendar any more."""
    for _step in range(60):
        settled(bench)
        if not waiting(bench):
            return
        bench.pump.advance(1)
    raise AssertionError("it is never at rest")


def book(bench: Bench) -> UUID:
    """Somebody wants to be visited."""
    kind = bench.painter.kind("ort")
    assert kind is not None
    return bench.desk.booking.book(
        client_id=bench.painter.id,
        kind_id=kind.id,
        start=TUESDAY,
        caller_name="Erika Muster",
        caller_number="+492214710134",
        location="Musterstraße 1, 10115 Berlin",
    )


def visit(bench: Bench) -> Appointment:
    """An appointment at the caller's with its travel in the owner's calendar."""
    book(bench)
    in_time(bench, AppointmentConfirmed)
    at_rest(bench)
    return bench.seen(AppointmentConfirmed)[-1].appointment


def told_about(bench: Bench) -> set[UUID]:
    """What events and call-backs name."""
    kinds = (AppointmentConfirmed, AppointmentCancelled, OwnerChanged, ChangeRefused, PushDelayed)
    return {one.appointment.id for one in bench.events if isinstance(one, kinds)}


def test_the_ways_are_pushed_and_only_the_appointment_is_told(travels: Bench) -> None:
    appointment = visit(travels)
    there, back = ways(travels, appointment)
    assert (there.end, back.start) == (appointment.start, appointment.end)
    assert {there.state, back.state} == {AppointmentState.CONFIRMED}
    assert len(of_ours(travels)) == 3
    assert told_about(travels) == {appointment.id}
    looked(travels)
    assert reasons(travels) == []


def test_they_move_with_it_also_over_their_own_old_place(travels: Bench) -> None:
    appointment = visit(travels)
    travels.desk.changing.move(appointment, TUESDAY + HALF)
    in_time(travels, AppointmentConfirmed, 2)
    at_rest(travels)
    there, back = ways(travels, appointment)
    assert (there.start, back.start) == (TUESDAY, TUESDAY + HOUR + HALF)
    assert {there.state, back.state} == {AppointmentState.CONFIRMED}
    assert travels.seen(ChangeRefused) == []
    assert len(of_ours(travels)) == 3


def test_what_the_owner_has_during_the_way_refuses_all_of_it(travels: Bench) -> None:
    owner_puts(travels, TUESDAY - HALF, 30)
    book(travels)
    in_time(travels, BookingConflict)
    at_rest(travels)
    assert of_ours(travels) == []
    assert travels.seen(AppointmentConfirmed) == []
    assert {travels.seen(BookingConflict)[0].appointment.part_of} == {None}


def test_a_move_that_is_refused_leaves_the_ways_where_they_were(travels: Bench) -> None:
    appointment = visit(travels)
    owner_puts(travels, LATER, 60)
    travels.desk.changing.move(appointment, LATER)
    in_time(travels, ChangeRefused)
    at_rest(travels)
    there, back = ways(travels, appointment)
    living = [one for one in ways(travels, appointment) if one.state is AppointmentState.CONFIRMED]
    assert living == [there, back]
    assert (there.end, back.start) == (TUESDAY, TUESDAY + HOUR)
    assert len(of_ours(travels)) == 3
    assert now_is(travels, appointment).start == TUESDAY


def test_they_are_called_off_with_it(travels: Bench) -> None:
    appointment = visit(travels)
    travels.desk.changing.cancel(appointment)
    in_time(travels, AppointmentCancelled)
    at_rest(travels)
    assert of_ours(travels) == []
    assert told_about(travels) == {appointment.id}


def test_they_go_when_the_owner_takes_it_out(travels: Bench) -> None:
    appointment = visit(travels)
    travels.server.delete(appointment.href)
    looked(travels)
    in_time(travels, OwnerChanged)
    at_rest(travels)
    assert of_ours(travels) == []
    assert reasons(travels) == [Reason.OWNER_CANCELLED]
    assert told_about(travels) == {appointment.id}


def test_they_follow_when_the_owner_moves_it(travels: Bench) -> None:
    appointment = visit(travels)
    owner_moves(travels, appointment, LATER)
    looked(travels)
    at_rest(travels)
    there, back = ways(travels, appointment)
    assert (there.end, back.start) == (LATER, LATER + HOUR)
    assert {there.state, back.state} == {AppointmentState.CONFIRMED}
    assert reasons(travels) == [Reason.OWNER_MOVED]


def test_a_way_for_which_he_leaves_no_time_is_given_up_and_told(travels: Bench) -> None:
    appointment = visit(travels)
    owner_puts(travels, LATER - HALF, 30)
    owner_moves(travels, appointment, LATER)
    looked(travels)
    at_rest(travels)
    states = [one.state for one in ways(travels, appointment)]
    assert sorted(states) == [AppointmentState.CANCELLED, AppointmentState.CONFIRMED]
    assert set(reasons(travels)) == {Reason.OWNER_MOVED, Reason.NO_TIME_TO_TRAVEL}
    assert len(of_ours(travels)) == 2
    assert told_about(travels) == {appointment.id}


def test_the_owners_own_travelling_is_his(travels: Bench) -> None:
    appointment = visit(travels)
    there, back = ways(travels, appointment)
    owner_moves(travels, there, there.start - HOUR)
    travels.server.delete(back.href)
    looked(travels)
    at_rest(travels)
    assert (now_is(travels, there).start, now_is(travels, back).state) == (
        there.start - HOUR,
        AppointmentState.WITHDRAWN,
    )
    assert reasons(travels) == []
    assert travels.seen(OwnerChanged) == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_way_that_waits_says_nothing(travels: Bench, number: int) -> None:
    for _time in range(number):
        travels.server.fail_next("put_new", CalendarUnreachable("reset"), acts=True)
    appointment = visit(travels)
    assert told_about(travels) == {appointment.id}
    assert len(of_ours(travels)) == 3


def test_a_way_that_is_rejected_is_told_about_its_appointment(travels: Bench) -> None:
    appointment_id = book(travels)
    in_time(travels, AppointmentConfirmed)
    for _way in range(2):
        travels.server.fail_next("put_new", ObjectRejected("415"))
    travels.pump.advance(2)
    in_time(travels, WorkAdded)
    (call_back,) = {one.item.id: one.item for one in travels.seen(WorkAdded)}.values()
    assert (call_back.appointment_id, call_back.reason) == (
        appointment_id,
        Reason.OBJECT_REJECTED,
    )
    assert told_about(travels) == {appointment_id}


def test_a_way_that_was_rejected_stays_on_the_list_until_it_is_in_the_calendar(
    travels: Bench,
) -> None:
    book(travels)
    in_time(travels, AppointmentConfirmed)
    for _way in range(2):
        travels.server.fail_next("put_new", ObjectRejected("415"))
    travels.pump.advance(2)
    in_time(travels, WorkAdded)
    appointment = travels.seen(AppointmentConfirmed)[-1].appointment
    travels.desk.changing.change(appointment, note="bitte klingeln")
    in_time(travels, AppointmentConfirmed, 2)
    settled(travels)
    assert reasons(travels) == [Reason.OBJECT_REJECTED]
    travels.desk.outbox.release()
    at_rest(travels)
    assert reasons(travels) == []
    (left,) = {one.item.id: one.item for one in travels.seen(WorkDone)}.values()
    assert left.result == Reason.IN_CALENDAR_NOW


def test_a_way_waits_for_its_appointment(travels: Bench) -> None:
    for _attempt in range(2):
        travels.server.fail_next("put_new", CalendarUnreachable("down"))
    book(travels)
    in_time(travels, PushDelayed, 2)
    assert of_ours(travels) == []
    in_time(travels, AppointmentConfirmed)
    at_rest(travels)
    assert len(of_ours(travels)) == 3
