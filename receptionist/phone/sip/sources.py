"""From which addresses a line takes INVITEs: its registrar and its proxy, resolved."""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Callable

from receptionist.errors import PhoneError
from receptionist.model.office import Line

_PLACE = re.compile(r"[A-Za-z0-9.\-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_USER = re.compile(r"[A-Za-z0-9\-_.!~*'()&=+$,;?/%#]*")


def check(line: Line) -> None:
    """Nothing but a host, a port and a user may get into the URIs we build."""
    if not _PLACE.fullmatch(line.registrar) or not _USER.fullmatch(line.user):
        raise PhoneError("registrar or user of the line cannot be written in a SIP address")
    if line.proxy and not _PLACE.fullmatch(line.proxy):
        raise PhoneError("proxy of the line cannot be written in a SIP address")


def host_of(place: str) -> str:
    """The host of `host`, `host:port`, `[v6]` or `[v6]:port`, lower case."""
    text = place.strip().lower()
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0]


def port_of(place: str) -> int:
    """The port of such a place, 0 if it names none."""
    port = place.strip().rpartition("]")[2].rpartition(":")[2] if ":" in place else ""
    return int(port) if port.isdecimal() else 0


def literal(host: str) -> str | None:
    """`host` in one spelling if it is an IP address."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


class Sources:
    """The addresses of one line. Literal ones count at once, names when `resolve` is done."""

    def __init__(self, line: Line) -> None:
        hosts = {host_of(place) for place in (line.registrar, line.proxy) if place}
        self.names = tuple(sorted(host for host in hosts if literal(host) is None))
        self._addresses = {address for host in hosts if (address := literal(host))}

    def allows(self, source: str) -> bool:
        """Whether `source` (`address:port`) is one of them; ports do not matter."""
        return literal(host_of(source)) in self._addresses

    def add(self, addresses: tuple[str, ...]) -> None:
        """These belong to the line too, e.g. what answered our REGISTER."""
        self._addresses.update(found for a in addresses if (found := literal(host_of(a))))

    def resolve(self, found: Callable[[tuple[str, ...]], None]) -> None:
        """Look the names up on a thread of its own and call `found` there."""
        names = self.names
        if not names:
            found(())
            return
        threading.Thread(target=lambda: found(_look_up(names)), name="resolve", daemon=True).start()


def _look_up(names: tuple[str, ...]) -> tuple[str, ...]:
    addresses: set[str] = set()
    for name in names:
        try:
            answers = socket.getaddrinfo(name, None, type=socket.SOCK_DGRAM)
        except (OSError, UnicodeError):
            continue
        addresses.update(str(answer[4][0]) for answer in answers)
    return tuple(sorted(addresses))
