"""One SIP message (RFC 3261 7): what a proxy has to see and to change, everything else as it came.

Bytes that are no UTF-8 survive as surrogates and leave as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from receptionist.phone.sip.reading import (
    BadSip,
    check,
    header_key,
    lines_of,
    split_list,
)

Headers = list[tuple[str, str]]

LISTED: Final = frozenset(
    ("via", "route", "record-route", "contact", "path", "service-route", "p-asserted-identity")
)
"""Headers whose comma-joined values are looked at one by one."""

_COPIED: Final = ("via", "from", "to", "call-id", "cseq")
_TAG = re.compile(r";\s*tag\s*=", re.IGNORECASE)


class Message:
    """A request or a response. Header names may be asked for in any case, compact or not."""

    __slots__ = ("body", "headers", "start")

    def __init__(self, start: str, headers: Headers, body: bytes = b"") -> None:
        self.start = start
        self.headers = headers
        self.body = body

    def __repr__(self) -> str:
        return f"<Message {self.start[:40]!r}>"

    @property
    def is_request(self) -> bool:
        """Whether this is a request."""
        return not self.start.startswith("SIP/2.0 ")

    @property
    def method(self) -> str:
        """The method; that of CSeq in a response."""
        if self.is_request:
            return self.start.partition(" ")[0]
        return (self.get("cseq") or "").rpartition(" ")[2]

    @property
    def uri(self) -> str:
        """The Request-URI; empty in a response."""
        return self.start.split(" ", 2)[1] if self.is_request else ""

    @uri.setter
    def uri(self, uri: str) -> None:
        method, _, version = self.start.split(" ", 2)
        self.start = f"{method} {uri} {version}"

    @property
    def status(self) -> int:
        """The status of a response, 0 for a request."""
        return 0 if self.is_request else int(self.start[8:11])

    @property
    def reason(self) -> str:
        """The reason phrase of a response."""
        return "" if self.is_request else self.start[12:]

    def get(self, name: str) -> str | None:
        """The first value of a header, as it stands on its line."""
        wanted = header_key(name)
        for key, value in self.headers:
            if header_key(key) == wanted:
                return value
        return None

    def all(self, name: str) -> list[str]:
        """Every value of a header; those of `LISTED` one by one."""
        wanted = header_key(name)
        values = [value for key, value in self.headers if header_key(key) == wanted]
        if wanted in LISTED:
            return [part for value in values for part in split_list(value)]
        return values

    def set(self, name: str, value: str) -> None:
        """Make `value` the only one, where the first one stood, or at the end."""
        at = self._first(name)
        if at < 0:
            self.headers.append((name, value))
            return
        kept = self.headers[at][0]
        wanted = header_key(name)
        rest = [pair for pair in self.headers[at + 1 :] if header_key(pair[0]) != wanted]
        self.headers[at:] = [(kept, value), *rest]

    def prepend(self, name: str, value: str) -> None:
        """Put `value` before all others of this header, on a line of its own."""
        self.headers.insert(max(self._first(name), 0), (name, value))

    def remove_first(self, name: str) -> str | None:
        """Take the first value out, also of a comma list, and return it."""
        at = self._first(name)
        if at < 0:
            return None
        kept, value = self.headers.pop(at)
        if header_key(name) in LISTED:
            value, *rest = split_list(value) or [value]
            if rest:
                self.headers.insert(at, (kept, ", ".join(rest)))
        return value

    def remove(self, name: str) -> None:
        """Take every value of a header out."""
        wanted = header_key(name)
        self.headers[:] = [pair for pair in self.headers if header_key(pair[0]) != wanted]

    def copy(self) -> Message:
        """The same again, to be changed by itself."""
        return Message(self.start, list(self.headers), self.body)

    def to_bytes(self) -> bytes:
        """As it goes over the wire, with the Content-Length of the body."""
        lines = [self.start]
        counted = False
        for name, value in self.headers:
            if header_key(name) == "content-length":
                if counted:
                    continue
                counted, value = True, str(len(self.body))
            lines.append(f"{name}: {value}")
        if not counted:
            lines.append(f"Content-Length: {len(self.body)}")
        lines.append("\r\n")
        return "\r\n".join(lines).encode("utf-8", "surrogateescape") + self.body

    def _first(self, name: str) -> int:
        wanted = header_key(name)
        for at, (key, _) in enumerate(self.headers):
            if header_key(key) == wanted:
                return at
        return -1


def parse(data: bytes) -> Message:
    """Read one whole message; `BadSip` if it cannot be passed on as it is."""
    start, headers, body = lines_of(data)
    return Message(start, headers, check(start, headers, body))


def request(
    method: str, uri: str, headers: Iterable[tuple[str, str]], body: bytes = b""
) -> Message:
    """A request of our own."""
    return Message(f"{method} {uri} SIP/2.0", list(headers), body)


def response_to(request: Message, status: int, reason: str, to_tag: str = "") -> Message:
    """An answer of our own to a request (RFC 3261 8.2.6), without a body."""
    headers: Headers = []
    for name, value in request.headers:
        key = header_key(name)
        if key not in _COPIED:
            continue
        if key == "to" and to_tag and not _TAG.search(value.rpartition(">")[2]):
            value = f"{value};tag={to_tag}"
        headers.append((name, value))
    return Message(f"SIP/2.0 {status} {reason}", headers)


__all__ = ["LISTED", "BadSip", "Headers", "Message", "parse", "request", "response_to"]
