"""What a call tells from its segments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from receptionist.model.call import Call, Caller, CallState, Cause, Direction, Segment

START = datetime(2027, 3, 1, 9, tzinfo=UTC)


def segment(state: CallState, second: int, seconds: float | None = None) -> Segment:
    cause = Cause.CALLER_HUNG_UP if state is CallState.ENDED else Cause.NONE
    return Segment(state=state, start=START + timedelta(0, second), seconds=seconds, cause=cause)


def call(*segments: Segment) -> Call:
    return Call(
        id=UUID(int=1),
        direction=Direction.INCOMING,
        line_id=None,
        dialled="",
        caller=Caller(),
        segments=segments,
    )


def test_a_call_that_was_held() -> None:
    held = call(
        segment(CallState.RINGING, 0, 4.0),
        segment(CallState.ACTIVE, 4, 10.5),
        segment(CallState.HELD, 15, 20.0),
        segment(CallState.ACTIVE, 35, 1.5),
        segment(CallState.ENDED, 37),
    )
    assert held.answered
    assert held.ended
    assert held.cause is Cause.CALLER_HUNG_UP
    assert held.talk_s == 32.0
    assert held.started == START
    assert held.since == START + timedelta(0, 37)


def test_a_call_that_rings_has_no_talk() -> None:
    ringing = call(segment(CallState.RINGING, 0))
    assert not ringing.answered
    assert not ringing.ended
    assert ringing.talk_s == 0
    assert ringing.cause is Cause.NONE
