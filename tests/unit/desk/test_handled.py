"""The record at a whole desk: each second belongs to one thing, and all of it stands there once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from receptionist.desk.services import local_period
from receptionist.errors import BadInput, NotFound
from receptionist.events import AppointmentBooked, WorkAdded, WorkDone
from receptionist.model.agent import BreakReason
from receptionist.model.errand import Errand
from receptionist.model.handled import Handled, HandledKind
from receptionist.model.period import Period
from receptionist.model.report import Report
from receptionist.model.service import ServiceKind
from receptionist.model.worklist import Disposition
from tests.unit.desk.conftest import LAWYER_NUMBER, Bench
from tests.unit.desk.test_agent import hangs_up, talks
from tests.unit.desk.test_scripts import save
from tests.unit.desk.test_transfers import asking, connected

MONDAY = date(2027, 1, 11)


def record(bench: Bench, client_id: UUID | None = None) -> list[Handled]:
    found: list[tuple[Handled, ...]] = []
    day = local_period(MONDAY, MONDAY, "Europe/Berlin")
    client_id = client_id or bench.painter.id
    bench.desk.services.handled(client_id, day, found.append, bench.fail)
    bench.pump.until(lambda: found)
    return list(found[0])


def report(bench: Bench, first: date = MONDAY, last: date = MONDAY) -> Report:
    found: list[Report] = []
    bench.desk.services.report(bench.painter.id, first, last, found.append, bench.fail)
    bench.pump.until(lambda: found)
    return found[0]


def test_a_consultation_is_part_of_its_caller_and_so_is_the_wrap_up(bench: Bench) -> None:
    caller = talks(bench)
    bench.pump.advance(20)
    owner = asking(bench, caller)
    bench.pump.advance(40)
    bench.desk.transfers.connect(caller)
    bench.phone.outside.takes_the_transfer(caller)
    connected(bench, caller, owner)
    bench.pump.advance(31)
    (one,) = record(bench)
    assert (one.id, one.kind) == (caller, HandledKind.CALL)
    assert (one.talk_s, one.wrap_s, one.seconds) == (60, 30, 90)


def test_wrap_up_by_hand_belongs_to_the_call_before(bench: Bench) -> None:
    first = talks(bench)
    hangs_up(bench, first)
    bench.pump.advance(10)
    second = talks(bench, LAWYER_NUMBER)
    bench.pump.advance(5)
    hangs_up(bench, second)
    bench.desk.agent.ready()
    bench.desk.agent.wrap_up()
    bench.pump.advance(12)
    bench.desk.agent.take_break(BreakReason.LUNCH)
    (mine,), (other,) = record(bench), record(bench, bench.lawyer.id)
    assert (mine.id, mine.wrap_s) == (first, 10)
    assert (other.id, other.talk_s, other.wrap_s) == (second, 5, 12)


def test_a_day_at_the_desk_is_one_record(bench: Bench) -> None:
    call_id = talks(bench)
    bench.pump.advance(60)
    bench.desk.booking.book(
        client_id=bench.painter.id,
        kind_id=bench.painter.kinds[0].id,
        start=datetime(2027, 1, 12, 9, tzinfo=UTC),
        caller_name="Erika Muster",
        call_id=call_id,
    )
    bench.wait_for(AppointmentBooked)
    hangs_up(bench, call_id)
    bench.pump.advance(31)
    missed = bench.rings()
    hangs_up(bench, missed)
    bench.wait_for(WorkAdded)
    errand = bench.desk.errands.begin(bench.painter.id, ServiceKind.RESEARCH)
    bench.pump.advance(45)
    bench.desk.errands.finish(errand, "Drei gefunden")
    item = bench.seen(WorkAdded)[0].item
    bench.desk.work.dispose(item.id, Disposition.DONE, "erreicht")
    bench.wait_for(WorkDone)
    kinds = [one.kind for one in record(bench)]
    assert sorted(kinds) == ["appointment", "call", "call-back", "task"]
    found = report(bench)
    assert (found.total.count, found.total.total_s) == (4, 135)
    assert [(one.call_id, one.called_back) for one in found.missed] == [(missed, bench.clock.now())]
    assert report(bench, date(2027, 1, 12), date(2027, 1, 12)).total.count == 0
    assert record(bench, bench.lawyer.id) == []


def test_calls_are_told_by_the_title_of_their_reason(bench: Bench) -> None:
    save(bench, 'format = 1\n[[reason]]\nkey = "rezept"\ntitle = "Rezept bestellen"\n')
    call_id = talks(bench)
    bench.desk.courses.choose(call_id, "rezept")
    hangs_up(bench, call_id)
    assert [one.title for one in record(bench)] == ["Rezept bestellen"]
    save(bench, 'format = 1\n[[reason]]\nkey = "anders"\ntitle = "Anders"\n')
    assert [one.title for one in record(bench)] == ["rezept"]


def test_what_others_ask_meanwhile_does_not_wait_for_a_long_report(bench: Bench) -> None:
    talks(bench)
    found: list[object] = []
    first, last = MONDAY - timedelta(days=364), MONDAY
    bench.desk.services.report(bench.painter.id, first, last, found.append, bench.fail)
    bench.desk.work.closed(bench.clock.now(), found.append)
    bench.pump.until(lambda: len(found) == 2)
    assert [isinstance(one, Report) for one in found] == [False, True]


def test_a_year_is_the_sum_of_its_weeks(bench: Bench) -> None:
    for _call in range(3):
        hangs_up(bench, talks(bench))
        bench.clock.move(5 * 86400)
    year = report(bench, MONDAY, MONDAY + timedelta(days=364))
    days = [report(bench, *(2 * [MONDAY + timedelta(days=day)])) for day in range(16)]
    assert [day.total.count for day in days if day.total.count] == [1, 1, 1]
    assert year.total.total_s == sum(day.total.total_s for day in days)


def test_errands_are_found_with_their_stretches(bench: Bench) -> None:
    one = bench.desk.errands.begin(bench.painter.id, ServiceKind.RESEARCH)
    bench.pump.advance(5)
    bench.desk.errands.pause()
    bench.desk.errands.resume(one)
    bench.pump.advance(6)
    bench.desk.errands.finish(one)
    found: list[tuple[Errand, ...]] = []
    day = Period(bench.clock.now() - timedelta(days=1), bench.clock.now() + timedelta(days=1))
    bench.desk.services.errands(bench.painter.id, day, found.append, bench.fail)
    bench.pump.until(lambda: found)
    assert [[stretch.seconds for stretch in each.stretches] for each in found[0]] == [[5, 6]]


def test_days_are_those_of_the_client() -> None:
    day = local_period(date(2027, 3, 28), date(2027, 3, 28), "Europe/Berlin")
    assert day.duration == timedelta(hours=23)
    assert day.start == datetime(2027, 3, 27, 23, tzinfo=UTC)
    with pytest.raises(BadInput, match="lies before"):
        local_period(date(2027, 3, 28), date(2027, 3, 27), "Europe/Berlin")
    with pytest.raises(BadInput, match="three years"):
        local_period(date(2020, 3, 28), date(2027, 3, 27), "Europe/Berlin")


def test_nobody_has_no_report(bench: Bench) -> None:
    with pytest.raises(NotFound):
        bench.desk.services.report(uuid4(), MONDAY, MONDAY, bench.events.append, bench.fail)  # type: ignore[arg-type]
