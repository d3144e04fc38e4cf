"""Consultations and transfers: who may be connected with whom, and that nobody is lost."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from receptionist.errors import BadInput, NotFound
from receptionist.events import (
    CallEnded,
    CallFailed,
    LineChanged,
    LineState,
    PhoneEnded,
    PhoneTransferFailed,
    WorkAdded,
)
from receptionist.model.call import Call, CallState, Cause
from tests.unit.desk.conftest import LAWYER_NUMBER, Bench

OWNER = "+492214710177"


def state(bench: Bench, call_id: UUID) -> CallState:
    return bench.desk.switchboard.call(call_id).state


def talking(bench: Bench, number: str = "") -> UUID:
    """A caller who is spoken to."""
    call_id = bench.rings(number) if number else bench.rings()
    bench.desk.switchboard.answer(call_id)
    bench.pump.until(lambda: state(bench, call_id) is CallState.ACTIVE)
    return call_id


def asking(bench: Bench, caller: UUID) -> UUID:
    """The owner was called for a caller, and answered."""
    owner = bench.desk.transfers.consult(caller, "0221 4710177")
    bench.phone.outside.answers(owner)
    bench.pump.until(lambda: state(bench, owner) is CallState.ACTIVE)
    return owner


def connected(bench: Bench, *call_ids: UUID) -> list[Call]:
    """These calls, when they are over."""
    bench.pump.until(lambda: all(state(bench, one) is CallState.ENDED for one in call_ids))
    return [bench.desk.switchboard.call(one) for one in call_ids]


def test_a_caller_waits_while_the_owner_is_asked(bench: Bench) -> None:
    caller = talking(bench)
    owner = asking(bench, caller)
    call = bench.desk.switchboard.call(owner)
    assert (call.client_id, call.consults_for) == (bench.painter.id, caller)
    assert bench.phone.outside.dialled[owner] == OWNER
    assert state(bench, caller) is CallState.HELD
    pair = bench.desk.transfers.consultation(caller)
    assert pair == bench.desk.transfers.consultation(owner)
    assert pair is not None
    assert (pair.caller.id, pair.asked.id, pair.ready) == (caller, owner, True)


@pytest.mark.parametrize("side", [0, 1])
def test_the_two_are_connected_and_the_journal_says_so(bench: Bench, side: int) -> None:
    caller = talking(bench)
    owner = asking(bench, caller)
    bench.desk.transfers.connect((caller, owner)[side])
    pair = bench.desk.transfers.consultation(caller)
    assert pair is not None
    assert pair.connecting
    assert not pair.ready
    assert bench.phone.outside.referred == {caller: owner}
    bench.phone.outside.takes_the_transfer(caller)
    calls = connected(bench, caller, owner)
    assert [call.cause for call in calls] == [Cause.TRANSFERRED] * 2
    assert [call.connected_to for call in calls] == [OWNER, "+492214710134"]
    assert bench.seen(WorkAdded) == []
    found: list[tuple[Call, ...]] = []
    bench.desk.journal.today(found.append)
    bench.pump.until(lambda: found)
    assert {(one.connected_to, one.consults_for) for one in found[0]} == {
        (OWNER, None),
        ("+492214710134", caller),
    }


def test_a_refused_connection_loses_nobody(bench: Bench) -> None:
    caller = talking(bench)
    owner = asking(bench, caller)
    bench.desk.transfers.connect(owner)
    bench.phone.outside.refuses_the_transfer(caller, 603, "Decline")
    bench.wait_for(CallFailed)
    assert "+49 221 4710177" in bench.seen(CallFailed)[-1].message
    assert "603" in bench.seen(CallFailed)[-1].message
    assert (state(bench, caller), state(bench, owner)) == (CallState.HELD, CallState.ACTIVE)
    bench.desk.transfers.connect(owner)
    bench.phone.outside.takes_the_transfer(caller)
    connected(bench, caller, owner)


@pytest.mark.parametrize(
    ("status", "says"),
    [(486, "busy"), (480, "Nobody answers"), (404, "cannot be reached"), (408, "Nothing was heard"),
     (405, "refused (405)")],
)  # fmt: skip
def test_why_nobody_was_connected(bench: Bench, status: int, says: str) -> None:
    caller = talking(bench)
    bench.desk.transfers.send(caller, OWNER)
    bench.pump.until(lambda: bench.phone.outside.referred)
    bench.phone.outside.refuses_the_transfer(caller, status)
    bench.wait_for(CallFailed)
    assert says in bench.seen(CallFailed)[-1].message
    assert "+49 221 4710177" in bench.seen(CallFailed)[-1].message
    assert "You have the caller again" in bench.seen(CallFailed)[-1].message
    bench.pump.until(lambda: state(bench, caller) is CallState.ACTIVE)
    assert not bench.desk.transfers.connecting(caller)


@pytest.mark.parametrize("busy_with", ["talking", "dialling", "answering"])
def test_nobody_comes_back_into_another_conversation(bench: Bench, busy_with: str) -> None:
    caller = talking(bench)
    bench.desk.transfers.send(caller, OWNER)
    bench.pump.until(lambda: bench.phone.outside.referred)
    if busy_with == "dialling":
        bench.desk.switchboard.dial("+493023125177")
    elif busy_with == "talking":
        talking(bench, LAWYER_NUMBER)
    else:
        bench.desk.switchboard.answer(bench.rings(LAWYER_NUMBER))
    failed = PhoneTransferFailed(call_id=caller, status=486, reason="Busy Here")
    bench.desk.switchboard.heard(failed)
    assert "still here, on hold" in bench.seen(CallFailed)[-1].message
    other = bench.desk.switchboard.calls[-1].id
    if busy_with == "answering":
        bench.pump.until(lambda: state(bench, other) is CallState.ACTIVE)
    assert state(bench, caller) is CallState.HELD


def test_a_ringing_call_does_not_keep_the_caller_away(bench: Bench) -> None:
    caller = talking(bench)
    bench.desk.transfers.send(caller, OWNER)
    bench.pump.until(lambda: bench.phone.outside.referred)
    bench.rings(LAWYER_NUMBER)
    bench.phone.outside.refuses_the_transfer(caller, 480)
    bench.pump.until(lambda: state(bench, caller) is CallState.ACTIVE)


@pytest.mark.parametrize(
    ("status", "says"),
    [(486, "is busy"), (480, "Nobody answers"), (404, "cannot be reached"), (603, "does not take")],
)
def test_a_consultation_in_vain_leads_back_to_the_caller(
    bench: Bench, status: int, says: str
) -> None:
    caller = talking(bench)
    owner = bench.desk.transfers.consult(caller, OWNER)
    bench.pump.until(lambda: state(bench, caller) is CallState.HELD)
    bench.phone.outside.fails(owner, status)
    bench.pump.until(lambda: state(bench, caller) is CallState.ACTIVE)
    (told,) = bench.seen(CallFailed)
    assert says in told.message
    assert "+49 221 4710177" in told.message


def test_who_refuses_faster_than_the_caller_is_held_keeps_nobody_waiting(bench: Bench) -> None:
    caller = talking(bench)
    owner = bench.desk.transfers.consult(caller, OWNER)
    assert state(bench, caller) is CallState.ACTIVE
    bench.desk.switchboard.heard(PhoneEnded(call_id=owner, cause=Cause.BUSY, status=486))
    assert "is busy" in bench.seen(CallFailed)[0].message
    saw = bench.phone.outside.saw(caller)
    assert saw[-2:] == ["held", "resumed"]
    bench.pump.until(lambda: state(bench, caller) is CallState.HELD)
    bench.pump.until(lambda: state(bench, caller) is CallState.ACTIVE)


def test_a_consultation_we_end_leaves_the_caller_on_hold(bench: Bench) -> None:
    caller = talking(bench)
    owner = bench.desk.transfers.consult(caller, OWNER)
    bench.pump.until(lambda: state(bench, caller) is CallState.HELD)
    bench.desk.switchboard.hang_up(owner)
    connected(bench, owner)
    other = asking(bench, caller)
    bench.phone.outside.hangs_up(other)
    connected(bench, other)
    bench.pump.post(lambda: None)
    assert state(bench, caller) is CallState.HELD
    assert bench.seen(CallFailed) == []


def test_without_announcement_the_caller_is_held_first(bench: Bench) -> None:
    caller = talking(bench)
    bench.desk.transfers.send(caller, "0221 4710177")
    assert bench.desk.transfers.connecting(caller)
    assert bench.phone.outside.referred == {}
    bench.pump.until(lambda: bench.phone.outside.referred)
    assert bench.phone.outside.saw(caller)[-2:] == ["held", f"referred to {OWNER}"]
    bench.phone.outside.takes_the_transfer(caller)
    (call,) = connected(bench, caller)
    assert (call.cause, call.connected_to) == (Cause.TRANSFERRED, OWNER)


def test_who_cannot_be_held_is_not_sent_away(bench: Bench) -> None:
    caller = talking(bench)
    bench.phone.failing.add("hold")
    bench.desk.transfers.send(caller, OWNER)
    bench.wait_for(CallFailed)
    assert not bench.desk.transfers.connecting(caller)
    bench.phone.failing.clear()
    bench.desk.switchboard.hold(caller)
    bench.pump.until(lambda: state(bench, caller) is CallState.HELD)
    assert bench.phone.outside.referred == {}


def test_what_the_phone_cannot_even_ask_is_over(bench: Bench) -> None:
    caller = talking(bench)
    owner = asking(bench, caller)
    bench.phone.failing.add("transfer_to")
    bench.desk.transfers.connect(owner)
    bench.wait_for(CallFailed)
    pair = bench.desk.transfers.consultation(caller)
    assert pair is not None
    assert pair.ready


def test_two_callers_are_never_connected_with_each_other(bench: Bench) -> None:
    first = talking(bench)
    second = talking(bench, LAWYER_NUMBER)
    for one, other in ((first, second), (second, first), (first, None)):
        with pytest.raises(BadInput, match="not callers"):
            bench.desk.transfers.connect(one, other)
    owner = asking(bench, first)
    for other in (second, uuid4()):
        with pytest.raises(BadInput, match="not callers"):
            bench.desk.transfers.connect(owner, other)
    assert bench.phone.outside.referred == {}


def test_a_number_called_for_nobody_is_not_connected(bench: Bench) -> None:
    caller = talking(bench)
    other = bench.desk.switchboard.dial(OWNER)
    bench.phone.outside.answers(other)
    bench.pump.until(lambda: state(bench, other) is CallState.ACTIVE)
    with pytest.raises(BadInput):
        bench.desk.transfers.connect(caller, other)


def test_who_has_not_answered_is_not_connected(bench: Bench) -> None:
    caller = talking(bench)
    owner = bench.desk.transfers.consult(caller, OWNER)
    with pytest.raises(BadInput, match="answered"):
        bench.desk.transfers.connect(owner)
    bench.phone.outside.hangs_up(owner)
    connected(bench, owner)
    with pytest.raises(BadInput):
        bench.desk.transfers.connect(caller)
    assert state(bench, caller) is CallState.HELD


def test_one_consultation_at_a_time(bench: Bench) -> None:
    caller = talking(bench)
    owner = asking(bench, caller)
    for verb in (bench.desk.transfers.consult, bench.desk.transfers.send):
        for call_id in (caller, owner):
            with pytest.raises(BadInput, match="consultation"):
                verb(call_id, OWNER)
    bench.desk.switchboard.hang_up(owner)
    connected(bench, owner)
    asking(bench, caller)


def test_only_a_call_that_is_up_can_go_elsewhere(bench: Bench) -> None:
    ringing = bench.rings()
    with pytest.raises(BadInput, match="Answer"):
        bench.desk.transfers.consult(ringing, OWNER)
    with pytest.raises(NotFound):
        bench.desk.transfers.send(uuid4(), OWNER)
    bench.phone.outside.hangs_up(ringing)
    connected(bench, ringing)
    with pytest.raises(BadInput, match="over"):
        bench.desk.transfers.consult(ringing, OWNER)
    caller = talking(bench)
    with pytest.raises(BadInput, match="number"):
        bench.desk.transfers.send(caller, "Frau Muster")
    assert state(bench, caller) is CallState.ACTIVE


def test_a_caller_who_gives_up_during_the_consultation_is_called_back(bench: Bench) -> None:
    caller = talking(bench)
    owner = asking(bench, caller)
    bench.phone.outside.hangs_up(caller)
    bench.wait_for(WorkAdded)
    assert bench.desk.transfers.consultation(owner) is None
    with pytest.raises(BadInput):
        bench.desk.transfers.connect(owner)


def test_the_engine_dies_while_they_are_being_connected(bench: Bench) -> None:
    caller = talking(bench)
    owner = asking(bench, caller)
    bench.desk.transfers.connect(owner)
    bench.phone.outside.kills_the_engine()
    connected(bench, caller, owner)
    assert not bench.desk.transfers.connecting(caller)
    bench.wait_for(CallEnded, 2)


def test_a_call_goes_out_on_a_line_that_is_ready(bench: Bench) -> None:
    (first,) = bench.directory.lines
    second = replace(first, id=uuid4(), key="second", name="Zweite")
    done: list[bool] = []
    office = replace(bench.directory, lines=(first, second))
    bench.desk.import_directory(office, lambda: done.append(True), bench.fail)
    bench.pump.until(lambda: done)
    lines = {line.key: line.id for line in bench.directory.lines}
    board = bench.desk.switchboard
    for key, known in (("main", LineState.UNREACHABLE), ("second", LineState.READY)):
        board.heard(LineChanged(line_id=lines[key], state=known))
    assert board.call(board.dial(OWNER)).line_id == lines["second"]
    named = board.dial(OWNER, line_id=lines["main"])
    assert board.call(named).line_id == lines["main"]
    board.heard(LineChanged(line_id=lines["second"], state=LineState.REFUSED))
    assert board.call(board.dial(OWNER)).line_id == bench.directory.lines[0].id


def test_the_owner_is_called_on_the_line_of_the_caller_if_it_is_ready(bench: Bench) -> None:
    caller = talking(bench)
    board = bench.desk.switchboard
    his = board.call(caller).line_id
    assert his is not None
    assert board.call(bench.desk.transfers.consult(caller, OWNER)).line_id == his
