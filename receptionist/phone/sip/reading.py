"""From bytes to lines of SIP, and whether they may be passed on (RFC 3261 7 and 25). Pure.

A message is written anew from what is read here. Whatever one parser could read otherwise than
another (lone CR or LF, NUL, two lengths) is refused: nobody can hide a header.
"""

from __future__ import annotations

import re
from typing import Final

MOST_BYTES: Final = 64 * 1024
MOST_HEADERS: Final = 150
_MOST_REMEMBERED: Final = 2000

_COMPACT: Final = {
    "v": "via",
    "f": "from",
    "t": "to",
    "i": "call-id",
    "m": "contact",
    "l": "content-length",
    "c": "content-type",
    "e": "content-encoding",
    "k": "supported",
    "s": "subject",
    "o": "event",
    "u": "allow-events",
    "r": "refer-to",
    "b": "referred-by",
    "x": "session-expires",
    "a": "accept-contact",
    "j": "reject-contact",
    "d": "request-disposition",
    "y": "identity",
}
_SINGLE: Final = frozenset(("from", "to", "call-id", "cseq", "max-forwards"))
_NEEDED: Final = ("via", "from", "to", "call-id", "cseq")
_TOKEN = re.compile(r"[A-Za-z0-9\-.!%*_+`'~]+")
_REQUEST = re.compile(
    r"([A-Za-z0-9\-.!%*_+`'~]{1,64}) ([A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"]+) SIP/2\.0"
)
_RESPONSE = re.compile(r"SIP/2\.0 [1-6][0-9]{2} [^\r\n]*")
_CSEQ = re.compile(r"([0-9]{1,10})\s+([A-Za-z0-9\-.!%*_+`'~]+)")
_VIA = re.compile(r"SIP\s*/\s*2\.0\s*/\s*[A-Za-z0-9\-.]+\s+[^\s;,]+", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,10}")
_PIECES = re.compile(r'"(?:\\.|[^"\\])*"?|<[^>]*>?|,|[^",<]+', re.DOTALL)

_keys: dict[str, str] = {}


class BadSip(ValueError):
    """This is no SIP message that could be passed on."""


def header_key(name: str) -> str:
    """The one name of a header, lower case and not compact; `BadSip` if it is no name."""
    key = _keys.get(name)
    if key is None:
        if not _TOKEN.fullmatch(name):
            raise BadSip("not a header name")
        key = name.lower()
        key = _COMPACT.get(key, key)
        if len(_keys) < _MOST_REMEMBERED:
            _keys[name] = key
    return key


def split_list(value: str) -> list[str]:
    """The values between commas that stand neither in quotes nor in angle brackets."""
    if "," not in value:
        return [value] if value else []
    parts, part = [], ""
    for piece in _PIECES.findall(value):
        if piece == ",":
            parts.append(part.strip())
            part = ""
        else:
            part += piece
    parts.append(part.strip())
    return [part for part in parts if part]


def lines_of(data: bytes) -> tuple[str, list[tuple[str, str]], bytes]:
    """Start line, headers (unfolded) and what follows them."""
    if len(data) > MOST_BYTES:
        raise BadSip("too long")
    head, end, body = data.partition(b"\r\n\r\n")
    lines = head.count(b"\r\n")
    if not end or head.count(b"\r") != lines or head.count(b"\n") != lines:
        raise BadSip("not lines of text")
    if b"\0" in head:
        raise BadSip("a NUL")
    text = head.decode("utf-8", "surrogateescape")
    if "\r\n " in text or "\r\n\t" in text:
        text = re.sub(r"\s*\r\n[ \t]+", " ", text)
    start, *rest = text.split("\r\n")
    if len(rest) > MOST_HEADERS:
        raise BadSip("too many headers")
    headers = []
    for line in rest:
        name, colon, value = line.partition(":")
        if not colon:
            raise BadSip("a line without a colon")
        headers.append((name.rstrip(" \t"), value.strip(" \t")))
    return start, headers, body


def check(start: str, headers: list[tuple[str, str]], body: bytes) -> bytes:
    """Refuse what is not well-formed; the body without what follows it (RFC 3261 18.3)."""
    found: dict[str, str] = {}
    for name, value in headers:
        key = header_key(name)
        if key not in found:
            found[key] = value
        elif key in _SINGLE or (key == "content-length" and value != found[key]):
            raise BadSip(f"two {key}")
    for key in _NEEDED:
        if not found.get(key):
            raise BadSip(f"no {key}")
    _check_start(start, found["cseq"])
    if not _VIA.match(found["via"]) or any(c.isspace() for c in found["call-id"]):
        raise BadSip("bad Via or Call-ID")
    if "max-forwards" in found and not _NUMBER.fullmatch(found["max-forwards"]):
        raise BadSip("bad Max-Forwards")
    length = found.get("content-length")
    if length is None:
        return body
    if not _NUMBER.fullmatch(length) or int(length) > len(body):
        raise BadSip("bad Content-Length")
    return body[: int(length)]


def _check_start(start: str, cseq: str) -> None:
    counted = _CSEQ.fullmatch(cseq)
    if counted is None or int(counted[1]) >= 2**32:
        raise BadSip("bad CSeq")
    asked = _REQUEST.fullmatch(start)
    if asked is None:
        if not _RESPONSE.fullmatch(start):
            raise BadSip("bad start line")
    elif asked[1] != counted[2]:
        raise BadSip("CSeq of another method")
