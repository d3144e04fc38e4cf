"""Ready, break and wrap-up are written whatever happens: an end, a crash, a full disk."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest

from receptionist.events import StoreFailed
from receptionist.model.agent import BreakReason
from tests.unit.desk.conftest import Bench
from tests.unit.desk.test_agent import (
    BREAK,
    LUNCH,
    READY,
    WRAP_UP,
    lengths,
    state,
    talks,
    written,
)


def test_a_desk_that_stops_ends_what_lasts(bench: Bench) -> None:
    bench.desk.agent.take_break(LUNCH)
    talked = talks(bench)
    bench.clock.move(12)
    bench.desk.stop()
    assert bench.desk.switchboard.call(talked).ended
    bench.start()
    assert lengths(bench)[-2:] == [(READY, BreakReason.NONE, 12), (READY, BreakReason.NONE, None)]
    assert WRAP_UP not in {told[0] for told in lengths(bench)}


def test_what_a_crash_left_open_ends_at_the_next_start(bench: Bench) -> None:
    bench.desk.agent.take_break(LUNCH)
    written(bench)
    bench.desk._ground.memory.close()
    bench.clock.move(600)
    bench.start()
    _before, lunch, now = written(bench)
    assert (lunch.reason, lunch.ended, lunch.seconds) == (LUNCH, bench.clock.now(), None)
    assert (now.state, now.ended) == (READY, None)


def _full(*values: object) -> None:
    raise OSError("disk full")


@pytest.mark.usefixtures("errors_expected")
def test_what_the_database_refuses_is_kept_and_written_later(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.desk.agent.take_break(LUNCH)
    written(bench)
    bench.clock.move(60)
    with monkeypatch.context() as broken:
        broken.setattr("receptionist.store.agents.SqlAgents.record", _full)
        bench.desk.agent.wrap_up()
        bench.wait_for(StoreFailed, 2)
        assert state(bench) is WRAP_UP
        bench.pump.advance(6)
        bench.wait_for(StoreFailed, 4)
    bench.desk.agent.ready()
    bench.pump.advance(6)
    assert lengths(bench)[1:] == [
        (BREAK, LUNCH, 60),
        (WRAP_UP, BreakReason.NONE, 6),
        (READY, BreakReason.NONE, None),
    ]
    assert bench.desk.agent._written.waiting <= {"crash"}


@pytest.mark.usefixtures("errors_expected")
def test_an_end_that_is_refused_is_not_forgotten_for_its_beginning(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    bench.desk.agent.take_break(LUNCH)
    bench.desk._ground.memory.submit(lambda store: begun.set())
    assert begun.wait(20)
    bench.clock.move(60)
    with monkeypatch.context() as broken:
        broken.setattr("receptionist.store.agents.SqlAgents.record", _full)
        bench.desk.agent.ready()
        bench.wait_for(StoreFailed, 2)
    bench.pump.advance(6)
    assert lengths(bench)[1] == (BREAK, LUNCH, 60)


@pytest.mark.usefixtures("errors_expected")
def test_what_was_refused_until_the_end_is_written_at_the_end(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("receptionist.store.agents.SqlAgents.record", _full)
        bench.desk.agent.take_break(LUNCH)
        bench.wait_for(StoreFailed, 2)
    bench.clock.move(9)
    bench.desk.stop()
    bench.start()
    assert lengths(bench)[1] == (BREAK, LUNCH, 9)


@pytest.mark.usefixtures("errors_expected")
def test_a_crash_that_is_closed_late_does_not_end_what_lasts(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(bench)
    bench.desk._ground.memory.close()
    bench.clock.move(600)
    started: datetime = bench.clock.now()
    with monkeypatch.context() as broken:
        broken.setattr("receptionist.store.agents.SqlAgents.close_open", _full)
        bench.start()
        bench.wait_for(StoreFailed)
    bench.pump.advance(6)
    left, now = written(bench)
    assert (left.ended, left.seconds) == (started, None)
    assert (now.state, now.ended) == (READY, None)
