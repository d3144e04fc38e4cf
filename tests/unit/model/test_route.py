"""The cheapest way out, and why it stands where it stands."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.number import is_emergency
from receptionist.model.route import Route, Way, Why, ways

ONE, TWO, THREE, FOUR = LINES = tuple(UUID(int=number) for number in range(1, 5))
MOBILE = "+491713920002"


def route(prefix: str, line: UUID, cents: str = "0", **more: object) -> Route:
    return Route(prefix=prefix, line_id=line, cents=Decimal(cents), **more)  # type: ignore[arg-type]


def said(found: tuple[Way, ...]) -> list[tuple[UUID, Why]]:
    return [(way.line_id, way.why) for way in found]


def test_on_net_comes_before_flat_before_cheap_before_unknown() -> None:
    rules = (
        route("+49", TWO, "1.9"),
        route("+49", THREE, flat=True),
        route(MOBILE, FOUR, on_net=True),
    )
    found = ways(MOBILE, rules, LINES)
    assert said(found) == [
        (FOUR, Why.ON_NET),
        (THREE, Why.FLAT),
        (TWO, Why.PRICE),
        (ONE, Why.UNKNOWN),
    ]
    assert [way.cents for way in found] == [0, 0, Decimal("1.9"), None]
    assert [way.currency for way in found] == ["EUR", "EUR", "EUR", ""]


def test_the_longest_prefix_of_a_line_counts_also_when_it_costs_more() -> None:
    rules = (route("", ONE, "1"), route("+4917", ONE, "19"), route("+49", TWO, "9"))
    assert said(ways(MOBILE, rules, LINES[:2])) == [(TWO, Why.PRICE), (ONE, Why.PRICE)]
    assert said(ways("+43123456", rules, LINES[:2])) == [(ONE, Why.PRICE), (TWO, Why.UNKNOWN)]


def test_of_equal_prefixes_the_first_counts() -> None:
    client, office = route("+49", ONE, "2"), route("+49", ONE, "1")
    assert ways(MOBILE, (client, office), (ONE,))[0].route is client


def test_of_equal_prices_the_first_rule_comes_first() -> None:
    rules = (route("+49", TWO, "1"), route("+49", ONE, "1.0"))
    assert [way.line_id for way in ways(MOBILE, rules, LINES)] == [TWO, ONE, THREE, FOUR]


def test_currencies_are_not_compared() -> None:
    rules = (route("", ONE, "9"), route("", TWO, "1", currency="CHF"), route("", THREE, "10"))
    assert [way.line_id for way in ways(MOBILE, rules, LINES)] == [ONE, THREE, TWO, FOUR]


def test_a_line_that_is_not_ready_is_no_way() -> None:
    rules = (route("", ONE, on_net=True),)
    assert said(ways(MOBILE, rules, (TWO,))) == [(TWO, Why.UNKNOWN)]


def test_prices_do_not_count_in_an_emergency() -> None:
    rules = (route("", FOUR, on_net=True),)
    assert said(ways("112", rules, LINES, emergency=True)) == [
        (line, Why.EMERGENCY) for line in LINES
    ]


def test_emergency_numbers_are_those_of_the_country() -> None:
    assert [is_emergency(one, "DE") for one in ("110", "112", "116117", "1120", "+49110")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert is_emergency("144", "AT")
    assert not is_emergency("144", "DE")


routes = st.builds(
    Route,
    prefix=st.sampled_from(["", "+49", "+4917", "+4930", "116117"]),
    line_id=st.sampled_from(LINES),
    cents=st.decimals(0, 50, places=1),
    currency=st.sampled_from(["EUR", "CHF"]),
    flat=st.booleans(),
    on_net=st.booleans(),
)


@given(st.lists(routes, max_size=8), st.permutations(LINES), st.integers(0, 4))
def test_every_ready_line_is_offered_once_and_nothing_cheaper_follows(
    rules: list[Route], order: list[UUID], ready: int
) -> None:
    found = ways(MOBILE, rules, order[:ready])
    assert sorted(way.line_id for way in found) == sorted(order[:ready])
    ranks = [list(Why).index(way.why) for way in found]
    assert ranks == sorted(ranks)
    priced = [way for way in found if way.why is Why.PRICE]
    for currency in ("EUR", "CHF"):
        prices = [way.cents for way in priced if way.currency == currency]
        assert prices == sorted(prices, key=lambda cents: cents or 0)
