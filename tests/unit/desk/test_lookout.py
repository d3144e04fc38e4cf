"""What will be lacking comes on the work list by itself, once, and leaves when it is so no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from receptionist.desk.lookout import EVERY_S
from receptionist.errors import BadInput
from receptionist.events import WorkAdded, WorkDone
from receptionist.model.rota import OnCallRota, OtherDays, Shift
from receptionist.model.worklist import AttemptOutcome, Disposition, WorkItem, WorkKind
from tests.unit.desk.conftest import Bench
from tests.unit.desk.test_carriers import SCRIPT, contact, staffed
from tests.unit.desk.test_people import answer
from tests.unit.desk.test_scripts import save
from tests.unit.desk.test_worklist import stored, told

__all__ = ["staffed"]

BERLIN = ZoneInfo("Europe/Berlin")
SATURDAY = datetime(2027, 1, 16, tzinfo=BERLIN)
MONDAY_AFTER = SATURDAY + timedelta(days=2)
WARNED = (
    SCRIPT
    + """
[[warning]]
text = "Bis Dienstag keine Preise nennen."
when = { last = LAST }
"""
)


def rota(bench: Bench, **more: object) -> OnCallRota:
    made = OnCallRota(
        id=uuid4(),
        client_id=bench.painter.id,
        key="tag",
        name="Wochendienst",
        shifts=(Shift(weekdays=(0, 1, 2, 3, 4), contacts=("eins",)),),
    )
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture
def watched(bench: Bench) -> Bench:
    """Anna is on call from Monday to Friday, and nobody at the weekend."""
    contact(bench, "eins", "+491713920001")
    answer(bench, bench.desk.people.rotas.save, None, rota(bench))
    bench.wait_for(WorkAdded)
    return bench


def looked(bench: Bench) -> tuple[WorkItem, ...]:
    done: list[bool] = []
    bench.desk.lookout.look(lambda: done.append(True), bench.fail)
    bench.pump.until(lambda: done)
    return bench.desk.work.items


def covered(bench: Bench, first: date, last: date) -> OnCallRota:
    """Somebody takes these days over."""
    (before,) = (one for one in bench.desk.people.rotas.of(bench.painter.id) if one.key == "tag")
    days = OtherDays(first=first, last=last, contacts=("eins",))
    after = replace(before, others=(days,))
    return answer(bench, bench.desk.people.rotas.save, before, after)  # type: ignore[no-any-return]


def test_a_gap_is_on_the_list_a_week_ahead_however_often_it_is_found(watched: Bench) -> None:
    (gap,) = watched.desk.work.items
    assert (gap.kind, gap.begins, gap.text) == (WorkKind.GAP, SATURDAY, "Wochendienst")
    watched.clock.move(3600)
    assert looked(watched) == looked(watched) == (gap,)
    assert stored(watched) == (gap,)


def test_a_gap_that_is_filled_leaves_by_itself_and_says_so(watched: Bench) -> None:
    (gap,) = watched.desk.work.items
    covered(watched, SATURDAY.date(), SATURDAY.date() + timedelta(days=1))
    watched.wait_for(WorkDone)
    left = watched.seen(WorkDone)[-1].item
    assert (left.id, left.disposition, left.disposed_by) == (gap.id, Disposition.VOID, None)
    assert watched.desk.work.items == ()
    covered(watched, date(2027, 2, 1), date(2027, 2, 1))
    watched.pump.until(lambda: watched.desk.work.items)
    assert [one.id for one in stored(watched)] == [gap.id]


def test_a_gap_that_is_half_filled_is_the_rest_of_it(watched: Bench) -> None:
    (gap,) = watched.desk.work.items
    answer(watched, _attempt(watched, gap))
    covered(watched, SATURDAY.date(), SATURDAY.date())
    sunday = SATURDAY + timedelta(days=1)
    watched.pump.until(lambda: watched.desk.work.items[0].begins == sunday)
    (rest,) = watched.desk.work.items
    assert (rest.id, rest.ends, len(rest.attempts)) == (gap.id, gap.ends, 1)
    assert rest.due == gap.due + timedelta(days=1)
    assert watched.seen(WorkDone) == []
    assert stored(watched) == (rest,)


def test_of_a_gap_that_is_cut_in_two_one_is_the_item_and_the_other_is_new(bench: Bench) -> None:
    (gap,), parts = _cut(bench)
    assert [one.id == gap.id for one in parts] == [True, False]
    assert [one.begins for one in parts] == [gap.begins, MONDAY_AFTER]
    assert looked(bench) == parts


def test_a_gap_that_was_settled_and_is_cut_afterwards_stays_settled(bench: Bench) -> None:
    _whole, parts = _cut(bench, settled=True)
    assert parts == ()
    covered(bench, date(2027, 2, 1), date(2027, 2, 1))
    assert looked(bench) == ()


def test_a_gap_put_off_is_due_when_it_was_said_though_it_is_cut(watched: Bench) -> None:
    (gap,) = watched.desk.work.items
    later = watched.clock.now() + timedelta(hours=2)
    told(watched, watched.desk.work.dispose, gap.id, Disposition.FOLLOW_UP, "", later)
    covered(watched, SATURDAY.date(), SATURDAY.date())
    watched.pump.until(lambda: watched.desk.work.items[0].begins != gap.begins)
    (rest,) = watched.desk.work.items
    assert (rest.id, rest.due, rest.disposition) == (gap.id, later, Disposition.FOLLOW_UP)


def _attempt(bench: Bench, item: WorkItem) -> Callable[..., object]:
    return lambda then, failed: bench.desk.work.attempt(
        item.id, AttemptOutcome.NO_ANSWER, then=then, failed=failed
    )


def _cut(
    bench: Bench, *, settled: bool = False
) -> tuple[tuple[WorkItem, ...], tuple[WorkItem, ...]]:
    """Nobody is on call from Saturday to Monday, then somebody is on Sunday: before and after."""
    contact(bench, "eins", "+491713920001")
    long = rota(bench, shifts=(Shift(weekdays=(1, 2, 3, 4), contacts=("eins",)),))
    answer(bench, bench.desk.people.rotas.save, None, long)
    bench.clock.move(24 * 3600)
    whole = looked(bench)
    for one in whole if settled else ():
        told(bench, bench.desk.work.dispose, one.id, Disposition.NOTED)
    sunday = SATURDAY.date() + timedelta(days=1)
    covered(bench, sunday, sunday)
    return whole, looked(bench)


def test_what_somebody_has_settled_does_not_come_again(watched: Bench) -> None:
    (gap,) = watched.desk.work.items
    told(watched, watched.desk.work.dispose, gap.id, Disposition.NOTED, "Der Kunde weiß es.")
    assert looked(watched) == ()
    watched.desk.stop()
    watched.start()
    assert looked(watched) == ()
    watched.clock.move(7 * 24 * 3600)
    (another,) = looked(watched)
    assert another.begins == SATURDAY + timedelta(days=7)


def test_what_was_put_off_stays_put_off(watched: Bench) -> None:
    (gap,) = watched.desk.work.items
    later = watched.clock.now() + timedelta(hours=5)
    waits = told(watched, watched.desk.work.dispose, gap.id, Disposition.FOLLOW_UP, "", later)
    assert looked(watched) == (waits,)
    assert waits.due == later


def test_a_gap_that_nobody_said_anything_about_stays_when_it_is_over(watched: Bench) -> None:
    watched.clock.move(7 * 24 * 3600)
    assert [one.begins for one in looked(watched)] == [SATURDAY, SATURDAY + timedelta(days=7)]


def test_it_is_looked_for_every_hour(watched: Bench) -> None:
    before = len(watched.seen(WorkAdded))
    watched.clock.move(7 * 24 * 3600 - EVERY_S)
    watched.pump.advance(EVERY_S)
    watched.wait_for(WorkAdded, before + 1)


def test_a_warning_that_ends_is_on_the_list_until_the_script_says_otherwise(
    staffed: Bench,
) -> None:
    save(staffed, WARNED.replace("LAST", "2027-01-12"))
    staffed.wait_for(WorkAdded)
    (item,) = staffed.desk.work.items
    assert (item.kind, item.text) == (WorkKind.EXPIRING, "Bis Dienstag keine Preise nennen.")
    assert item.due == datetime.combine(date(2027, 1, 12), time(12), BERLIN)
    save(staffed, WARNED.replace("LAST", "2027-03-12"))
    staffed.wait_for(WorkDone)
    assert staffed.seen(WorkDone)[-1].item.disposition is Disposition.VOID
    assert staffed.desk.work.items == ()


def test_a_warning_that_has_ended_waits_for_somebody_to_say_so(staffed: Bench) -> None:
    save(staffed, WARNED.replace("LAST", "2027-01-12"))
    staffed.wait_for(WorkAdded)
    staffed.clock.move(3 * 24 * 3600)
    (item,) = looked(staffed)
    assert item.kind is WorkKind.EXPIRING
    told(staffed, staffed.desk.work.dispose, item.id, Disposition.DONE, "Gilt nicht mehr.")
    assert looked(staffed) == ()


def test_a_rota_that_the_script_names_cannot_be_removed(staffed: Bench) -> None:
    rotas = staffed.desk.people.rotas
    (night,) = rotas.of(staffed.painter.id)
    with pytest.raises(BadInput, match="“Nacht” is needed by the script"):
        answer(staffed, rotas.remove, night)
    other = answer(staffed, rotas.save, None, rota(staffed))
    answer(staffed, rotas.remove, other)
    assert rotas.of(staffed.painter.id) == (night,)
