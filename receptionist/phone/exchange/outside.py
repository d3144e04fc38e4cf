"""The outside as the edge sees it: who may call on which line, and how a URI is reached.

Loop thread only.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol
from uuid import UUID

from receptionist.model.office import Line
from receptionist.phone.exchange.hops import TRANSPORTS, Hop
from receptionist.phone.exchange.transports import Transports
from receptionist.phone.sip.limits import Limits
from receptionist.phone.sip.message import BadSip, Message
from receptionist.phone.sip.uri import Uri, uri

log = logging.getLogger(__name__)

_KNOWN_S = 60.0
_MOST_KNOWN = 1000
_PORTS = {"tls": 5061}

INVITES = {"rate": 20.0, "burst": 40.0, "overall_rate": 30.0, "overall_burst": 60.0}
"""A worker survives fewer than 50 a second; no office has that many callers."""


class Registrar(Protocol):
    """What knows the lines."""

    def line_for(self, request_uri: str, host: str) -> UUID | None:
        """The line of an INVITE with this Request-URI from this address; nothing for strangers."""

    def line(self, line_id: UUID) -> Line | None:
        """A line as it is just now."""

    def server(self, line_id: UUID) -> Hop | None:
        """Where its registrar or proxy is reached, as far as is known."""


class Outside:
    """Sends, finds the way, and knows who may come in."""

    def __init__(self, transports: Transports, registrar: Registrar) -> None:
        self._transports = transports
        self._registrar = registrar
        self._limits = Limits(**INVITES)
        self._addresses: dict[str, tuple[str, float]] = {}
        self._asking: set[asyncio.Task[None]] = set()

    def send(self, message: Message, hop: Hop) -> None:
        """Send, as far as possible."""
        with suppress(OSError):
            self._transports.send(message, hop)

    def local(self, hop: Hop) -> tuple[str, int]:
        """Our address and port as they are seen from there."""
        return self._transports.local(hop)

    def place(self, hop: Hop) -> str:
        """The same as `host:port`."""
        host, port = self._transports.local(hop)
        return f"{host}:{port}"

    def line_for(self, request_uri: str, host: str) -> UUID | None:
        """The line of an INVITE from this address; nothing for strangers."""
        return self._registrar.line_for(request_uri, host)

    def admits(self, host: str) -> bool:
        """Whether one more caller from there may come in just now."""
        return self._limits.admits(host, time.monotonic())

    def proxy(self, line_id: UUID) -> str:
        """The loose route that calls of a line begin with; empty if there is none."""
        line = self._registrar.line(line_id)
        if line is None or not line.proxy:
            return ""
        suffix = f";transport={line.transport}" if line.transport != "udp" else ""
        return f"sip:{line.proxy}{suffix};lr"

    def reach(self, line_id: UUID, target: str, found: Callable[[Hop | None], None]) -> None:
        """Find the way to a URI for a line, and call `found`, at once where nothing is asked.

        A line with TLS never leaves its provider's connection.
        """
        line = self._registrar.line(line_id)
        server = self._registrar.server(line_id)
        if line is not None and line.transport == "tls" and server is not None:
            found(server)
            return
        try:
            place = uri(target)
        except BadSip:
            found(None)
            return
        transport = _transport(place, line)
        port = place.port or _PORTS.get(transport, 5060)
        self._resolve(place.host.strip("[]"), transport, port, found)

    def _resolve(
        self, host: str, transport: str, port: int, found: Callable[[Hop | None], None]
    ) -> None:
        name = host if transport == "tls" else ""
        address = self._known(host)
        if address:
            found(Hop(transport, address, port, name))
            return

        async def ask() -> None:
            address = ""
            with suppress(OSError, UnicodeError):
                loop = asyncio.get_running_loop()
                answers = await loop.getaddrinfo(
                    host, None, family=socket.AF_INET, type=socket.SOCK_DGRAM
                )
                address = str(answers[0][4][0])
            if address:
                if len(self._addresses) >= _MOST_KNOWN:
                    self._addresses.clear()
                self._addresses[host] = (address, time.monotonic() + _KNOWN_S)
            found(Hop(transport, address, port, name) if address else None)

        task = asyncio.get_running_loop().create_task(ask())
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    def _known(self, host: str) -> str:
        with suppress(ValueError):
            return str(ipaddress.ip_address(host))
        address, until = self._addresses.get(host, ("", 0.0))
        return address if time.monotonic() < until else ""


def _transport(place: Uri, line: Line | None) -> str:
    """RFC 3263 4.1, as far as one line has one way."""
    wanted = (place.param("transport") or "").lower()
    if place.scheme == "sips":
        return "tls"
    if wanted in TRANSPORTS:
        return wanted
    return "tls" if line is not None and line.transport == "tls" else "udp"
