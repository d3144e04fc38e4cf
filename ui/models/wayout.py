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
from receptionist.model.number import shown
from receptionist.model.office import Identity, Line
from receptionist.model.route import Way, Why
from ui.models.stage import LookedUp, Seen
from ui.models.words import one_line

_CENTS = {"EUR": "ct", "CHF": "Rp.", "GBP": "p", "USD": "¢"}

_UNBROKEN = "\u00a0"
"""A number stands in one line."""


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

    def belongs_to(self, view: Seen | LookedUp | None) -> bool:
        """Whether it is still wanted while this is shown: the same caller, or the same client."""
        call, client = (view.call, view.client) if view is not None else (None, None)
        if self.caller_id is not None:
            return call is not None and call.id == self.caller_id
        return self.client_id is None or (client is not None and client.id == self.client_id)


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
    return target, way_words(ways, desk.directory.line, _shown_as(desk, target, ways, errand))


def name_words(desk: Desk, number: str, errand: Errand) -> str:
    """In whose name a number would be called, and what is shown there; "" where we do not call in
    a client's name, or it is no number."""
    client = desk.directory.client(errand.client_id)
    if client is None or errand.sent or errand.caller_id is not None:
        return ""
    try:
        target, ways = desk.switchboard.dialling.offer(number, client.id)
    except ReceptionistError:
        return ""
    shown_as = _shown_as(desk, target, ways, errand)
    if not shown_as:
        words = _("You call in the name of {client}. The line shows its own number.")
        return words.format(client=one_line(client.name, 40))
    words = _("You call in the name of {client} with the number {number}.")
    number = shown(shown_as).replace(" ", _UNBROKEN)
    return words.format(client=one_line(client.name, 40), number=number)


def known_way(desk: Desk, number: str, client_id: UUID | None) -> str:
    """The way to whom one calls back, in words; "" where there is no number to call."""
    try:
        return way_to(desk, number, Errand(client_id))[1]
    except ReceptionistError:
        return ""


def _shown_as(desk: Desk, target: str, ways: Sequence[Way], errand: Errand) -> str:
    """The client's number that is shown there, if the line shows any."""
    line = desk.directory.line(ways[0].line_id)
    if line is None or line.identity is Identity.NONE:
        return ""
    return desk.switchboard.dialling.shown_as(target, errand.client_id, errand.caller_id)


def way_words(ways: Sequence[Way], line: Callable[[UUID], Line | None], shown_as: str = "") -> str:
    """The way that is taken first, the client's number that is shown there, and the price; ""
    where nothing has to be said."""
    if not ways:
        return ""
    named = line(ways[0].line_id)
    if named is None:
        return ""
    words = _("as {number} over {line}") if shown_as else _("over {line}")
    words = words.format(line=one_line(named.name, 40), number=shown(shown_as))
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
