"""The cheapest way out: which line calls a number, by rules of the office and the client. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class Why(StrEnum):
    """Why a line is offered where it stands.

    An emergency call, for which prices do not count; it costs nothing, because the number belongs
    to the same network, or within a flat rate; by its price; nobody has said what it costs.
    """

    EMERGENCY = "emergency"
    ON_NET = "on-net"
    FLAT = "flat"
    PRICE = "price"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What it costs to call numbers that begin with `prefix` over a line.

    `prefix` is the beginning of a number with its country (`+4917`), a special number (`116117`),
    or "" for every number. `cents` is the price of a minute in hundredths of `currency`; it does
    not count with `flat`, nor with `on_net`: the number belongs to the network of the line, such as
    the mobile phone of the owner.
    """

    prefix: str
    line_id: UUID
    cents: Decimal = Decimal(0)
    currency: str = "EUR"
    flat: bool = False
    on_net: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A line that can be taken, with the price of a minute; without `route` nobody knows it."""

    line_id: UUID
    why: Why
    route: Route | None = None

    @property
    def cents(self) -> Decimal | None:
        """Hundredths of the currency a minute, None where it is not known."""
        if self.route is None:
            return None
        return self.route.cents if self.why is Why.PRICE else Decimal(0)

    @property
    def currency(self) -> str:
        """In which currency that is; "" where nothing is known."""
        return self.route.currency if self.route else ""


def ways(
    number: str,
    routes: Sequence[Route],
    lines_ready: Iterable[UUID],
    *,
    emergency: bool = False,
) -> tuple[Way, ...]:
    """Every line that is ready, the best way first.

    Of a line the rule with the longest prefix counts; of equal ones the first, so those of the
    client stand before those of the office. A line of the same network comes before a flat rate,
    that before the lowest price, that before lines without a rule; what is equal stays in the
    order of the rules, then of the lines. Prices in different currencies are not compared: the
    currency that is named first comes first.
    """
    if emergency:
        return tuple(Way(line_id=one, why=Why.EMERGENCY) for one in lines_ready)
    currencies = list(dict.fromkeys(route.currency for route in routes))
    found = []
    for place, line_id in enumerate(lines_ready):
        route = _rule(number, routes, line_id)
        way = Way(line_id=line_id, why=_why(route), route=route)
        found.append((_rank(way, routes, currencies), place, way))
    return tuple(way for _rank, _place, way in sorted(found, key=lambda one: one[:2]))


def _rule(number: str, routes: Sequence[Route], line_id: UUID) -> Route | None:
    fitting = [one for one in routes if one.line_id == line_id and number.startswith(one.prefix)]
    return max(fitting, key=lambda one: len(one.prefix), default=None)


def _why(route: Route | None) -> Why:
    if route is None:
        return Why.UNKNOWN
    if route.on_net:
        return Why.ON_NET
    return Why.FLAT if route.flat else Why.PRICE


_ORDER = (Why.ON_NET, Why.FLAT, Why.PRICE, Why.UNKNOWN)


def _rank(
    way: Way, routes: Sequence[Route], currencies: Sequence[str]
) -> tuple[int, int, Decimal, int]:
    if way.route is None:
        return _ORDER.index(way.why), 0, Decimal(0), 0
    currency = currencies.index(way.currency) if way.why is Why.PRICE else 0
    return _ORDER.index(way.why), currency, way.cents or Decimal(0), routes.index(way.route)
