"""What the end of a call means: why it ended, for the journal, and whether we owe a call. Pure."""

from __future__ import annotations

from receptionist.events import PhoneEnded
from receptionist.model.call import Call, CallState, Cause, Direction
from receptionist.model.unattended import StepKind
from receptionist.reasons import Reason

MOVED = 302
"""The status with which a ringing caller is sent elsewhere."""


def cause_of(before: Call, event: PhoneEnded) -> Cause:
    """Why a call has ended that was like `before`."""
    if event.status == MOVED and event.cause is Cause.DECLINED:
        return Cause.TRANSFERRED
    if _missed(before) and before.connected_to:
        return Cause.TRANSFERRED  # the phone has connected him with somebody else
    if before.step is StepKind.BUSY and event.cause is Cause.DECLINED:
        return Cause.MISSED  # nobody has declined him: he heard the busy tone by a rule
    if _missed(before) and event.cause in (Cause.CALLER_HUNG_UP, Cause.WE_HUNG_UP):
        return Cause.MISSED  # a ringing call is only hung up by us when the desk closes
    return event.cause


def owed_for(before: Call, cause: Cause) -> Reason | None:
    """Why the other side is to be called back; nothing where it is not."""
    if cause is Cause.ENGINE_DIED:
        return Reason.CALL_LOST
    if _missed(before):
        settled = (Cause.DECLINED, Cause.REFUSED, Cause.TRANSFERRED)
        return None if cause in settled else Reason.MISSED
    if before.state is CallState.HELD and cause is Cause.CALLER_HUNG_UP:
        return Reason.GAVE_UP_ON_HOLD
    return None


def _missed(before: Call) -> bool:
    return before.direction is Direction.INCOMING and not before.answered
