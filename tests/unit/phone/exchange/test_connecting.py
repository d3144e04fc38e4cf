"""Two callers of two workers are connected: the desk hears of it as if one engine had both."""

from __future__ import annotations

from uuid import uuid4

import pytest

from receptionist.events import (
    PhoneCommandFailed,
    PhoneEnded,
    PhoneMuted,
    PhoneTransferFailed,
    PhoneTransferred,
)
from receptionist.model.call import Cause
from receptionist.phone.exchange.connecting import Connecting

CALL, OTHER = uuid4(), uuid4()
DONE = PhoneTransferred(call_id=CALL)
GONE = PhoneEnded(call_id=OTHER, cause=Cause.CALLER_HUNG_UP)
FAILED = PhoneTransferFailed(call_id=CALL, status=603, reason="")
REFUSED = PhoneCommandFailed(call_id=CALL, command="transfer_to", detail="")
ENDED = PhoneEnded(call_id=CALL, cause=Cause.TRANSFERRED)
MOVED = PhoneEnded(call_id=OTHER, cause=Cause.TRANSFERRED)


NO_WORD = PhoneTransferFailed(call_id=CALL, status=408, reason="")
LEFT = PhoneTransferFailed(call_id=CALL, status=410, reason="")


class Clock:
    """Monotonic seconds, as tests want them."""

    now = 0.0


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pair(clock: Clock) -> Connecting:
    connecting = Connecting(lambda: clock.now)
    connecting.begin(CALL, OTHER)
    return connecting


def test_the_other_call_is_hung_up_and_was_transferred(pair: Connecting) -> None:
    assert pair.told(DONE) == (DONE,)
    assert list(pair.to_hang_up()) == [OTHER]
    assert pair.told(ENDED) == (ENDED,)
    ours = PhoneEnded(call_id=OTHER, cause=Cause.WE_HUNG_UP)
    assert pair.told(ours) == (MOVED,)
    assert list(pair.to_hang_up()) == []


def test_an_end_that_comes_too_early_is_told_when_it_is_clear_why(pair: Connecting) -> None:
    assert pair.told(GONE) == ()
    assert pair.told(DONE) == (DONE, MOVED)
    assert list(pair.to_hang_up()) == []


@pytest.mark.parametrize("why", [FAILED, REFUSED])
def test_what_fails_leaves_the_ends_as_they_were(
    pair: Connecting, why: PhoneTransferFailed | PhoneCommandFailed
) -> None:
    assert pair.told(GONE) == ()
    assert pair.told(why) == (why, GONE)
    assert pair.dialog_came(OTHER) is None


def test_a_failure_alone_is_told_alone(pair: Connecting) -> None:
    assert pair.told(FAILED) == (FAILED,)
    assert pair.told(GONE) == (GONE,)


def test_whose_dialog_is_gone_is_not_waited_for(pair: Connecting) -> None:
    assert pair.told(GONE) == ()
    lost = PhoneCommandFailed(call_id=OTHER, command="dialog_of", detail="")
    assert pair.told(lost) == (GONE, LEFT)
    assert pair.dialog_came(OTHER) is None


@pytest.mark.parametrize("left", [True, False])
def test_a_dialog_that_never_comes_leaves_nobody_waiting(
    pair: Connecting, clock: Clock, left: bool
) -> None:
    """The other one hangs up, and then his worker dies before it can say anything."""
    if left:
        assert pair.told(GONE) == ()
    clock.now = 9.0
    assert pair.late() == ()
    clock.now = 10.0
    assert pair.late() == ((GONE, NO_WORD) if left else (NO_WORD,))
    assert pair.late() == ()
    assert pair.dialog_came(OTHER) is None


def test_who_was_asked_has_all_the_time_that_his_worker_gives(
    pair: Connecting, clock: Clock
) -> None:
    assert pair.dialog_came(OTHER) == CALL
    clock.now = 100.0
    assert pair.late() == ()
    assert pair.told(DONE) == (DONE,)


def test_a_dialog_that_cannot_be_had_fails_the_transfer_alone(pair: Connecting) -> None:
    lost = PhoneCommandFailed(call_id=OTHER, command="dialog_of", detail="")
    assert pair.told(lost) == (REFUSED,)
    assert pair.told(GONE) == (GONE,)


@pytest.mark.parametrize("cause", [Cause.WE_HUNG_UP, Cause.ENGINE_DIED])
def test_who_goes_before_its_dialog_came_fails_the_transfer(pair: Connecting, cause: Cause) -> None:
    over = PhoneEnded(call_id=OTHER, cause=cause)
    assert pair.told(over) == (REFUSED, over)
    lost = PhoneCommandFailed(call_id=OTHER, command="dialog_of", detail="")
    assert pair.told(lost) == ()


def test_whom_we_hang_up_is_over_at_once(pair: Connecting) -> None:
    assert pair.dialog_came(OTHER) == CALL
    ours = PhoneEnded(call_id=OTHER, cause=Cause.WE_HUNG_UP)
    assert pair.told(ours) == (ours,)


def test_nobody_else_is_concerned(pair: Connecting) -> None:
    muted = PhoneMuted(call_id=uuid4(), muted=True)
    assert pair.told(muted) == (muted,)
