"""Many calendars on one account: its server counts once, and all of them say how it is."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from receptionist.errors import CalendarError, CalendarGone, CalendarRefused, CalendarUnreachable
from receptionist.events import AppointmentConfirmed, CalendarHealth
from tests.unit.desk.conftest import Bench
from tests.unit.desk.test_booking import TUESDAY


@pytest.fixture
def shared(bench: Bench) -> Bench:
    """Both clients' calendars lie on the painter's account."""
    account_id = bench.directory.accounts[0].id
    calendars = tuple(replace(one, account_id=account_id) for one in bench.directory.calendars)
    bench.desk.directory.replace(replace(bench.directory, calendars=calendars))
    bench.server.asked.clear()
    bench.events.clear()
    return bench


def health(bench: Bench, client_id: UUID) -> CalendarHealth:
    found = bench.desk.calendars.health(client_id)
    assert found is not None
    return found.health


def refresh_both(bench: Bench) -> None:
    for client in (bench.painter, bench.lawyer):
        bench.desk.calendars.refresh(client.id)


def both_are(bench: Bench, wanted: CalendarHealth) -> bool:
    return all(health(bench, one.id) is wanted for one in (bench.painter, bench.lawyer))


@pytest.mark.parametrize(
    ("error", "becomes"),
    [
        (CalendarUnreachable("down"), CalendarHealth.WAITING),
        (CalendarRefused("wrong"), CalendarHealth.STOPPED),
    ],
)
def test_a_server_that_fails_is_asked_once(
    shared: Bench, error: CalendarError, becomes: CalendarHealth
) -> None:
    shared.server.fail_next("changes", error)
    refresh_both(shared)
    shared.pump.until(lambda: both_are(shared, becomes))
    assert shared.server.asked.count("changes") == 1


def test_after_the_pause_of_one_failure_all_are_read(shared: Bench) -> None:
    shared.server.fail_next("changes", CalendarUnreachable("down"))
    refresh_both(shared)
    shared.pump.until(lambda: both_are(shared, CalendarHealth.WAITING))
    shared.pump.advance(2.1)
    shared.pump.until(lambda: both_are(shared, CalendarHealth.GOOD))
    shared.pump.until(lambda: shared.server.asked.count("changes") == 3)


def test_a_calendar_that_is_gone_does_not_keep_the_others_back(shared: Bench) -> None:
    shared.server.fail_next("changes", CalendarGone("404"))
    refresh_both(shared)
    shared.pump.until(lambda: shared.server.asked.count("changes") == 2)
    shared.pump.until(lambda: health(shared, shared.lawyer.id) is CalendarHealth.GOOD)


def test_a_server_that_hangs_keeps_nobody_else_waiting(bench: Bench) -> None:
    hangs, goes_on = threading.Event(), threading.Event()

    def hang() -> None:
        hangs.set()
        goes_on.wait(20)

    bench.server.after("changes", hang)
    bench.book(TUESDAY)
    bench.pump.until(hangs.is_set)
    for hour in (0, 2, 4):
        bench.desk.booking.book(
            client_id=bench.lawyer.id,
            kind_id=bench.lawyer.kinds[0].id,
            start=TUESDAY + timedelta(hours=hour),
            caller_name="Max Beispiel",
        )
    bench.wait_for(AppointmentConfirmed, 3)
    assert {one.appointment.client_id for one in bench.seen(AppointmentConfirmed)} == {
        bench.lawyer.id
    }
    goes_on.set()
    bench.wait_for(AppointmentConfirmed, 4)


def test_a_reading_that_the_end_cuts_short_says_nothing_of_the_calendar(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    reading, goes_on = list[threading.Thread](), threading.Event()

    def hang() -> None:
        reading.append(threading.current_thread())
        goes_on.wait(20)

    bench.server.after("changes", hang)
    bench.desk.calendars.refresh(bench.painter.id, insist=True)
    bench.pump.until(lambda: reading)
    bench.desk.stop()
    bench.events.clear()
    goes_on.set()
    bench.pump.until(lambda: not any(one.is_alive() for one in reading))
    done: list[bool] = []
    bench.pump.post(lambda: done.append(True))
    bench.pump.until(lambda: done)
    assert "RuntimeError" not in caplog.text
    assert bench.events == []
