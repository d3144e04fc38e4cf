"""Times kept while callers think: seen as taken by others, booked, given up, or run out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from receptionist.desk.holds import HOLD_FOR
from receptionist.errors import BadInput, NotFound
from receptionist.events import (
    AppointmentBooked,
    AppointmentConfirmed,
    AppointmentHeld,
    AppointmentReleased,
    BookingConflict,
)
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.week import Outlook, monday_of
from receptionist.reasons import Reason
from tests.unit.desk.conftest import Bench
from tests.unit.desk.test_booking import TUESDAY, imported, of_ours, owner_puts, refreshed, waiting

BERLIN = ZoneInfo("Europe/Berlin")
SECONDS = HOLD_FOR.total_seconds()


def hold(bench: Bench, **more: Any) -> UUID:
    """A time of the painter's is kept, and that was told."""
    known = len(bench.seen(AppointmentHeld))
    wish: dict[str, Any] = {"client_id": bench.painter.id, "start": TUESDAY}
    wish["kind_id"] = bench.painter.kinds[0].id
    held = bench.desk.booking.hold(**(wish | more))
    bench.wait_for(AppointmentHeld, known + 1)
    return held


def book(bench: Bench, hold_id: UUID | None, **more: Any) -> UUID:
    wish: dict[str, Any] = {"client_id": bench.painter.id, "start": TUESDAY}
    wish["kind_id"] = bench.painter.kinds[0].id
    wish |= {"caller_name": "Erika Muster", "hold_id": hold_id}
    return bench.desk.booking.book(**(wish | more))


def free(bench: Bench, own: UUID | None = None) -> bool:
    """Whether the time may be booked, by who holds it under `own`."""
    found: list[Outlook] = []
    bench.desk.booking.outlook(
        bench.painter.id,
        bench.painter.kinds[0].id,
        monday_of(TUESDAY, BERLIN),
        wanted=TUESDAY,
        hold_id=own,
        then=found.append,
    )
    bench.pump.until(lambda: found)
    return found[0].kept


def released(bench: Bench) -> list[tuple[UUID, Reason]]:
    told = bench.seen(AppointmentReleased)
    return [(one.appointment.id, one.appointment.reason) for one in told]


def test_what_is_held_is_offered_to_nobody_else_and_written_nowhere(bench: Bench) -> None:
    refreshed(bench)
    bench.server.asked.clear()
    held = hold(bench, caller_name=" Erika ", call_id=None)
    told = bench.seen(AppointmentHeld)[0].appointment
    assert (told.id, told.state, told.caller_name) == (held, AppointmentState.HOLD, "Erika")
    assert told.held_until == bench.clock.now() + HOLD_FOR
    assert not free(bench)
    assert waiting(bench) == []
    bench.book(TUESDAY, "Max Beispiel")
    bench.wait_for(BookingConflict)
    assert bench.seen(BookingConflict)[0].appointment.reason is Reason.SLOT_TAKEN
    assert of_ours(bench) == []


def test_a_hold_is_not_in_the_way_of_who_holds_it(bench: Bench) -> None:
    refreshed(bench)
    held = hold(bench)
    assert free(bench, held)
    assert not free(bench)


def test_what_was_held_is_booked_under_the_same_id(bench: Bench) -> None:
    held = hold(bench)
    assert book(bench, held) == held
    bench.wait_for(AppointmentConfirmed)
    booked = bench.seen(AppointmentBooked)[0].appointment
    assert (booked.id, booked.held_until, booked.caller_name) == (held, None, "Erika Muster")
    assert len(of_ours(bench)) == 1
    bench.pump.advance(SECONDS + 1)
    waiting(bench)
    assert released(bench) == []


def test_a_hold_runs_out_and_is_told(bench: Bench) -> None:
    held = hold(bench)
    bench.pump.advance(SECONDS - 1)
    waiting(bench)
    assert released(bench) == []
    bench.pump.advance(2)
    bench.wait_for(AppointmentReleased)
    assert released(bench) == [(held, Reason.HOLD_EXPIRED)]
    assert free(bench)


def test_held_once_more_it_is_kept_longer(bench: Bench) -> None:
    held = hold(bench)
    bench.pump.advance(SECONDS - 10)
    assert hold(bench) == held
    bench.pump.advance(SECONDS - 10)
    waiting(bench)
    assert released(bench) == []
    bench.pump.advance(11)
    bench.wait_for(AppointmentReleased)


def test_a_hold_that_ran_out_is_booked_while_its_time_is_free(bench: Bench) -> None:
    held = hold(bench)
    bench.pump.advance(SECONDS + 1)
    bench.wait_for(AppointmentReleased)
    assert book(bench, held) == held
    bench.wait_for(AppointmentBooked)


