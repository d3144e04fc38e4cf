"""Many calendars on one account: its server counts once, and all of them say how it is."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from receptionist.errors import CalendarError, CalendarGone, CalendarRefused, CalendarUnreachable
from receptionist.events import CalendarHealth
from tests.unit.desk.conftest import Bench


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
