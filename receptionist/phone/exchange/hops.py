"""Where a SIP message goes next, and where one came from. Pure."""

from __future__ import annotations

from dataclasses import dataclass

TRANSPORTS = ("udp", "tcp", "tls")


@dataclass(frozen=True, slots=True)
class Hop:
    """The next server: an address, not a name. `name` is whose certificate it must show (TLS)."""

    transport: str
    host: str
    port: int
    name: str = ""

    def __str__(self) -> str:
        return f"{self.transport}:{self.host}:{self.port}"


Source = Hop
"""Where a message came from. An answer that is sent to it goes back over the same flow."""
