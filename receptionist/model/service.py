"""What the office does for a client: the agreed services, a closed list with own titles. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from receptionist.i18n import N_, _
from receptionist.model.plain import plain

_LONGEST = 60


class ServiceKind(StrEnum):
    """The usual services of an office; `OWN` is what only its title says."""

    CALLS = "calls"
    APPOINTMENTS = "appointments"
    CALL_BACKS = "call-backs"
    ORDERS = "orders"
    RESEARCH = "research"
    DATA_ENTRY = "data-entry"
    E_MAIL = "e-mail"
    MAIL = "mail"
    DOCUMENTS = "documents"
    QUOTES = "quotes"
    INVOICES = "invoices"
    TRIPS = "trips"
    TRANSLATIONS = "translations"
    OWN = "own"


NAMES = {
    ServiceKind.CALLS: N_("Answering calls"),
    ServiceKind.APPOINTMENTS: N_("Appointments"),
    ServiceKind.CALL_BACKS: N_("Call-backs"),
    ServiceKind.ORDERS: N_("Taking orders"),
    ServiceKind.RESEARCH: N_("Research"),
    ServiceKind.DATA_ENTRY: N_("Data entry"),
    ServiceKind.E_MAIL: N_("E-mail correspondence"),
    ServiceKind.MAIL: N_("Letters and parcels"),
    ServiceKind.DOCUMENTS: N_("Typing and documents"),
    ServiceKind.QUOTES: N_("Preparing quotes"),
    ServiceKind.INVOICES: N_("Preparing invoices"),
    ServiceKind.TRIPS: N_("Planning trips"),
    ServiceKind.TRANSLATIONS: N_("Translations"),
    ServiceKind.OWN: N_("Something else"),
}
"""What each kind is called, in English."""

IN_CALLS = (ServiceKind.CALLS, ServiceKind.CALL_BACKS)
"""Calls keep their time themselves, so these are no errands with a timer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service: its kind, and what it is called here; "" for the usual name of the kind."""

    kind: ServiceKind
    title: str = ""

    @property
    def name(self) -> str:
        """What it is called, in the language that is spoken."""
        return self.title or _(NAMES[self.kind])

    def is_same(self, kind: ServiceKind, title: str) -> bool:
        """Whether it is that one, however its title is written."""
        return self.kind is kind and _folded(self.title) == _folded(title)


USUAL = tuple(Service(kind=kind) for kind in ServiceKind if kind is not ServiceKind.OWN)
"""What is offered for a client with whom no list is agreed: everything."""


FIRST = tuple(
    Service(kind=kind)
    for kind in (ServiceKind.CALLS, ServiceKind.APPOINTMENTS, ServiceKind.CALL_BACKS)
)
"""What is agreed with a new client, until somebody agrees on something else."""


def offered(agreed: Sequence[Service]) -> tuple[Service, ...]:
    """The services that are offered: those agreed, or all where there is no list."""
    return tuple(agreed) or USUAL


def lacking(agreed: Sequence[Service]) -> tuple[Service, ...]:
    """The usual services that are not agreed; none where there is no list."""
    return tuple(one for one in USUAL if not is_agreed(agreed, one.kind))


def timed(agreed: Sequence[Service]) -> tuple[Service, ...]:
    """Those offered services that an errand with a timer can be for."""
    return tuple(one for one in offered(agreed) if one.kind not in IN_CALLS)


def is_agreed(agreed: Sequence[Service], kind: ServiceKind, title: str = "") -> bool:
    """Whether a service is agreed; where there is no list everything is, with any title.

    Without a title any service of the kind will do.
    """
    if not agreed:
        return True
    if not title.strip() and kind is not ServiceKind.OWN:
        return any(one.kind is kind for one in agreed)
    return any(one.is_same(kind, title) for one in agreed)


def not_agreed(client: str, agreed: Sequence[Service], wanted: Service) -> str:
    """The sentence that a service is not agreed with a client, and what is."""
    message = _("“{service}” is not agreed with {client}. Agreed are: {known}.")
    known = ", ".join(one.name for one in offered(agreed))
    return message.format(
        service=plain(wanted.name, limit=_LONGEST),
        client=plain(client, limit=_LONGEST),
        known=plain(known),
    )


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()
