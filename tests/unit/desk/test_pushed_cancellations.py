"""Called off: taken out of the owner's calendar or marked there, whatever he does meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from receptionist.errors import CalendarUnreachable
from receptionist.events import (
    AppointmentCancelled,
    AppointmentChanged,
    AppointmentConfirmed,
    OwnerChanged,
    PushDelayed,
)
from receptionist.model.appointment import AppointmentState
from receptionist.model.client import Cancellation
from receptionist.reasons import Reason
from tests.unit.desk.conftest import Bench
from tests.unit.desk.owner import (
    HOUR,
    confirmed,
    in_time,
    looked,
    now_is,
    owner_moves,
    reasons,
    settled,
    starts_at,
    text_of,
    value,
)
from tests.unit.desk.test_booking import TUESDAY, imported, of_ours, waiting

LATER = TUESDAY + 3 * HOUR


def marking(bench: Bench) -> None:
    """The painter wants cancelled appointments marked, not taken out."""
    painter = replace(bench.painter, cancellation=Cancellation.MARK)
    clients = tuple(
        painter if one.id == painter.id else one for one in bench.desk.directory.clients
    )
    imported(bench, replace(bench.directory, clients=clients))


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


def test_a_server_that_only_says_it_deleted_is_not_believed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    appointment = confirmed(bench)
    with monkeypatch.context() as lying:
        lying.setattr(bench.server, "delete", lambda href: None)
        bench.desk.changing.cancel(appointment)
        bench.wait_for(PushDelayed)
    assert bench.seen(AppointmentCancelled) == []
    in_time(bench, AppointmentCancelled)
    assert of_ours(bench) == []


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
    if acts and verb == "put_over":
        assert bench.server.asked.count("put_over") == 1, "it knows what it wrote"
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


def test_where_we_had_moved_it_without_an_answer_is_not_where_he_moved_it(bench: Bench) -> None:
    appointment = confirmed(bench)
    bench.server.fail_next("put_over", CalendarUnreachable("reset"), acts=True)
    bench.desk.changing.move(appointment, TUESDAY + 2 * HOUR)
    bench.wait_for(PushDelayed)
    bench.server.fail_next("changes", CalendarUnreachable("down"))
    bench.desk.changing.move(bench.seen(PushDelayed)[-1].appointment, TUESDAY + 5 * HOUR)
    bench.wait_for(AppointmentChanged, 2)
    bench.desk.changing.cancel(bench.seen(AppointmentChanged)[-1].appointment)
    in_time(bench, AppointmentCancelled)
    assert of_ours(bench) == []
    assert (bench.seen(OwnerChanged), reasons(bench)) == ([], [])
