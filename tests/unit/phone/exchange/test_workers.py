"""Who gets which worker, how many there are, and where it rings."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from receptionist.events import PhoneAnswered, PhoneEnded, PhoneHeld, PhoneIncoming
from receptionist.model.call import Cause
from receptionist.model.dialled import Called
from receptionist.phone import wire
from receptionist.phone.exchange import workers as workers_module
from receptionist.phone.exchange.calls import Calls
from receptionist.phone.exchange.ringing import Ringing
from receptionist.phone.exchange.workers import Worker, Workers

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Child:
    """Stands for a process."""

    made: list[Child]

    def __init__(self, command: Any, hello: Any, silence_s: float, told: Any, lost: Any) -> None:
        self.told, self.lost = told, lost
        self.sent: list[Any] = []
        self.stopped = False
        Child.made.append(self)

    def start(self) -> None: ...

    def send(self, command: Any) -> None:
        self.sent.append(command)

    def stop(self) -> None:
        self.stopped = True

    def ready(self) -> None:
        self.told(wire.Ready(version=wire.VERSION, audio="", sip_port=40000 + len(self.made)))


class Office:
    """Some workers, and who was given one."""

    def __init__(self, most: int) -> None:
        hello = wire.Hello(version=wire.VERSION, settings=wire.EngineSettings())
        self.workers = Workers(lambda: hello, most)
        self.given: list[Worker | None] = []
        self.workers.start()

    def take(self, patience_s: float = 20.0) -> None:
        self.workers.take(self.given.append, patience_s)

    async def ready(self, *children: Child) -> None:
        for child in children:
            child.ready()
        await turn()

    def has_call(self, worker: Worker | None) -> UUID:
        assert worker is not None
        call_id = uuid4()
        worker.calls.add(call_id)
        self.workers.settle(worker)
        return call_id


async def turn() -> None:
    """What was posted to the loop is done."""
    for _ in range(3):
        await asyncio.sleep(0)


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[Child]:
    Child.made = []
    monkeypatch.setattr(workers_module.wire, "Child", Child)
    return Child.made


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        await asyncio.wait_for(test(), 20)

    asyncio.run(bounded())


def test_one_is_always_to_spare(children: list[Child]) -> None:
    async def test() -> None:
        office = Office(most=3)
        assert len(children) == 1
        await office.ready(children[0])
        office.take()
        assert office.given[0] is not None
        assert len(children) == 2

    run(test)


def test_who_comes_before_any_is_ready_waits_for_it(children: list[Child]) -> None:
    async def test() -> None:
        office = Office(most=8)
        for _ in range(3):
            office.take()
        assert office.given == []
        ready = 0
        while len(office.given) < 3:
            ready += 1
            await office.ready(children[ready - 1])
        assert len(set(office.given)) == 3
        assert None not in office.given

    run(test)


def test_who_waits_too_long_is_told(children: list[Child]) -> None:
    async def test() -> None:
        office = Office(most=8)
        office.take(0.0)
        while not office.given:
            await asyncio.sleep(0.01)
        assert office.given == [None]
        await office.ready(*children)
        assert office.given == [None]

    run(test)


def test_there_are_no_more_than_there_may_be(children: list[Child]) -> None:
    async def test() -> None:
        office = Office(most=2)
        await office.ready(*children)
        office.take()
        await office.ready(children[1])
        office.take()
        office.take()
        assert office.given[2] is None
        assert len(children) == 2
        for worker in office.given[:2]:
            office.has_call(worker)
        assert office.workers.full

    run(test)


def test_one_whose_call_is_over_takes_the_next(children: list[Child]) -> None:
    async def test() -> None:
        office = Office(most=1)
        await office.ready(*children)
        office.take()
        worker = office.given[0]
        assert worker is not None
        call_id = office.has_call(worker)
        office.take()
        assert office.given[1] is None
        worker.calls.discard(call_id)
        office.workers.freed(worker)
        office.take()
        assert office.given[2] is worker

    run(test)


def test_idle_ones_are_not_kept_for_ever(children: list[Child]) -> None:
    async def test() -> None:
        office = Office(most=16)
        for _ in range(8):
            office.take()
        await office.ready(*children)
        for worker in office.given:
            assert worker is not None
            office.workers.settle(worker)
        assert 2 <= sum(not child.stopped for child in children) <= 4

    run(test)


def test_one_that_dies_is_told_and_replaced(children: list[Child]) -> None:
    async def test() -> None:
        office = Office(most=4)
        lost: list[Worker] = []
        office.workers.lost = lost.append
        await office.ready(*children)
        office.take()
        children[0].lost()
        children[1].lost()
        await turn()
        assert office.given[0] in lost
        assert len(children) >= 3 or len(lost) == 2

    run(test)


def test_who_waits_at_the_end_is_told_at_once(children: list[Child]) -> None:
    async def test() -> None:
        office = Office(most=8)
        office.take()
        assert office.given == []
        office.workers.stop()
        assert office.given == [None]

    run(test)


def test_none_is_given_any_more_at_the_end(children: list[Child]) -> None:
    async def test() -> None:
        office = Office(most=8)
        await office.ready(*children)
        office.workers.stop()
        office.take()
        assert office.given == [None]

    run(test)


def test_a_new_one_knows_what_the_others_know(children: list[Child]) -> None:
    async def test() -> None:
        office = Office(most=4)
        office.workers.greet = lambda: (wire.Leave(),)
        await office.ready(*children)
        assert children[0].sent == [wire.Leave()]

    run(test)


# ---- where it rings


class Bells:
    """Calls at three workers, and what these were told."""

    def __init__(self) -> None:
        self.calls = Calls()
        self.told: list[tuple[int, wire.Ring]] = []
        self.ringing = Ringing(self.calls, lambda one, ring: self.told.append((one.number, ring)))
        self.workers = [Worker(number, None) for number in range(3)]  # type: ignore[arg-type]

    def rings(self, number: int) -> UUID:
        call_id = uuid4()
        called = Called(to="", p_called_party_id="", diversion=(), history=(), request_uri="")
        self.calls.rang(
            PhoneIncoming(
                call_id=call_id,
                line_id=uuid4(),
                called=called,
                caller_uri="",
                caller_name="",
                at=NOW,
            ),
            self.workers[number],
        )
        self.ringing.look()
        return call_id

    def hears(self, report: Any) -> None:
        self.calls.note(report, NOW)
        self.ringing.look()


def test_it_rings_for_the_newest_and_stops_with_the_last() -> None:
    bells = Bells()
    first, second = bells.rings(0), bells.rings(1)
    on, off = wire.Ring(on=True), wire.Ring(on=False)
    assert bells.told == [(0, on), (0, off), (1, on)]
    bells.hears(PhoneEnded(call_id=second, cause=Cause.MISSED))
    bells.hears(PhoneEnded(call_id=first, cause=Cause.MISSED))
    assert bells.told[3:] == [(1, off), (0, on), (0, off)]


def test_it_only_hints_while_somebody_speaks() -> None:
    bells = Bells()
    spoken = bells.rings(0)
    bells.hears(PhoneAnswered(call_id=spoken))
    bells.rings(1)
    assert bells.told[-1] == (1, wire.Ring(on=True, quiet=True))
    bells.hears(PhoneHeld(call_id=spoken, held=True))
    assert bells.told[-1] == (1, wire.Ring(on=True, quiet=False))


def test_each_call_has_its_tone() -> None:
    bells = Bells()
    call_id = bells.rings(0)
    call = bells.calls.get(call_id)
    assert call is not None
    call.tone = "bell.wav"
    bells.ringing.look()
    bells.ringing.look()
    assert bells.told == [(0, wire.Ring(on=True)), (0, wire.Ring(on=True, tone="bell.wav"))]
