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


@pytest.fixture
def pair() -> Connecting:
    connecting = Connecting()
    connecting.begin(CALL, OTHER)
    assert connecting.asked_for(OTHER) == CALL
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
    assert pair.asked_for(OTHER) is None


def test_a_failure_alone_is_told_alone(pair: Connecting) -> None:
    assert pair.told(FAILED) == (FAILED,)
    assert pair.told(GONE) == (GONE,)


def test_whom_we_hang_up_is_over_at_once(pair: Connecting) -> None:
    ours = PhoneEnded(call_id=OTHER, cause=Cause.WE_HUNG_UP)
    assert pair.told(ours) == (ours,)


def test_nobody_else_is_concerned(pair: Connecting) -> None:
    muted = PhoneMuted(call_id=uuid4(), muted=True)
    assert pair.told(muted) == (muted,)
