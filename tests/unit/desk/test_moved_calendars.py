"""Calendars that move, change their account, or lie: every booking goes where it belongs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from receptionist.desk.calendars import STORE_AGAIN_S
from receptionist.errors import CalendarGone, CalendarUnreachable
from receptionist.events import AppointmentConfirmed, PushDelayed
from receptionist.model.busy import SyncState
from receptionist.model.client import CalendarAccount
from receptionist.model.office import Directory
from receptionist.model.secret import Secret
from receptionist.store import open_store
from tests.doubles.calendar import MemoryCalendar, MemoryCalendars
from tests.unit.desk.conftest import Bench
from tests.unit.desk.test_booking import TUESDAY, imported, of_ours, owner_puts, refreshed
from tests.unit.desk.test_week import outlook


def test_a_calendar_that_moved_gets_what_still_waited_for_the_old_one(bench: Bench) -> None:
    refreshed(bench)
    bench.server.fail_next("changes", CalendarUnreachable("down"))
    bench.book(TUESDAY)
    bench.wait_for(PushDelayed)
    new = f"{bench.server.home}painter-2/"
    bench.server.make_calendar(new, "painter-2")
    old = bench.desk.directory.calendar(bench.painter.id)
    assert old is not None
    moved = tuple(
        replace(one, href=new) if one == old else one for one in bench.directory.calendars
    )
    imported(bench, replace(bench.directory, calendars=moved))
    bench.pump.advance(20)
    bench.wait_for(AppointmentConfirmed)
    assert [href.startswith(new) for href in of_ours(bench)] == [True]


def test_a_calendar_renamed_in_the_office_file_is_looked_up_anew(bench: Bench) -> None:
    home = bench.server.home
    for name in ("old", "new"):
        bench.server.make_calendar(f"{home}{name}/", name)
    for name in ("old", "new"):
        calendars = tuple(
            replace(one, name=name, href="") if one.client_id == bench.painter.id else one
            for one in bench.directory.calendars
        )
        imported(bench, replace(bench.directory, calendars=calendars))
        refreshed(bench)
    bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)
    assert [href.startswith(f"{home}new/") for href in of_ours(bench)] == [True]


def test_an_account_changed_in_the_office_file_is_opened_anew(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    refreshed(bench)
    opened: list[str] = []
    connect = MemoryCalendars.connect

    def watched(self: MemoryCalendars, account: CalendarAccount, secret: Secret) -> MemoryCalendar:
        opened.append(account.user)
        return connect(self, account, secret)

    monkeypatch.setattr(MemoryCalendars, "connect", watched)
    refreshed(bench)
    assert opened == []
    accounts = tuple(replace(one, user="new") for one in bench.directory.accounts)
    imported(bench, replace(bench.directory, accounts=accounts))
    bench.pump.until(lambda: len(opened) == len(accounts))
    refreshed(bench)
    assert opened == ["new"] * len(accounts)


def test_a_connection_that_is_not_used_any_more_is_closed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    refreshed(bench)
    closed: list[MemoryCalendar] = []
    monkeypatch.setattr(MemoryCalendar, "close", lambda self: closed.append(self))
    for number in (1, 2):
        bench.server.fail_next("changes", CalendarGone("404"))
        refreshed(bench)
        refreshed(bench)
        assert len(closed) == number


def test_once_a_day_everything_is_compared_whatever_the_token_says(bench: Bench) -> None:
    refreshed(bench)
    owner_puts(bench, TUESDAY, 60)
    refreshed(bench)
    bench.server.gone.clear()
    del bench.server.objects[f"{bench.server.home}painter/owner.ics"]
    bench.clock.move(86_400)
    refreshed(bench)
    bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)


def test_a_calendar_at_another_address_is_found_again_by_its_name(bench: Bench) -> None:
    home = bench.server.home
    bench.server.make_calendar(f"{home}old/", "Praxis")
    calendars = tuple(
        replace(one, name="Praxis", href="") if one.client_id == bench.painter.id else one
        for one in bench.directory.calendars
    )
    imported(bench, replace(bench.directory, calendars=calendars))
    refreshed(bench)
    bench.server.delete(f"{home}old/")
    bench.server.make_calendar(f"{home}new/", "Praxis")
    bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)
    assert [href.startswith(f"{home}new/") for href in of_ours(bench)] == [True]


def test_what_was_read_at_a_former_address_is_not_taken_over(bench: Bench) -> None:
    calendar = bench.desk.directory.calendar(bench.painter.id)
    assert calendar is not None
    elsewhere = replace(calendar, href=f"{bench.server.home}painter-2/")
    moved = replace(bench.directory, calendars=(elsewhere,))
    store = open_store(bench.data / "receptionist.db")

    def move() -> None:
        store.save_directory(moved, bench.directory.receptionist.id, bench.clock.now())

    bench.server.after("changes", move)
    bench.desk.calendars.refresh(bench.painter.id, insist=True)
    bench.pump.until(lambda: calendar.id not in bench.desk.calendars._running)
    found = store.sync_state(calendar.id)
    store.close()
    assert found == SyncState()


def test_what_was_found_for_a_former_name_is_not_taken_over(bench: Bench) -> None:
    home = bench.server.home
    for name in ("old", "new"):
        bench.server.make_calendar(f"{home}{name}/", name)
    store = open_store(bench.data / "receptionist.db")
    calendars = bench.directory.calendars

    def named(name: str) -> Directory:
        of_painter = replace(calendars[0], name=name, href="")
        return replace(bench.directory, calendars=(of_painter, calendars[1]))

    def rename() -> None:
        store.save_directory(named("new"), bench.directory.receptionist.id, bench.clock.now())

    imported(bench, named("old"))
    bench.server.after("discover", rename)
    bench.desk.calendars.refresh(bench.painter.id, insist=True)
    bench.pump.until(lambda: calendars[0].id not in bench.desk.calendars._running)
    found = store.directory().calendars[0]
    store.close()
    assert (found.name, found.href) == ("new", "")


def test_an_address_without_a_slash_at_its_end_is_the_same_calendar(bench: Bench) -> None:
    calendars = tuple(replace(one, href=one.href.rstrip("/")) for one in bench.directory.calendars)
    imported(bench, replace(bench.directory, calendars=calendars))
    bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)
    assert [href.startswith(f"{bench.server.home}painter/") for href in of_ours(bench)] == [True]


@pytest.mark.parametrize("just_read", [False, True])
def test_in_another_zone_a_whole_day_is_another_day(bench: Bench, just_read: bool) -> None:
    """Also when the calendar is just being read for the old zone."""
    day = "DTSTART;VALUE=DATE:20270112\r\nDURATION:P1D"
    owner_puts(bench, TUESDAY, 60)
    text = bench.server.objects[f"{bench.server.home}painter/owner.ics"].text
    start, end = text.index("DTSTART"), text.index("\r\nEND:VEVENT")
    bench.server.put(f"{bench.server.home}painter/owner.ics", text[:start] + day + text[end:])
    refreshed(bench)
    away = tuple(
        replace(one, zone="America/New_York") if one == bench.painter else one
        for one in bench.directory.clients
    )
    if just_read:
        bench.desk.calendars.refresh(bench.painter.id)
    imported(bench, replace(bench.directory, clients=away))
    bench.pump.until(lambda: not bench.desk.calendars.reading)
    if just_read:
        bench.pump.advance(STORE_AGAIN_S + 1)
        bench.pump.until(lambda: not bench.desk.calendars.reading)
    (busy,) = outlook(bench).week.busy
    assert busy.period.start == TUESDAY.replace(hour=5)
