"""Moved, changed and called off: the owner's calendar follows, whatever he does meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from receptionist.errors import CalendarUnreachable, PreconditionFailed
from receptionist.events import (
    AppointmentCancelled,
    AppointmentChanged,
    AppointmentConfirmed,
    ChangeRefused,
    OwnerChanged,
    PushDelayed,
)
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.client import Cancellation
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
    settled,
    starts_at,
    text_of,
    value,
)
from tests.unit.desk.test_booking import TUESDAY, imported, of_ours, owner_puts, waiting

LATER = TUESDAY + 3 * HOUR


def moved(bench: Bench, appointment: Appointment) -> None:
    """It was moved at the desk."""
    bench.desk.changing.move(appointment, LATER)
    bench.wait_for(AppointmentChanged)


def marking(bench: Bench) -> None:
    """The painter wants cancelled appointments marked, not taken out."""
    painter = replace(bench.painter, cancellation=Cancellation.MARK)
    clients = tuple(
        painter if one.id == painter.id else one for one in bench.desk.directory.clients
    )
    imported(bench, replace(bench.directory, clients=clients))


# ---- moved and changed --------------------------------------------------------------------------


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
    looked(bench)
    assert starts_at(bench, appointment) == LATER
    assert value(text_of(bench, appointment), "SEQUENCE") == "1"
    assert len(of_ours(bench)) == 1
    assert len(bench.seen(AppointmentConfirmed)) == 2
    assert bench.seen(OwnerChanged) == []
    assert reasons(bench) == []


# ---- called off ---------------------------------------------------------------------------------


def test_what_is_called_off_is_taken_out(bench: Bench) -> None:
    appointment = confirmed(bench)
    bench.desk.changing.cancel(appointment)
    bench.wait_for(AppointmentCancelled)
    assert of_ours(bench) == []
    assert waiting(bench) == []
    assert now_is(bench, appointment).state is AppointmentState.CANCELLED
    confirmed(bench, TUESDAY, "Max Beispiel")
    looked(bench)
    assert bench.seen(OwnerChanged) == []
    assert reasons(bench) == []


def test_or_marked_where_the_owner_wants_that(bench: Bench) -> None:
    marking(bench)
    appointment = confirmed(bench)
    bench.desk.changing.cancel(appointment)
    bench.wait_for(AppointmentCancelled)
    text = text_of(bench, appointment)
    assert (value(text, "STATUS"), value(text, "SEQUENCE")) == ("CANCELLED", "1")
    confirmed(bench, TUESDAY, "Max Beispiel")
    looked(bench)
    assert bench.seen(OwnerChanged) == []


def test_what_was_never_pushed_is_called_off_without_a_trace(bench: Bench) -> None:
    bench.server.fail_next("changes", CalendarUnreachable("down"))
    bench.book(TUESDAY)
    bench.wait_for(PushDelayed)
    bench.desk.changing.cancel(bench.seen(PushDelayed)[0].appointment)
    in_time(bench, AppointmentCancelled)
    assert of_ours(bench) == []
    assert bench.seen(AppointmentConfirmed) == []
    assert waiting(bench) == []


def test_what_was_called_off_while_its_push_is_under_way_is_taken_out(bench: Bench) -> None:
    def cancel() -> None:
        bench.desk.changing.cancel(bench.booked())

    bench.server.after("put_new", lambda: bench.pump.post(cancel))
    bench.book(TUESDAY)
    in_time(bench, AppointmentCancelled)
    assert of_ours(bench) == []
    assert waiting(bench) == []


def test_one_that_he_took_out_as_well_is_called_off_quietly(bench: Bench) -> None:
    appointment = confirmed(bench)
    bench.server.delete(appointment.href)
    bench.desk.changing.cancel(appointment)
    bench.wait_for(AppointmentCancelled)
    assert bench.seen(OwnerChanged) == []
    assert reasons(bench) == []


@pytest.mark.parametrize("marks", [False, True])
def test_one_that_he_moved_is_called_off_and_told(bench: Bench, marks: bool) -> None:
    if marks:
        marking(bench)
    appointment = confirmed(bench)
    owner_moves(bench, appointment, LATER)
    bench.desk.changing.cancel(appointment)
    bench.wait_for(AppointmentCancelled)
    bench.wait_for(OwnerChanged)
    assert [one.reason for one in bench.seen(OwnerChanged)] == [Reason.OWNER_MOVED]
    assert reasons(bench) == [Reason.OWNER_MOVED]
    assert len(of_ours(bench)) == (1 if marks else 0)
    if marks:
        assert starts_at(bench, appointment) == LATER
        assert value(text_of(bench, appointment), "STATUS") == "CANCELLED"


@pytest.mark.parametrize(
    ("marks", "verb"), [(False, "get"), (False, "withdraw"), (True, "get"), (True, "put_over")]
)
@pytest.mark.parametrize("acts", [False, True])
def test_a_cancellation_that_is_broken_off_anywhere_happens_once(
    bench: Bench, marks: bool, verb: str, acts: bool
) -> None:
    if marks:
        marking(bench)
    appointment = confirmed(bench)
    bench.server.fail_next(verb, CalendarUnreachable("reset"), acts=acts)
    bench.desk.changing.cancel(appointment)
    bench.wait_for(PushDelayed)
    delayed = bench.seen(PushDelayed)[0].appointment
    assert delayed.state is AppointmentState.CANCELLED
    in_time(bench, AppointmentCancelled)
    looked(bench)
    assert len(of_ours(bench)) == (1 if marks else 0)
    assert (len(bench.seen(AppointmentCancelled)), bench.seen(OwnerChanged)) == (1, [])
    assert reasons(bench) == []


def test_his_change_between_reading_and_deleting_does_not_hinder(bench: Bench) -> None:
    appointment = confirmed(bench)
    bench.server.after("get", lambda: owner_moves(bench, appointment, LATER))
    bench.desk.changing.cancel(appointment)
    bench.wait_for(AppointmentCancelled)
    assert of_ours(bench) == []
    assert [one.reason for one in bench.seen(OwnerChanged)] == [Reason.OWNER_MOVED]


def test_a_cancelled_one_that_is_over_is_forgotten(bench: Bench) -> None:
    appointment = confirmed(bench)
    bench.server.fail_next("get", CalendarUnreachable("down"))
    bench.desk.changing.cancel(appointment)
    bench.wait_for(PushDelayed)
    bench.clock.move(timedelta(days=3).total_seconds())
    bench.pump.advance(2)
    settled(bench)
    assert waiting(bench) == []
    assert bench.seen(AppointmentCancelled) == []
    assert reasons(bench) == []


def test_a_cancellation_that_is_refused_waits_for_a_person(bench: Bench) -> None:
    marking(bench)
    appointment = confirmed(bench)
    bench.server.read_only.add(f"{bench.server.home}painter/")
    bench.desk.changing.cancel(appointment)
    bench.wait_for(PushDelayed)
    bench.pump.advance(60)
    settled(bench)
    assert len(bench.seen(PushDelayed)) == 1, "it is not tried again by itself"
    assert reasons(bench) == [Reason.CALENDAR_FORBIDDEN]
    bench.server.read_only.clear()
    bench.desk.outbox.release()
    bench.wait_for(AppointmentCancelled)


def test_a_near_one_that_waits_is_told_by_telephone_after_a_while(bench: Bench) -> None:
    soon = bench.clock.now() + 2 * HOUR
    appointment = confirmed(bench, soon)
    bench.clock.move(1800)
    for _attempt in range(60):
        bench.server.fail_next("get", CalendarUnreachable("down"))
    bench.desk.changing.cancel(appointment)
    bench.wait_for(PushDelayed)
    assert reasons(bench) == [], "that is only a moment"
    for _minute in range(30):
        bench.pump.advance(60)
        settled(bench)
    assert reasons(bench) == [Reason.CHANGE_NOT_TOLD_YET]
