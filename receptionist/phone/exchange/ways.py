"""How the voice of each line goes: by the address of ours that its provider is reached from.

Behind a NAT a STUN server says what that address is outside. A worker asks it for each call, and
waits for seconds when it is silent, with ICE in vain; so it is told when there is one. Loop thread.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID

from receptionist.phone.exchange.stun import seen_from
from receptionist.phone.wire import EngineSettings, MediaWay

log = logging.getLogger(__name__)

_EVERY_S = 10.0

Asks = Callable[..., Awaitable[str]]


class Ways:
    """Keeps the way of each line. `local` gives a line's address, `tell` hears of other ways."""

    def __init__(
        self,
        settings: EngineSettings,
        local: Callable[[UUID], str],
        tell: Callable[[UUID, MediaWay], None],
        ask: Asks = seen_from,
    ) -> None:
        self._server = settings.stun
        self._ice = settings.ice
        self._local = local
        self._tell = tell
        self._ask = ask
        self._lines: dict[UUID, MediaWay] = {}
        self._outside: dict[str, MediaWay] = {}
        self._new = asyncio.Event()

    def look(self, line_id: UUID) -> None:
        """A line has changed."""
        address = self._local(line_id)
        if not address:
            self._lines.pop(line_id, None)
            return
        if address not in self._outside:
            self._outside[address] = MediaWay(address=address)
            self._new.set()
        way = self._outside[address]
        if way != self._lines.get(line_id):
            self._lines[line_id] = way
            self._tell(line_id, way)

    async def watch(self) -> None:
        """Ask as whom we are seen, now and then and for every new address, for ever."""
        while self._server:
            self._new.clear()
            for address in tuple(self._outside):
                await self._ask_for(address)
            try:
                await asyncio.wait_for(self._new.wait(), _EVERY_S)
            except TimeoutError:
                continue

    async def _ask_for(self, address: str) -> None:
        """Where we were seen stays while the server is silent; no worker asks it then."""
        seen = await self._ask(address, self._server)
        before = self._outside[address]
        if self._ice:
            self._is(replace(before, asks=bool(seen)))
        else:
            self._is(replace(before, seen=seen or before.seen))
            old = await self._ask(address, self._server, old=True)
            self._is(replace(before, seen=seen or old or before.seen, asks=bool(old)))
            seen = seen or old
        if not seen:
            log.warning("the STUN server %s does not answer", self._server)

    def _is(self, way: MediaWay) -> None:
        self._outside[way.address] = way
        for line_id in tuple(self._lines):
            self.look(line_id)
