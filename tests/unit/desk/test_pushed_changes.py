"""Moved and changed: the owner's calendar follows, whatever he does meanwhile."""

from __future__ import annotations

import pytest

from receptionist.errors import CalendarUnreachable, PreconditionFailed
from receptionist.events import (
    AppointmentChanged,
    AppointmentConfirmed,
    ChangeRefused,
    OwnerChanged,
    PushDelayed,
)
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.reasons import Reason
from tests.unit.desk.conftest import Bench
from tests.unit.desk.owner import (
    HOUR,
    confirmed,
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

LATER = TUESDAY + 3 * HOUR


def moved(bench: Bench, appointment: Appointment) -> None:
    """It was moved at the desk."""
    bench.desk.changing.move(appointment, LATER)
    bench.wait_for(AppointmentChanged)


def test_a_move_is_pushed_and_read_back(bench: Bench) -> None:
    appointment = confirmed(bench)
    bench.server.asked.clear()
    moved(bench, appointment)
    bench.wait_for(AppointmentConfirmed, 2)
    assert bench.server.asked == ["changes", "get", "put_over", "get", "changes"]
    assert starts_at(bench, appointment) == LATER
    now = now_is(bench, appointment)
    assert now.told is not None
    assert (now.state, now.told.start, now.sequence) == (AppointmentState.CONFIRMED, LATER, 1)
    assert value(text_of(bench, appointment), "SEQUENCE") == "1"
    assert waiting(bench) == []
    looked(bench)
    assert bench.seen(OwnerChanged) == []
    confirmed(bench, TUESDAY, "Max Beispiel")


def test_a_changed_text_is_pushed_without_asking_whether_he_is_busy(bench: Bench) -> None:
    appointment = confirmed(bench)
    owner_puts(bench, TUESDAY, 60)
    bench.desk.changing.change(appointment, note="zweiter Stock", caller_name="Erika Beispiel")
    bench.wait_for(AppointmentConfirmed, 2)
    text = text_of(bench, appointment)
    assert value(text, "SUMMARY") == "Besichtigung: Erika Beispiel"
    assert "zweiter Stock" in value(text, "DESCRIPTION")
    assert starts_at(bench, appointment) == TUESDAY


def test_what_he_added_to_it_stays(bench: Bench) -> None:
    appointment = confirmed(bench)
    owner_edits(bench, appointment, **{"X-FARBE": "blau"}, LOCATION="Park 3")
    moved(bench, appointment)
    bench.wait_for(AppointmentConfirmed, 2)
    text = text_of(bench, appointment)
    assert (value(text, "X-FARBE"), value(text, "LOCATION")) == ("blau", "Park 3")
    assert now_is(bench, appointment).location == "Park 3"
    assert [one.reason for one in bench.seen(OwnerChanged)] == [Reason.OWNER_CHANGED]


def test_a_move_to_where_he_is_busy_meanwhile_is_refused(bench: Bench) -> None:
    appointment = confirmed(bench)
    owner_puts(bench, LATER, 60)
    moved(bench, appointment)
    bench.wait_for(ChangeRefused)
    assert "put_over" not in bench.server.asked, "nobody sees it there for a moment"
    (refused,) = bench.seen(ChangeRefused)
    assert refused.reason is Reason.OWNER_WAS_FIRST
    assert (refused.appointment.start, refused.wanted.start) == (TUESDAY, LATER)
    now = now_is(bench, appointment)
    assert (now.start, now.state) == (TUESDAY, AppointmentState.CONFIRMED)
    assert starts_at(bench, appointment) == TUESDAY
    assert reasons(bench) == [Reason.OWNER_WAS_FIRST]
    assert waiting(bench) == []
    assert len(bench.seen(AppointmentConfirmed)) == 1


def test_what_he_puts_there_at_the_same_moment_wins_and_the_old_time_is_written(
    bench: Bench,
) -> None:
    appointment = confirmed(bench)
    bench.server.after("put_over", lambda: owner_puts(bench, LATER, 60))
    moved(bench, appointment)
    bench.wait_for(ChangeRefused)
    assert starts_at(bench, appointment) == TUESDAY
    assert value(text_of(bench, appointment), "SEQUENCE") == "2"
    assert now_is(bench, appointment).start == TUESDAY
    looked(bench)
    assert bench.seen(OwnerChanged) == []


def test_a_move_refused_keeps_other_changes(bench: Bench) -> None:
    appointment = confirmed(bench)
    owner_puts(bench, LATER, 60)
    bench.server.fail_next("changes", CalendarUnreachable("down"))
    moved(bench, appointment)
    bench.desk.changing.change(bench.seen(AppointmentChanged)[0].appointment, note="zweiter Stock")
    bench.wait_for(AppointmentChanged, 2)
    in_time(bench, ChangeRefused)
    assert starts_at(bench, appointment) == TUESDAY
    assert "zweiter Stock" in value(text_of(bench, appointment), "DESCRIPTION")


def test_a_move_refused_keeps_what_he_wrote(bench: Bench) -> None:
    appointment = confirmed(bench)
    owner_puts(bench, LATER, 60)
    owner_edits(bench, appointment, LOCATION="Park 3")
    moved(bench, appointment)
    bench.wait_for(ChangeRefused)
    assert value(text_of(bench, appointment), "LOCATION") == "Park 3"
    now = now_is(bench, appointment)
    assert (now.start, now.location) == (TUESDAY, "Park 3")


def test_what_was_changed_before_its_first_answer_came_is_written(bench: Bench) -> None:
    bench.server.fail_next("put_new", CalendarUnreachable("reset"), acts=True)
    bench.book(TUESDAY)
    bench.wait_for(PushDelayed)
    delayed = bench.seen(PushDelayed)[0].appointment
    bench.desk.changing.change(delayed, caller_name="Erika Beispiel")
    in_time(bench, AppointmentConfirmed)
    assert value(text_of(bench, delayed), "SUMMARY") == "Besichtigung: Erika Beispiel"
    assert len(of_ours(bench)) == 1


def test_both_moved_it_and_his_time_counts(bench: Bench) -> None:
    appointment = confirmed(bench)
    owner_moves(bench, appointment, TUESDAY + 5 * HOUR)
    moved(bench, appointment)
    bench.wait_for(OwnerChanged)
    (news,) = bench.seen(OwnerChanged)
    assert news.reason is Reason.BOTH_CHANGED
    assert news.appointment.start == TUESDAY + 5 * HOUR == starts_at(bench, appointment)
    assert reasons(bench) == [Reason.BOTH_CHANGED]


def test_what_he_took_out_is_not_written_again(bench: Bench) -> None:
    appointment = confirmed(bench)
    bench.server.delete(appointment.href)
    moved(bench, appointment)
    bench.wait_for(OwnerChanged)
    assert [one.reason for one in bench.seen(OwnerChanged)] == [Reason.OWNER_CANCELLED]
    assert now_is(bench, appointment).state is AppointmentState.WITHDRAWN
    assert of_ours(bench) == []
    assert reasons(bench) == [Reason.OWNER_CANCELLED]


def test_a_series_that_he_made_is_left_alone(bench: Bench) -> None:
    appointment = confirmed(bench)
    owner_edits(bench, appointment, RRULE="FREQ=WEEKLY;COUNT=4")
    before = text_of(bench, appointment)
    moved(bench, appointment)
    bench.wait_for(ChangeRefused)
    assert bench.seen(ChangeRefused)[0].reason is Reason.MADE_A_SERIES
    assert text_of(bench, appointment) == before
    bench.desk.changing.cancel(now_is(bench, appointment))
    bench.wait_for(ChangeRefused, 2)
    assert text_of(bench, appointment) == before
    assert now_is(bench, appointment).state is AppointmentState.CONFIRMED


def test_his_change_between_our_reading_and_writing_is_merged(bench: Bench) -> None:
    appointment = confirmed(bench)
    bench.server.after("get", lambda: owner_edits(bench, appointment, LOCATION="Park 3"))
    moved(bench, appointment)
    bench.wait_for(AppointmentConfirmed, 2)
    assert bench.server.asked.count("put_over") == 2
    assert starts_at(bench, appointment) == LATER
    assert value(text_of(bench, appointment), "LOCATION") == "Park 3"


def test_one_that_he_changes_again_and_again_is_delayed(bench: Bench) -> None:
    appointment = confirmed(bench)
    for _attempt in range(3):
        bench.server.fail_next("put_over", PreconditionFailed("412"))
    moved(bench, appointment)
    bench.wait_for(PushDelayed)
    in_time(bench, AppointmentConfirmed, 2)
    assert starts_at(bench, appointment) == LATER


def test_moved_twice_while_the_first_is_under_way(bench: Bench) -> None:
    appointment = confirmed(bench)

    def again() -> None:
        now = bench.seen(AppointmentChanged)[0].appointment
        bench.desk.changing.move(now, TUESDAY + 5 * HOUR)

    bench.server.after("put_over", lambda: bench.pump.post(again))
    moved(bench, appointment)
    in_time(bench, AppointmentConfirmed, 2)
    assert starts_at(bench, appointment) == TUESDAY + 5 * HOUR
    assert bench.seen(OwnerChanged) == []
    assert now_is(bench, appointment).start == TUESDAY + 5 * HOUR


@pytest.mark.parametrize("verb", ["changes", "get", "put_over"])
@pytest.mark.parametrize("acts", [False, True])
@pytest.mark.parametrize("number", [1, 2])
def test_a_move_that_is_broken_off_anywhere_happens_once(
    bench: Bench, verb: str, acts: bool, number: int
) -> None:
    appointment = confirmed(bench)
    for _times in range(number):
        bench.server.fail_next(verb, CalendarUnreachable("reset"), acts=acts)
    moved(bench, appointment)
    in_time(bench, AppointmentConfirmed, 2)
    if acts and verb == "put_over":
        assert bench.server.asked.count("put_over") == 1, "it knows what it wrote"
    looked(bench)
    assert starts_at(bench, appointment) == LATER
    assert value(text_of(bench, appointment), "SEQUENCE") == "1"
    assert len(of_ours(bench)) == 1
    assert len(bench.seen(AppointmentConfirmed)) == 2
    assert bench.seen(OwnerChanged) == []
    assert reasons(bench) == []


@pytest.mark.parametrize("verb", ["changes", "get", "put_over"])
def test_a_move_that_a_crash_breaks_off_happens_once(bench: Bench, verb: str) -> None:
    """Whether what was written last came must be seen there."""
    appointment = confirmed(bench)
    bench.server.fail_next(verb, CalendarUnreachable("killed"), acts=True)
    moved(bench, appointment)
    bench.wait_for(PushDelayed)
    bench.desk.stop()
    bench.start()
    in_time(bench, AppointmentConfirmed)
    looked(bench)
    assert starts_at(bench, appointment) == LATER
    assert value(text_of(bench, appointment), "SEQUENCE") == "1"
    assert (bench.seen(OwnerChanged), reasons(bench)) == ([], [])


def test_what_we_wrote_before_a_crash_is_not_taken_for_his(bench: Bench) -> None:
    appointment = confirmed(bench)
    bench.server.fail_next("put_over", CalendarUnreachable("killed"), acts=True)
    moved(bench, appointment)
    bench.wait_for(PushDelayed)
    delayed = bench.seen(PushDelayed)[0].appointment
    bench.desk.stop()
    bench.start()
    bench.desk.changing.move(delayed, TUESDAY + 5 * HOUR)
    in_time(bench, AppointmentConfirmed)
    looked(bench)
    assert starts_at(bench, appointment) == TUESDAY + 5 * HOUR
    assert (bench.seen(OwnerChanged), reasons(bench)) == ([], [])


def test_his_edit_of_what_we_wrote_without_an_answer_is_his(bench: Bench) -> None:
    appointment = confirmed(bench)
    bench.server.fail_next("put_over", CalendarUnreachable("reset"), acts=True)
    moved(bench, appointment)
    bench.wait_for(PushDelayed)
    owner_edits(bench, appointment, LOCATION="Park 3")
    delayed = bench.seen(PushDelayed)[0].appointment
    bench.desk.changing.move(delayed, TUESDAY + 5 * HOUR)
    in_time(bench, AppointmentConfirmed, 2)
    assert starts_at(bench, appointment) == TUESDAY + 5 * HOUR
    now = now_is(bench, appointment)
    assert (now.start, now.location) == (TUESDAY + 5 * HOUR, "Park 3")
    assert [one.reason for one in bench.seen(OwnerChanged)] == [Reason.OWNER_CHANGED]
