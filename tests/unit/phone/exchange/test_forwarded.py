"""Whom nobody answers is forwarded: dialled, joined, or looked after further."""

from __future__ import annotations

import pytest

from receptionist.events import (
    PhoneAnswered,
    PhoneCommandFailed,
    PhoneEnded,
    PhoneJoined,
    PhoneTransferred,
)
from receptionist.model.call import Cause
from receptionist.model.unattended import Step, StepKind
from receptionist.phone import wire
from tests.unit.phone.exchange.test_attendant import CALLER, LINE, Exchange


@pytest.fixture
def exchange() -> Exchange:
    return Exchange()


def test_a_forward_is_answered_and_both_are_joined(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.FORWARD, target=CALLER[:-1] + "1", seconds=20))
    call_id = exchange.rings()
    exchange.passes(10)
    (dial,) = exchange.sent
    assert (dial.line_id, dial.target, dial.shown_as) == (LINE, "+491713920011", CALLER)
    assert (dial.beside, dial.headset) == (call_id, False)
    assert exchange.attendant.owns(dial.call_id)
    exchange.reports(PhoneAnswered(call_id=dial.call_id))
    exchange.attends(call_id)
    assert exchange.sent[-1] == wire.Join(call_id=call_id, other_id=dial.call_id, headset=False)
    assert not [one for one in exchange.told if isinstance(one, PhoneTransferred)]
    joined = PhoneJoined(call_id=call_id, other_id=dial.call_id, joined=True)
    exchange.reports(joined)
    assert exchange.told[-1] == PhoneTransferred(call_id=call_id, target=dial.target)
    assert joined not in exchange.told, "the desk knows nothing of the other"
    exchange.passes(3600)
    exchange.reports(PhoneEnded(call_id=dial.call_id, cause=Cause.CALLER_HUNG_UP))
    assert exchange.sent[-1] == wire.HangUp(call_id=call_id)
    late = PhoneCommandFailed(call_id=call_id, command="join", detail="what the desk wants")
    exchange.reports(late)
    assert exchange.told[-1] == late, "what came about can fail no more"
    assert not any(getattr(one, "call_id", None) == dial.call_id for one in exchange.told)


@pytest.mark.parametrize("heard", [True, False])
def test_who_cannot_be_joined_is_looked_after_further(exchange: Exchange, heard: bool) -> None:
    """Nobody is left in silence, and nobody counts as connected who is not."""
    exchange.plan(Step(kind=StepKind.FORWARD, target="+491713920011"), Step(kind=StepKind.QUEUE))
    call_id = exchange.rings()
    exchange.passes(10)
    (dial,) = exchange.sent
    exchange.reports(PhoneAnswered(call_id=dial.call_id))
    exchange.attends(call_id)
    if heard:
        exchange.reports(PhoneCommandFailed(call_id=call_id, command="join", detail="not up"))
    else:
        exchange.passes(10)
    assert wire.HangUp(call_id=dial.call_id) in exchange.sent
    assert exchange.sent[-1] == wire.Play(call_id=call_id, path="music", loop=True)
    assert exchange.steps_told(call_id)[-1] == (StepKind.QUEUE, 1)
    assert not [one for one in exchange.told if isinstance(one, PhoneTransferred)]


def test_who_was_not_joined_with_one_may_be_with_another(exchange: Exchange) -> None:
    """And with the next, when that one does not answer either."""
    exchange.plan(*(Step(kind=StepKind.FORWARD, target=f"+49171392001{i}") for i in range(3)))
    call_id = exchange.rings()
    exchange.passes(10)
    (first,) = exchange.sent
    exchange.reports(PhoneAnswered(call_id=first.call_id))
    exchange.attends(call_id)
    exchange.reports(PhoneCommandFailed(call_id=call_id, command="join", detail="not up"))
    second = exchange.last(wire.Dial)
    exchange.reports(PhoneEnded(call_id=second.call_id, cause=Cause.BUSY))
    assert exchange.last(wire.Dial).target == "+491713920012"
    assert wire.HangUp(call_id=call_id) not in exchange.sent


def test_a_caller_who_goes_takes_his_forward_along(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.FORWARD, target="+491713920011"), ring_s=0)
    call_id = exchange.rings()
    exchange.passes(0)
    (dial,) = exchange.sent
    exchange.reports(PhoneEnded(call_id=call_id, cause=Cause.MISSED))
    assert exchange.sent[-1] == wire.HangUp(call_id=dial.call_id)
    exchange.reports(PhoneEnded(call_id=dial.call_id, cause=Cause.WE_HUNG_UP))
    assert not exchange.attendant.owns(dial.call_id)


def test_a_forward_nobody_answers_is_given_up(exchange: Exchange) -> None:
    exchange.plan(
        Step(kind=StepKind.FORWARD, target="+491713920011", seconds=20), Step(kind=StepKind.BUSY)
    )
    call_id = exchange.rings()
    exchange.passes(10)
    (dial,) = exchange.sent
    exchange.passes(20)
    assert exchange.sent[1:] == [
        wire.HangUp(call_id=dial.call_id),
        wire.Decline(call_id=call_id, status=486),
    ]


def test_a_line_that_cannot_dial_sends_the_caller_there(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.FORWARD, target="+491713920011"), Step(kind=StepKind.BUSY))
    call_id = exchange.rings()
    exchange.passes(10)
    (dial,) = exchange.sent
    exchange.reports(PhoneCommandFailed(call_id=dial.call_id, command="dial", detail="no line"))
    exchange.reports(PhoneEnded(call_id=dial.call_id, cause=Cause.FAILED))
    assert exchange.sent[1:] == [wire.Redirect(call_id=call_id, target="+491713920011")]
    exchange.reports(PhoneCommandFailed(call_id=call_id, command="redirect", detail="no"))
    assert exchange.sent[-1] == wire.Decline(call_id=call_id, status=486)
