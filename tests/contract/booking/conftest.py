"""Bookings on real servers: one every day, with the long tests all of them."""

from __future__ import annotations

import pytest

from tests.contract.calendars.conftest import (
    FAILING,
    Side,
    davical_server,
    davical_side,
    radicale_server,
    radicale_side,
    sabredav_server,
    sabredav_side,
    xandikos_server,
    xandikos_side,
)

__all__ = [
    "davical_server",
    "davical_side",
    "radicale_server",
    "radicale_side",
    "sabredav_server",
    "sabredav_side",
    "xandikos_server",
    "xandikos_side",
]


@pytest.fixture(params=FAILING)
def side(request: pytest.FixtureRequest) -> Side:
    """A real server; calendars are made on it by who needs them."""
    found: Side = request.getfixturevalue(request.param)
    return found
