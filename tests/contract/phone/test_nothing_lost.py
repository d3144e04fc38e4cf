"""Desks are killed just when something has happened: the journal has it, and has it once."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from receptionist.model.call import CallState, Cause, Direction
from receptionist.reasons import Reason
from tests.contract.phone.whole_desks import ANSWERED, Desks, is_answered
from tests.doubles.sip.talker import Talker

_SOON_S = 0.03


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    desks = Desks(tmp_path)
    yield desks
    desks.close()


def a_call(desks: Desks, number: str) -> None:
    """Somebody calls, goes at once or is answered and goes then."""
    with Talker() as talker:
        talker.call(number, desks.port)
        talker.wait_for("SIP/2.0 180")
        if is_answered(number):
            talker.talk()
            talker.until(partial(bool, talker.packets))
        talker.hang_up()
        talker.until(partial(saw, talker, "CSeq: 2 BYE" if is_answered(number) else "SIP/2.0 487"))


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


@pytest.mark.parametrize("lives", [4, pytest.param(60, marks=pytest.mark.soak)])
def test_whenever_the_desk_is_killed_each_call_is_written_once(desks: Desks, lives: int) -> None:
    """Some had written what happened and could not say so; some had not."""
    chance = random.Random(lives)
    numbers = [f"{ANSWERED}{life:04}" for life in range(lives)]
    for number in numbers:
        desks.start()
        a_call(desks, number)
        time.sleep(chance.uniform(0.0, _SOON_S))
        desks.dies()
    desks.start()
    desks.settle()
    is_whole(desks, numbers)
