"""Is the server still there? OPTIONS every few seconds (RFC 3261 11). Loop thread only.

One ping a server, however many lines it has. Whatever it answers counts. A server that has never
answered one is not judged by its silence: it counts as deaf, and is pinged seldom from then on.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable

from receptionist.phone.exchange.asking import Asking, NoAnswer
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.sip.message import Message, request

EVERY_S = 5.0
PATIENCE_S = 3.0
_MISSED = 2
"""So many in a row: within 5 + 2 * 3 seconds a server is known to be gone."""

_SELDOM = 12
"""Of so many pings one is sent to who answers none."""


class Pings:
    """Pings servers. `gone` is told when one stops answering, `back` when it answers again,
    if only one was lost: it may have been started anew. `learnt` is told whether one answers at
    all.
    """

    def __init__(
        self,
        asking: Asking,
        gone: Callable[[Hop], None],
        back: Callable[[Hop], None],
        learnt: Callable[[Hop, bool], None],
        every_s: float = EVERY_S,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._asking = asking
        self._gone = gone
        self._back = back
        self._learnt = learnt
        self._every_s = every_s
        self._patience_s = patience_s
        self._tasks: dict[Hop, asyncio.Task[None]] = {}

    def watch(self, hops: set[Hop]) -> None:
        """Ping these servers and no others."""
        for hop in self._tasks.keys() - hops:
            self._tasks.pop(hop).cancel()
        for hop in hops - self._tasks.keys():
            self._tasks[hop] = asyncio.get_running_loop().create_task(self._ping(hop))

    async def _ping(self, hop: Hop) -> None:
        answers, missed = False, 0
        while True:
            if missed == 0 or missed >= _MISSED or not answers:
                seldom = not answers and missed >= _MISSED
                await asyncio.sleep(self._every_s * (_SELDOM if seldom else 1))
            try:
                await self._asking.ask(ping(hop), hop, self._patience_s)
            except NoAnswer:
                missed += 1
                if missed == _MISSED:
                    self._gone(hop) if answers else self._learnt(hop, False)
                continue
            if not answers:
                self._learnt(hop, True)
            if missed:
                self._back(hop)
            answers, missed = True, 0


def ping(hop: Hop) -> Message:
    """An OPTIONS for a server itself."""
    place = f"{hop.name or hop.host}:{hop.port}"
    transport = "" if hop.transport == "udp" else f";transport={hop.transport}"
    return request(
        "OPTIONS",
        f"sip:{place}{transport}",
        [
            ("Max-Forwards", "70"),
            ("From", f"<sip:ping@{place}>;tag={secrets.token_hex(6)}"),
            ("To", f"<sip:{place}>"),
            ("Call-ID", secrets.token_hex(12)),
            ("CSeq", "1 OPTIONS"),
            ("Accept", "application/sdp"),
        ],
    )
