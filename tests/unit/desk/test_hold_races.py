"""Two who hold or book the same time at once: one has it, and nothing is left over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from receptionist.events import (
    AppointmentBooked,
    AppointmentConfirmed,
    AppointmentHeld,
    AppointmentReleased,
    BookingConflict,
)
from receptionist.model.appointment import AppointmentState
from receptionist.reasons import Reason
from tests.unit.desk.conftest import Bench
from tests.unit.desk.owner import in_time, now_is, settled
from tests.unit.desk.practice import kind
from tests.unit.desk.test_booking import TUESDAY


def hold(bench: Bench) -> UUID:
    wish: dict[str, Any] = {
        "client_id": bench.painter.id,
        "kind_id": kind(bench, "visit").id,
        "start": TUESDAY,
    }
    return bench.desk.booking.hold(**wish)


def book(bench: Bench, hold_id: UUID | None = None) -> UUID:
    wish: dict[str, Any] = {
        "client_id": bench.painter.id,
        "kind_id": kind(bench, "visit").id,
        "start": TUESDAY,
    }
    return bench.desk.booking.book(**wish, caller_name="Erika Muster", hold_id=hold_id)


def test_booked_while_the_hold_is_under_way(bench: Bench) -> None:
    held = hold(bench)
    assert book(bench, hold_id=held) == held
    bench.wait_for(AppointmentBooked)
    in_time(bench, AppointmentConfirmed)
    bench.pump.advance(700)
    settled(bench)
    assert bench.seen(AppointmentReleased) == []
    assert bench.desk.booking.holds.get(held) is None
    assert bench.seen(BookingConflict) == []
    assert now_is(bench, bench.booked()).state is AppointmentState.CONFIRMED


def test_held_twice_before_the_first_answer(bench: Bench) -> None:
    first, second = hold(bench), hold(bench)
    settled(bench)
    assert first == second
    assert bench.seen(BookingConflict) == []
    book(bench, hold_id=second)
    settled(bench)
    assert len(bench.seen(AppointmentBooked)) == 1


def test_released_while_the_hold_is_under_way(bench: Bench) -> None:
    held = hold(bench)
    bench.desk.booking.release(held)
    settled(bench)
    assert bench.desk.booking.holds.get(held) is None
    book(bench)
    settled(bench)
    assert len(bench.seen(AppointmentBooked)) == 1


def test_two_desks_hold_the_same(bench: Bench) -> None:
    held = hold(bench)
    other = Bench(bench.data, clock=bench.clock, server=bench.server, credentials=bench.credentials)
    other.start()
    try:
        theirs = hold(other)
        bench.pump.until(lambda: bench.seen(AppointmentHeld) or bench.seen(BookingConflict))
        other.pump.until(lambda: other.seen(AppointmentHeld) or other.seen(BookingConflict))
        assert len(bench.seen(AppointmentHeld)) + len(other.seen(AppointmentHeld)) == 1
        loser = bench.seen(BookingConflict) or other.seen(BookingConflict)
        assert [one.appointment.reason for one in loser] == [Reason.SLOT_TAKEN]
        winner, beaten = (bench, other) if bench.seen(AppointmentHeld) else (other, bench)
        book(beaten)
        beaten.wait_for(BookingConflict, 2)
        book(winner, hold_id=held if winner is bench else theirs)
        winner.wait_for(AppointmentBooked)
    finally:
        other.desk.stop()


def test_one_desk_books_what_ran_out_at_the_other(bench: Bench) -> None:
    held = hold(bench)
    bench.wait_for(AppointmentHeld)
    other = Bench(bench.data, clock=bench.clock, server=bench.server, credentials=bench.credentials)
    other.start()
    try:
        bench.clock._now += timedelta(minutes=11)
        book(other)
        other.wait_for(AppointmentBooked)
        book(bench, hold_id=held)
        bench.wait_for(BookingConflict)
        assert bench.seen(AppointmentBooked) == []
    finally:
        other.desk.stop()
