"""The owner moves, edits and deletes our appointments in his calendar, and we notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from receptionist.errors import CalendarUnreachable, ObjectRejected
from receptionist.events import (
    AppointmentCancelled,
    AppointmentConfirmed,
    ChangeRefused,
    OwnerChanged,
    WorkAdded,
)
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.busy import Busy
from receptionist.model.client import OwnerCalendar
from receptionist.model.period import Period
from receptionist.reasons import Reason
from tests.unit.desk.conftest import Bench
from tests.unit.desk.owner import (
    HOUR,
    confirmed,
    looked,
    now_is,
    owner_edits,
    owner_moves,
    reasons,
    text_of,
    value,
)
from tests.unit.desk.test_booking import TUESDAY, imported, of_ours, owner_puts, waiting


def test_what_was_confirmed_is_remembered(bench: Bench) -> None:
    appointment = confirmed(bench)
    told = appointment.told
    assert told is not None
    assert (told.start, told.end) == (appointment.start, appointment.end)
    assert told.summary == "Besichtigung: Erika Muster"
    assert "+49 221 4710134" in told.text
    assert now_is(bench, appointment) == appointment


def test_an_appointment_that_the_owner_moves_is_moved_and_called_back(bench: Bench) -> None:
    appointment = confirmed(bench)
    owner_moves(bench, appointment, TUESDAY + 2 * HOUR)
    looked(bench)
    (news,) = bench.seen(OwnerChanged)
    assert (news.reason, news.before.start) == (Reason.OWNER_MOVED, TUESDAY)
    assert news.appointment.start == TUESDAY + 2 * HOUR
    assert reasons(bench) == [Reason.OWNER_MOVED]
    now = now_is(bench, appointment)
    assert (now.start, now.state) == (TUESDAY + 2 * HOUR, AppointmentState.CONFIRMED)
    assert waiting(bench) == []
    looked(bench)
    assert len(bench.seen(OwnerChanged)) == 1
    assert len(bench.seen(AppointmentConfirmed)) == 1
    confirmed(bench, TUESDAY, "Max Beispiel")


def test_texts_that_the_owner_changes_are_kept_without_a_call(bench: Bench) -> None:
    appointment = confirmed(bench)
    owner_edits(bench, appointment, SUMMARY="Frau Muster, Bad", LOCATION="Park 3", DESCRIPTION="!")
    looked(bench)
    (news,) = bench.seen(OwnerChanged)
    assert news.reason is Reason.OWNER_CHANGED
    now = news.appointment
    assert (now.title, now.location, now.text) == ("Frau Muster, Bad", "Park 3", "!")
    assert reasons(bench) == []
    bench.desk.changing.move(now, TUESDAY + 2 * HOUR)
    bench.wait_for(AppointmentConfirmed, 2)
    text = text_of(bench, appointment)
    assert value(text, "SUMMARY") == "Frau Muster\\, Bad"
    assert (value(text, "LOCATION"), value(text, "DESCRIPTION")) == ("Park 3", "!")


@pytest.mark.parametrize("marks", [False, True])
def test_an_appointment_that_the_owner_takes_out_is_withdrawn(bench: Bench, marks: bool) -> None:
    appointment = confirmed(bench)
    if marks:
        owner_edits(bench, appointment, STATUS="CANCELLED")
    else:
        bench.server.delete(appointment.href)
    looked(bench)
    (news,) = bench.seen(OwnerChanged)
    assert news.reason is Reason.OWNER_CANCELLED
    assert news.appointment.state is AppointmentState.WITHDRAWN
    assert reasons(bench) == [Reason.OWNER_CANCELLED]
    looked(bench)
    assert len(bench.seen(OwnerChanged)) == 1
    assert waiting(bench) == []
    confirmed(bench, TUESDAY, "Max Beispiel")


def test_an_object_that_a_server_rewrites_is_no_news(bench: Bench) -> None:
    appointment = confirmed(bench)
    bench.server.put(appointment.href, text_of(bench, appointment))
    looked(bench)
    assert bench.seen(OwnerChanged) == []
    assert now_is(bench, appointment).etag == bench.server.objects[appointment.href].etag
    bench.server.asked.clear()
    looked(bench)
    assert bench.server.asked == ["changes"], "its ETag is known by now"


def test_a_series_that_the_owner_made_is_told_once(bench: Bench) -> None:
    appointment = confirmed(bench)
    owner_edits(bench, appointment, RRULE="FREQ=WEEKLY;COUNT=4")
    looked(bench)
    owner_edits(bench, appointment, RRULE="FREQ=WEEKLY;COUNT=5")
    looked(bench)
    (news,) = bench.seen(OwnerChanged)
    assert news.reason is Reason.MADE_A_SERIES
    assert now_is(bench, appointment).reason is Reason.MADE_A_SERIES


def test_what_is_gone_from_the_list_but_still_there_is_no_news(bench: Bench) -> None:
    appointment = confirmed(bench)
    bench.server.gone[appointment.href] = bench.server.moment + 1
    bench.server.moment += 1
    bench.server.asked.clear()
    looked(bench)
    assert bench.server.asked == ["changes", "get"], "it was looked for"
    assert bench.seen(OwnerChanged) == []
    assert now_is(bench, appointment) == appointment, "and its address is known as before"


def test_what_is_on_the_list_but_gone_since_is_no_news_yet(bench: Bench) -> None:
    appointment = confirmed(bench)
    owner_moves(bench, appointment, TUESDAY + 2 * HOUR)
    bench.server.after("changes", lambda: bench.server.delete(appointment.href))
    looked(bench)
    assert bench.seen(OwnerChanged) == []
    looked(bench)
    assert [one.reason for one in bench.seen(OwnerChanged)] == [Reason.OWNER_CANCELLED]


def test_what_is_on_the_list_but_cannot_be_read_is_no_news(bench: Bench) -> None:
    appointment = confirmed(bench)
    owner_moves(bench, appointment, TUESDAY + 2 * HOUR)
    for error in (CalendarUnreachable("down"), ObjectRejected("400")):
        bench.server.fail_next("get", error)
        looked(bench)
        assert bench.seen(OwnerChanged) == []
        assert now_is(bench, appointment).start == TUESDAY
    looked(bench)
    assert [one.reason for one in bench.seen(OwnerChanged)] == [Reason.OWNER_MOVED]


def test_one_moved_over_something_of_his_is_his_decision(bench: Bench) -> None:
    appointment = confirmed(bench)
    owner_puts(bench, TUESDAY + 2 * HOUR, 60)
    owner_moves(bench, appointment, TUESDAY + 2 * HOUR)
    looked(bench)
    looked(bench)
    assert reasons(bench) == [Reason.OWNER_MOVED]
    assert now_is(bench, appointment).reason is Reason.OWNER_MOVED


def test_something_that_comes_over_one_he_moved_later_is_told(bench: Bench) -> None:
    appointment = confirmed(bench)
    owner_moves(bench, appointment, TUESDAY + 2 * HOUR)
    looked(bench)
    looked(bench)
    assert now_is(bench, appointment).reason is Reason.NONE
    owner_puts(bench, TUESDAY + 2 * HOUR, 60)
    looked(bench)
    assert set(reasons(bench)) == {Reason.OWNER_MOVED, Reason.OVERLAP_FOUND}


def test_one_moved_over_another_of_ours_is_written_as_it_is(bench: Bench) -> None:
    first, second = confirmed(bench), confirmed(bench, TUESDAY + 3 * HOUR, "Max Beispiel")
    owner_moves(bench, first, TUESDAY + 3 * HOUR)
    looked(bench)
    assert now_is(bench, first).start == now_is(bench, second).start
    assert now_is(bench, first).state is AppointmentState.CONFIRMED
    assert set(reasons(bench)) == {Reason.OWNER_MOVED, Reason.OVERLAP_FOUND}, "the other is told"


def test_a_change_at_the_desk_meanwhile_is_merged_by_its_push(bench: Bench) -> None:
    appointment = confirmed(bench)
    owner_edits(bench, appointment, LOCATION="Park 3")
    bench.server.after(
        "get", lambda: bench.pump.post(bench.desk.changing.move, appointment, TUESDAY + 2 * HOUR)
    )
    looked(bench)
    bench.wait_for(AppointmentConfirmed, 2)
    looked(bench)
    now = now_is(bench, appointment)
    assert (now.start, now.location) == (TUESDAY + 2 * HOUR, "Park 3")
    assert [one.reason for one in bench.seen(OwnerChanged)] == [Reason.OWNER_CHANGED]


def test_what_is_over_is_not_looked_at(bench: Bench) -> None:
    appointment = confirmed(bench)
    bench.clock.move(timedelta(days=3).total_seconds())
    bench.server.delete(appointment.href)
    looked(bench)
    assert bench.seen(OwnerChanged) == []


def test_the_owners_news_survive_a_restart(bench: Bench) -> None:
    appointment = confirmed(bench)
    bench.desk.stop()
    owner_moves(bench, appointment, TUESDAY + 2 * HOUR)
    bench.start()
    bench.wait_for(OwnerChanged)
    bench.wait_for(WorkAdded)
    assert now_is(bench, appointment).start == TUESDAY + 2 * HOUR
    assert len(of_ours(bench)) == 1


def second(bench: Bench, account: int, **more: object) -> OwnerCalendar:
    """The painter keeps another calendar."""
    href = f"{bench.server.home}second/"
    bench.server.make_calendar(href, "second")
    account_id = bench.directory.accounts[account].id
    made = OwnerCalendar(
        id=uuid4(), client_id=bench.painter.id, account_id=account_id, name="second", href=href
    )
    made = replace(made, **more)  # type: ignore[arg-type]
    bench.desk.directory.replace(
        replace(bench.directory, calendars=(*bench.directory.calendars, made))
    )
    imported(bench, bench.directory)
    looked(bench)
    return next(one for one in bench.directory.calendars if one.href == href)


def carried(bench: Bench, appointment: Appointment, calendar: OwnerCalendar) -> Appointment:
    """The owner puts it into another calendar of his."""
    text = text_of(bench, appointment)
    bench.server.delete(appointment.href)
    there = replace(appointment, href=f"{calendar.href}anders.ics")
    bench.server.put(there.href, text)
    return there


@pytest.mark.parametrize("account", [0, 1])
def test_one_that_he_puts_into_another_of_his_calendars_is_not_gone(
    bench: Bench, account: int
) -> None:
    other = second(bench, account)
    appointment = confirmed(bench)
    there = carried(bench, appointment, other)
    for _reading in range(3):
        bench.clock.move(1)
        looked(bench)
    assert bench.seen(OwnerChanged) == []
    now = now_is(bench, appointment)
    assert (now.calendar_id, now.href) == (other.id, there.href)
    owner_moves(bench, there, TUESDAY + 2 * HOUR)
    looked(bench)
    assert [one.reason for one in bench.seen(OwnerChanged)] == [Reason.OWNER_MOVED]
    bench.desk.changing.cancel(now_is(bench, appointment))
    bench.wait_for(AppointmentCancelled)
    assert of_ours(bench) == []


@pytest.mark.parametrize("account", [0, 1])
def test_one_that_he_takes_out_of_one_of_two_is_gone(bench: Bench, account: int) -> None:
    second(bench, account)
    appointment = confirmed(bench)
    bench.server.delete(appointment.href)
    looked(bench)
    assert len(bench.seen(OwnerChanged)) == 1 - account, "the other account is asked first"
    for _reading in range(2):
        bench.clock.move(1)
        looked(bench)
    assert [one.reason for one in bench.seen(OwnerChanged)] == [Reason.OWNER_CANCELLED]


def test_a_calendar_that_cannot_be_read_keeps_news_back_for_an_hour(bench: Bench) -> None:
    other = second(bench, 1)
    appointment = confirmed(bench)
    bench.server.delete(appointment.href)
    bench.server.delete(other.href)
    looked(bench)
    assert bench.seen(OwnerChanged) == []
    bench.clock.move(3601)
    looked(bench)
    assert [one.reason for one in bench.seen(OwnerChanged)] == [Reason.OWNER_CANCELLED]


def test_what_keeps_him_busy_in_his_other_calendar_is_read_before_a_push(bench: Bench) -> None:
    other = second(bench, 0)
    appointment = confirmed(bench)
    text = text_of(bench, appointment).replace(appointment.uid, "his@example.org")
    bench.server.put(f"{other.href}owner.ics", text)
    owner_moves(bench, replace(appointment, href=f"{other.href}owner.ics"), TUESDAY + 3 * HOUR)
    bench.desk.changing.move(appointment, TUESDAY + 3 * HOUR)
    bench.wait_for(ChangeRefused)
    assert now_is(bench, appointment).start == TUESDAY


def test_a_list_of_tasks_is_never_read_for_times(bench: Bench) -> None:
    before = bench.server.asked.count("changes")
    second(bench, 0, tasks=True)
    assert bench.server.asked.count("changes") == before + 1, "only the other one"


def test_what_is_over_for_two_weeks_is_forgotten(bench: Bench) -> None:
    owner_puts(bench, TUESDAY, 60)
    looked(bench)

    def known() -> int:
        found: list[tuple[Busy, ...]] = []
        ever = Period(TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=1))
        bench.desk._ground.memory.submit(
            lambda store: store.bookings.owner_events(bench.painter.id, ever), then=found.append
        )
        bench.pump.until(lambda: found)
        return len(found[0])

    bench.clock.move(timedelta(days=13).total_seconds())
    bench.pump.advance(301)
    looked(bench)
    assert known() == 1
    bench.clock.move(timedelta(days=3).total_seconds())
    bench.pump.advance(301)
    looked(bench)
    assert known() == 0
