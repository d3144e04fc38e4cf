"""What stands above the free times, and why there are none."""

from __future__ import annotations

from receptionist.i18n import _, ngettext
from receptionist.model.agreement import no_appointments, no_call_backs
from receptionist.model.client import Client
from receptionist.model.when import When
from ui.models.asking import address_words
from ui.models.bookings import Wish
from ui.models.stage import LookedUp, Seen
from ui.models.words import one_line


def slots_heading(client: Client | None, wish: Wish | None, office_zone: str) -> str:
    """Of which kind, how long with its way, and in which zone where that is another."""
    if client is None or wish is None or wish.kind is None:
        return _("Next free times")
    kind = wish.kind
    parts = [
        _("Next free times"),
        _("{kind}, {minutes} min").format(kind=one_line(kind.name), minutes=kind.minutes),
    ]
    way = max((slot.travel_min for slot in wish.slots), default=0)
    if way:
        parts.append(_("way {minutes} min").format(minutes=way))
    if client.zone != office_zone:
        parts.append(_("time in {zone}").format(zone=client.zone))
    return " · ".join(parts)


def why_none(
    seen: Seen | LookedUp | None, wish: Wish | None, *, needs_address: bool = False
) -> str:
    """Why no time is offered, and what to do; "" where there are some."""
    if seen is None:
        return _("During a call, the client's free times appear here.")
    refused = no_appointments(seen.client) if seen.client is not None else ""
    if refused and not (wish and wish.moving):
        return refused
    if seen.client is None or wish is None or wish.kind is None:
        return _("Free times appear here once client and kind of appointment are known.")
    if needs_address:
        return address_words()
    if wish.slots:
        return ""
    if wish.looking:
        return _("Looking for free times …")
    if not wish.read:
        return _(
            "The owner's calendar was never read to its end. Free times appear here once it was."
        )
    return _nothing_free(seen.client, wish)


def _nothing_free(client: Client, wish: Wish) -> str:
    if wish.phrase.when != When():
        return _("Nothing is free then. Ask for another day or time.")
    if wish.staff_id is not None:
        member = client.member(wish.staff_id)
        words = _("{name} has no free time. Try whoever is free first.")
        return words.format(name=one_line(member.name) if member else "")
    return f"{_no_time(client)} {_instead(client)}"


def _no_time(client: Client) -> str:
    if not client.hours and not client.bookable_only:
        return _("No bookable hours are set for this client.")
    if client.bookable_only:
        return _("The owner has no open time in his calendar.")
    words = ngettext(
        "No free time on the next {count} day.",
        "No free time in the next {count} days.",
        client.horizon_days,
    )
    return words.format(count=client.horizon_days)


def _instead(client: Client) -> str:
    """What the caller can be offered: a call-back only where those are agreed."""
    if no_call_backs(client):
        return _("Write a note for the owner.")
    return _("Offer a call-back and write a note.")
