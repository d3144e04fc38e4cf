"""What the messages of a dialog say that the library does not tell. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from receptionist.phone.sip.message import BadSip, Message, parse
from receptionist.phone.sip.uri import name_addr

_FRAGMENT = re.compile(rb"SIP/2\.0 (\d{3}) ?([^\r\n]*)")
_EVENT_ID = re.compile(r"refer\s*(?:;.*?\bid=(\d{1,10}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """What a NOTIFY says of a transfer (RFC 3515 2.4.4): how far it is, and whether that is all.

    `refer` is the CSeq of the REFER that it is about, None where it does not say.
    """

    refer: int | None
    status: int
    reason: str
    final: bool


def sequence_of(message: str) -> int:
    """The number in CSeq."""
    return int((_read(message).get("cseq") or "").split()[0])


def word_in(message: str) -> Word | None:
    """What a NOTIFY says; None if it is about no transfer, or cannot be read."""
    try:
        notify = _read(message)
    except BadSip:
        return None
    event = _EVENT_ID.match(notify.get("event") or "")
    fragment = _FRAGMENT.match(notify.body.lstrip())
    if event is None or fragment is None:
        return None
    subscription = (notify.get("subscription-state") or "").strip().lower()
    return Word(
        refer=int(event[1]) if event[1] else None,
        status=int(fragment[1]),
        reason=fragment[2].decode("utf-8", "replace").strip(),
        final=subscription.startswith("terminated"),
    )


def replaces_in(message: str, dialled: str) -> str:
    """A Refer-To that replaces a dialog (RFC 3891), from an INVITE's final answer.

    `dialled` is the URI we called, which To has without its port; empty where we were called.
    """
    answer = _read(message)
    sides = [name_addr(answer.get(name) or "") for name in ("from", "to")]
    us, them = sides if dialled else reversed(sides)
    call = quote(answer.get("call-id") or "", safe="")
    tags = f"%3Bto-tag%3D{them.param('tag')}%3Bfrom-tag%3D{us.param('tag')}"
    return f"<{dialled or them.uri}?Replaces={call}{tags}>"


def _read(message: str) -> Message:
    return parse(message.encode("utf-8", "surrogateescape"))
