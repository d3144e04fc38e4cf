"""A desk that comes back: calls went on without it, others rang and nobody was there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from receptionist.events import (
    CallChanged,
    CallEnded,
    CallIncoming,
    PhoneAnswered,
    PhoneEnded,
    PhoneEvent,
    PhoneIncoming,
    PhoneLive,
    PhoneRefused,
    PhoneResumed,
    WorkAdded,
)
from receptionist.model.call import Call, CallState, Cause, Direction
from receptionist.model.dialled import Called
from receptionist.model.unattended import StepKind
from receptionist.reasons import Reason
from tests.unit.desk.conftest import PAINTER_NUMBER, Bench

CALLER = "sip:+493023125077@office.example"


def crash(bench: Bench) -> datetime:
    """The window dies with everything written; ten minutes go by."""
    written: list[bool] = []
    bench.desk._ground.memory.submit(lambda store: None, then=lambda _: written.append(True))
    bench.pump.until(lambda: written)
    bench.desk._ground.memory.close()
    at = bench.clock.now()
    bench.clock.move(600.0)
    return at


def live(bench: Bench, call_id: UUID, at: datetime, **now: object) -> PhoneLive:
    return PhoneLive(
        call_id=call_id,
        line_id=bench.directory.lines[0].id,
        incoming=True,
        at=at,
        called=Called(to=f"sip:{PAINTER_NUMBER}@office.example"),
        caller_uri=CALLER,
        **now,  # type: ignore[arg-type]
    )


def incoming(bench: Bench, call_id: UUID, at: datetime) -> PhoneIncoming:
    return PhoneIncoming(
        call_id=call_id,
        line_id=bench.directory.lines[0].id,
        called=Called(to=f"sip:{PAINTER_NUMBER}@office.example"),
        caller_uri=CALLER,
        caller_name="",
        at=at,
    )


def journal(bench: Bench) -> dict[UUID, Call]:
    found: list[tuple[Call, ...]] = []
    bench.desk.journal.since(datetime.fromtimestamp(0, bench.clock.now().tzinfo), found.append)
    bench.pump.until(lambda: found)
    return {call.id: call for call in found[0]}


def come_back(bench: Bench, *living: PhoneLive, missed: list[tuple[datetime, PhoneEvent]]) -> None:
    bench.start(PhoneResumed(living=living, missed=tuple(missed)))
    adopting = bench.desk._adopting
    bench.pump.until(lambda: adopting._recovered and adopting._waiting is None)


def test_a_call_goes_on_with_timer_client_and_notes(bench: Bench) -> None:
    call_id = bench.rings()
    bench.desk.switchboard.answer(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).answered)
    bench.desk.journal.type(call_id, caller_name="Erika Muster", note="Wand im Flur")
    bench.desk.switchboard._calls.flush()
    answered = crash(bench)
    come_back(bench, live(bench, call_id, answered, answered_at=answered), missed=[])
    (call,) = bench.desk.switchboard.calls
    assert (call.id, call.state, call.since) == (call_id, CallState.ACTIVE, answered)
    assert (call.caller_name, call.note) == ("Erika Muster", "Wand im Flur")
    assert call.client_id == bench.painter.id
    assert [event.call.id for event in bench.seen(CallChanged)] == [call_id]
    assert not bench.seen(WorkAdded)
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(CallEnded)
    assert journal(bench)[call_id].talk_s == pytest.approx(600.0)


def test_what_does_not_live_is_closed_and_called_back(bench: Bench) -> None:
    lost, kept = bench.rings(), bench.rings(caller="+493023125077")
    at = crash(bench)
    come_back(bench, live(bench, kept, at), missed=[])
    assert [call.id for call in bench.desk.switchboard.calls] == [kept]
    assert [event.call.id for event in bench.seen(CallIncoming)] == [kept]
    assert [event.item.call_id for event in bench.seen(WorkAdded)] == [lost]
    assert journal(bench)[lost].cause is Cause.ENGINE_DIED


def test_a_call_that_ended_meanwhile_ended_then(bench: Bench) -> None:
    call_id = bench.rings()
    bench.desk.switchboard.answer(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).answered)
    at = crash(bench)
    over = PhoneEnded(call_id=call_id, cause=Cause.CALLER_HUNG_UP)
    come_back(bench, missed=[(at + timedelta(seconds=90), over)])
    call = journal(bench)[call_id]
    assert (call.cause, call.since) == (Cause.CALLER_HUNG_UP, at + timedelta(seconds=90))
    assert call.talk_s == pytest.approx(90.0)
    assert not bench.seen(WorkAdded)
    assert bench.desk.switchboard.calls == ()


def test_a_caller_missed_meanwhile_is_called_back(bench: Bench) -> None:
    at, call_id = crash(bench), uuid4()
    over = PhoneEnded(call_id=call_id, cause=Cause.MISSED, status=487)
    rang = incoming(bench, call_id, at)
    come_back(bench, missed=[(at, rang), (at + timedelta(seconds=20), over)])
    bench.wait_for(WorkAdded)
    call_back = bench.seen(WorkAdded)[0].item
    assert (call_back.number, call_back.reason) == ("+493023125077", Reason.MISSED)
    call = journal(bench)[call_id]
    assert (call.started, call.cause, call.client_id) == (at, Cause.MISSED, bench.painter.id)
    assert call.segments[0].seconds == pytest.approx(20.0)


def test_one_refused_meanwhile_is_called_back(bench: Bench) -> None:
    at = crash(bench)
    refused = PhoneRefused(
        line_id=bench.directory.lines[0].id,
        called=Called(to=f"sip:{PAINTER_NUMBER}@office.example"),
        caller_uri=CALLER,
        caller_name="",
        reason=Reason.CALL_LIMIT,
        at=at,
    )
    come_back(bench, missed=[(at, refused)])
    bench.wait_for(WorkAdded)
    assert bench.seen(WorkAdded)[0].item.number == "+493023125077"


def test_one_who_rang_meanwhile_and_still_does(bench: Bench) -> None:
    at, call_id = crash(bench), uuid4()
    living = live(bench, call_id, at, step=StepKind.QUEUE)
    come_back(bench, living, missed=[(at, incoming(bench, call_id, at))])
    (call,) = bench.desk.switchboard.calls
    assert (call.id, call.state, call.started) == (call_id, CallState.RINGING, at)
    assert call.step is StepKind.QUEUE
    bench.desk.switchboard.answer(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).answered)


def test_a_call_no_journal_knows_is_made_anew(bench: Bench) -> None:
    at, held, dialled = crash(bench), uuid4(), uuid4()
    answered = at + timedelta(seconds=5)
    called = PhoneLive(
        call_id=dialled,
        line_id=bench.directory.lines[0].id,
        incoming=False,
        at=at,
        target="+493023125088",
    )
    come_back(bench, live(bench, held, at, answered_at=answered, held=True), called, missed=[])
    calls = {call.id: call for call in bench.desk.switchboard.calls}
    assert calls[held].state is CallState.HELD
    assert calls[held].client_id == bench.painter.id
    assert [segment.start for segment in calls[held].segments[:2]] == [at, answered]
    assert calls[dialled].direction is Direction.OUTGOING
    assert (calls[dialled].state, calls[dialled].number) == (CallState.DIALLING, "+493023125088")


def test_what_comes_while_the_journal_is_asked_waits_its_turn(bench: Bench) -> None:
    call_id = bench.rings()
    at = crash(bench)
    bench.start(PhoneResumed(living=(live(bench, call_id, at),)))
    bench.phone.tell(PhoneAnswered(call_id=call_id))
    bench.pump.until(lambda: bench.desk.switchboard.calls)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).state is CallState.ACTIVE)


def test_a_desk_that_leaves_ends_nothing(bench: Bench) -> None:
    call_id = bench.rings()
    at = crash(bench)
    come_back(bench, live(bench, call_id, at), missed=[])
    assert bench.desk.took_over
    bench.desk.leave()
    come_back(bench, live(bench, call_id, at), missed=[])
    (call,) = bench.desk.switchboard.calls
    assert (call.id, call.state, len(call.segments)) == (call_id, CallState.RINGING, 1)
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(CallEnded)
    assert not bench.desk.took_over


def test_an_unreadable_journal_hides_no_call(
    bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
    errors_expected: None,
) -> None:
    at, call_id = crash(bench), uuid4()

    def broken(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("receptionist.store.sqlstore.SqlStore.close_open_calls", broken)
    come_back(bench, live(bench, call_id, at), missed=[])
    assert [call.id for call in bench.desk.switchboard.calls] == [call_id]


def test_a_desk_that_finds_its_phone_again_keeps_its_calls(bench: Bench) -> None:
    call_id = bench.rings()
    bench.desk.switchboard.answer(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).answered)
    since = bench.desk.switchboard.call(call_id).since
    held = live(bench, call_id, since, answered_at=since, held=True, muted=True)
    bench.desk._adopting.heard(PhoneResumed(living=(held,)))
    call = bench.desk.switchboard.call(call_id)
    assert (call.state, call.muted) == (CallState.HELD, True)
    assert not bench.seen(WorkAdded)


def test_a_call_whose_end_nobody_told_is_over_and_called_back(bench: Bench) -> None:
    """First the window died, then the phone with the computer."""
    known = bench.rings()
    at, unknown = crash(bench), uuid4()
    missed = [(at, incoming(bench, one, at)) for one in (known, unknown)]
    come_back(bench, missed=[*missed])
    assert bench.desk.switchboard.calls == ()
    bench.wait_for(WorkAdded, 2)
    told = bench.seen(WorkAdded)
    assert {one.item.call_id for one in told} == {known, unknown}
    assert {one.item.reason for one in told} == {Reason.CALL_LOST}


def test_the_end_of_a_way_does_not_end_the_call_over_the_next(bench: Bench) -> None:
    call_id = bench.desk.switchboard.dial("+493023125088")
    at = crash(bench)
    line_id = bench.directory.lines[0].id
    dialled = PhoneLive(call_id=call_id, line_id=line_id, incoming=False, at=at, target="1")
    failed = PhoneEnded(call_id=call_id, cause=Cause.FAILED, status=503)
    come_back(bench, dialled, missed=[(at, failed)])
    assert [call.id for call in bench.desk.switchboard.calls] == [call_id]


def test_nothing_is_written_down_before_it_was_taken_in(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came while the journal was asked is told already, and not in the journal yet."""
    at, call_id = crash(bench), uuid4()
    bench.start(PhoneResumed())
    bench.phone.tell(incoming(bench, call_id, at))
    told: list[list[UUID]] = []

    def receipt() -> Callable[[], None]:
        told.append([call.id for call in bench.desk.switchboard.calls])
        return lambda: None

    monkeypatch.setattr(bench.phone.service, "receipt", receipt)
    bench.pump.until(lambda: told)
    assert told[0] == [call_id]


@pytest.mark.usefixtures("errors_expected")
def test_what_cannot_be_taken_in_hinders_nothing_after_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, call_id = crash(bench), uuid4()

    def broken(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("receptionist.desk.switchboard.Switchboard._refused", broken)
    refused = PhoneRefused(
        line_id=None,
        called=Called(),
        caller_uri=CALLER,
        caller_name="",
        reason=Reason.CALL_LIMIT,
        at=at,
    )
    come_back(bench, live(bench, call_id, at), missed=[(at, refused)])
    assert [call.id for call in bench.desk.switchboard.calls] == [call_id]
