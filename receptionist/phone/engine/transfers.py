"""Transfers under way: who was asked to call whom, and what became of it. Loop thread only.

RFC 3515 (REFER, and its outcome by NOTIFY), RFC 3891 (Replaces), RFC 5589 (call transfer). The
caller's leg stays until the new call is up; what ends too early is only told once it is clear why.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pjsua2 as pj

from receptionist.errors import PhoneError
from receptionist.events import PhoneEnded, PhoneTransferFailed, PhoneTransferred
from receptionist.model.call import Cause
from receptionist.phone.engine.leg import Leg
from receptionist.phone.engine.overheard import Word

log = logging.getLogger(__name__)

NO_WORD = 408
"""The status of a transfer about which nothing was heard in time."""

_BOTH_GO_S = 3.0
"""So long after one side has left, the other leaves too if they have each other."""


@dataclass
class _Transfer:
    """`other` is whom an attended one connects with; `ended` its end, kept until we know why, and
    `left` that of `leg`. `refer` is the CSeq of the REFER, `accepted` whether it was taken.

    After `until` it has failed for the desk; should it work after all, that still counts.
    """

    leg: Leg
    other: Leg | None
    until: float
    late: bool = False
    refer: int | None = None
    accepted: bool = False
    ended: PhoneEnded | None = None
    left: PhoneEnded | None = None


class Transfers:
    """By the leg that was asked. `report` takes events to the desk; `patience_s` is the wait for
    each word about a transfer."""

    def __init__(self, report: Callable[[Any], None], patience_s: float) -> None:
        self._report = report
        self._patience_s = patience_s
        self._under_way: dict[UUID, _Transfer] = {}
        self._earlier: dict[UUID, list[int]] = {}

    def send(self, leg: Leg, refer_to: str) -> None:
        """Ask the other side of `leg` to call a URI, or a whole Refer-To."""
        self._check(leg)
        leg.xfer(refer_to, pj.CallOpParam(True))
        self._begin(leg, None)

    def connect(self, leg: Leg, other: Leg) -> None:
        """Ask the other side of `leg` to take our place in the call with another."""
        self._check(leg)
        self._check(other)
        leg.xferReplaces(other, pj.CallOpParam(True))
        self._begin(leg, other)

    def _check(self, leg: Leg) -> None:
        if not leg.confirmed:
            raise PhoneError("only calls that are up can be transferred")
        before = self._under_way.get(leg.call_id)
        if before is not None and not before.late:
            raise PhoneError("this call is being transferred already")

    def _begin(self, leg: Leg, other: Leg | None) -> None:
        before = self._under_way.get(leg.call_id)
        if before is not None and before.refer is not None:
            self._earlier.setdefault(leg.call_id, []).append(before.refer)
        until = time.monotonic() + self._patience_s
        self._under_way[leg.call_id] = _Transfer(leg, other, until)

    # ---- what was heard of them --------------------------------------------------------------

    def asked(self, leg: Leg, refer: int) -> None:
        """A REFER has left; after a challenge it is another one."""
        transfer = self._under_way.get(leg.call_id)
        if transfer is not None:
            transfer.refer = refer

    def answered(self, leg: Leg, status: int, reason: str) -> None:
        """The other side takes the REFER, or refuses it."""
        transfer = self._under_way.get(leg.call_id)
        if transfer is None or status in (401, 407):
            return
        if status < 300:
            transfer.accepted = True
        else:
            self._failed(transfer, status, reason)

    def notified(self, leg: Leg, word: Word) -> None:
        """The other side said how far its call to the target is, or what came of it."""
        transfer = self._under_way.get(leg.call_id)
        if transfer is None or self._of_earlier(transfer, word):
            return
        transfer.until = time.monotonic() + self._patience_s
        if 200 <= word.status < 300:
            self._done(transfer)
        elif word.status >= 300 or word.final:
            self._failed(transfer, word.status, word.reason)

    def _of_earlier(self, transfer: _Transfer, word: Word) -> bool:
        """Whether it is about a REFER before this one: without an id the first (RFC 3515 2.4.6)."""
        earlier = self._earlier.get(transfer.leg.call_id, [])
        about = word.refer if word.refer is not None or not earlier else earlier[0]
        if about is None or transfer.refer is None or about == transfer.refer:
            return False
        if word.final and about in earlier:
            earlier.remove(about)
        return True

    def ended(self, leg: Leg, end: PhoneEnded) -> bool:
        """A leg is over: whether its end is told here, or later, and not by who asks."""
        self._earlier.pop(leg.call_id, None)
        transfer = self._under_way.pop(leg.call_id, None)
        if transfer is not None:
            return self._asked_one_left(transfer, end)
        for one in self._under_way.values():
            if one.other is leg:
                return self._other_left(one, end)
        return False

    def _asked_one_left(self, transfer: _Transfer, end: PhoneEnded) -> bool:
        """Who has taken a REFER and leaves has followed it; the other one must leave, too."""
        followed = transfer.accepted and (not transfer.late or transfer.leg.held)
        if transfer.leg.ours or not (followed or transfer.ended):
            self._tell_end(transfer)
            return False
        if transfer.other is None or transfer.ended is not None:
            self._done(transfer)
            return True
        transfer.left, transfer.late = end, False
        transfer.until = time.monotonic() + _BOTH_GO_S
        self._under_way[transfer.leg.call_id] = transfer
        return True

    def _other_left(self, transfer: _Transfer, end: PhoneEnded) -> bool:
        other, transfer.other = transfer.other, None  # a leg that is over is kept nowhere
        if transfer.late or other is None or other.ours:
            return False
        transfer.ended = end
        if transfer.left is not None:
            self._done(transfer)
        return True

    def tick(self) -> None:
        """Once a turn: give up on those about which nothing was heard."""
        now = time.monotonic()
        for transfer in [one for one in self._under_way.values() if not one.late]:
            if now <= transfer.until:
                continue
            if transfer.left is not None:
                del self._under_way[transfer.leg.call_id]
                self._report(transfer.left)
            else:
                transfer.late = True
                self._tell_failure(transfer, NO_WORD, "")

    def _done(self, transfer: _Transfer) -> None:
        """The two have each other: our legs go."""
        self._under_way.pop(transfer.leg.call_id, None)
        if transfer.late and not transfer.leg.held:
            return  # we speak to him again
        self._report(PhoneTransferred(call_id=transfer.leg.call_id))
        if transfer.ended is not None:
            call_id = transfer.ended.call_id
            self._report(PhoneEnded(call_id=call_id, cause=Cause.TRANSFERRED))
        if transfer.leg.over:
            call_id = transfer.leg.call_id
            self._report(PhoneEnded(call_id=call_id, cause=Cause.TRANSFERRED))
        for leg in (transfer.leg, transfer.other):
            if leg is not None and not leg.over:
                leg.ours = Cause.TRANSFERRED
                leg.hangup(pj.CallOpParam(True))

    def _failed(self, transfer: _Transfer, status: int, reason: str) -> None:
        del self._under_way[transfer.leg.call_id]
        if not transfer.late:
            self._tell_failure(transfer, status, reason)

    def _tell_failure(self, transfer: _Transfer, status: int, reason: str) -> None:
        call_id = transfer.leg.call_id
        log.info("transfer of %s failed with %d", call_id, status)
        self._report(PhoneTransferFailed(call_id=call_id, status=status, reason=reason))
        self._tell_end(transfer)

    def _tell_end(self, transfer: _Transfer) -> None:
        """The consultation ended by itself after all."""
        if transfer.ended is not None:
            self._report(transfer.ended)
            transfer.ended = None
