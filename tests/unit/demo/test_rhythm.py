"""When people call: never three at once, the next a while after the last was answered."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from receptionist.demo import rhythm
from receptionist.demo.callers import PEOPLE, Person
from receptionist.demo.rhythm import Rhythm
from tests.doubles.pump import ManualClock, Pump


class Telephone:
    """Callers without an engine."""

    def __init__(self) -> None:
        self.at: dict[UUID, Person] = {}
        self.all: list[Person] = []
        self.answered: Callable[[UUID, Person], object]
        self.ended: Callable[[UUID, Person], object]

    @property
    def calling(self) -> tuple[Person, ...]:
        return tuple(self.at.values())

    def call(self, person: Person, port: int) -> UUID:
        call_id = uuid4()
        self.at[call_id] = person
        self.all.append(person)
        return call_id

    def hang_up(self, call_id: UUID) -> None:
        if call_id in self.at:
            self.ended(call_id, self.at.pop(call_id))


@pytest.fixture
def pump() -> Pump:
    return Pump(ManualClock())


@pytest.fixture
def telephone() -> Telephone:
    return Telephone()


@pytest.fixture
def started(pump: Pump, telephone: Telephone) -> Rhythm:
    stage: Any = SimpleNamespace(callers=telephone, port=5060)
    started = Rhythm(stage, pump.later)
    started.start()
    return started


@pytest.mark.usefixtures("started")
def test_the_first_calls_after_three_seconds(pump: Pump, telephone: Telephone) -> None:
    pump.advance(rhythm.FIRST_AFTER_S - 0.1)
    assert telephone.all == []
    pump.advance(0.2)
    assert telephone.all == [PEOPLE[0]]


@pytest.mark.usefixtures("started")
def test_nobody_else_calls_while_one_rings_and_then_he_gives_up(
    pump: Pump, telephone: Telephone
) -> None:
    pump.advance(rhythm.FIRST_AFTER_S + rhythm.PATIENCE_S - 1)
    assert len(telephone.all) == 1
    pump.advance(2)
    assert telephone.calling == ()
    pump.advance(rhythm.AGAIN_AFTER_S)
    assert telephone.all == list(PEOPLE[:2])


@pytest.mark.usefixtures("started")
def test_never_more_than_two_at_once(pump: Pump, telephone: Telephone) -> None:
    answered: set[UUID] = set()
    for _ in range(40):
        pump.advance(10)
        assert len(telephone.calling) <= rhythm.MOST
        for call_id, person in list(telephone.at.items()):
            if call_id not in answered:
                answered.add(call_id)
                telephone.answered(call_id, person)
    assert len(telephone.all) == 2
    telephone.hang_up(next(iter(telephone.at)))
    pump.advance(rhythm.AGAIN_AFTER_S + rhythm.NEXT_AFTER_S)
    assert len(telephone.all) == 3


def test_after_the_end_nobody_calls(started: Rhythm, pump: Pump, telephone: Telephone) -> None:
    started.stop()
    pump.advance(500)
    assert telephone.all == []
