"""SIP URIs and name-addrs (RFC 3261 19.1 and 20.10): taken apart, changed, put together. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from receptionist.phone.sip.reading import BadSip

_URI = re.compile(
    r"(?P<scheme>sips?):(?:(?P<user>[^@\s<>\"]+)@)?(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.\-_]+)"
    r"(?::(?P<port>[0-9]{1,5}))?(?P<params>;[^?\s<>\"]*)?(?P<headers>\?[^\s<>\"]*)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r'\s*(?P<display>"(?:\\.|[^"\\])*"|[^<"]*?)\s*<(?P<uri>[^>]*)>(?P<params>.*)')


@dataclass(frozen=True, slots=True)
class Uri:
    """A `sip:` or `sips:` URI. `user` and `params` stay escaped; `port` is 0 where none is given.

    `params` begins with its semicolon, `headers` with its question mark, if there are any.
    """

    scheme: str
    user: str
    host: str
    port: int = 0
    params: str = ""
    headers: str = ""

    def __str__(self) -> str:
        user = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}:{user}{self.host}{port}{self.params}{self.headers}"

    def param(self, name: str) -> str | None:
        """The value of a parameter, empty for one without; None if it is not there."""
        return param_of(self.params, name)


@dataclass(frozen=True, slots=True)
class NameAddr:
    """The value of From, To, Contact, Route …: `display` and `params` as they came."""

    display: str
    uri: str
    params: str = ""

    def __str__(self) -> str:
        name = f"{self.display} " if self.display else ""
        return f"{name}<{self.uri}>{self.params}"

    def param(self, name: str) -> str | None:
        """The value of a header parameter, e.g. `tag`."""
        return param_of(self.params, name)


def uri(text: str) -> Uri:
    """Read a SIP URI; `BadSip` for any other."""
    found = _URI.fullmatch(text.strip())
    if found is None:
        raise BadSip("not a SIP address")
    port = int(found["port"] or 0)
    if port > 65535:
        raise BadSip("not a port")
    params, headers = found["params"] or "", found["headers"] or ""
    return Uri(found["scheme"].lower(), found["user"] or "", found["host"], port, params, headers)


def name_addr(value: str) -> NameAddr:
    """Read the value of an address header; of an addr-spec the parameters are the header's."""
    found = _ADDRESS.fullmatch(value)
    if found is not None:
        return NameAddr(found["display"], found["uri"].strip(), found["params"].strip())
    if "<" in value or '"' in value:
        raise BadSip("not an address")
    spec, semicolon, params = value.strip().partition(";")
    return NameAddr("", spec.strip(), f"{semicolon}{params}")


def param_of(params: str, name: str) -> str | None:
    """The value of `;name=value` in `params`, without quotes; empty for a bare one."""
    wanted = name.lower()
    for part in params.split(";"):
        key, _, value = part.partition("=")
        if key.strip().lower() == wanted:
            return value.strip().strip('"')
    return None


def without_param(params: str, name: str) -> str:
    """`params` without `;name` or `;name=value`."""
    wanted = name.lower()
    parts = [p for p in params.split(";") if p and p.partition("=")[0].strip().lower() != wanted]
    return "".join(f";{part}" for part in parts)
