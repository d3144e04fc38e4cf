"""The outside as the edge sees it: who may call on which line, and how a URI is reached.

Loop thread only.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from receptionist.model.office import Line, Srtp
from receptionist.phone.exchange.hops import TRANSPORTS, Hop
from receptionist.phone.exchange.registrations import Registrations
from receptionist.phone.exchange.resolve import Resolver
from receptionist.phone.exchange.trace import Traces
from receptionist.phone.exchange.transports import Transports
from receptionist.phone.sip.limits import Limits
from receptionist.phone.sip.message import BadSip, Message
from receptionist.phone.sip.sources import literal
from receptionist.phone.sip.uri import Uri, uri

log = logging.getLogger(__name__)

_PORTS = {"tls": 5061}

INVITES = {"rate": 20.0, "burst": 40.0, "overall_rate": 30.0, "overall_burst": 60.0}
"""A worker survives fewer than 50 a second; no office has that many callers."""


class Outside:
    """Sends, finds the way, and knows who may come in."""

    def __init__(
        self,
        transports: Transports,
        registrations: Registrations,
        traces: Traces,
        resolver: Resolver | None = None,
    ) -> None:
        self._transports = transports
        self._traces = traces
        self._registrations = registrations
        self._limits = Limits(**INVITES)
        self._resolver = resolver or Resolver()
        self._asking: set[asyncio.Task[None]] = set()

    def send(self, message: Message, hop: Hop) -> None:
        """Send, as far as possible."""
        self._traces.add(message, hop, sent=True)
        with suppress(OSError):
            self._transports.send(message, hop)

    def local(self, hop: Hop) -> tuple[str, int]:
        """Our address and port as they are seen from there."""
        return self._transports.local(hop)

    def place(self, hop: Hop) -> str:
        """The same as `host:port`."""
        host, port = self._transports.local(hop)
        return f"{host}:{port}"

    def line_for(self, request_uri: str, source: Hop) -> UUID | None:
        """The line of an INVITE from there; nothing for strangers."""
        return self._registrations.line_for(request_uri, source.host, source.transport)

    def admits(self, host: str) -> bool:
        """Whether one more caller from there may come in just now."""
        return self._limits.admits(host, time.monotonic())

    def insists(self, line_id: UUID) -> bool:
        """Whether the voice of a line is encrypted, or there is none."""
        line = self._registrations.line(line_id)
        return line is not None and line.srtp is Srtp.REQUIRED

    def proxy(self, line_id: UUID) -> str:
        """The loose route that calls of a line begin with; empty if there is none."""
        line = self._registrations.line(line_id)
        if line is None or not line.proxy:
            return ""
        suffix = f";transport={line.transport}" if line.transport != "udp" else ""
        return f"sip:{line.proxy}{suffix};lr"

    def reach(
        self,
        line_id: UUID,
        target: str,
        found: Callable[[Hop | None], None],
        known: Hop | None = None,
    ) -> None:
        """Find the way to a URI for a line, and call `found`, at once where nothing is asked.

        A line with TLS never leaves its provider's connection, nor does a dialog whose `known` way
        is TLS when its line has no server just now. Of several servers those are taken that know
        the dialog or the line.
        """
        line = self._registrations.line(line_id)
        server = self._registrations.server(line_id)
        if line is not None and line.transport == "tls" and server is not None:
            found(server)
            return
        if server is None and known is not None and known.transport == "tls":
            found(known)
            return
        try:
            place = uri(target)
        except BadSip:
            found(None)
            return
        transport = _transport(place, line)
        host = place.host.strip("[]")
        address = literal(host)
        if address is not None:
            port = place.port or _PORTS.get(transport, 5060)
            found(Hop(transport, address, port, host if transport == "tls" else ""))
            return
        task = asyncio.get_running_loop().create_task(
            self._ask(transport, place, found, (known, server))
        )
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _ask(
        self,
        transport: str,
        place: Uri,
        found: Callable[[Hop | None], None],
        preferred: tuple[Hop | None, ...],
    ) -> None:
        name = f"{place.host}:{place.port}" if place.port else place.host
        hops = await self._resolver.places(transport, name)
        better = (hop for hop in preferred if hop in hops)
        found(next(better, hops[0] if hops else None))


def _transport(place: Uri, line: Line | None) -> str:
    """RFC 3263 4.1, as far as one line has one way."""
    wanted = (place.param("transport") or "").lower()
    if place.scheme == "sips":
        return "tls"
    if wanted in TRANSPORTS:
        return wanted
    return "tls" if line is not None and line.transport == "tls" else "udp"
