"""From a line to addresses: SRV where no port is given, then A (RFC 3263 4.2). Loop thread only.

Look-ups wait on threads. IPv4 alone, because the voice has no other.
"""

from __future__ import annotations

import asyncio
import logging
import random
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from receptionist.model.office import Line
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.sip.sources import host_of, literal, port_of

log = logging.getLogger(__name__)

_SERVICES = {"udp": "_sip._udp", "tcp": "_sip._tcp", "tls": "_sips._tcp"}
_PORTS = {"udp": 5060, "tcp": 5060, "tls": 5061}
_DNS_S = 3.0
_KNOWN_S = 20.0
"""Longer than forty lines take to ask, shorter than anybody waits for another address."""


@dataclass(frozen=True, slots=True)
class Target:
    """A server that an SRV record names (RFC 2782)."""

    host: str
    port: int
    priority: int = 0
    weight: int = 0


def ask_srv(name: str) -> list[Target]:
    """The SRV records of a name, none if it has none. Waits."""
    import dns.exception
    import dns.resolver

    try:
        answer = dns.resolver.resolve(name, "SRV", lifetime=_DNS_S)
    except (dns.exception.DNSException, OSError) as error:
        log.debug("no SRV records at %s: %s", name, type(error).__name__)
        return []
    return [Target(str(r.target).rstrip("."), r.port, r.priority, r.weight) for r in answer]


def ask_addresses(name: str) -> list[str]:
    """The IPv4 addresses of a name, none if there are none. Waits."""
    try:
        answers = socket.getaddrinfo(name, None, socket.AF_INET, socket.SOCK_DGRAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


class Resolver:
    """Looks names up, each once however many ask at a time."""

    def __init__(
        self,
        srv: Callable[[str], list[Target]] = ask_srv,
        addresses: Callable[[str], list[str]] = ask_addresses,
    ) -> None:
        self._srv = srv
        self._addresses = addresses
        self._known: dict[tuple[str, str], tuple[tuple[Hop, ...], float]] = {}
        self._pending: dict[tuple[str, str], asyncio.Future[tuple[Hop, ...]]] = {}

    async def hops(self, line: Line) -> tuple[Hop, ...]:
        """Where requests of a line go, in the order of trying: its proxy, or its registrar."""
        return await self.places(line.transport, line.proxy or line.registrar)

    async def places(self, transport: str, place: str) -> tuple[Hop, ...]:
        """The servers behind `host` or `host:port`; none if it is not found."""
        key = (transport, place)
        hops, until = self._known.get(key, ((), 0.0))
        if time.monotonic() < until:
            return hops
        pending = self._pending.get(key)
        if pending is None:
            pending = asyncio.ensure_future(self._look_up(transport, place))
            self._pending[key] = pending
            pending.add_done_callback(lambda _: self._pending.pop(key, None))
        hops = await asyncio.shield(pending)
        if hops:
            self._known[key] = (hops, time.monotonic() + _KNOWN_S)
        return hops

    def forget(self) -> None:
        """Ask again for everything: the network is another one now."""
        self._known.clear()

    async def _look_up(self, transport: str, place: str) -> tuple[Hop, ...]:
        host, port = host_of(place), port_of(place)
        address = literal(host)
        usual = port or _PORTS[transport]
        if address is not None:
            return (Hop(transport, address, usual, _shown(transport, host)),)
        loop = asyncio.get_running_loop()
        targets = [Target(host, usual)]
        if not port and "." in host:
            service = f"{_SERVICES[transport]}.{host}"
            found = await loop.run_in_executor(None, self._srv, service)
            targets = in_order(found) or targets
        hops: list[Hop] = []
        for target in targets:
            look_up = partial(self._addresses, target.host)
            for found_address in await loop.run_in_executor(None, look_up):
                hops.append(Hop(transport, found_address, target.port, _shown(transport, host)))
        return tuple(dict.fromkeys(hops))


def in_order(targets: list[Target]) -> list[Target]:
    """By priority, within one at random by weight (RFC 2782); `.` names no service."""
    usable = [target for target in targets if target.host]
    return sorted(
        usable, key=lambda t: (t.priority, -(random.random() ** (1 / max(t.weight, 0.01))))
    )


def _shown(transport: str, host: str) -> str:
    """Whom the certificate must name: the name that was asked for, not what SRV made of it."""
    return host if transport == "tls" else ""
