"""What leaves the work list by itself says why, and what somebody has to do with never does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from receptionist.errors import BadInput, CalendarUnreachable, NotFound
from receptionist.events import AppointmentConfirmed, PushDelayed, WorkAdded, WorkChanged, WorkDone
from receptionist.model.editing import Part
from receptionist.model.worklist import AttemptOutcome, Disposition, WorkItem, WorkKind
from receptionist.reasons import Reason, known_reason, sentence
from tests.unit.desk.conftest import Bench
from tests.unit.desk.owner import in_time, looked, now_is, owner_moves, settled
from tests.unit.desk.test_booking import TUESDAY, owner_puts, refreshed
from tests.unit.desk.test_carriers import contact
from tests.unit.desk.test_lookout import rota
from tests.unit.desk.test_people import answer
from tests.unit.desk.test_worklist import missed, stored, told

LATER = timedelta(hours=1)


def left(bench: Bench) -> WorkItem:
    """The one item that has left, as it is looked up."""
    found: list[tuple[WorkItem, ...]] = []
    bench.desk.work.closed(bench.clock.now() - timedelta(days=14), found.append)
    bench.pump.until(lambda: found)
    (only,) = found[0]
    return only


def not_told_yet(bench: Bench) -> WorkItem:
    """Of an appointment in an hour that does not stand in the owner's calendar yet."""
    refreshed(bench)
    for _ in range(200):
        bench.server.fail_next("changes", CalendarUnreachable("down"))
    bench.book(bench.clock.now() + LATER)
    bench.wait_for(PushDelayed)
    in_steps(bench, WorkAdded)
    return bench.seen(WorkAdded)[-1].item


def server_is_back(bench: Bench) -> None:
    """The owner's calendar takes what waits, when it is tried again."""
    bench.server._faults.clear()
    in_steps(bench, AppointmentConfirmed)


def in_steps(bench: Bench, kind: type) -> None:
    """Minutes go by until an event of this kind is told."""
    for _step in range(40):
        settled(bench)
        if bench.seen(kind):
            return
        bench.pump.advance(61)
    bench.wait_for(kind)


def overlapped(bench: Bench) -> WorkItem:
    """The owner has put something over an appointment."""
    bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)
    owner_puts(bench, TUESDAY, 30)
    refreshed(bench)
    bench.wait_for(WorkAdded)
    return bench.seen(WorkAdded)[-1].item


def owner_takes_it_back(bench: Bench) -> None:
    bench.server.delete(f"{bench.server.home}painter/owner.ics")
    looked(bench)


HAPPENS: list[tuple[Callable[[Bench], WorkItem], Callable[[Bench], None], Reason]] = [
    (not_told_yet, server_is_back, Reason.IN_CALENDAR_NOW),
    (overlapped, owner_takes_it_back, Reason.OVERLAP_GONE),
]
TOUCHES: list[tuple[str, tuple[Any, ...]]] = [
    ("dispose", (Disposition.CALL_BACK, "fragt nach")),
    ("attempt", (AttemptOutcome.NO_ANSWER, "")),
]


@pytest.mark.parametrize(("comes", "goes", "why"), HAPPENS, ids=["late push", "overlap"])
def test_what_is_no_longer_so_leaves_and_says_why(
    bench: Bench, comes: Callable[[Bench], WorkItem], goes: Callable[[Bench], None], why: Reason
) -> None:
    item = comes(bench)
    goes(bench)
    bench.wait_for(WorkDone)
    one = left(bench)
    assert (one.id, one.disposition, one.disposed_by) == (item.id, Disposition.VOID, None)
    assert known_reason(one.result) is why
    assert sentence(why)
    assert stored(bench) == ()


@pytest.mark.parametrize(("verb", "values"), TOUCHES, ids=["put off", "tried"])
@pytest.mark.parametrize(("comes", "goes", "why"), HAPPENS, ids=["late push", "overlap"])
def test_what_somebody_has_to_do_with_stays_and_says_so(
    bench: Bench,
    comes: Callable[[Bench], WorkItem],
    goes: Callable[[Bench], None],
    why: Reason,
    verb: str,
    values: tuple[Any, ...],
) -> None:
    item = comes(bench)
    touched = told(
        bench, getattr(bench.desk.work, verb), item.id, *values, bench.clock.now() + LATER
    )
    goes(bench)
    bench.wait_for(WorkChanged, 2)
    (one,) = stored(bench)
    assert (one.id, one.reason, one.done) == (item.id, why, None)
    assert (one.due, one.disposition) == (touched.due, touched.disposition)


