"""One worker alone opens the devices to tell how loud it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from receptionist.model.sound import Trial
from receptionist.phone import wire
from receptionist.phone.exchange.calls import Calls
from receptionist.phone.exchange.listening import Listening
from receptionist.phone.exchange.workers import Worker


@dataclass
class Child:
    heard: list[Any] = field(default_factory=list)

    def send(self, command: Any) -> None:
        self.heard.append(command)


@dataclass
class Spoken:
    worker: Worker
    active: bool = True


def worker(number: int, port: int = 5060) -> tuple[Worker, list[Any]]:
    child = Child()
    return Worker(number, cast(Any, child), port=port), child.heard


ON, OFF = wire.Listen(on=True), wire.Listen(on=False)
TONE = wire.Listen(on=True, trial=Trial.HEADSET)


def test_the_first_that_is_ready_listens_alone() -> None:
    unready, first, second = worker(1, port=0), worker(2), worker(3)
    listening = Listening(Calls(), [unready[0], first[0], second[0]])
    for command in (ON, TONE, OFF):
        listening.ask(command)
    assert (unready[1], first[1], second[1]) == ([], [ON, TONE, OFF], [])


def test_who_is_spoken_with_is_listened_to() -> None:
    idle, busy = worker(1), worker(2)
    calls: list[Spoken] = []
    listening = Listening(cast(Any, calls), [idle[0], busy[0]])
    listening.ask(ON)
    calls.append(Spoken(busy[0]))
    listening.ask(TONE)
    listening.ask(OFF)
    assert (idle[1], busy[1]) == ([ON, OFF], [TONE, OFF])


def test_without_a_worker_nothing_happens() -> None:
    Listening(Calls(), []).ask(ON)
