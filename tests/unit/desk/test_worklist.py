"""The work list at the desk: what comes on it, what is tried, and how it leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from receptionist.errors import BadInput, NotFound, ReceptionistError
from receptionist.events import (
    AppointmentConfirmed,
    CallEnded,
    StoreFailed,
    WorkAdded,
    WorkChanged,
    WorkDone,
)
from receptionist.model.call import CallState
from receptionist.model.worklist import (
    AttemptOutcome,
    Disposition,
    Urgency,
    WorkCounts,
    WorkItem,
    WorkKind,
)
from receptionist.reasons import Reason
from tests.unit.desk.conftest import LAWYER_NUMBER, PAINTER_NUMBER, Bench
from tests.unit.desk.test_booking import TUESDAY
from tests.unit.desk.test_carriers import staffed
from tests.unit.desk.test_scripts import talks

__all__ = ["staffed"]

CALLER = "+492214710134"


def missed(bench: Bench, number: str = PAINTER_NUMBER, caller: str = CALLER) -> WorkItem:
    before = len(bench.seen(WorkAdded))
    bench.phone.outside.hangs_up(bench.rings(number, caller))
    bench.wait_for(WorkAdded, before + 1)
    return bench.seen(WorkAdded)[-1].item


def told(bench: Bench, ask: Callable[..., object], *values: Any, **more: Any) -> Any:
    """What `ask` gives to `then`; what it gives to `failed` is raised."""
    found: list[Any] = []
    ask(*values, then=found.append, failed=found.append, **more)
    bench.pump.until(lambda: found)
    if isinstance(found[0], ReceptionistError):
        raise found[0]
    return found[0]


def stored(bench: Bench) -> tuple[WorkItem, ...]:
    """What the store says is open."""
    found: list[tuple[WorkItem, ...]] = []
    bench.desk.work.read(found.append)
    bench.pump.until(lambda: found)
    return found[0]


def calls_back(bench: Bench, item: WorkItem, **more: Any) -> UUID:
    return bench.desk.switchboard.dial(item.number, client_id=item.client_id, **more)


def test_a_missed_call_is_due_at_once_and_counted(bench: Bench) -> None:
    item = missed(bench)
    assert (item.kind, item.due) == (WorkKind.MISSED, item.created)
    assert bench.desk.work.items == (item,)
    assert bench.desk.work.of(bench.painter.id) == (item,)
    assert bench.desk.work.of(bench.lawyer.id) == ()
    assert bench.desk.work.urgency(item) is Urgency.OVERDUE
    bench.clock.move(1)
    other = missed(bench, LAWYER_NUMBER)
    assert bench.desk.work.items == (item, other)
    assert bench.desk.work.counts == WorkCounts(overdue=2)
    assert bench.desk.work.counts_of(bench.lawyer.id) == WorkCounts(overdue=1)


def test_what_is_open_with_a_caller_is_known_when_he_calls_again(bench: Bench) -> None:
    item, work = missed(bench), bench.desk.work
    assert work.of_caller(bench.painter.id, "0221 4710134") == (item,)
    assert work.of_caller(bench.lawyer.id, CALLER) == ()
    assert work.of_caller(bench.painter.id, "") == ()


def test_what_is_settled_leaves_with_who_when_and_what_came_of_it(bench: Bench) -> None:
    item, work = missed(bench), bench.desk.work
    bench.clock.move(60)
    left = told(bench, work.dispose, item.id, Disposition.DONE, " Kommt am Montag. ")
    assert (left.disposition, left.result) == (Disposition.DONE, "Kommt am Montag.")
    assert (left.disposed_by, left.done) == (bench.directory.receptionist.id, bench.clock.now())
    assert bench.seen(WorkDone)[-1].item == left
    assert work.items == stored(bench) == ()
    found: list[tuple[WorkItem, ...]] = []
    work.closed(item.created, found.append, bench.painter.id)
    work.closed(item.created, found.append, bench.lawyer.id)
    bench.pump.until(lambda: len(found) == 2)
    assert found == [(left,), ()]
    with pytest.raises(NotFound):
        told(bench, work.dispose, item.id, Disposition.DONE)


def test_what_is_put_off_stays_with_its_new_time(bench: Bench) -> None:
    item, work = missed(bench), bench.desk.work
    later = bench.clock.now() + timedelta(hours=2)
    waits = told(bench, work.dispose, item.id, Disposition.CALL_BACK, "Ist in Sitzung", later)
    assert (waits.due, waits.done, waits.result) == (later, None, "Ist in Sitzung")
    assert bench.seen(WorkChanged)[-1].item == waits
    assert work.counts == WorkCounts(today=1)
    assert stored(bench) == (waits,)
    bench.clock.move(2 * 3600)
    assert work.counts == WorkCounts(overdue=1)


def test_what_may_not_be_said_writes_nothing(bench: Bench) -> None:
    item, work = missed(bench), bench.desk.work
    with pytest.raises(BadInput, match="until when"):
        told(bench, work.dispose, item.id, Disposition.CALL_BACK)
    with pytest.raises(BadInput, match="in that way"):
        told(bench, work.dispose, item.id, Disposition.VOID)
    work.dispose(item.id, Disposition.FOLLOW_UP)
    assert "until when" in bench.seen(StoreFailed)[-1].message
    assert stored(bench) == (item,)


def test_nobody_was_faster_than_oneself(bench: Bench) -> None:
    item, work = missed(bench), bench.desk.work
    wrong: list[Exception] = []
    later = bench.clock.now() + timedelta(hours=2)
    work.attempt(item.id, AttemptOutcome.NO_ANSWER, until=later, failed=wrong.append)
    work.dispose(item.id, Disposition.DONE, failed=wrong.append)
    bench.pump.until(lambda: wrong or not work.items)
    assert wrong == []
    assert bench.seen(WorkDone)[-1].item.disposition is Disposition.DONE


def test_who_was_faster_is_told_and_the_list_is_read_anew(bench: Bench) -> None:
    item, work = missed(bench), bench.desk.work
    wrong: list[Exception] = []
    work.dispose(item.id, Disposition.DONE)
    work.dispose(item.id, Disposition.NOTED, failed=wrong.append)
    bench.pump.until(lambda: wrong)
    assert "Somebody else" in str(wrong[0])
    assert [one.item.disposition for one in bench.seen(WorkDone)] == [Disposition.DONE]


def test_a_mistake_is_taken_back(bench: Bench) -> None:
    item, work = missed(bench), bench.desk.work
    told(bench, work.attempt, item.id, AttemptOutcome.BUSY)
    told(bench, work.dispose, item.id, Disposition.DONE, "verwechselt")
    bench.clock.move(60)
    again = told(bench, work.reopen, item.id)
    assert (again.disposition, again.result, again.done) == (None, "", None)
    assert (again.due, again.tries) == (bench.clock.now(), 1)
    assert bench.seen(WorkAdded)[-1].item == again
    assert work.items == (again,)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(486, AttemptOutcome.BUSY), (480, AttemptOutcome.NO_ANSWER), (503, AttemptOutcome.FAILED)],
)
def test_a_call_to_who_is_owed_one_is_an_attempt_by_itself(
    bench: Bench, status: int, outcome: AttemptOutcome
) -> None:
    item = missed(bench)
    call_id = calls_back(bench, item)
    bench.phone.outside.fails(call_id, status)
    bench.wait_for(WorkChanged)
    (attempt,) = bench.seen(WorkChanged)[-1].item.attempts
    assert (attempt.call_id, attempt.outcome) == (call_id, outcome)
    assert attempt.who == bench.directory.receptionist.id
    assert stored(bench)[0].attempts == (attempt,)


def test_whoever_hangs_up_while_it_rings_has_tried(bench: Bench) -> None:
    item = missed(bench)
    call_id = calls_back(bench, item)
    bench.phone.outside.alerts(call_id)
    bench.desk.switchboard.hang_up(call_id)
    bench.wait_for(WorkChanged)
    assert [one.outcome for one in bench.desk.work.get(item.id).attempts] == [
        AttemptOutcome.NO_ANSWER
    ]


def test_who_answered_stays_on_the_list_until_somebody_says_what_came_of_it(bench: Bench) -> None:
    item = missed(bench)
    call_id = calls_back(bench, item)
    bench.phone.outside.answers(call_id)
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(WorkChanged)
    (now,) = bench.desk.work.items
    assert [one.outcome for one in now.attempts] == [AttemptOutcome.ANSWERED]
    assert now.tries == 0


def test_who_has_called_himself_meanwhile_is_not_called_unawares(bench: Bench) -> None:
    item = missed(bench)
    again = bench.rings()
    bench.desk.switchboard.answer(again)
    bench.phone.outside.hangs_up(again)
    bench.wait_for(WorkChanged)
    (now,) = stored(bench)
    assert [(one.outcome, one.call_id) for one in now.attempts] == [(AttemptOutcome.CALLED, again)]
    assert (now.id, now.tries, now.done) == (item.id, 0, None)


def test_what_came_of_a_call_is_no_attempt_of_it(bench: Bench) -> None:
    """He was spoken to and gave up on hold: what is owed to him comes from that very call."""
    call_id = talks(bench)
    bench.desk.switchboard.hold(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).state is CallState.HELD)
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(WorkAdded)
    assert stored(bench)[0].attempts == ()


def test_a_call_in_another_clients_name_is_no_attempt(bench: Bench) -> None:
    item = missed(bench)
    for client_id in (bench.lawyer.id, None):
        call_id = bench.desk.switchboard.dial(item.number, client_id=client_id)
        bench.phone.outside.fails(call_id, 486)
    mine = missed(bench, caller="+493023125099")
    bench.phone.outside.fails(calls_back(bench, mine), 486)
    bench.wait_for(WorkChanged)
    assert {one.id: one.tries for one in stored(bench)} == {item.id: 0, mine.id: 1}


def test_an_attempt_by_hand(bench: Bench) -> None:
    item = missed(bench)
    now = told(bench, bench.desk.work.attempt, item.id, AttemptOutcome.NOT_IN, " im Urlaub ")
    (attempt,) = now.attempts
    assert (attempt.outcome, attempt.text) == (AttemptOutcome.NOT_IN, "im Urlaub")
    with pytest.raises(NotFound):
        told(bench, bench.desk.work.attempt, uuid4(), AttemptOutcome.BUSY)


def test_who_is_owed_a_call_about_an_appointment_is_known_by_his_number(bench: Bench) -> None:
    bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)
    appointment = bench.seen(AppointmentConfirmed)[-1].appointment
    typed = replace(appointment, caller_number="0221 / 471 01 34")
    bench.desk.owing.call_back_about(typed, Reason.NOT_TOLD_YET)
    bench.wait_for(WorkAdded)
    (item,) = bench.desk.work.items
    assert (item.kind, item.number, item.appointment_id) == (
        WorkKind.PUSH,
        CALLER,
        appointment.id,
    )
    bench.phone.outside.fails(calls_back(bench, item), 486)
    bench.wait_for(WorkChanged)
    assert bench.desk.work.get(item.id).tries == 1


def test_a_promised_call_back_is_due_when_it_was_promised(bench: Bench) -> None:
    call_id = talks(bench)
    bench.desk.journal.type(call_id, caller_name="Erika Muster")
    due = bench.clock.now() + timedelta(hours=3)
    bench.desk.owing.promise(call_id, due, "Kostenvoranschlag")
    bench.wait_for(WorkAdded)
    item = bench.seen(WorkAdded)[-1].item
    assert (item.kind, item.due, item.name) == (WorkKind.PROMISED, due, "Erika Muster")
    assert (item.call_id, item.number, item.text) == (call_id, CALLER, "Kostenvoranschlag")
    sooner = due - timedelta(hours=1)
    bench.desk.owing.promise(call_id, sooner)
    bench.wait_for(WorkChanged)
    assert [(one.id, one.due) for one in stored(bench)] == [(item.id, sooner)]
    with pytest.raises(BadInput, match="future"):
        bench.desk.owing.promise(call_id, bench.clock.now())


def test_the_number_that_is_told_after_the_promise_is_the_one_to_call(bench: Bench) -> None:
    call_id = talks(bench)
    bench.desk.owing.promise(call_id, bench.clock.now() + timedelta(hours=3))
    bench.wait_for(WorkAdded)
    item = bench.seen(WorkAdded)[-1].item
    assert item.number == CALLER
    for typed in ("0171", "0171 3920", "0171 3920021"):
        bench.desk.journal.type(call_id, caller_number=typed)
    bench.desk.journal.type(call_id, caller_name="Erika Muster")
    bench.pump.advance(2)
    bench.wait_for(WorkChanged)
    (now,) = stored(bench)
    assert (now.id, now.number, now.name) == (item.id, "+491713920021", "Erika Muster")
    assert (now.due, now.disposition) == (item.due, None)
    bench.desk.journal.type(call_id, caller_number="")
    bench.pump.advance(2)
    bench.pump.until(lambda: stored(bench)[0].number == CALLER)


def test_a_number_typed_while_the_promise_is_written_counts_too(bench: Bench) -> None:
    call_id = talks(bench)
    bench.desk.owing.promise(call_id, bench.clock.now() + timedelta(hours=3))
    bench.desk.journal.type(call_id, caller_number="0171 3920021")
    bench.wait_for(WorkAdded)
    bench.pump.advance(2)
    bench.wait_for(WorkChanged)
    assert stored(bench)[0].number == "+491713920021"


def test_what_is_promised_anew_is_what_was_said_last(bench: Bench) -> None:
    call_id = talks(bench)
    bench.desk.owing.promise(call_id, bench.clock.now() + timedelta(hours=1), "Angebot")
    bench.wait_for(WorkAdded)
    item = bench.seen(WorkAdded)[-1].item
    told(bench, bench.desk.work.dispose, item.id, Disposition.DONE)
    due = bench.clock.now() + timedelta(hours=3)
    bench.desk.owing.promise(call_id, due, "Rechnung")
    bench.wait_for(WorkAdded, 2)
    assert [(one.id, one.text, one.due) for one in stored(bench)] == [(item.id, "Rechnung", due)]


def test_a_promise_needs_a_number_and_a_time_to_come(bench: Bench) -> None:
    now, promise = bench.clock.now(), bench.desk.owing.promise_by_hand
    later = now + timedelta(hours=1)
    with pytest.raises(BadInput, match="future"):
        promise(bench.painter.id, CALLER, "", now)
    with pytest.raises(BadInput, match="number"):
        promise(bench.painter.id, " ", "", later)
    item_id = promise(bench.painter.id, "0221 4710134", "Erika Muster", later)
    bench.wait_for(WorkAdded)
    assert bench.desk.work.get(item_id).number == CALLER


def test_a_note_for_the_owner_comes_from_the_script_once_a_call(staffed: Bench) -> None:
    call_id = talks(staffed)
    staffed.desk.courses.choose(call_id, "nachricht")
    staffed.desk.carriers.carry_out(call_id)
    staffed.wait_for(WorkAdded)
    staffed.desk.carriers.carry_out(call_id)
    notes = [one for one in stored(staffed) if one.kind is WorkKind.NOTE]
    assert [(one.call_id, one.text, one.owes_call) for one in notes] == [
        (call_id, "Nachricht", False)
    ]
    assert notes[0].due == staffed.clock.now() + timedelta(minutes=30)


def test_what_came_of_a_call_follows_it_to_its_client(bench: Bench) -> None:
    item = missed(bench)
    assert item.call_id is not None
    bench.desk.switchboard.assign(item.call_id, bench.lawyer.id, keep_number=False)
    bench.wait_for(WorkChanged)
    assert [one.id for one in bench.desk.work.of(bench.lawyer.id)] == [item.id]
    assert bench.desk.work.of(bench.painter.id) == ()
    assert [one.client_id for one in stored(bench)] == [bench.lawyer.id]


@pytest.mark.usefixtures("errors_expected")
def test_a_list_that_could_not_be_read_is_read_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = missed(bench)
    bench.desk.stop()
    with monkeypatch.context() as while_full:

        def full(*values: object) -> None:
            raise OSError(28, "disk full")

        while_full.setattr("receptionist.store.worklist.SqlWork.open", full)
        before = len(bench.seen(StoreFailed))
        bench.start()
        bench.wait_for(StoreFailed, before + 1)
        assert bench.desk.work.items == ()
    bench.pump.advance(6)
    bench.pump.until(lambda: bench.desk.work.items)
    assert bench.desk.work.get(item.id).id == item.id


def test_the_list_is_there_after_a_start(bench: Bench) -> None:
    item = missed(bench)
    told(bench, bench.desk.work.attempt, item.id, AttemptOutcome.MAILBOX)
    bench.desk.stop()
    bench.start()
    bench.pump.until(lambda: bench.desk.work.items)
    assert bench.desk.work.get(item.id).tries == 1


def test_consulting_somebody_is_no_attempt(bench: Bench) -> None:
    item = missed(bench)
    caller = talks(bench)
    asked = bench.desk.transfers.consult(caller, item.number)
    bench.phone.outside.fails(asked, 486)
    bench.pump.until(lambda: [one for one in bench.seen(CallEnded) if one.call.id == asked])
    assert stored(bench)[0].attempts == ()
