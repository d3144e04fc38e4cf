"""What faces without a window need of the desk: acting on an event at once, looking, asking."""

from __future__ import annotations

from dataclasses import replace

from receptionist.errors import CalendarGone
from receptionist.events import CalendarChanged, CalendarHealth, CallChanged, CallIncoming
from receptionist.model.busy import CalendarFound
from receptionist.model.call import Call, CallState
from tests.unit.desk.conftest import LAWYER_NUMBER, PAINTER_NUMBER, Bench


def test_a_call_can_be_answered_while_it_is_told(bench: Bench) -> None:
    def answer(event: object) -> None:
        if isinstance(event, CallIncoming):
            bench.desk.switchboard.answer(event.call.id)

    bench.desk.subscribe(answer)
    bench.phone.outside.rings(PAINTER_NUMBER, "+492214710134")
    bench.pump.until(lambda: any(e.call.state is CallState.ACTIVE for e in bench.seen(CallChanged)))
    states = [call.state for call in bench.desk.switchboard.calls]
    assert states == [CallState.ACTIVE]


def test_what_is_typed_while_a_call_is_told_is_kept(bench: Bench) -> None:
    def note(event: object) -> None:
        if isinstance(event, CallIncoming):
            bench.desk.journal.type(event.call.id, note="ruft schon wieder an")

    bench.desk.subscribe(note)
    call_id = bench.rings(PAINTER_NUMBER)
    bench.pump.advance(2)
    found: list[tuple[Call, ...]] = []
    bench.desk.journal.today(found.append)
    bench.pump.until(lambda: found)
    assert [(call.id, call.note) for call in found[0]] == [(call_id, "ruft schon wieder an")]


def test_the_journal_of_one_client_holds_no_other(bench: Bench) -> None:
    ours, _theirs = bench.rings(PAINTER_NUMBER), bench.rings(LAWYER_NUMBER)
    found: list[tuple[Call, ...]] = []
    bench.desk.journal.since(bench.clock.now(), found.append, bench.painter.id)
    bench.pump.until(lambda: found)
    assert [call.id for call in found[0]] == [ours]


def test_looking_finds_the_calendar_and_its_rights(bench: Bench) -> None:
    calendar = bench.desk.directory.calendar(bench.painter.id)
    assert calendar is not None
    bench.server.read_only.add(calendar.href)
    found: list[CalendarFound] = []
    bench.desk.calendars.look(calendar, found.append, bench.fail)
    bench.pump.until(lambda: found)
    assert (found[0].href, found[0].writable) == (calendar.href, False)


def test_looking_for_a_calendar_that_is_not_there(bench: Bench) -> None:
    calendar = bench.desk.directory.calendar(bench.painter.id)
    assert calendar is not None
    errors: list[Exception] = []
    elsewhere = replace(calendar, href=f"{bench.server.home}weg/")
    bench.desk.calendars.look(elsewhere, lambda found: None, errors.append)
    bench.pump.until(lambda: errors)
    assert isinstance(errors[0], CalendarGone)


def test_a_calendar_known_by_name_is_discovered_once(bench: Bench) -> None:
    office = bench.directory
    nameless = tuple(replace(one, href="", name="painter") for one in office.calendars[:1])
    done: list[bool] = []
    bench.desk.import_directory(
        replace(office, calendars=(*nameless, *office.calendars[1:])),
        lambda: done.append(True),
        bench.fail,
    )
    bench.pump.until(lambda: done)
    bench.server.asked.clear()
    for round_ in (1, 2, 3):
        bench.events.clear()
        bench.desk.calendars.refresh(bench.painter.id)
        bench.pump.until(
            lambda: [
                e
                for e in bench.seen(CalendarChanged)
                if e.client_id == bench.painter.id and e.health is CalendarHealth.GOOD
            ]
        )
        assert bench.server.asked.count("discover") == 1, round_


def test_passwords_are_checked_on_their_worker(bench: Bench) -> None:
    fine: list[None] = []
    bench.desk.passwords.check(fine.append, bench.fail)
    bench.pump.until(lambda: fine)
