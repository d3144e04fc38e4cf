"""With which words a ringing call can be refused, and the SIP status each of them has."""

from __future__ import annotations

from dataclasses import dataclass

from receptionist.i18n import N_


@dataclass(frozen=True, slots=True)
class Refusal:
    """A way to refuse: `reason` goes out as the reason phrase, `label` is for people here."""

    key: str
    status: int
    reason: str
    label: str


REFUSALS = (
    Refusal("busy", 486, "Busy Here", N_("Busy")),
    Refusal("nobody", 480, "Temporarily Unavailable", N_("Nobody there")),
    Refusal("wrong-number", 404, "Not Found", N_("Wrong number")),
    Refusal("unwanted", 603, "Decline", N_("Unwanted")),
)
"""The usual one first. Only `unwanted` (RFC 3261 21.6.2) keeps providers from trying elsewhere."""
