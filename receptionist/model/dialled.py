"""Which client was called: the order in which a SIP request is asked.

A forwarded call carries the number that was dialled first in History-Info (RFC 7044) or Diversion
(RFC 5806), while the Request-URI names only where it was forwarded to; a registering proxy rewrites
the Request-URI to our Contact, while To (or P-Called-Party-ID, RFC 7315) keeps what was dialled.
So the diverting numbers come first, oldest diversion first, then P-Called-Party-ID, To and last the
Request-URI; the first that belongs to a client decides. An unknown diverting number does not hide a
known one behind it: somebody may have forwarded his own phone to a client of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import unquote

from receptionist.model.number import normalised

T = TypeVar("T")

_ADDRESS = re.compile(r"<(?P<uri>[^<>]*)>")
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')
_SCHEME = re.compile(r"(?P<scheme>sips?|tel):(?://)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_CONTEXT = re.compile(r";phone-context=(?P<prefix>\+[0-9().-]+)", re.IGNORECASE)
_LOCAL = re.compile(r"[0-9().-]+")
_NOBODY = frozenset({"anonymous", "unavailable", "unknown", "restricted", "private", "withheld"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """URIs of an INVITE that may tell whom the caller dialled, each as received.

    `history` is in index order, `diversion` from the oldest (bottom) to the newest (top).
    """

    to: str = ""
    p_called_party_id: str = ""
    diversion: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    request_uri: str = ""


def user_part(uri: str) -> str:
    """The user of a `sip:`, `sips:` or `tel:` URI without password and parameters, unescaped.

    Takes a whole name-addr as well. A local number with a global `phone-context` (RFC 3966 5.1.5)
    gets that prefix. Empty for anything else, also for a URI without a user.
    """
    address = _ADDRESS.search(_QUOTED.sub("", uri))
    match = _SCHEME.match(address["uri"].strip() if address else uri.strip())
    if match is None:
        return ""
    rest, ends = match["rest"], "[;?]"
    if match["scheme"].lower() != "tel":
        rest, at, _host = rest.partition("@")
        ends = "[;:]"
        if not at:
            return ""
    user = unquote(re.split(ends, rest, maxsplit=1)[0])
    context = _CONTEXT.search(rest)
    if context and _LOCAL.fullmatch(user):
        return context["prefix"] + user
    return user


def candidates(called: Called, region: str) -> tuple[str, ...]:
    """Normalised numbers that may have been dialled, the most telling first, none twice."""
    uris = (
        *called.history,
        *called.diversion,
        called.p_called_party_id,
        called.to,
        called.request_uri,
    )
    numbers = (normalised(user_part(uri), region) for uri in uris)
    return tuple(dict.fromkeys(n for n in numbers if n and n not in _NOBODY))


def match(called: Called, region: str, find: Callable[[str], T | None]) -> tuple[str, T | None]:
    """The dialled number and who it belongs to.

    Nobody known: the most telling number that looks like one, else the first candidate, else "".
    """
    numbers = candidates(called, region)
    for number in numbers:
        owner = find(number)
        if owner is not None:
            return number, owner
    telling = next((number for number in numbers if number.startswith("+")), None)
    return telling or next(iter(numbers), ""), None
