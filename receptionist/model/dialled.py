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

from receptionist.model.number import normalised

T = TypeVar("T")

_URI = re.compile(r"^(?:sips?|tel):(?://)?(?P<user>[^@;?>:]+)", re.IGNORECASE)


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
    """The user of a `sip:`, `sips:` or `tel:` URI without password and parameters, unescaped."""
    match = _URI.match(uri.strip())
    if match is None:
        return ""
    return re.sub(r"%([0-9A-Fa-f]{2})", lambda m: chr(int(m[1], 16)), match["user"])


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
    return tuple(dict.fromkeys(number for number in numbers if number))


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
