"""Bad luck at the worst moment: no call and no appointment is lost, and none is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from receptionist.errors import CalendarUnreachable
from receptionist.events import (
    AppointmentConfirmed,
    BookingConflict,
    CallEnded,
    PhoneEnded,
    PushDelayed,
    StoreFailed,
    WorkAdded,
)
from receptionist.model.appointment import AppointmentState
from receptionist.model.call import CallState, Cause
from receptionist.model.worklist import Disposition, WorkItem
from receptionist.reasons import Reason
from tests.unit.desk.conftest import LAWYER_NUMBER, Bench
from tests.unit.desk.test_booking import (
    TUESDAY,
    imported,
    of_ours,
    owner_puts,
    refreshed,
    slots,
    waiting,
)


def call_backs(bench: Bench) -> list[WorkItem]:
    """Who is still to be called back."""
    found: list[tuple[WorkItem, ...]] = []
    bench.desk.work.read(found.append)
    bench.pump.until(lambda: found)
    return list(found[0])


@contextmanager
def broken(monkeypatch: pytest.MonkeyPatch, function: str) -> Iterator[None]:
    """The disk is full whenever the store does this."""

    def full(*values: object, **named: object) -> None:
        raise OSError(28, "disk full")

    with monkeypatch.context() as while_full:
        while_full.setattr(f"receptionist.store.{function}", full)
        yield


# ---- calls --------------------------------------------------------------------------------------


def test_a_caller_whose_answer_never_came_through_is_called_back(bench: Bench) -> None:
    call_id = bench.rings()
    bench.phone.tell(PhoneEnded(call_id=call_id, cause=Cause.FAILED, status=408))
    bench.wait_for(WorkAdded)
    assert bench.seen(WorkAdded)[0].item.reason == Reason.MISSED


def test_a_declined_caller_is_not_called_back(bench: Bench) -> None:
    call_id = bench.rings()
    bench.desk.switchboard.decline(call_id)
    bench.wait_for(CallEnded)
    assert call_backs(bench) == []


def test_a_caller_who_rings_while_the_desk_closes_is_called_back(bench: Bench) -> None:
    bench.rings()
    answered = bench.rings(LAWYER_NUMBER, "+493023125177")
    bench.desk.switchboard.answer(answered)
    bench.pump.until(lambda: bench.desk.switchboard.call(answered).answered)
    bench.desk.stop()
    bench.start()
    assert [one.number for one in call_backs(bench)] == ["+492214710134"]


@pytest.mark.usefixtures("errors_expected")
def test_a_call_back_the_database_refuses_is_written_later(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_id = bench.rings()
    with broken(monkeypatch, "worklist.add"):
        bench.phone.outside.hangs_up(call_id)
        bench.wait_for(StoreFailed)
    bench.pump.advance(6)
    bench.wait_for(WorkAdded)
    assert [one.call_id for one in call_backs(bench)] == [call_id]


def test_a_crash_between_a_missed_call_and_its_call_back_loses_neither(bench: Bench) -> None:
    call_id = bench.rings()
    call_backs(bench)
    memory, jobs = bench.desk._ground.memory, 0
    submit = memory._worker.submit

    def first_only(*values: object, **named: object) -> None:
        nonlocal jobs
        jobs += 1
        if jobs == 1:
            submit(*values, **named)  # type: ignore[arg-type]

    memory._worker.submit = first_only  # type: ignore[method-assign]
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(CallEnded)
    memory._worker.submit = submit  # type: ignore[method-assign]
    memory.close()
    bench.start()
    assert [one.call_id for one in call_backs(bench)] == [call_id]


def test_a_crash_while_the_last_crash_is_cleared_up_loses_nobody(bench: Bench) -> None:
    call_id = bench.rings()
    call_backs(bench)
    for _ in range(2):
        bench.desk._ground.memory.close()
        bench.start()
    bench.pump.until(lambda: call_backs(bench))
    assert [one.call_id for one in call_backs(bench)] == [call_id]


def test_of_two_calls_answered_at_once_only_the_last_is_spoken_to(bench: Bench) -> None:
    first, second = bench.rings(), bench.rings(LAWYER_NUMBER)
    bench.desk.switchboard.answer(first)
    bench.desk.switchboard.answer(second)
    board = bench.desk.switchboard
    bench.pump.until(lambda: board.call(first).state is CallState.HELD)
    assert board.call(second).state is CallState.ACTIVE


def test_who_refuses_to_be_held_hears_nothing_that_is_said_to_another(bench: Bench) -> None:
    first, second = bench.rings(), bench.rings(LAWYER_NUMBER)
    board = bench.desk.switchboard
    board.answer(first)
    bench.pump.until(lambda: board.call(first).state is CallState.ACTIVE)
    bench.phone.failing.add("hold")
    board.answer(second)
    bench.pump.until(lambda: board.call(first).muted)
    assert bench.phone.outside.saw(first)[-1] == "muted"
    bench.phone.outside.hangs_up(second)
    bench.pump.until(lambda: not board.call(first).muted)


# ---- appointments -------------------------------------------------------------------------------


@pytest.mark.usefixtures("errors_expected")
def test_a_database_that_fails_for_minutes_delays_but_loses_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    refreshed(bench)
    with broken(monkeypatch, "landing.land"):
        bench.book(TUESDAY)
        bench.wait_for(StoreFailed)
        bench.pump.advance(180)
        bench.wait_for(StoreFailed, 2)
    bench.pump.advance(2)
    bench.wait_for(AppointmentConfirmed)
    assert len(of_ours(bench)) == 1
    assert waiting(bench) == []


@pytest.mark.usefixtures("errors_expected")
def test_a_database_that_cannot_be_read_is_told_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        with broken(monkeypatch, "outbox.claim"):
            bench.pump.advance(60)
            waiting(bench)
        assert len(bench.seen(StoreFailed)) == number
        bench.pump.advance(2)
        waiting(bench)


@pytest.mark.usefixtures("errors_expected")
def test_a_failing_database_is_not_put_down_to_the_calendar(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    refreshed(bench)
    with broken(monkeypatch, "occurrences.apply"):
        bench.book(TUESDAY)
        bench.wait_for(StoreFailed)
    health = bench.desk.calendars.health(bench.painter.id)
    assert health is not None
    assert health.reason is Reason.NONE
    bench.pump.advance(3)
    bench.wait_for(AppointmentConfirmed)


@pytest.mark.usefixtures("errors_expected")
def test_a_conflict_that_could_not_be_written_is_called_back_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    refreshed(bench)
    owner_puts(bench, TUESDAY, 30)
    with broken(monkeypatch, "landing.land"):
        bench.book(TUESDAY)
        bench.wait_for(StoreFailed)
        bench.pump.advance(2)
        bench.wait_for(StoreFailed, 2)
    bench.pump.advance(2)
    bench.wait_for(BookingConflict)
    assert [one.reason for one in call_backs(bench)] == [Reason.OWNER_WAS_FIRST]


def test_a_clock_that_was_hours_ahead_delays_nothing_for_hours(bench: Bench) -> None:
    refreshed(bench)
    bench.clock._now += timedelta(hours=5)
    bench.server.fail_next("changes", CalendarUnreachable("down"))
    bench.book(TUESDAY + timedelta(days=1))
    bench.wait_for(PushDelayed)
    bench.clock._now -= timedelta(hours=5)
    bench.pump.advance(30)
    bench.wait_for(AppointmentConfirmed)


def test_an_appointment_that_is_over_is_not_brought_in_silently(bench: Bench) -> None:
    refreshed(bench)
    bench.server.fail_next("changes", CalendarUnreachable("down"))
    bench.book(TUESDAY)
    bench.wait_for(PushDelayed)
    bench.desk.stop()
    bench.clock.move(3 * 86_400)
    bench.start()
    bench.wait_for(PushDelayed)
    assert len(call_backs(bench)) == 1
    parked = bench.seen(PushDelayed)[-1].appointment
    assert (parked.state, parked.reason) == (AppointmentState.PARKED, Reason.TOO_LATE)
    assert of_ours(bench) == []


def test_the_owner_is_told_by_telephone_when_the_time_comes_near(bench: Bench) -> None:
    refreshed(bench)
    for _ in range(200):
        bench.server.fail_next("changes", CalendarUnreachable("down"))
    appointment_id = bench.book(TUESDAY)
    bench.wait_for(PushDelayed)
    assert call_backs(bench) == []
    bench.clock._now = TUESDAY - timedelta(minutes=90)
    for _ in range(3):
        bench.pump.advance(901)
        waiting(bench)
        waiting(bench)
    bench.wait_for(WorkAdded)
    waiting(bench)
    found = call_backs(bench)
    assert [(one.appointment_id, one.reason) for one in found] == [
        (appointment_id, Reason.NOT_TOLD_YET)
    ]


def test_fractions_of_a_second_do_not_make_an_appointment_another_one(bench: Bench) -> None:
    bench.book(TUESDAY.replace(microsecond=500_000))
    bench.wait_for(AppointmentConfirmed)
    assert bench.seen(PushDelayed) == []


def test_a_slot_offered_right_after_something_can_be_booked(bench: Bench) -> None:
    kind = replace(bench.painter.kinds[0], buffer_before=30)
    clients = tuple(
        replace(one, kinds=(kind,), minimum_notice_min=0) if one == bench.painter else one
        for one in bench.directory.clients
    )
    imported(bench, replace(bench.directory, clients=clients))
    now = bench.clock.now()
    owner_puts(bench, now - timedelta(minutes=30), 20)
    refreshed(bench)
    assert slots(bench)[0] == now + timedelta(minutes=30)


def test_a_second_overlap_is_told_after_the_first_was_settled(bench: Bench) -> None:
    bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)
    for number in (1, 2):
        owner_puts(bench, TUESDAY, 30)
        refreshed(bench)
        bench.wait_for(WorkAdded, number)
        bench.desk.work.dispose(bench.seen(WorkAdded)[-1].item.id, Disposition.DONE)
        bench.server.delete(f"{bench.server.home}painter/owner.ics")
        refreshed(bench)
        call_backs(bench)
        call_backs(bench)
    assert call_backs(bench) == []
