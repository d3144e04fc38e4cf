"""Over which line a number is called, and what a minute costs, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from uuid import UUID

from receptionist.i18n import _, language
from receptionist.model.office import Line
from receptionist.model.route import Way, Why
from ui.models.words import one_line

_CENTS = {"EUR": "ct", "CHF": "Rp.", "GBP": "p", "USD": "¢"}


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
