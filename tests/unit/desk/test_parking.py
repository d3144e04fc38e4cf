"""Parked callers: out of the way, not forgotten, and taken back with one number."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from receptionist.errors import BadInput, NotFound
from receptionist.events import (
    CallFailed,
    CallParked,
    CallRecalled,
    HoldReminder,
    WorkAdded,
)
from receptionist.model.call import Call, CallState
from receptionist.reasons import Reason
from tests.unit.desk.conftest import LAWYER_NUMBER, Bench
from tests.unit.desk.test_transfers import OWNER, asking, connected, state, talking


def parked(bench: Bench, number: str = "", note: str = "") -> UUID:
    """A caller who was parked."""
    caller = talking(bench, number)
    bench.desk.parking.park(caller, note)
    bench.pump.until(lambda: bench.desk.switchboard.call(caller).parked)
    return caller


def test_a_caller_is_parked_with_a_note_and_recalled_by_number(bench: Bench) -> None:
    caller = talking(bench)
    bench.desk.parking.park(caller, "  für \n Frau Muster ")
    assert bench.desk.parking.parked == ()
    bench.wait_for(CallParked)
    told = bench.seen(CallParked)[0]
    assert (told.call.id, told.call.parked, told.call.parked_for) == (caller, 1, "für Frau Muster")
    assert told.client == bench.painter
    assert state(bench, caller) is CallState.HELD
    assert bench.desk.parking.recall(1) == caller
    bench.wait_for(CallRecalled)
    assert bench.seen(CallRecalled)[0].parked_for == "für Frau Muster"
    assert state(bench, caller) is CallState.ACTIVE
    assert bench.desk.parking.parked == ()


def test_who_is_on_hold_is_parked_at_once(bench: Bench) -> None:
    caller = talking(bench)
    bench.desk.switchboard.hold(caller)
    bench.pump.until(lambda: state(bench, caller) is CallState.HELD)
    bench.desk.parking.park(caller)
    assert [one.id for one in bench.desk.parking.parked] == [caller]
    with pytest.raises(BadInput, match="number 1"):
        bench.desk.parking.park(caller)


def test_numbers_are_short_and_used_again(bench: Bench) -> None:
    first, second = parked(bench), parked(bench, LAWYER_NUMBER)
    assert [one.id for one in bench.desk.parking.parked] == [first, second]
    bench.phone.outside.hangs_up(first)
    connected(bench, first)
    third = parked(bench)
    assert [(one.id, one.parked) for one in bench.desk.parking.parked] == [(third, 1), (second, 2)]
    with pytest.raises(NotFound, match="3"):
        bench.desk.parking.recall(3)


def test_a_parked_caller_who_gives_up_is_called_back(bench: Bench) -> None:
    caller = parked(bench)
    bench.phone.outside.hangs_up(caller)
    bench.wait_for(WorkAdded)
    assert bench.seen(WorkAdded)[0].item.reason is Reason.GAVE_UP_ON_HOLD
    assert bench.desk.parking.parked == ()


def test_a_parked_caller_is_brought_to_mind_and_left_out_of_toggling(bench: Bench) -> None:
    caller = parked(bench)
    other = talking(bench, LAWYER_NUMBER)
    with pytest.raises(BadInput):
        bench.desk.switchboard.toggle()
    bench.pump.advance(60)
    reminded = bench.seen(HoldReminder)[-1].call
    assert (reminded.id, reminded.parked) == (caller, 1)
    bench.desk.parking.recall(1)
    bench.pump.until(lambda: state(bench, caller) is CallState.ACTIVE)
    assert state(bench, other) is CallState.HELD


def test_whoever_is_spoken_to_again_is_recalled(bench: Bench) -> None:
    caller = parked(bench, note="Otto")
    bench.desk.switchboard.resume(caller)
    bench.wait_for(CallRecalled)
    assert not bench.desk.switchboard.call(caller).parked


def test_who_cannot_be_held_is_not_parked(bench: Bench) -> None:
    caller = talking(bench)
    bench.phone.failing.add("hold")
    bench.desk.parking.park(caller)
    bench.wait_for(CallFailed)
    bench.phone.failing.clear()
    bench.desk.switchboard.hold(caller)
    bench.pump.until(lambda: state(bench, caller) is CallState.HELD)
    assert bench.desk.parking.parked == ()


def test_only_a_caller_who_is_free_is_parked(bench: Bench) -> None:
    with pytest.raises(NotFound):
        bench.desk.parking.park(uuid4())
    with pytest.raises(BadInput, match="Answer"):
        bench.desk.parking.park(bench.rings(LAWYER_NUMBER))
    caller = talking(bench)
    owner = asking(bench, caller)
    for one in (caller, owner):
        with pytest.raises(BadInput, match="consultation"):
            bench.desk.parking.park(one)
    bench.desk.switchboard.hang_up(owner)
    connected(bench, owner)
    bench.desk.transfers.send(caller, OWNER)
    with pytest.raises(BadInput, match="connected"):
        bench.desk.parking.park(caller)


def test_the_journal_knows_who_is_parked(bench: Bench) -> None:
    caller = parked(bench, note="für Frau Muster")
    found: list[tuple[Call, ...]] = []

    def kept() -> object:
        bench.desk.journal._memory.submit(  # as a new window reads it
            lambda store: store.calls(bench.clock.now().replace(hour=0), None), then=found.append
        )
        bench.pump.until(lambda: found)
        one = found.pop()[0]
        return (one.id, one.parked, one.parked_for)

    assert kept() == (caller, 1, "für Frau Muster")
    bench.desk.parking.recall(1)
    bench.wait_for(CallRecalled)
    assert kept() == (caller, 0, "")
