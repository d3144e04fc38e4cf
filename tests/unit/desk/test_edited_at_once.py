"""What an owner does to an appointment before we know that it came into his calendar."""

from __future__ import annotations

import pytest

from receptionist.errors import CalendarUnreachable
from receptionist.events import (
    AppointmentConfirmed,
    BookingConflict,
    OwnerChanged,
    PushDelayed,
)
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.reasons import Reason
from tests.unit.desk.conftest import Bench
from tests.unit.desk.owner import (
    HOUR,
    in_time,
    looked,
    now_is,
    owner_edits,
    owner_moves,
    reasons,
    starts_at,
    text_of,
    value,
)
from tests.unit.desk.test_booking import TUESDAY, of_ours, owner_puts, waiting


@pytest.fixture
def unanswered(bench: Bench) -> Appointment:
    """It stands in his calendar, and the server's answer was lost."""
    bench.server.fail_next("put_new", CalendarUnreachable("reset"), acts=True)
    bench.book(TUESDAY)
    bench.wait_for(PushDelayed)
    return bench.seen(PushDelayed)[0].appointment


def test_what_he_wrote_is_his_and_it_is_confirmed(bench: Bench, unanswered: Appointment) -> None:
    owner_edits(bench, unanswered, SUMMARY="Frau Muster, Garten", DESCRIPTION="Leiter mitnehmen")
    in_time(bench, AppointmentConfirmed)
    now = now_is(bench, unanswered)
    assert (now.state, now.summary) == (AppointmentState.CONFIRMED, "Frau Muster, Garten")
    assert [one.reason for one in bench.seen(OwnerChanged)] == [Reason.OWNER_CHANGED]
    bench.desk.changing.move(now, TUESDAY + 2 * HOUR)
    in_time(bench, AppointmentConfirmed, 2)
    assert value(text_of(bench, now), "DESCRIPTION") == "Leiter mitnehmen"


@pytest.mark.parametrize("busy", [False, True])
def test_where_he_moved_it_it_stays(bench: Bench, unanswered: Appointment, busy: bool) -> None:
    """Also where he did so to put something else in its place."""
    owner_moves(bench, unanswered, TUESDAY + 2 * HOUR)
    if busy:
        owner_puts(bench, TUESDAY, 60)
    in_time(bench, AppointmentConfirmed)
    assert starts_at(bench, unanswered) == TUESDAY + 2 * HOUR == now_is(bench, unanswered).start
    assert reasons(bench) == [Reason.OWNER_MOVED]
    looked(bench)
    assert (waiting(bench), bench.seen(BookingConflict)) == ([], [])


def test_what_he_edited_is_a_conflict_where_he_is_busy(
    bench: Bench, unanswered: Appointment
) -> None:
    owner_edits(bench, unanswered, LOCATION="Park 3")
    owner_puts(bench, TUESDAY, 60)
    in_time(bench, BookingConflict)
    assert of_ours(bench) == []
    assert reasons(bench) == [Reason.OWNER_WAS_FIRST]


def test_the_series_that_he_made_of_it_is_left_alone(bench: Bench, unanswered: Appointment) -> None:
    owner_edits(bench, unanswered, RRULE="FREQ=WEEKLY;COUNT=4")
    before = text_of(bench, unanswered)
    for _step in range(20):
        bench.pump.advance(1)
        waiting(bench)
    assert text_of(bench, unanswered) == before
    now = now_is(bench, unanswered)
    assert (now.state, now.reason) == (AppointmentState.CONFIRMED, Reason.MADE_A_SERIES)
