"""Hold and resume by re-INVITE (RFC 3264 8.4), once no other one is under way. Loop thread only."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

import pjsua2 as pj

from receptionist.errors import PhoneError
from receptionist.events import PhoneCommandFailed, PhoneHeld
from receptionist.phone.engine.leg import Leg, Wish

_PATIENCE_S = 5.0
_RETRY_S = 0.1
_BUSY_WITH_ANOTHER = 70013
"""PJ_EINVALIDOP: an INVITE transaction of the dialog is not over."""


class Holding:
    """Who is to be on hold, and what became of it. `changed` is called when a leg's state is."""

    def __init__(self, report: Callable[[Any], None], changed: Callable[[Leg], None]) -> None:
        self._report = report
        self._changed = changed

    def wish(self, leg: Leg, held: bool, music: str = "") -> None:
        """Hold (`held`) or resume."""
        if not leg.confirmed:
            raise PhoneError("the call is not up")
        if held:
            leg.music = music
        leg.wish = Wish(held, until=time.monotonic() + _PATIENCE_S)
        self.grant(leg)

    def grant(self, leg: Leg) -> None:
        """Send the re-INVITE that is wished for, unless one is under way (RFC 3261 14.1)."""
        held, now = leg.wish.held, time.monotonic()
        if held is None or leg.holding is not None or now < leg.wish.not_before:
            return
        if leg.held != held:
            try:
                reinvite(leg, held)
            except pj.Error as error:
                if error.status != _BUSY_WITH_ANOTHER or now > leg.wish.until:
                    leg.wish = Wish()
                    self._failed(leg, held, error.reason)
                else:
                    leg.wish.not_before = now + _RETRY_S
                return
            leg.holding = held
            self._changed(leg)
        else:
            self._report(PhoneHeld(call_id=leg.call_id, held=held))
        leg.wish = Wish()

    def agreed(self, leg: Leg, held: bool) -> None:
        """The audio of a call was set up anew, on hold by us or not."""
        if leg.holding is not None and held == leg.holding:
            leg.holding, leg.held = None, held
            self._report(PhoneHeld(call_id=leg.call_id, held=held))

    def answered(self, leg: Leg, status: int) -> None:
        """The other side answered our re-INVITE; after a refusal nothing has changed (14.1)."""
        held = leg.holding
        if status < 300 or status in (401, 407) or held is None or leg.over:
            return
        leg.holding = None
        if status == 491:
            now = time.monotonic()
            wait = random.uniform(2.1, 4.0) if not leg.incoming else random.uniform(0.1, 2.0)
            leg.wish = Wish(held, not_before=now + wait, until=now + wait + _PATIENCE_S)
        else:
            self._failed(leg, held, f"refused with {status}")
        self._changed(leg)

    def _failed(self, leg: Leg, held: bool, detail: str) -> None:
        command = "hold" if held else "resume"
        self._report(PhoneCommandFailed(call_id=leg.call_id, command=command, detail=detail))


def reinvite(leg: Leg, held: bool) -> None:
    """Send a re-INVITE that holds the other side, or takes it off hold."""
    operation = pj.CallOpParam(True)
    operation.opt.audioCount, operation.opt.videoCount = 1, 0
    if held:
        leg.setHold(operation)
    else:
        operation.opt.flag = pj.PJSUA_CALL_UNHOLD
        leg.reinvite(operation)
