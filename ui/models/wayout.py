"""Over which line a number is called, and what a minute costs, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from receptionist.desk.desk import Desk
from receptionist.errors import ReceptionistError
from receptionist.events import LineState
from receptionist.i18n import N_, _, language
from receptionist.model.office import Line
from receptionist.model.route import Way, Why
from ui.models.words import one_line

_CENTS = {"EUR": "ct", "CHF": "Rp.", "GBP": "p", "USD": "¢"}


@dataclass(frozen=True, slots=True)
class Errand:
    """What a number is wanted for: in the name of a client, asked for a caller, or `sent`.

    A caller is sent by his provider, who makes that call: no line and no price of ours counts.
    `title` and `does` are for the row that offers the number.
    """

    client_id: UUID | None = None
    caller_id: UUID | None = None
    sent: bool = False
    title: str = N_("Call {number}")
    does: str = N_("Call")


def way_to(desk: Desk, number: str, errand: Errand) -> tuple[str, str]:
    """The number that would be called for what was typed, and over which line at what price.

    `ReceptionistError` for what is no number, and where there is no line at all.
    """
    dialling, states = desk.switchboard.dialling, desk.switchboard.line_states
    target, ways = dialling.offer(number, errand.client_id, errand.caller_id)
    if errand.sent:
        return target, _("the caller's provider connects: price not known")
    state = states.get(ways[0].line_id)
    if state is None or state.state is not LineState.READY:
        return target, _("no line is ready just now")
    return target, way_words(ways, desk.directory.line)


def known_way(desk: Desk, number: str, client_id: UUID | None) -> str:
    """The way to whom one calls back, in words; "" where there is no number to call."""
    try:
        return way_to(desk, number, Errand(client_id))[1]
    except ReceptionistError:
        return ""


def way_words(ways: Sequence[Way], line: Callable[[UUID], Line | None]) -> str:
    """The way that is taken first, and its price; "" where nothing has to be said."""
    if not ways:
        return ""
    named = line(ways[0].line_id)
    if named is None:
        return ""
    words = _("over {line}").format(line=one_line(named.name, 40))
    price = price_words(ways[0])
    return f"{words} · {price}" if price else words


def price_words(way: Way) -> str:
    """What a minute costs."""
    if way.why is Why.PRICE and way.cents is not None:
        return _("{price} a minute").format(price=amount(way.cents, way.currency))
    return {
        Why.EMERGENCY: _("emergency call"),
        Why.ON_NET: _("free: the same network"),
        Why.FLAT: _("flat rate"),
    }.get(way.why, _("price not known"))


def amount(cents: Decimal, currency: str) -> str:
    """A price in hundredths of a currency, as it is written here."""
    number = f"{cents.normalize():f}"
    if language() == "de":
        number = number.replace(".", ",")
    return f"{number} {_CENTS.get(currency, f'{currency}/100')}"
