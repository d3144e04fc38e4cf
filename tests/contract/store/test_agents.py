"""When who was ready, on a break, in wrap-up: written once, ended once, found again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, select

from receptionist.errors import StoreError
from receptionist.model.agent import AgentPeriod, AgentState, BreakReason
from receptionist.model.office import Directory
from receptionist.ports import Store
from receptionist.store import tables
from tests.contract.store.conftest import Opens
from tests.contract.store.sample import NOW, minutes

LONG_AGO = NOW - timedelta(days=30)


def _period(directory: Directory, **more: object) -> AgentPeriod:
    made = AgentPeriod(
        id=uuid4(),
        receptionist_id=directory.receptionist.id,
        workstation_id=directory.workstation.id,
        state=AgentState.READY,
        started=NOW,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def _over(period: AgentPeriod, after: float, seconds: float | None) -> AgentPeriod:
    return replace(period, ended=period.started + minutes(after), seconds=seconds)


@pytest.mark.parametrize("state", AgentState)
@pytest.mark.parametrize("reason", BreakReason)
def test_every_state_and_reason_is_found_again(
    store: Store, directory: Directory, state: AgentState, reason: BreakReason
) -> None:
    one = _period(directory, state=state, reason=reason)
    store.agents.record(one)
    assert store.agents.since(LONG_AGO) == (one,)


def test_an_end_is_written_once_and_stays(store: Store, directory: Directory, opens: Opens) -> None:
    lasting = _period(directory)
    store.agents.record(lasting)
    over = _over(lasting, 12, 720.125)
    store.agents.record(over)
    store.agents.record(lasting)
    store.agents.record(_over(lasting, 99, 1.0))
    assert opens().agents.since(LONG_AGO) == (over,)


def test_recording_changes_nothing_but_the_end(store: Store, directory: Directory) -> None:
    lunch = _period(directory, state=AgentState.BREAK, reason=BreakReason.LUNCH)
    store.agents.record(lunch)
    other = replace(lunch, state=AgentState.READY, reason=BreakReason.NONE, started=LONG_AGO)
    store.agents.record(_over(other, 3, 180.0))
    (now,) = store.agents.since(LONG_AGO)
    assert (now.state, now.reason, now.started) == (lunch.state, lunch.reason, lunch.started)
    assert (now.ended, now.seconds) == (LONG_AGO + minutes(3), 180.0)


def test_a_period_that_is_over_may_come_first(store: Store, directory: Directory) -> None:
    over = _over(_period(directory), 5, 300.0)
    store.agents.record(over)
    assert store.agents.since(LONG_AGO) == (over,)


def test_what_a_crash_left_open_ends_unmeasured(store: Store, directory: Directory) -> None:
    over = _over(_period(directory, started=NOW - minutes(90)), 30, 1800.0)
    left = _period(directory, started=NOW - minutes(60))
    begun = _period(directory, started=NOW)
    for one in (over, left, begun):
        store.agents.record(one)
    for _again in range(2):
        store.agents.close_open(directory.workstation.id, NOW)
        closed = replace(left, ended=NOW, seconds=None)
        assert store.agents.since(LONG_AGO) == (over, closed, begun)
    store.agents.record(_over(begun, 1, 60.0))
    assert store.agents.since(LONG_AGO)[-1] == _over(begun, 1, 60.0)


def test_since_an_instant_is_what_lasted_then_or_later(store: Store, directory: Directory) -> None:
    early = _over(_period(directory, started=NOW - minutes(60)), 20, 1200.0)
    across = _over(_period(directory, started=NOW - minutes(40)), 45, 2700.0)
    lasting = _period(directory, started=NOW - minutes(50), state=AgentState.WRAP_UP)
    for one in (across, lasting, early):
        store.agents.record(one)
    assert store.agents.since(LONG_AGO) == (early, lasting, across)
    assert store.agents.since(NOW) == (lasting, across)
    assert early.ended is not None
    assert store.agents.since(early.ended) == (lasting, across)
    assert store.agents.since(NOW + minutes(60)) == (lasting,)


def test_what_began_together_stands_in_the_order_of_its_end(
    store: Store, directory: Directory
) -> None:
    lasting = _period(directory, id=UUID(int=1))
    over = [_over(_period(directory, id=UUID(int=9 - n)), n, n * 60.0) for n in range(3)]
    for one in (over[2], lasting, over[0], over[1]):
        store.agents.record(one)
    assert store.agents.since(LONG_AGO) == (*over, lasting)


def test_only_who_is_known_is_recorded(store: Store, directory: Directory, sql: Connection) -> None:
    for field in ("receptionist_id", "workstation_id"):
        with pytest.raises(StoreError):
            store.agents.record(_period(directory, **{field: uuid4()}))
    assert sql.execute(select(tables.agent_period)).all() == []
