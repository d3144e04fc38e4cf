"""Requests of our own that are no INVITE, and their answers (RFC 3261 17.1.2). Loop thread only."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.transports import Transports
from receptionist.phone.sip.message import BadSip, Message
from receptionist.phone.sip.via import new_branch, own_via, via
from receptionist.reasons import Reason

_T1_S, _T2_S = 0.5, 4.0
"""RFC 3261 17.1.2.2: the first interval of repeating over UDP, and the longest."""


class NoAnswer(Exception):
    """Nobody answered in time, or (`broken`) there was no connection to answer over."""

    def __init__(self, reason: Reason = Reason.LINE_UNREACHABLE, *, broken: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.broken = broken


class Asking:
    """Sends requests and waits for their answers, which are known again by their branch."""

    def __init__(self, transports: Transports) -> None:
        self._transports = transports
        self._open: dict[str, tuple[Hop, asyncio.Future[Message]]] = {}

    async def ask(self, message: Message, hop: Hop, patience_s: float) -> Message:
        """Send with a Via of ours and return the final answer; `NoAnswer` if there is none."""
        host, port = self._transports.local(hop)
        if not host:
            raise NoAnswer
        branch = new_branch()
        message.prepend("Via", own_via(hop.transport, host, port, branch))
        answered: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._open[branch] = (hop, answered)
        try:
            async with asyncio.timeout(patience_s):
                return await self._repeat(message, hop, answered)
        except TimeoutError:
            raise NoAnswer from None
        finally:
            del self._open[branch]

    async def _repeat(
        self, message: Message, hop: Hop, answered: asyncio.Future[Message]
    ) -> Message:
        wait_s = _T1_S
        self._transports.send(message, hop)
        while hop.transport == "udp":
            with suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    return await asyncio.shield(answered)
            self._transports.send(message, hop)
            wait_s = min(2 * wait_s, _T2_S)
        return await answered

    def heard(self, message: Message) -> bool:
        """Take an answer in; False if it is none to a request of ours."""
        try:
            branch = via(message.get("via") or "").branch
        except BadSip:
            return False
        if branch not in self._open:
            return False
        answered = self._open[branch][1]
        if message.status >= 200 and not answered.done():
            answered.set_result(message)
        return True

    def lost(self, hop: Hop, reason: Reason) -> None:
        """The flow to `hop` broke, or never stood: what was asked over it is not answered."""
        for asked, answered in list(self._open.values()):
            if asked == hop and not answered.done():
                answered.set_exception(NoAnswer(reason, broken=True))
