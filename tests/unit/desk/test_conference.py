"""Three in one conversation, and every way out of it."""

from __future__ import annotations

from uuid import UUID

import pytest

from receptionist.errors import BadInput
from receptionist.events import CallFailed, ConferenceChanged
from receptionist.model.call import CallState, Cause
from tests.unit.desk.conftest import LAWYER_NUMBER, Bench
from tests.unit.desk.test_transfers import asking, connected, state, talking


def three(bench: Bench) -> tuple[UUID, UUID]:
    """A caller and the owner in conference with us."""
    caller = talking(bench)
    owner = asking(bench, caller)
    bench.desk.conference.join(owner)
    bench.wait_for(ConferenceChanged)
    return caller, owner


def states(bench: Bench, *call_ids: UUID) -> list[CallState]:
    return [state(bench, one) for one in call_ids]


def test_caller_and_owner_are_brought_together(bench: Bench) -> None:
    caller, owner = three(bench)
    assert bench.seen(ConferenceChanged) == [
        ConferenceChanged(caller_id=caller, asked_id=owner, joined=True)
    ]
    assert bench.desk.conference.members == (caller, owner)
    assert states(bench, caller, owner) == [CallState.ACTIVE, CallState.ACTIVE]
    assert "held" not in bench.phone.outside.saw(owner)
    with pytest.raises(BadInput, match="already"):
        bench.desk.conference.join(caller)


@pytest.mark.parametrize("stays", ["caller", "owner"])
def test_one_of_them_goes_back_on_hold(bench: Bench, stays: str) -> None:
    caller, owner = three(bench)
    keep, other = (caller, owner) if stays == "caller" else (owner, caller)
    bench.desk.conference.part(keep)
    bench.pump.until(lambda: state(bench, other) is CallState.HELD)
    assert state(bench, keep) is CallState.ACTIVE
    assert bench.desk.conference.members is None
    assert [one.joined for one in bench.seen(ConferenceChanged)] == [True, False]
    assert bench.desk.switchboard.toggle() == other


def test_we_go_and_they_speak_on(bench: Bench) -> None:
    caller, owner = three(bench)
    bench.desk.conference.leave()
    bench.pump.until(lambda: bench.phone.outside.referred)
    bench.phone.outside.takes_the_transfer(caller)
    calls = connected(bench, caller, owner)
    assert [one.cause for one in calls] == [Cause.TRANSFERRED] * 2
    assert bench.desk.conference.members is None


def test_who_cannot_leave_stays_in_the_conference(bench: Bench) -> None:
    caller, owner = three(bench)
    bench.desk.conference.leave()
    bench.phone.outside.refuses_the_transfer(caller, 603)
    bench.wait_for(CallFailed)
    assert bench.desk.conference.members == (caller, owner)
    assert states(bench, caller, owner) == [CallState.ACTIVE, CallState.ACTIVE]


@pytest.mark.parametrize("goes", ["caller", "owner"])
def test_one_goes_and_the_other_is_still_spoken_to(bench: Bench, goes: str) -> None:
    caller, owner = three(bench)
    gone, left = (caller, owner) if goes == "caller" else (owner, caller)
    bench.desk.switchboard.hang_up(gone)
    connected(bench, gone)
    assert state(bench, left) is CallState.ACTIVE
    assert bench.desk.conference.members is None
    assert [one.joined for one in bench.seen(ConferenceChanged)] == [True, False]
    other = talking(bench, LAWYER_NUMBER)
    bench.pump.until(lambda: state(bench, left) is CallState.HELD)
    assert state(bench, other) is CallState.ACTIVE


def test_another_caller_ends_it_and_both_wait(bench: Bench) -> None:
    caller, owner = three(bench)
    talking(bench, LAWYER_NUMBER)
    bench.wait_for(ConferenceChanged, 2)
    bench.pump.until(lambda: states(bench, caller, owner) == [CallState.HELD] * 2)
    assert bench.desk.conference.members is None
    bench.desk.switchboard.resume(caller)
    bench.pump.until(lambda: state(bench, caller) is CallState.ACTIVE)
    bench.pump.post(lambda: None)
    assert state(bench, owner) is CallState.HELD


@pytest.mark.parametrize("command", ["join", "resume"])
def test_what_does_not_come_about_leaves_the_consultation(bench: Bench, command: str) -> None:
    caller = talking(bench)
    owner = asking(bench, caller)
    bench.phone.failing.add(command)
    bench.desk.conference.join(caller)
    bench.wait_for(CallFailed)
    bench.pump.until(lambda: states(bench, caller, owner) == [CallState.HELD, CallState.ACTIVE])
    bench.phone.failing.clear()
    bench.desk.conference.join(caller)
    bench.wait_for(ConferenceChanged)


def test_nobody_is_brought_together_who_has_nothing_to_do_with_each_other(bench: Bench) -> None:
    first = talking(bench)
    talking(bench, LAWYER_NUMBER)
    with pytest.raises(BadInput, match="made for him"):
        bench.desk.conference.join(first)
    with pytest.raises(BadInput, match="no conference"):
        bench.desk.conference.part(first)
    with pytest.raises(BadInput, match="no conference"):
        bench.desk.conference.leave()


def test_who_has_not_answered_is_not_joined(bench: Bench) -> None:
    caller = talking(bench)
    bench.desk.transfers.consult(caller, "0221 4710177")
    with pytest.raises(BadInput, match="answered"):
        bench.desk.conference.join(caller)


def test_a_caller_who_goes_before_it_begins(bench: Bench) -> None:
    caller = talking(bench)
    owner = asking(bench, caller)
    bench.desk.conference.join(caller)
    bench.phone.outside.hangs_up(caller)
    connected(bench, caller)
    bench.pump.until(lambda: state(bench, owner) is CallState.ACTIVE)
    assert bench.desk.conference.members is None
