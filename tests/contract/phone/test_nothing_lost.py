"""Desks are killed just when something has happened: the journal has it, and has it once."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from receptionist.model.call import CallState, Cause, Direction
from receptionist.reasons import Reason
from tests.contract.phone.whole_desks import ANSWERED, Desks, is_answered
from tests.doubles.sip.talker import Talker

_SOON_S = 0.03
_AT_ONCE = 3


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    desks = Desks(tmp_path)
    yield desks
    desks.close()


def some_call(desks: Desks, numbers: list[str], chance: random.Random) -> None:
    """They call, go at once or are answered and go then; somewhere in that the desk is killed."""
    with ExitStack() as calls:
        talkers = {number: calls.enter_context(Talker()) for number in numbers}
        for number, talker in talkers.items():
            talker.call(number, desks.port)
        for number, talker in talkers.items():
            talker.wait_for("SIP/2.0 180")
            if is_answered(number):
                talker.talk()
                talker.until(partial(bool, talker.packets))
        for talker in talkers.values():
            talker.hang_up()
        time.sleep(chance.uniform(0.0, _SOON_S))
        desks.dies()
        for number, talker in talkers.items():
            over = "CSeq: 2 BYE" if is_answered(number) else "SIP/2.0 487"
            talker.until(partial(saw, talker, over))


def saw(talker: Talker, words: str) -> bool:
    """Whether a message with these words came back."""
    return any(words in one for one in tuple(talker.saw))


def is_whole(desks: Desks, numbers: list[str]) -> None:
    """Each call is there once, over, and called back once if nobody answered."""
    calls, owed = desks.journal()
    assert Counter(call.dialled for call in calls) == Counter(numbers)
    assert {call.direction for call in calls} == {Direction.INCOMING}
    for call in calls:
        answered = is_answered(call.dialled)
        assert [one.state for one in call.segments] == [
            CallState.RINGING,
            *[CallState.ACTIVE] * answered,
            CallState.ENDED,
        ]
        assert call.cause is (Cause.CALLER_HUNG_UP if answered else Cause.MISSED)
        assert [one.reason for one in owed if one.call_id == call.id] == (
            [] if answered else [Reason.MISSED]
        )


@pytest.mark.parametrize("rounds", [4, pytest.param(60, marks=pytest.mark.soak)])
def test_whenever_the_desk_is_killed_each_call_is_written_once(desks: Desks, rounds: int) -> None:
    chance = random.Random(rounds)
    numbers = [f"{ANSWERED}{number:04}" for number in range(rounds * _AT_ONCE)]
    for number in range(rounds):
        desks.start()
        some_call(desks, numbers[number * _AT_ONCE : (number + 1) * _AT_ONCE], chance)
    desks.start()
    desks.settle()
    is_whole(desks, numbers)
