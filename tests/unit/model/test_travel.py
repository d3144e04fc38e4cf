"""The way to callers: how long it takes, and what of the day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from receptionist.model.client import TravelZone
from receptionist.model.period import Period
from receptionist.model.travel import minutes_to, postcode_in, travel_minutes, ways
from tests.unit.model.times import client, kind

ZONES = tuple(TravelZone(postcode=p, minutes=m) for p, m in (("5", 45), ("506", 20), ("50667", 5)))


@pytest.mark.parametrize(
    ("address", "postcode"),
    [
        ("Musterstraße 12, 50667 Köln", "50667"),
        ("D-50667 Köln", "50667"),
        ("Am Markt 1234, 50667 Köln", "50667"),
        ("Mustergasse 3, 1010 Wien", "1010"),
        ("CH-8001 Zürich, 2. Stock", "8001"),
        ("50667", "50667"),
        ("Musterstraße 12", ""),
        ("Tel. +49 221 4710134", ""),
        ("", ""),
    ],
)
def test_the_postcode_of_an_address(address: str, postcode: str) -> None:
    assert postcode_in(address) == postcode


@pytest.mark.parametrize(
    ("postcode", "minutes"), [("50667", 5), ("50670", 20), ("51100", 45), ("10115", 30), ("", 30)]
)
def test_the_zone_that_says_most_decides(postcode: str, minutes: int) -> None:
    assert minutes_to(client(travel_min=30, travel_zones=ZONES), postcode) == minutes


def test_only_who_goes_to_the_caller_travels() -> None:
    one = client(travel_min=30, travel_zones=ZONES)
    assert travel_minutes(one, kind(at_caller=True), "50667") == 5
    assert travel_minutes(one, kind(), "50667") == 0


def test_the_ways_lie_outside_the_buffers() -> None:
    nine = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)

    def clock(minutes: int) -> datetime:
        return nine + timedelta(minutes=minutes)

    visit = Period(clock(0), clock(60))
    assert ways(visit, kind(before=10, after=5), 20) == (
        Period(clock(-30), clock(-10)),
        Period(clock(65), clock(85)),
    )
    assert ways(visit, kind(), 0) == ()
