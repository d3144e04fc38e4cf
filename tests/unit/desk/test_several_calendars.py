"""An owner with several calendars: whatever keeps him busy in any of them is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from receptionist.errors import CalendarGone, CalendarUnreachable
from receptionist.events import AppointmentConfirmed
from receptionist.model.busy import SyncState
from receptionist.model.client import OwnerCalendar
from receptionist.model.period import Period
from receptionist.reasons import Reason
from tests.unit.desk.conftest import Bench
from tests.unit.desk.test_booking import TUESDAY
from tests.unit.desk.test_reading import _event as event


def with_second(bench: Bench, account_id: UUID) -> OwnerCalendar:
    """The painter gets a calendar for his private life, which keeps him busy from the first slot
    on."""
    first = slots(bench)[0]
    home = bench.server.home
    bench.server.make_calendar(f"{home}private/", "private")
    bench.server.put(f"{home}private/0.ics", event(0, first.start))
    known = tuple(one for one in bench.directory.calendars if one.client_id == bench.painter.id)
    second = OwnerCalendar(
        id=uuid4(), client_id=bench.painter.id, account_id=account_id, href=f"{home}private/"
    )
    second = replace(second, name="private")
    saved: list[object] = []
    bench.desk.editing.save_client(
        bench.painter, bench.painter, (*known, second), saved.append, bench.fail
    )
    bench.pump.until(lambda: saved and not bench.desk.calendars.reading)
    return second


def slots(bench: Bench) -> tuple[Period, ...]:
    """The painter's next free slots."""
    found: list[tuple[Period, ...]] = []
    bench.desk.booking.slots(
        bench.painter.id, bench.painter.kinds[0].id, then=found.append, failed=bench.fail
    )
    bench.pump.until(lambda: found)
    return found[0]


@pytest.mark.parametrize("account", [0, 1])
def test_what_stands_in_the_second_is_not_offered(bench: Bench, account: int) -> None:
    free = slots(bench)[0]
    with_second(bench, bench.directory.accounts[account].id)
    offered = slots(bench)
    assert offered
    assert not any(one.overlaps(free) for one in offered)


def test_the_second_is_read_again_every_time(bench: Bench) -> None:
    second = with_second(bench, bench.directory.accounts[0].id)
    free = slots(bench)[0]
    bench.server.put(f"{second.href}1.ics", event(1, free.start))
    bench.desk.calendars.refresh(bench.painter.id)
    bench.pump.until(lambda: not bench.desk.calendars.reading)
    assert not any(one.overlaps(free) for one in slots(bench))


def test_a_first_that_is_gone_is_not_hidden_by_the_second(bench: Bench) -> None:
    with_second(bench, bench.directory.accounts[0].id)
    bench.server.fail_next("changes", CalendarGone("404"))
    bench.desk.calendars.refresh(bench.painter.id)
    bench.pump.until(lambda: not bench.desk.calendars.reading)
    health = bench.desk.calendars.health(bench.painter.id)
    assert health is not None
    assert health.reason is Reason.CALENDAR_GONE


def test_who_insists_during_a_reading_is_refused_twice_and_no_more(bench: Bench) -> None:
    with_second(bench, bench.directory.accounts[0].id)
    bench.server.asked.clear()
    bench.server.password = "another"
    for _ in range(2):
        bench.desk.calendars.refresh(bench.painter.id, insist=True)
    bench.pump.until(lambda: not bench.desk.calendars.reading)
    assert bench.server.asked.count("changes") == 2


def checked(bench: Bench, client_id: UUID) -> datetime | None:
    health = bench.desk.calendars.health(client_id)
    assert health is not None
    return health.checked


def test_a_client_was_checked_when_the_last_of_his_calendars_was(bench: Bench) -> None:
    with_second(bench, bench.directory.accounts[1].id)
    before = checked(bench, bench.painter.id)
    assert before is not None
    bench.pump.advance(120)
    bench.server.fail_next("changes", CalendarUnreachable())
    bench.desk.calendars.refresh(bench.painter.id)
    bench.pump.until(lambda: not bench.desk.calendars.reading)
    assert checked(bench, bench.painter.id) == before
    bench.desk.calendars.refresh(bench.painter.id, insist=True)
    bench.pump.until(lambda: not bench.desk.calendars.reading)
    assert checked(bench, bench.painter.id) == bench.clock.now()


def test_whom_nobody_looked_after_was_not_checked_by_a_booking_for_another(bench: Bench) -> None:
    account_id = bench.directory.accounts[0].id
    calendars = tuple(replace(one, account_id=account_id) for one in bench.directory.calendars)
    bench.desk.directory.replace(replace(bench.directory, calendars=calendars))
    for client in (bench.painter, bench.lawyer):
        bench.desk.calendars.refresh(client.id)
    bench.pump.until(lambda: not bench.desk.calendars.reading)
    before = checked(bench, bench.lawyer.id)
    assert before is not None
    bench.pump.advance(120)
    bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)
    assert checked(bench, bench.lawyer.id) == before


def test_what_a_server_hides_behind_its_token_is_found_the_next_day(bench: Bench) -> None:
    def read() -> tuple[Period, ...]:
        bench.desk.calendars.refresh(bench.painter.id, insist=True)
        bench.pump.until(lambda: not bench.desk.calendars.reading)
        return slots(bench)

    second = with_second(bench, bench.directory.accounts[0].id)
    hidden = read()
    taken_out = bench.server.objects.pop(f"{second.href}0.ics")
    assert taken_out
    assert read() == hidden, "the server does not tell"
    bench.clock.move(86_400)
    read()
    states: list[SyncState] = []
    bench.desk._ground.memory.submit(
        lambda store: store.sync_state(second.id), then=states.append, failed=bench.fail
    )
    bench.pump.until(lambda: states)
    assert states[0].etags == {}