def test_one_that_was_pushed_aside_is_told_as_run_out(bench: Bench) -> None:
    held = hold(bench)
    bench.clock.move(SECONDS)
    bench.book(TUESDAY, "Max Beispiel")
    bench.wait_for(AppointmentBooked)
    bench.pump.advance(1)
    bench.wait_for(AppointmentReleased)
    assert released(bench) == [(held, Reason.HOLD_EXPIRED)]


def test_a_hold_is_given_up(bench: Bench) -> None:
    held = hold(bench)
    bench.desk.booking.release(held)
    bench.wait_for(AppointmentReleased)
    assert released(bench) == [(held, Reason.NONE)]
    assert free(bench)
    bench.desk.booking.release(held)
    bench.pump.advance(SECONDS + 1)
    waiting(bench)
    assert len(released(bench)) == 1, "nothing is told twice"


def test_one_given_up_before_it_was_told_is_told_once(bench: Bench) -> None:
    wish = {"client_id": bench.painter.id, "kind_id": bench.painter.kinds[0].id}
    held = bench.desk.booking.hold(**wish, start=TUESDAY)
    bench.desk.booking.release(held)
    bench.wait_for(AppointmentReleased)
    bench.pump.advance(SECONDS + 1)
    waiting(bench)
    assert released(bench) == [(held, Reason.NONE)]


def test_where_the_owner_is_busy_nothing_is_held(bench: Bench) -> None:
    owner_puts(bench, TUESDAY, 30)
    refreshed(bench)
    bench.desk.booking.hold(
        client_id=bench.painter.id, kind_id=bench.painter.kinds[0].id, start=TUESDAY
    )
    bench.wait_for(BookingConflict)
    assert bench.seen(BookingConflict)[0].appointment.reason is Reason.OWNER_WAS_FIRST
    assert bench.seen(AppointmentHeld) == []


def test_a_desk_that_stops_gives_its_holds_up(bench: Bench) -> None:
    hold(bench)
    bench.desk.stop()
    bench.start()
    assert free(bench)


def test_what_a_crash_left_held_runs_out(bench: Bench) -> None:
    hold(bench)
    bench.desk._ground.memory.close()
    bench.start()
    assert not free(bench)
    bench.pump.advance(SECONDS + 2)
    bench.wait_for(AppointmentReleased)
    assert free(bench)


def test_what_ran_out_while_the_desk_was_down_is_given_up_at_once(bench: Bench) -> None:
    hold(bench)
    bench.desk._ground.memory.close()
    bench.clock.move(SECONDS)
    bench.start()
    bench.wait_for(AppointmentReleased)


# ---- series


def series(bench: Bench, times: int, **more: Any) -> list[Appointment]:
    book(bench, None, times=times, **more)
    bench.pump.until(lambda: bench.seen(AppointmentBooked) or bench.seen(BookingConflict))
    return [one.appointment for one in bench.seen(AppointmentBooked)]


def test_a_series_is_booked_by_the_clock_on_the_wall(bench: Bench) -> None:
    clients = tuple(replace(one, horizon_days=200) for one in bench.desk.directory.clients)
    imported(bench, replace(bench.directory, clients=clients))
    found = series(bench, 3, every_days=77)
    assert [one.start - TUESDAY for one in found] == [
        timedelta(),
        timedelta(days=77) - timedelta(hours=1),
        timedelta(days=154) - timedelta(hours=1),
    ]
    assert len({one.series_id for one in found}) == len({one.uid for one in found}) // 3 == 1
    bench.wait_for(AppointmentConfirmed, 3)
    assert len(of_ours(bench)) == 3


def test_of_a_series_that_meets_something_nothing_is_booked(bench: Bench) -> None:
    owner_puts(bench, TUESDAY + timedelta(days=14), 30)
    refreshed(bench)
    assert series(bench, 3) == []
    lost = bench.seen(BookingConflict)[0].appointment
    assert (lost.start, lost.reason) == (TUESDAY + timedelta(days=14), Reason.OWNER_WAS_FIRST)
    assert waiting(bench) == []


@pytest.mark.parametrize(("times", "days"), [(0, 7), (53, 7), (2, 0), (2, 367)])
def test_a_series_has_its_bounds(bench: Bench, times: int, days: int) -> None:
    with pytest.raises(BadInput):
        book(bench, None, times=times, every_days=days)


def test_a_wish_that_is_wrong_is_refused_at_once(bench: Bench) -> None:
    with pytest.raises(BadInput):
        book(bench, None, caller_email="nobody")
    with pytest.raises(NotFound):
        book(bench, None, staff_id=bench.painter.id)
