"""The socket between the exchange and its workers: UDP on 127.0.0.1, for nobody else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

log = logging.getLogger(__name__)

HOST = "127.0.0.1"


class Loopback(asyncio.DatagramProtocol):
    """`heard` takes a datagram and the port it came from. Loop thread only."""

    def __init__(self) -> None:
        self.heard: Callable[[bytes, int], None] = lambda data, port: None
        self._transport: asyncio.DatagramTransport | None = None
        self.place = ""

    async def open(self) -> None:
        """Take any free port."""
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(HOST, 0))
        self._transport = transport
        self.place = f"{HOST}:{transport.get_extra_info('sockname')[1]}"

    def send(self, data: bytes, port: int) -> None:
        """Send to the worker at a port."""
        if self._transport is not None:
            self._transport.sendto(data, (HOST, port))

    def close(self) -> None:
        """Take nothing more."""
        if self._transport is not None:
            self._transport.close()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """asyncio's callback."""
        if addr[0] == HOST:
            self.heard(data, addr[1])

    def error_received(self, exc: Exception) -> None:
        """Nobody listens at a worker's port any more; its link tells as much."""
        log.debug("loopback: %s", type(exc).__name__)
