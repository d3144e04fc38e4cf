"""What an INVITE says about who was called and who calls. Pure; any bytes are survived.

Sources: RFC 3261 7.3 (folding, compact forms, comma lists) and 20.10 (name-addr), RFC 3323 and
3325 (Privacy, P-Asserted-Identity), RFC 5806 (Diversion), RFC 7044 (History-Info), RFC 7315
(P-Called-Party-ID).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from receptionist.model.dialled import Called

ANONYMOUS = "sip:anonymous@anonymous.invalid"
"""The caller's URI when he does not want to be known, in whichever way that was signalled."""

_COMPACT = {"t": "to", "f": "from"}
_LONGEST = 256
_MOST = 16
_HIDING = {"id", "user", "header", "full"}
_PARTS = re.compile(r'"(?:\\.|[^"\\])*"?|<[^>]*>?|,|[^",<]+', re.DOTALL)
_NAME_ADDR = re.compile(r'\s*(?P<name>"(?:\\.|[^"\\])*"|[^<"]*)\s*<(?P<uri>[^>]*)', re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_INDEX = re.compile(r";\s*index\s*=\s*([\d.]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """The telling parts of an INVITE, decoded, bounded and without control characters."""

    called: Called
    caller_uri: str
    caller_name: str


def parse(message: str) -> Invite:
    """Read the text of a whole SIP request as pjsua2 hands it over (bytes as surrogates)."""
    raw = message.encode("utf-8", "surrogateescape" if _escaped(message) else "replace")
    start, headers = _split(raw)
    caller_uri, caller_name = _caller(headers)
    words = start.split()
    called = Called(
        to=_first_uri(headers, "to"),
        p_called_party_id=_first_uri(headers, "p-called-party-id"),
        diversion=tuple(reversed(_uris(_values(headers, "diversion")))),
        history=_history(headers),
        request_uri=words[1][:_LONGEST] if len(words) > 1 else "",
    )
    return Invite(called=called, caller_uri=caller_uri, caller_name=caller_name)


def clean(text: str) -> str:
    """`text` on one line: no control, format or surrogate characters, at most 256 characters."""
    kept = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    visible = "".join(c for c in kept if unicodedata.category(c) not in ("Cf", "Cs", "Cn"))
    return " ".join(visible.split())[:_LONGEST]


def _escaped(message: str) -> bool:
    return not any("\ud800" <= c < "\udc80" or "\udcff" < c <= "\udfff" for c in message)


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _split(raw: bytes) -> tuple[str, list[tuple[str, str]]]:
    head = re.split(rb"\r\n\r\n|\n\n|\r\r", raw.lstrip(b"\r\n"), maxsplit=1)[0]
    unfolded = re.sub(rb"(?:\r\n|\n|\r)[ \t]+", b" ", head)
    start, *lines = re.split(rb"\r\n|\n|\r", unfolded)
    headers = []
    for line in lines:
        name, colon, value = _decoded(line).partition(":")
        if colon:
            name = name.strip().lower()
            headers.append((_COMPACT.get(name, name), value.strip()))
    return clean(_decoded(start)), headers


def _listed(value: str) -> Iterator[str]:
    """The parts between commas that stand neither in quotes nor in angle brackets."""
    part = ""
    for piece in _PARTS.findall(value):
        if piece == ",":
            yield part
            part = ""
        else:
            part += piece
    yield part


def _values(headers: list[tuple[str, str]], name: str) -> list[str]:
    found = [part for key, value in headers if key == name for part in _listed(value)]
    return [part for part in found if part.strip()][:_MOST]


def _address(value: str) -> tuple[str, str]:
    """URI and display name of a name-addr or addr-spec; an empty URI when there is none."""
    match = _NAME_ADDR.match(value)
    if match is None:
        uri = value.split(";", 1)[0].strip()
        return (
            (clean(uri), "") if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", uri) else ("", clean(value))
        )
    name = match["name"].strip()
    if name.startswith('"'):
        name = re.sub(r"\\(.)", r"\1", name[1:-1], flags=re.DOTALL)
    return clean(match["uri"]), clean(name)


def _uris(values: list[str]) -> list[str]:
    return [uri for uri, _ in map(_address, values) if uri]


def _first_uri(headers: list[tuple[str, str]], name: str) -> str:
    whole = [value for key, value in headers if key == name]
    return next(iter(_uris(whole)), "")


def _history(headers: list[tuple[str, str]]) -> tuple[str, ...]:
    """URIs in the order of their index (RFC 7044 10.3), those without one where they stood."""

    def order(value: str) -> tuple[int, ...]:
        match = _INDEX.search(value.rpartition(">")[2])
        return tuple(int(n[:6]) for n in match[1].split(".") if n) if match else ()

    return tuple(_uris(sorted(_values(headers, "history-info"), key=order)))


def _caller(headers: list[tuple[str, str]]) -> tuple[str, str]:
    privacy = ";".join(value for key, value in headers if key == "privacy")
    if _HIDING & {word.strip().lower() for word in re.split("[;,]", privacy)}:
        return ANONYMOUS, ""
    from_value = next((value for key, value in headers if key == "from"), "")
    from_uri, from_name = _address(from_value)
    hidden = _is_anonymous(from_uri)
    for uri, name in map(_address, _values(headers, "p-asserted-identity")):
        if uri and not _is_anonymous(uri):
            return uri, name or ("" if hidden else from_name)
    return (ANONYMOUS, "") if hidden else (from_uri, from_name)


def _is_anonymous(uri: str) -> bool:
    user, _, host = uri.lower().partition(":")[2].partition("@")
    return user == "anonymous" or re.split(r"[:;?]", host or user)[0] == "anonymous.invalid"
