"""What the desk may rely on, whatever phone it has."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from receptionist.events import (
    EngineChanged,
    EngineState,
    LineChanged,
    LineState,
    PhoneAnswered,
    PhoneCommandFailed,
    PhoneDigit,
    PhoneEnded,
    PhoneHeld,
    PhoneIncoming,
    PhoneMuted,
)
from receptionist.model.call import Cause
from receptionist.model.dialled import candidates
from receptionist.model.refusal import REFUSALS, Refusal
from tests.contract.phone.world import DIALLED, World, in_call


def test_a_call_rings_with_what_was_dialled_and_by_whom(world: World) -> None:
    call_id = world.caller_rings()
    event = world.desk.wait(PhoneIncoming, call_id=call_id)
    assert event.line_id == world.line.id
    assert candidates(event.called, "DE")[0] == DIALLED
    assert event.caller_uri.startswith("sip:")
    assert event.at.tzinfo is not None
    world.peer_saw(call_id, "ringing")


def test_an_answered_call_is_up_on_both_sides(world: World) -> None:
    call_id = in_call(world)
    assert not world.desk.all(PhoneEnded, call_id=call_id)


def test_a_declined_call_ends_with_its_status(world: World) -> None:
    call_id = world.caller_rings()
    world.desk.phone.decline(call_id, 603)
    ended = world.desk.wait(PhoneEnded, call_id=call_id)
    assert (ended.cause, ended.status) == (Cause.DECLINED, 603)
    world.peer_saw(call_id, "closed")


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: one.key)
def test_every_reason_to_decline_ends_the_call_with_its_own(world: World, refusal: Refusal) -> None:
    call_id = world.caller_rings()
    world.desk.phone.decline(call_id, refusal.status, refusal.reason)
    ended = world.desk.wait(PhoneEnded, call_id=call_id)
    assert (ended.cause, ended.status) == (Cause.DECLINED, refusal.status)
    world.peer_saw(call_id, "closed")


def test_a_ringing_caller_is_sent_elsewhere(world: World) -> None:
    call_id = world.caller_rings()
    world.desk.phone.redirect(call_id, "+493023125010")
    ended = world.desk.wait(PhoneEnded, call_id=call_id)
    assert (ended.cause, ended.status) == (Cause.DECLINED, 302)


def test_a_call_that_is_up_cannot_be_sent_elsewhere(world: World) -> None:
    call_id = in_call(world)
    world.desk.phone.redirect(call_id, "+493023125010")
    assert world.desk.wait(PhoneCommandFailed, call_id=call_id).command == "redirect"
    assert not world.desk.all(PhoneEnded)


def test_a_caller_who_gives_up_was_missed(world: World) -> None:
    call_id = world.caller_rings()
    world.peer_saw(call_id, "ringing")
    world.peer_hangs_up(call_id)
    ended = world.desk.wait(PhoneEnded, call_id=call_id)
    assert (ended.cause, ended.status) == (Cause.MISSED, 487)


def test_the_caller_hangs_up(world: World) -> None:
    call_id = in_call(world)
    world.peer_hangs_up(call_id)
    ended = world.desk.wait(PhoneEnded, call_id=call_id)
    assert (ended.cause, ended.status) == (Cause.CALLER_HUNG_UP, 0)


def test_we_hang_up(world: World) -> None:
    call_id = in_call(world)
    world.desk.phone.hang_up(call_id)
    ended = world.desk.wait(PhoneEnded, call_id=call_id)
    assert (ended.cause, ended.status) == (Cause.WE_HUNG_UP, 0)
    world.peer_saw(call_id, "closed")


def test_we_call_and_are_answered(world: World) -> None:
    call_id = world.we_dial()
    world.peer_answers(call_id)
    world.desk.wait(PhoneAnswered, call_id=call_id)
    world.desk.phone.hang_up(call_id)
    assert world.desk.wait(PhoneEnded, call_id=call_id).cause is Cause.WE_HUNG_UP


def test_we_call_and_the_other_side_is_busy(world: World) -> None:
    call_id = world.we_dial()
    world.peer_hangs_up(call_id)
    ended = world.desk.wait(PhoneEnded, call_id=call_id)
    assert (ended.cause, ended.status) == (Cause.BUSY, 486)


def test_the_id_of_a_call_that_came_to_nothing_is_dialled_again(world: World) -> None:
    """As the desk does when a line has failed and the next one is taken."""
    call_id = world.we_dial()
    world.peer_hangs_up(call_id)
    world.desk.wait(PhoneEnded, call_id=call_id)
    world.we_dial(call_id)
    world.peer_answers(call_id)
    world.desk.wait(PhoneAnswered, call_id=call_id)
    world.desk.phone.hang_up(call_id)
    world.desk.wait(PhoneEnded, 2, call_id=call_id)


def test_what_cannot_be_dialled_fails_and_ends(world: World) -> None:
    call_id = uuid4()
    world.desk.phone.dial(call_id, uuid4(), DIALLED)
    assert world.desk.wait(PhoneCommandFailed, call_id=call_id).command == "dial"
    assert world.desk.wait(PhoneEnded, call_id=call_id).cause is Cause.FAILED


def test_hold_and_resume(world: World) -> None:
    call_id = in_call(world)
    world.desk.phone.hold(call_id)
    world.desk.wait(PhoneHeld, call_id=call_id, held=True)
    world.desk.phone.resume(call_id)
    world.desk.wait(PhoneHeld, call_id=call_id, held=False)


def test_mute_is_reported(world: World) -> None:
    call_id = in_call(world)
    world.desk.phone.mute(call_id, True)
    world.desk.wait(PhoneMuted, call_id=call_id, muted=True)
    world.desk.phone.mute(call_id, False)
    world.desk.wait(PhoneMuted, call_id=call_id, muted=False)


def test_digits_both_ways(world: World) -> None:
    call_id = in_call(world)
    world.desk.phone.send_digits(call_id, "5#")
    world.peer_saw(call_id, "digit 5")
    world.peer_saw(call_id, "digit #")
    world.peer_presses(call_id, "7")
    assert world.desk.wait(PhoneDigit, call_id=call_id).digit == "7"


def test_a_command_for_a_call_that_is_gone_fails(world: World) -> None:
    call_id = world.caller_rings()
    world.desk.phone.decline(call_id)
    world.desk.wait(PhoneEnded, call_id=call_id)
    world.desk.phone.answer(call_id)
    assert world.desk.wait(PhoneCommandFailed, call_id=call_id).command == "answer"


def test_a_call_that_is_up_cannot_be_declined(world: World) -> None:
    call_id = in_call(world)
    world.desk.phone.decline(call_id)
    assert world.desk.wait(PhoneCommandFailed, call_id=call_id).command == "decline"
    assert not world.desk.all(PhoneEnded)


def test_a_line_that_is_changed_keeps_its_calls(world: World) -> None:
    call_id = in_call(world)
    told = len(world.desk.all(LineChanged))
    changed = replace(world.line, name="Neu", registrar="127.0.0.1:5099", user="neu")
    world.desk.phone.register(changed, None)
    world.desk.wait(LineChanged, told + 2)
    world.peer_presses(call_id, "5")
    world.desk.wait(PhoneDigit, call_id=call_id, digit="5")
    world.desk.phone.hold(call_id)
    world.desk.wait(PhoneHeld, call_id=call_id, held=True)
    assert not world.desk.all(PhoneEnded, call_id=call_id)


def test_a_line_that_is_taken_away_stops(world: World) -> None:
    world.desk.phone.unregister(world.line.id)
    world.desk.wait(LineChanged, line_id=world.line.id, state=LineState.STOPPED)


def test_an_engine_that_dies_in_a_call_comes_back(world: World) -> None:
    call_id = in_call(world)
    world.engine_dies()
    world.desk.wait(EngineChanged, state=EngineState.LOST)
    ended = world.desk.wait(PhoneEnded, call_id=call_id)
    assert ended.cause is Cause.ENGINE_DIED
    world.desk.wait(EngineChanged, 2, state=EngineState.READY)
    world.desk.wait(LineChanged, 2, line_id=world.line.id, state=LineState.READY)
    order = [event for event in world.desk.events if isinstance(event, EngineChanged | PhoneEnded)]
    lost = order.index(EngineChanged(state=EngineState.LOST))
    assert isinstance(order[lost + 1], PhoneEnded)
    assert world.caller_rings() != call_id


def test_stopping_ends_the_calls(world: World) -> None:
    call_id = in_call(world)
    world.desk.phone.stop()
    assert world.desk.wait(PhoneEnded, call_id=call_id).cause is Cause.WE_HUNG_UP
    world.peer_saw(call_id, "closed")
