"""A SIP message as a provider's support may see it: no secret, no name, no whole number. Pure.

What is not known to be harmless is left out.
"""

from __future__ import annotations

import re

from receptionist.model.number import shortened
from receptionist.phone.sip.message import Message
from receptionist.phone.sip.reading import BadSip, header_key, split_list
from receptionist.phone.sip.uri import name_addr

LEFT_OUT = "…"

_PLAIN = frozenset(
    [
        "via",
        "call-id",
        "cseq",
        "max-forwards",
        "allow",
        "allow-events",
        "supported",
        "require",
        "proxy-require",
        "unsupported",
        "expires",
        "min-expires",
        "session-expires",
        "min-se",
        "user-agent",
        "server",
        "content-type",
        "content-length",
        "content-disposition",
        "content-encoding",
        "mime-version",
        "accept",
        "accept-encoding",
        "accept-language",
        "event",
        "subscription-state",
        "retry-after",
        "reason",
        "warning",
        "rseq",
        "rack",
        "date",
        "timestamp",
        "privacy",
        "refer-sub",
        "p-early-media",
        "sip-etag",
    ]
)
_ADDRESSES = frozenset(
    [
        "from",
        "to",
        "contact",
        "route",
        "record-route",
        "path",
        "service-route",
        "p-asserted-identity",
        "p-preferred-identity",
        "p-called-party-id",
        "remote-party-id",
        "diversion",
        "history-info",
        "refer-to",
        "referred-by",
        "reply-to",
        "p-associated-uri",
    ]
)
_DIGESTS = frozenset(
    ["authorization", "proxy-authorization", "www-authenticate", "proxy-authenticate"]
)
_USER = re.compile(r"\b(sips?:|tel:)([^@>;?\s\"<]*)([^@>?\s\"<]*@)?", re.IGNORECASE)
_NUMBER = re.compile(r"[+0-9*#().\-]+")
_TOKEN = re.compile(r"[0-9a-f]{16,}")
_HARMLESS_PARAM = re.compile(r'\b(realm|algorithm|qop|stale|nc)\s*=\s*("[^"]*"|[^\s,]+)', re.I)
_EMBEDDED = re.compile(r"\?[^>]*")
_SDP_LEFT_OUT = ("s=", "i=", "u=", "e=", "p=", "k=")
_SDP_SECRET = re.compile(r"(a=(?:crypto:\d+ \S+ inline:|ice-pwd:|key-mgmt:)).*")


def redacted(message: Message) -> str:
    """The whole message as text."""
    lines = [_without_users(message.start)]
    for name, value in message.headers:
        lines.append(f"{name}: {_header(header_key(name), value)}")
    return "\r\n".join([*lines, "", _body(message)])


def _header(key: str, value: str) -> str:
    if key in _PLAIN:
        return value
    if key in _ADDRESSES:
        return ", ".join(_address(part) for part in split_list(value))
    if key in _DIGESTS:
        kept = ", ".join(f"{name}={given}" for name, given in _HARMLESS_PARAM.findall(value))
        return f"{value.partition(' ')[0]} {kept}, {LEFT_OUT}"
    return LEFT_OUT


def _address(value: str) -> str:
    try:
        address = name_addr(value)
    except BadSip:
        return LEFT_OUT
    uri = _EMBEDDED.sub(f"?{LEFT_OUT}", address.uri)
    return f"<{_without_users(uri)}>{_without_names(address.params)}"


def _without_names(params: str) -> str:
    """Quoted words of header parameters may be anything; tags, expiries and reasons stay."""
    return _without_users(re.sub(r'"[^"]*"', f'"{LEFT_OUT}"', params))


def _without_users(text: str) -> str:
    return _USER.sub(_shortened, text)


def _shortened(found: re.Match[str]) -> str:
    scheme, user, rest = found[1], found[2], found[3]
    if rest is None and scheme.lower() != "tel:":
        return found[0]
    end = "@" if rest is not None else ""
    if _TOKEN.fullmatch(user):
        return f"{scheme}{user}{end}"
    return f"{scheme}{shortened(user) if _NUMBER.fullmatch(user) else LEFT_OUT}{end}"


def _body(message: Message) -> str:
    if not message.body:
        return ""
    kind = (message.get("content-type") or "").partition(";")[0].strip().lower()
    text = message.body.decode("utf-8", "replace")
    if kind == "application/sdp":
        return "\r\n".join(_sdp(line) for line in text.split("\r\n"))
    if kind == "message/sipfrag":
        return _without_users(text.partition("\r\n")[0])
    return f"({len(message.body)} bytes {LEFT_OUT})"


def _sdp(line: str) -> str:
    if line.startswith(_SDP_LEFT_OUT):
        return f"{line[:2]}{LEFT_OUT}"
    if line.startswith("o="):
        return f"o={LEFT_OUT} {line.partition(' ')[2]}"
    return _SDP_SECRET.sub(rf"\1{LEFT_OUT}", line)
