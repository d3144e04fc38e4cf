"""Via (RFC 3261 18 and 20.42, RFC 3581): where an answer goes. Pure."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from receptionist.phone.sip.message import Message
from receptionist.phone.sip.reading import BadSip
from receptionist.phone.sip.uri import param_of, without_param

COOKIE = "z9hG4bK"
"""What every branch begins with (RFC 3261 8.1.1.7)."""

_PORTS = {"TLS": 5061}
_VIA = re.compile(
    r"SIP\s*/\s*2\.0\s*/\s*(?P<transport>[A-Za-z0-9\-.]+)\s+"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s:;,\[\]]+)\s*(?::\s*(?P<port>[0-9]{1,5}))?\s*(?P<params>;.*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Via:
    """One Via. `port` is 0 where none is given; `params` begins with its semicolon."""

    transport: str
    host: str
    port: int = 0
    params: str = ""

    def __str__(self) -> str:
        port = f":{self.port}" if self.port else ""
        return f"SIP/2.0/{self.transport} {self.host}{port}{self.params}"

    @property
    def branch(self) -> str:
        """The branch; empty if there is none."""
        return self.param("branch") or ""

    def param(self, name: str) -> str | None:
        """The value of a parameter, empty for one without; None if it is not there."""
        return param_of(self.params, name)

    @property
    def back(self) -> tuple[str, int]:
        """Where an answer goes (RFC 3261 18.2.2, RFC 3581 4)."""
        usual = self.port or _PORTS.get(self.transport.upper(), 5060)
        host = self.param("received") or self.host
        port = self.param("rport") or ""
        return host.strip("[]"), int(port) if port.isdecimal() and len(port) <= 5 else usual


def via(value: str) -> Via:
    """Read one Via; `BadSip` if it is none."""
    found = _VIA.fullmatch(value.strip())
    if found is None or int(found["port"] or 0) > 65535:
        raise BadSip("not a Via")
    port, params = int(found["port"] or 0), (found["params"] or "").strip()
    return Via(found["transport"].upper(), found["host"], port, params)


def own_via(transport: str, host: str, port: int, branch: str) -> str:
    """A Via of ours, which asks for the port the request was seen to come from."""
    return f"SIP/2.0/{transport.upper()} {host}:{port};branch={branch};rport"


def new_branch() -> str:
    """A branch that nobody else has."""
    return COOKIE + secrets.token_hex(9)


def stamp(message: Message, transport: str, host: str, port: int) -> None:
    """Write into the first Via of a request where it came from (RFC 3261 18.2.1).

    Over a stream the port is written even if it was not asked for: the answer goes back on it.
    """
    value = message.remove_first("via") or ""
    first = via(value)
    params = without_param(first.params, "received")
    if first.param("rport") is not None or transport != "udp":
        params = f"{without_param(params, 'rport')};rport={port}"
    params = f"{params};received={host}"
    message.prepend("Via", str(Via(first.transport, first.host, first.port, params)))