def test_what_a_caller_must_be_told_stays_whatever_the_calendar_says(bench: Bench) -> None:
    bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)
    appointment = bench.seen(AppointmentConfirmed)[-1].appointment
    owner_moves(bench, appointment, TUESDAY + LATER)
    looked(bench)
    owner_moves(bench, appointment, TUESDAY)
    looked(bench)
    assert [one.reason for one in stored(bench)] == [Reason.OWNER_MOVED]


@pytest.mark.parametrize("late", [False, True])
def test_an_overlap_stays_when_only_the_note_is_changed(bench: Bench, late: bool) -> None:
    item = overlapped(bench)
    settled(bench)
    if late:
        bench.server.fail_next("put_over", CalendarUnreachable("down"))
    appointment = now_is(bench, bench.seen(AppointmentConfirmed)[-1].appointment)
    bench.desk.changing.change(appointment, note="bitte klingeln")
    in_time(bench, AppointmentConfirmed, 2)
    settled(bench)
    assert bench.seen(WorkDone) == []
    assert stored(bench) == (item,)
    if late:
        looked(bench)
    owner_takes_it_back(bench)
    bench.wait_for(WorkDone)
    assert known_reason(left(bench).result) is Reason.OVERLAP_GONE


def test_an_overlap_that_was_settled_is_not_told_again_when_the_note_is_changed(
    bench: Bench,
) -> None:
    item = overlapped(bench)
    told(bench, bench.desk.work.dispose, item.id, Disposition.DONE, "bleibt so")
    appointment = now_is(bench, bench.seen(AppointmentConfirmed)[-1].appointment)
    bench.desk.changing.change(appointment, note="bitte klingeln")
    in_time(bench, AppointmentConfirmed, 2)
    looked(bench)
    assert stored(bench) == ()


def test_an_overlap_stays_when_the_calendar_is_taken_out(bench: Bench) -> None:
    item = overlapped(bench)
    calendar = next(one for one in bench.directory.calendars if one.client_id == bench.painter.id)
    answer(bench, lambda *values: bench.desk.editing.remove(Part.CALENDAR, calendar.id, *values))
    assert [one.id for one in stored(bench)] == [item.id]


def test_whoever_was_missed_stays_when_his_client_is_taken_out(bench: Bench) -> None:
    item = missed(bench)
    answer(bench, lambda *values: bench.desk.editing.remove(Part.CLIENT, bench.painter.id, *values))
    assert bench.desk.work.items == stored(bench) == (item,)
    gone = told(bench, bench.desk.work.dispose, item.id, Disposition.DONE, "an den Inhaber")
    assert (gone.disposition, gone.result) == (Disposition.DONE, "an den Inhaber")


def test_a_gap_of_a_client_who_is_taken_out_says_that_he_left(bench: Bench) -> None:
    contact(bench, "eins", "+491713920001")
    answer(bench, bench.desk.people.rotas.save, None, rota(bench))
    bench.wait_for(WorkAdded)
    answer(bench, lambda *values: bench.desk.editing.remove(Part.CLIENT, bench.painter.id, *values))
    bench.wait_for(WorkDone)
    one = left(bench)
    assert (one.kind, known_reason(one.result)) == (WorkKind.GAP, Reason.CLIENT_LEFT)


def test_a_gap_that_is_filled_says_so(bench: Bench) -> None:
    contact(bench, "eins", "+491713920001")
    made = answer(bench, bench.desk.people.rotas.save, None, rota(bench))
    bench.wait_for(WorkAdded)
    answer(bench, bench.desk.people.rotas.remove, made)
    bench.wait_for(WorkDone)
    assert known_reason(left(bench).result) is Reason.ROTA_FILLED


def test_who_was_tried_by_hand_is_tried_again_then(bench: Bench) -> None:
    item, work = missed(bench), bench.desk.work
    told(
        bench,
        work.dispose,
        item.id,
        Disposition.FOLLOW_UP,
        "ist im Urlaub",
        bench.clock.now() + LATER,
    )
    then = bench.clock.now() + 2 * LATER
    now = told(bench, work.attempt, item.id, AttemptOutcome.MAILBOX, "Band", then)
    assert (now.due, now.disposition, now.result) == (then, Disposition.CALL_BACK, "ist im Urlaub")
    assert [(one.outcome, one.text, one.who) for one in now.attempts] == [
        (AttemptOutcome.MAILBOX, "Band", bench.directory.receptionist.id)
    ]
    with pytest.raises(BadInput, match="future"):
        told(bench, work.attempt, item.id, AttemptOutcome.BUSY, "", bench.clock.now())
    assert len(stored(bench)[0].attempts) == 1, "nothing is written of what is refused"
    told(bench, work.dispose, item.id, Disposition.DONE)
    with pytest.raises(NotFound):
        told(bench, work.attempt, item.id, AttemptOutcome.BUSY, "", then)
