"""What is changed in a message on its way, so that neither side sees what is behind us. Pure.

Outside, our workers are one address; a worker sees nothing but loopback (RFC 3261 16.11). Call-ID,
tags and CSeq stay as they are, so that REFER and Replaces mean the same to everybody.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from receptionist.phone.sip.message import Message

LINE_HEADER = "X-Receptionist-Line"
LONGEST = 3900
"""Bytes that the library takes for sure."""

COOKIE = "z9hG4bK"

_OURS = "x-receptionist-"
_SECURE = ";secure-sip"
_ADDRESS = re.compile(r"<?\s*(?P<scheme>sips?):(?:(?P<user>[^@<>;?]*)@)?[^<>\s,]*>?", re.I)
_VIA_PARAM = re.compile(r";\s*(?P<name>[A-Za-z\-]+)\s*(?:=\s*(?P<value>\[[^\]]*\]|[^\s;,]*))?")
_NEEDLESS = (
    "user-agent",
    "server",
    "allow",
    "allow-events",
    "accept",
    "accept-encoding",
    "accept-language",
    "organization",
    "subject",
    "date",
    "call-info",
    "alert-info",
    "x-",
)


def branch_of(via: str) -> str:
    """The branch of a Via, or nothing."""
    return _parameter(via, "branch")


def _parameter(via: str, name: str) -> str:
    for found in _VIA_PARAM.finditer(via):
        if found["name"].lower() == name:
            return found["value"] or ""
    return ""


def transaction(message: Message) -> str:
    """The same text for an INVITE, its retransmissions, its CANCEL and the ACK of its refusal.

    The branch of the sender says it (RFC 3261 17.2.3); without one it is made of what they share.
    """
    via = message.get("via") or ""
    branch = branch_of(via)
    parts: Iterable[str] = (via.partition(";")[0], branch)
    if not branch.startswith(COOKIE):
        number = (message.get("cseq") or "").partition(" ")[0]
        parts = (message.get("from") or "", message.get("call-id") or "", number, via, message.uri)
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()


def tag_of(value: str | None) -> str:
    """The tag of a From or To, or nothing."""
    return _parameter((value or "").rpartition(">")[2], "tag") if value else ""


def without_ours(message: Message) -> None:
    """Take out the headers that only pass between us and our workers."""
    message.headers[:] = [pair for pair in message.headers if not pair[0].lower().startswith(_OURS)]


def without_replaces(message: Message) -> str:
    """Take out that a call is to come in the place of another (RFC 3891); which one, if any."""
    replaces = message.get("replaces") or ""
    if replaces:
        message.remove("Replaces")
        needed = [one.strip() for value in message.all("require") for one in value.split(",")]
        message.remove("Require")
        left = [one for one in needed if one.lower() != "replaces"]
        if left:
            message.set("Require", ", ".join(left))
    return replaces


def our_contact(message: Message, place: str, transport: str) -> None:
    """Outside, everything comes back to us: the Contact of a worker with our address instead."""
    value = message.get("contact")
    if value is None or value.strip() == "*":
        return
    found = _ADDRESS.search(value)
    user = f"{found['user']}@" if found and found["user"] else ""
    suffix = f";transport={transport}" if transport != "udp" else ""
    message.set("Contact", f"<sip:{user}{place}{suffix}>")


def plain(message: Message) -> None:
    """A worker knows no `sips:`; its mark leads back to it."""
    if message.is_request and message.uri.lower().startswith("sips:"):
        message.uri = f"sip:{message.uri[5:]}{_SECURE}"
    value = message.get("contact")
    if value is not None and "sips:" in value.lower():
        message.set("Contact", re.sub(r"sips:([^<>\s,]+)", rf"sip:\1{_SECURE}", value, flags=re.I))


def secured(uri: str) -> str:
    """The opposite of `plain` for one URI."""
    return f"sips:{uri[4:].replace(_SECURE, '')}" if _SECURE in uri else uri


def hopped(message: Message) -> bool:
    """One hop less; false when there is none left (RFC 3261 16.3)."""
    left = int(message.get("max-forwards") or 70)
    message.set("Max-Forwards", str(max(0, left - 1)))
    return left > 0


def trimmed(message: Message) -> bytes:
    """The bytes for a worker: what nobody needs is left out where it would be too long for it."""
    data = message.to_bytes()
    for name in _NEEDLESS:
        if len(data) <= LONGEST:
            break
        kept = [pair for pair in message.headers if not _is(name, pair[0])]
        message.headers[:] = kept
        data = message.to_bytes()
    return data


def _is(name: str, header: str) -> bool:
    header = header.lower()
    if name.endswith("-"):
        return header.startswith(name) and not header.startswith(_OURS)
    return header == name
