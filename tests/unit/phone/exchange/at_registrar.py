"""Lines as the exchange puts them together, at a registrar on the same loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

from receptionist.events import LineChanged, LineState
from receptionist.model.office import Line
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.registrations import Registrations
from receptionist.phone.exchange.resolve import Resolver
from receptionist.phone.exchange.transports import Transports, new_loop
from receptionist.phone.sip.message import Message, response_to
from tests.doubles.sip.registrar import USER, Manners, Registrar

CEILING_S = 60.0


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    loop = new_loop()
    try:
        loop.run_until_complete(asyncio.wait_for(test(), CEILING_S * 3))
    finally:
        loop.close()


class Office:
    """Transports and lines as the exchange puts them together, and what the desk was told."""

    def __init__(self, resolver: Resolver | None = None, watch_s: float = 0.05) -> None:
        self.told: list[LineChanged] = []
        self._news = asyncio.Event()
        self.transports = Transports(self._heard, lambda *lost: self.lines.lost(*lost))
        self.lines = Registrations(self.transports, self._tell, resolver, watch_s)

    def _tell(self, event: LineChanged) -> None:
        self.told.append(event)
        self._news.set()

    def _heard(self, message: Message, source: Hop) -> None:
        if not self.lines.heard(message) and message.is_request:
            self.transports.send(response_to(message, 200, "OK", "us"), source)

    def hurry(self) -> None:
        """Every line is registered anew, as after something that made us doubt."""
        for registration in self.lines._lines.values():
            registration.hurry()

    async def until(self, state: LineState, since: int = 0) -> LineChanged:
        """The first event of this state after the first `since` ones."""
        async with asyncio.timeout(CEILING_S):
            while True:
                for event in self.told[since:]:
                    if event.state is state:
                        return event
                self._news.clear()
                await self._news.wait()

    async def until_all(self, state: LineState) -> None:
        """Every line is so."""
        async with asyncio.timeout(CEILING_S):
            while set({event.line_id: event.state for event in self.told}.values()) != {state}:
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def office(resolver: Resolver | None = None) -> AsyncIterator[Office]:
    made = Office(resolver)
    await made.transports.open("127.0.0.1")
    try:
        yield made
    finally:
        await made.lines.leave()
        await made.transports.close()


@asynccontextmanager
async def registrar(transport: str = "udp", **manners: Any) -> AsyncIterator[Registrar]:
    made = Registrar(Manners(**manners))
    await (made.open_udp() if transport == "udp" else made.open_stream())
    try:
        yield made
    finally:
        made.close()


def place(line: Line, host: str) -> str:
    """Our Contact for a line."""
    return f"sip:{line.user}@{host};line={line.id.hex}"


def a_line(server: Registrar | str, **more: Any) -> Line:
    place = server if isinstance(server, str) else f"127.0.0.1:{server.port}"
    return replace(Line(id=uuid4(), key="k", name="n", registrar=place, user=USER), **more)
