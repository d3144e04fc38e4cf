"""Ready, break and wrap-up: what the receptionist wants, what a call brings, what is written."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from receptionist.events import AgentChanged, CallEnded
from receptionist.model.agent import AgentPeriod, AgentState, BreakReason
from receptionist.model.call import CallState
from tests.unit.desk.conftest import LAWYER_NUMBER, PAINTER_NUMBER, Bench

READY, BREAK, WRAP_UP = AgentState.READY, AgentState.BREAK, AgentState.WRAP_UP
LUNCH, MEETING = BreakReason.LUNCH, BreakReason.MEETING
Told = tuple[AgentState, BreakReason, float | None]


def state(bench: Bench) -> AgentState:
    assert bench.desk.agent.period is not None
    return bench.desk.agent.period.state


def reason(bench: Bench) -> BreakReason:
    assert bench.desk.agent.period is not None
    return bench.desk.agent.period.reason


def written(bench: Bench) -> tuple[AgentPeriod, ...]:
    """What the database says, the oldest first."""
    found: list[tuple[AgentPeriod, ...]] = []
    long_ago = bench.clock.now() - timedelta(days=1)
    memory = bench.desk._ground.memory
    memory.submit(lambda store: store.agents.since(long_ago), then=found.append, failed=bench.fail)
    bench.pump.until(lambda: found)
    return found[0]


def lengths(bench: Bench) -> list[Told]:
    return [(one.state, one.reason, one.seconds) for one in written(bench)]


def talks(bench: Bench, number: str = PAINTER_NUMBER) -> UUID:
    call_id = bench.rings(number)
    bench.desk.switchboard.answer(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).state is CallState.ACTIVE)
    return call_id


def hangs_up(bench: Bench, call_id: UUID) -> None:
    bench.phone.outside.hangs_up(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).ended)


def test_the_desk_starts_ready(bench: Bench) -> None:
    assert state(bench) is READY
    assert bench.desk.agent.until is None
    assert lengths(bench) == [(READY, BreakReason.NONE, None)]
    (period,) = written(bench)
    assert period.receptionist_id == bench.directory.receptionist.id
    assert period.workstation_id == bench.directory.workstation.id


def test_before_the_start_there_is_nothing(bench: Bench) -> None:
    bench.desk.stop()
    assert bench.desk.agent.period is None
    assert bench.desk.agent.until is None


def test_after_the_last_call_wrap_up_ends_by_itself(bench: Bench) -> None:
    bench.clock.move(5)
    call_id = talks(bench)
    bench.clock.move(60)
    bench.events.clear()
    hangs_up(bench, call_id)
    (event,) = bench.seen(AgentChanged)
    assert event.period.state is WRAP_UP
    assert event.until == bench.clock.now() + timedelta(seconds=30) == bench.desk.agent.until
    bench.pump.advance(29.5)
    assert state(bench) is WRAP_UP
    bench.pump.advance(1)
    assert state(bench) is READY
    assert bench.desk.agent.until is None
    assert lengths(bench) == [
        (READY, BreakReason.NONE, 65),
        (WRAP_UP, BreakReason.NONE, 30),
        (READY, BreakReason.NONE, None),
    ]


def test_seconds_come_from_the_monotonic_clock(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    yesterday = bench.clock.now() - timedelta(hours=20)
    with monkeypatch.context() as changed:
        changed.setattr(bench.clock, "now", lambda: yesterday)
        bench.clock.move(7)
        bench.desk.agent.take_break(LUNCH)
    assert sorted(lengths(bench)) == [(BREAK, LUNCH, None), (READY, BreakReason.NONE, 7)]


def test_a_key_ends_wrap_up_at_once(bench: Bench) -> None:
    hangs_up(bench, talks(bench))
    bench.pump.advance(4)
    bench.desk.agent.ready()
    assert state(bench) is READY
    bench.events.clear()
    bench.pump.advance(60)
    assert bench.seen(AgentChanged) == []


def test_wrap_up_by_hand_and_once_more_gives_its_time_anew(bench: Bench) -> None:
    bench.desk.agent.wrap_up()
    assert state(bench) is WRAP_UP
    bench.pump.advance(20)
    bench.desk.agent.wrap_up()
    assert bench.desk.agent.until == bench.clock.now() + timedelta(seconds=30)
    bench.pump.advance(20)
    assert state(bench) is WRAP_UP
    bench.pump.advance(10)
    assert state(bench) is READY
    assert [seconds for _s, _r, seconds in lengths(bench)] == [0, 50, None]


@pytest.fixture
def without(bench: Bench) -> Bench:
    """No wrap-up begins by itself."""
    bench.desk.agent.wrap_up_s = 0
    return bench


def test_without_wrap_up_a_call_leaves_who_sits_here_ready(without: Bench) -> None:
    without.events.clear()
    hangs_up(without, talks(without))
    assert without.seen(AgentChanged) == []
    assert state(without) is READY


def test_without_wrap_up_a_key_still_gives_one_that_ends(without: Bench) -> None:
    without.desk.agent.wrap_up()
    without.pump.advance(30)
    assert state(without) is READY
    assert [seconds for _s, _r, seconds in lengths(without)] == [0, 30, None]


def test_a_break_has_its_reason_and_lasts(bench: Bench) -> None:
    bench.desk.agent.take_break(LUNCH)
    bench.pump.advance(3600)
    assert (state(bench), reason(bench)) == (BREAK, LUNCH)
    bench.desk.agent.ready()
    assert lengths(bench)[1:] == [(BREAK, LUNCH, 3600), (READY, BreakReason.NONE, None)]
    with pytest.raises(ValueError, match="reason"):
        bench.desk.agent.take_break(BreakReason.NONE)


def test_the_same_break_goes_on_and_another_is_another(bench: Bench) -> None:
    bench.desk.agent.take_break(LUNCH)
    bench.clock.move(60)
    bench.events.clear()
    bench.desk.agent.take_break(LUNCH)
    assert bench.seen(AgentChanged) == []
    bench.desk.agent.take_break(MEETING)
    assert lengths(bench)[1:] == [(BREAK, LUNCH, 60), (BREAK, MEETING, None)]


def test_ready_when_ready_changes_nothing(bench: Bench) -> None:
    bench.events.clear()
    bench.desk.agent.ready()
    assert bench.seen(AgentChanged) == []
    assert len(written(bench)) == 1


def test_a_break_hides_no_call_and_who_answers_works(bench: Bench) -> None:
    bench.desk.agent.take_break(LUNCH)
    call_id = bench.rings()
    assert state(bench) is BREAK
    bench.desk.switchboard.answer(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).answered)
    assert state(bench) is READY
    hangs_up(bench, call_id)
    assert state(bench) is WRAP_UP


def test_who_answers_in_wrap_up_works_and_gets_it_after_the_call(bench: Bench) -> None:
    hangs_up(bench, talks(bench))
    bench.pump.advance(10)
    second = talks(bench, LAWYER_NUMBER)
    assert state(bench) is READY
    bench.events.clear()
    bench.pump.advance(120)
    assert bench.seen(AgentChanged) == []
    hangs_up(bench, second)
    assert state(bench) is WRAP_UP
    assert bench.desk.agent.until == bench.clock.now() + timedelta(seconds=30)


def test_who_dials_on_a_break_works(bench: Bench) -> None:
    bench.desk.agent.take_break(MEETING)
    out = bench.desk.switchboard.dial("030 23125-177")
    assert state(bench) is READY
    bench.phone.outside.hangs_up(out)
    bench.pump.until(lambda: bench.desk.switchboard.call(out).ended)
    assert state(bench) is READY


def test_a_call_nobody_answered_leaves_nothing_to_finish(bench: Bench) -> None:
    bench.events.clear()
    hangs_up(bench, bench.rings())
    declined = bench.rings()
    bench.desk.switchboard.decline(declined)
    bench.wait_for(CallEnded, 2)
    assert bench.seen(AgentChanged) == []


def test_wrap_up_waits_for_the_last_of_two_calls(bench: Bench) -> None:
    first = talks(bench)
    second = talks(bench, LAWYER_NUMBER)
    assert bench.desk.switchboard.call(first).state is CallState.HELD
    hangs_up(bench, second)
    assert state(bench) is READY
    hangs_up(bench, first)
    assert state(bench) is WRAP_UP


def test_wrap_up_waits_while_another_is_dialled(bench: Bench) -> None:
    first = talks(bench)
    out = bench.desk.switchboard.dial("030 23125-177")
    hangs_up(bench, first)
    assert state(bench) is READY
    hangs_up(bench, out)
    assert state(bench) is WRAP_UP


def test_a_ringing_call_does_not_keep_wrap_up_away(bench: Bench) -> None:
    first = talks(bench)
    bench.rings(LAWYER_NUMBER)
    hangs_up(bench, first)
    assert state(bench) is WRAP_UP


def test_typing_into_a_finished_call_ends_nothing(bench: Bench) -> None:
    call_id = talks(bench)
    hangs_up(bench, call_id)
    bench.desk.agent.take_break(LUNCH)
    bench.events.clear()
    bench.desk.journal.type(call_id, note="bitte zurückrufen")
    assert bench.seen(AgentChanged) == []
    assert state(bench) is BREAK


def test_a_break_during_a_call_begins_when_it_ends(bench: Bench) -> None:
    first = talks(bench)
    second = talks(bench, LAWYER_NUMBER)
    bench.desk.agent.take_break(LUNCH)
    assert (state(bench), bench.desk.agent.announced) == (READY, LUNCH)
    assert bench.seen(AgentChanged)[-1].announced is LUNCH
    hangs_up(bench, second)
    assert (state(bench), bench.desk.agent.announced) == (READY, LUNCH)
    hangs_up(bench, first)
    assert (state(bench), reason(bench)) == (BREAK, LUNCH)
    assert bench.desk.agent.announced is BreakReason.NONE
    assert bench.seen(AgentChanged)[-1].announced is BreakReason.NONE


def test_a_break_during_dialling_begins_though_nobody_answered(bench: Bench) -> None:
    out = bench.desk.switchboard.dial("030 23125-177")
    bench.desk.agent.take_break(LUNCH)
    hangs_up(bench, out)
    assert (state(bench), reason(bench)) == (BREAK, LUNCH)


@pytest.mark.parametrize("again", ["the same", "ready"])
def test_an_announced_break_is_taken_back(bench: Bench, again: str) -> None:
    call_id = talks(bench)
    bench.desk.agent.take_break(LUNCH)
    if again == "ready":
        bench.desk.agent.ready()
    else:
        bench.desk.agent.take_break(LUNCH)
    assert bench.seen(AgentChanged)[-1].announced is BreakReason.NONE
    hangs_up(bench, call_id)
    assert state(bench) is WRAP_UP


def test_an_announced_break_may_become_another(bench: Bench) -> None:
    call_id = talks(bench)
    bench.desk.agent.take_break(LUNCH)
    bench.desk.agent.take_break(MEETING)
    hangs_up(bench, call_id)
    assert (state(bench), reason(bench)) == (BREAK, MEETING)


def test_wrap_up_during_a_call_waits_for_its_end(bench: Bench) -> None:
    call_id = talks(bench)
    bench.events.clear()
    bench.desk.agent.wrap_up()
    assert bench.seen(AgentChanged) == []
    hangs_up(bench, call_id)
    assert state(bench) is WRAP_UP


def test_a_lost_engine_ends_the_call_and_wrap_up_begins(bench: Bench) -> None:
    talks(bench)
    bench.phone.outside.kills_the_engine()
    bench.wait_for(CallEnded)
    assert state(bench) is WRAP_UP
