"""Which call is shown: never another one while somebody types."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from receptionist.model.call import Call, Caller, CallState, Cause, Direction, Segment
from ui.models.stage import Seen, Stage

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def ringing(after_s: int = 0) -> Seen:
    call = Call(
        id=uuid4(),
        direction=Direction.INCOMING,
        line_id=None,
        dialled="+4930231250",
        caller=Caller("+492214710134"),
        segments=(Segment(state=CallState.RINGING, start=NOON + timedelta(seconds=after_s)),),
    )
    return Seen(call, None, "Hello")


def then(seen: Seen, state: CallState, cause: Cause = Cause.NONE, **texts: str) -> Seen:
    last = Segment(state=state, start=NOON, cause=cause)
    call = replace(seen.call, segments=(*seen.call.segments, last), **texts)
    return replace(seen, call=call)


def ended(seen: Seen, **texts: str) -> Seen:
    return then(seen, CallState.ENDED, Cause.CALLER_HUNG_UP, **texts)


def test_a_ringing_call_is_shown_when_nothing_else_is() -> None:
    stage, first = Stage(), ringing()
    stage.take_in(first, typing=False)
    assert stage.shown == first
    assert stage.to_answer == first


def test_a_second_ringing_call_stays_in_the_list() -> None:
    stage, first, second = Stage(), ringing(), ringing(3)
    stage.take_in(first, typing=False)
    stage.take_in(second, typing=False)
    assert stage.shown == first
    assert stage.to_answer == first
    assert stage.live == [first, second]


def test_a_call_that_is_spoken_stays_shown() -> None:
    stage, first, second = Stage(), ringing(), ringing(3)
    stage.take_in(first, typing=False)
    stage.take_in(talking := then(first, CallState.ACTIVE), typing=False)
    stage.take_in(second, typing=False)
    assert stage.shown == talking
    assert stage.to_answer == second


def test_a_finished_call_stays_while_somebody_types_and_gives_way_otherwise() -> None:
    for typing in (True, False):
        stage, first, second = Stage(), ringing(), ringing(3)
        stage.take_in(first, typing=False)
        stage.take_in(talked := then(first, CallState.ACTIVE), typing=typing)
        stage.take_in(over := ended(talked), typing=typing)
        assert stage.shown == over
        stage.take_in(second, typing=typing)
        assert stage.shown == (over if typing else second)


def test_a_missed_call_with_nothing_typed_makes_room() -> None:
    stage, first, second = Stage(), ringing(), ringing(3)
    stage.take_in(first, typing=False)
    stage.take_in(second, typing=False)
    stage.take_in(ended(first), typing=False)
    assert stage.shown == second
    stage.take_in(ended(second), typing=False)
    assert stage.shown is None
    assert stage.live == []


def test_a_missed_call_with_a_note_stays() -> None:
    stage, first = Stage(), ringing()
    stage.take_in(first, typing=False)
    stage.take_in(over := ended(first, note="Water"), typing=False)
    assert stage.shown == over


def test_stepping_goes_round_the_live_calls() -> None:
    stage, calls = Stage(), [ringing(n) for n in range(3)]
    for seen in calls:
        stage.take_in(seen, typing=False)
    order = []
    for _turn in range(4):
        order.append(stage.shown)
        stage.step()
    assert order == [calls[0], calls[1], calls[2], calls[0]]


def test_putting_away_shows_who_rings_before_who_is_held() -> None:
    stage, over, held, rings = Stage(), ringing(), ringing(1), ringing(2)
    for seen in (over, held, rings):
        stage.take_in(seen, typing=False)
    stage.take_in(then(held, CallState.HELD), typing=True)
    stage.take_in(ended(then(over, CallState.ACTIVE)), typing=True)
    stage.put_away()
    assert stage.shown == rings


def consulting(caller: Seen) -> Seen:
    """Somebody is called for a caller, who waits meanwhile."""
    asked = ringing(9)
    call = replace(asked.call, direction=Direction.OUTGOING, consults_for=caller.call.id)
    return then(replace(asked, call=call), CallState.DIALLING)


def test_who_could_not_be_asked_gives_way_to_his_caller_and_not_to_who_rings() -> None:
    stage, caller, rings = Stage(), ringing(), ringing(3)
    for seen in (held := then(caller, CallState.HELD), rings, asked := consulting(caller)):
        stage.take_in(seen, typing=False)
    stage.show(asked.call.id)
    stage.take_in(then(asked, CallState.ENDED, Cause.BUSY), typing=False)
    assert stage.shown == held


def test_after_a_consultation_its_caller_is_resumed_however_many_wait() -> None:
    stage, other, caller = Stage(), ringing(), ringing(3)
    asked = consulting(caller)
    for seen in (then(other, CallState.HELD), held := then(caller, CallState.HELD), asked):
        stage.take_in(seen, typing=False)
    stage.show(asked.call.id)
    stage.take_in(ended(then(asked, CallState.ACTIVE)), typing=True)
    assert stage.to_resume == held


def test_putting_away_shows_who_is_spoken_to_before_who_rings() -> None:
    stage, over, rings, spoken = Stage(), ringing(), ringing(3), ringing(5)
    for seen in (over, rings, talking := then(spoken, CallState.ACTIVE)):
        stage.take_in(seen, typing=False)
    stage.take_in(ended(over, note="x"), typing=False)
    stage.put_away()
    assert stage.shown == talking


def test_a_live_call_is_not_put_away() -> None:
    stage, first = Stage(), ringing()
    stage.take_in(first, typing=False)
    stage.put_away()
    assert stage.shown == first


def test_a_call_from_the_journal_is_shown_and_changes_with_its_events() -> None:
    stage, over = Stage(), ended(then(ringing(), CallState.ACTIVE))
    stage.take_in(over, typing=False)
    assert stage.shown is None
    stage.open(over)
    stage.take_in(changed := ended(over, note="Corrected"), typing=True)
    assert stage.shown == changed
