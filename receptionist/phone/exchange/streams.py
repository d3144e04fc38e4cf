"""SIP over TCP and TLS: one flow a peer, framing, pings answered, an end to peers that do not read.

Loop thread only.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Protocol

from receptionist.phone.exchange.hops import Hop
from receptionist.phone.sip.framing import PONG, Framer
from receptionist.phone.sip.message import BadSip, Message

log = logging.getLogger(__name__)

MOST_UNREAD = 256 * 1024
_MOST_WAITING = 64


class Flows(Protocol):
    """Who keeps the flows."""

    def flow_heard(self, message: Message, flow: Flow) -> None:
        """A message arrived."""

    def flow_up(self, flow: Flow) -> None:
        """The connection stands."""

    def flow_down(self, flow: Flow, error: BaseException | None) -> None:
        """The connection is over, or never came about."""

    def rubbish(self, host: str) -> None:
        """What arrived is no SIP."""


class Flow(asyncio.Protocol):
    """One connection. What is sent before it stands waits, a little."""

    def __init__(self, flows: Flows, hop: Hop | None = None) -> None:
        self._flows = flows
        self._framer = Framer()
        self._transport: asyncio.Transport | None = None
        self._waiting: list[bytes] = []
        self._over = False
        self.hop = hop
        self.local = ("", 0)
        self.incoming = hop is None
        self.heard = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio: the connection stands, TLS too."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        peer = transport.get_extra_info("peername") or ("", 0)
        local = transport.get_extra_info("sockname") or ("", 0)
        self.local = (local[0], local[1])
        if self.hop is None:
            self.hop = Hop("tcp", peer[0], peer[1])
        if self._over:
            transport.abort()
            return
        for data in self._waiting:
            transport.write(data)
        self._waiting.clear()
        self._flows.flow_up(self)

    def data_received(self, data: bytes) -> None:
        """asyncio: bytes arrived."""
        assert self.hop is not None
        pings, bad = self._framer.pings, self._framer.bad
        try:
            for message in self._framer.feed(data):
                self.heard = True
                self._flows.flow_heard(message, self)
        except BadSip as error:
            log.info("a stream is closed: %s", error)
            self._flows.rubbish(self.hop.host)
            self.close()
            return
        for _ in range(self._framer.bad - bad):
            self._flows.rubbish(self.hop.host)
        if self._transport is not None and self._framer.pings > pings:
            self._transport.write(PONG)

    def connection_lost(self, error: Exception | None) -> None:
        """asyncio: the connection is over."""
        self.fail(error)

    def fail(self, error: BaseException | None) -> None:
        """It is over, or never came about; told once."""
        if not self._over:
            self._over = True
            self._flows.flow_down(self, error)

    def send(self, data: bytes) -> None:
        """Write, or keep until the connection stands; a peer that reads nothing is cut off."""
        if self._transport is None:
            if len(self._waiting) < _MOST_WAITING:
                self._waiting.append(data)
            return
        if self._transport.get_write_buffer_size() > MOST_UNREAD:
            log.warning("%s does not read what it is sent: connection closed", self.hop)
            self.close()
            return
        self._transport.write(data)

    def close(self) -> None:
        """End it now."""
        if self._transport is not None:
            self._transport.abort()
        self.fail(None)

    @property
    def standing(self) -> bool:
        """Whether it is connected."""
        return self._transport is not None and not self._over
