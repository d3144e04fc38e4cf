"""The outside sockets: UDP and TCP on one port, TLS to providers. Loop thread only."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress

from receptionist.errors import PhoneError
from receptionist.phone.exchange.hops import Hop, Source
from receptionist.phone.exchange.streams import Flow
from receptionist.phone.exchange.trust import client_context, reason_of
from receptionist.phone.sip.limits import Rubbish
from receptionist.phone.sip.message import BadSip, Message, parse
from receptionist.phone.sip.via import stamp
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

_TRIES = 20
_CONNECT_S = 8.0
_MOST_INCOMING = 256
_SHORTEST = 32
_RECEIVE_BUFFER = 1 << 20


def new_loop() -> asyncio.AbstractEventLoop:
    """A loop that survives unreachable UDP peers on Windows, where the usual one goes deaf."""
    return asyncio.SelectorEventLoop()


class Transports:
    """Sends and receives SIP. `on_message` gets what is well-formed, `on_lost` flows that broke.

    The first Via of a request that arrives says where it came from. `trust` makes the context
    with which TLS peers are judged; it is asked when the first is needed.
    """

    def __init__(
        self,
        on_message: Callable[[Message, Source], None],
        on_lost: Callable[[Hop, Reason], None] = lambda hop, reason: None,
        trust: Callable[[], ssl.SSLContext] = client_context,
    ) -> None:
        self._on_message = on_message
        self._on_lost = on_lost
        self._trust = trust
        self._context: ssl.SSLContext | None = None
        self._udp: asyncio.DatagramTransport | None = None
        self._server: asyncio.Server | None = None
        self._flows: dict[Hop, Flow] = {}
        self._seen: dict[Hop, tuple[str, int]] = {}
        self._connecting: set[asyncio.Task[None]] = set()
        self._rubbish = Rubbish()
        self._bind = ""
        self.port = 0

    async def open(self, bind: str = "", kept_port: int = 0, *, streams: bool = True) -> int:
        """Listen on `bind`, on `kept_port` if it is free, and return the port."""
        self._bind = bind
        for attempt in range(_TRIES):
            wanted = kept_port if attempt == 0 else 0
            try:
                await self._listen(bind or "0.0.0.0", wanted, streams)
                return self.port
            except OSError as error:
                log.info("port %d cannot be used: %s", wanted, error)
                await self.close()
        raise PhoneError(f"no free port on {bind or 'any address'}")

    async def close(self) -> None:
        """Close everything."""
        for task in self._connecting:
            task.cancel()
        flows, self._flows = list(self._flows.values()), {}
        for flow in flows:
            flow.close()
        if self._udp is not None:
            self._udp.close()
            self._udp = None
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    def send(self, message: Message, hop: Hop) -> None:
        """Send to `hop`, over the flow there is or a new one. Failures come by `on_lost`."""
        data = message.to_bytes()
        if hop.transport == "udp":
            if self._udp is not None:
                self._udp.sendto(data, (hop.host, hop.port))
            return
        flow = self._flows.get(hop)
        if flow is None:
            flow = self._flows[hop] = Flow(self, hop)
            task = asyncio.get_running_loop().create_task(self._connect(flow, hop))
            self._connecting.add(task)
            task.add_done_callback(self._connecting.discard)
        flow.send(data)

    def local(self, hop: Hop) -> tuple[str, int]:
        """Our address and port as `hop` may reach us; empty without a way there."""
        seen = self._seen.get(hop)
        if seen is not None:
            return seen
        flow = self._flows.get(hop)
        if flow is not None and flow.standing:
            return flow.local
        return self.address_towards(hop.host), self.port

    def seen_as(self, hop: Hop, place: tuple[str, int] | None) -> None:
        """`hop` said where it sees us (RFC 3581); None forgets it."""
        if place is None:
            self._seen.pop(hop, None)
        else:
            self._seen[hop] = place

    def address_towards(self, host: str) -> str:
        """Our address on the way to `host`; empty without a way there. Sends nothing."""
        if self._bind and self._bind != "0.0.0.0":
            return self._bind
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((host, 9))
            return str(probe.getsockname()[0])
        return ""

    def drop(self, hop: Hop) -> None:
        """Close the flow to `hop`; the next message opens another. Nobody is told."""
        self._seen.pop(hop, None)
        flow = self._flows.pop(hop, None)
        if flow is not None:
            flow.close()

    # ---- what the sockets tell

    def datagram(self, data: bytes, host: str, port: int) -> None:
        """A datagram arrived. What is no SIP is thrown away before it is read."""
        if len(data) < _SHORTEST:
            if data.strip(b"\r\n\0"):
                self.rubbish(host)
            return
        line, end, _ = data.lstrip(b"\r\n").partition(b"\r\n")
        if not end or not (line.endswith(b"SIP/2.0") or line.startswith(b"SIP/2.0 ")):
            self.rubbish(host)
            return
        try:
            self._take(parse(data.lstrip(b"\r\n")), Source("udp", host, port))
        except BadSip:
            self.rubbish(host)

    def flow_heard(self, message: Message, flow: Flow) -> None:
        """A message arrived on a stream."""
        assert flow.hop is not None
        try:
            self._take(message, flow.hop)
        except BadSip:
            self.rubbish(flow.hop.host)

    def flow_up(self, flow: Flow) -> None:
        """A connection stands."""
        assert flow.hop is not None
        if flow.incoming:
            self._make_room()
            self._flows[flow.hop] = flow

    def flow_down(self, flow: Flow, error: BaseException | None) -> None:
        """A connection is over, or never came about."""
        if flow.hop is not None and self._flows.get(flow.hop) is flow:
            del self._flows[flow.hop]
            self._seen.pop(flow.hop, None)
            reason = reason_of(error) if error is not None else Reason.LINE_UNREACHABLE
            log.info("connection to %s is over: %s", flow.hop, error or "closed")
            self._on_lost(flow.hop, reason)

    def rubbish(self, host: str) -> None:
        """Count what was thrown away, and say so now and then."""
        many = self._rubbish.add(time.monotonic())
        if many:
            log.warning(
                "%d messages that are no SIP were thrown away, the last from %s", many, host
            )

    # ---- inside

    def _take(self, message: Message, source: Source) -> None:
        if message.is_request:
            stamp(message, source.transport, source.host, source.port)
        self._on_message(message, source)

    async def _listen(self, bind: str, port: int, streams: bool) -> None:
        loop = asyncio.get_running_loop()
        if streams:
            self._server = await loop.create_server(lambda: Flow(self), bind, port)
            port = self._server.sockets[0].getsockname()[1]
        udp, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self.datagram), local_addr=(bind, port)
        )
        self._udp = udp
        bound = udp.get_extra_info("socket")
        with suppress(OSError):
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
        self.port = bound.getsockname()[1]

    async def _connect(self, flow: Flow, hop: Hop) -> None:
        """Bring a flow up, from the address we are bound to."""
        loop = asyncio.get_running_loop()
        local = (self._bind, 0) if self._bind else None
        try:
            context = self._judge() if hop.transport == "tls" else None
            name = (hop.name or hop.host) if context is not None else None
            async with asyncio.timeout(_CONNECT_S):
                await loop.create_connection(
                    lambda: flow,
                    hop.host,
                    hop.port,
                    ssl=context,
                    server_hostname=name,
                    local_addr=local,
                )
        except (ConnectionResetError, ConnectionAbortedError) as error:
            flow.fail(ssl.SSLError("hung up in the handshake") if hop.name else error)
        except (OSError, TimeoutError, ValueError) as error:
            flow.fail(error)

    def _judge(self) -> ssl.SSLContext:
        if self._context is None:
            try:
                self._context = self._trust()
            except OSError as error:
                log.warning("a file of certificates cannot be read: %s", error)
                raise ssl.SSLError("nobody can be judged") from error
        return self._context

    def _make_room(self) -> None:
        """Of too many who connected to us, the first that never said anything has to go."""
        incoming = [flow for flow in self._flows.values() if flow.incoming]
        if len(incoming) >= _MOST_INCOMING:
            silent = next((flow for flow in incoming if not flow.heard), incoming[0])
            silent.close()


class _Datagrams(asyncio.DatagramProtocol):
    """The UDP socket. Errors are those of single datagrams, and say nothing."""

    def __init__(self, arrived: Callable[[bytes, str, int], None]) -> None:
        self._arrived = arrived

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._arrived(data, addr[0], addr[1])

    def error_received(self, exc: Exception) -> None:
        log.debug("a datagram came back: %s", exc)
