"""When a client is closed."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, time

import pytest

from receptionist import i18n
from receptionist.model.client import HoursException
from receptionist.model.closing import closed_on, holiday, is_place, places
from tests.unit.model.times import client

EPIPHANY = date(2027, 1, 6)


@pytest.mark.parametrize("place", ["DE-BY", "DE-ST", "AT"])
def test_a_holiday_is_kept_there(place: str) -> None:
    assert closed_on(client(holidays=place), EPIPHANY)


@pytest.mark.parametrize("place", ["", "DE", "DE-NW", "CH-ZH", "DE-XX", "QQ"])
def test_and_not_there(place: str) -> None:
    assert closed_on(client(holidays=place), EPIPHANY) == ""


def test_holidays_are_named_in_the_language_that_is_spoken() -> None:
    with i18n.speaking("de"):
        assert holiday("DE-NW", date(2027, 5, 1)) == "Erster Mai"
        assert holiday("CH-ZH", date(2027, 1, 1)) == "Neujahrstag"
    with i18n.speaking("en"):
        assert holiday("DE-NW", date(2027, 1, 1)) == "New Year's Day"


def test_a_closed_day_has_the_name_the_client_gave_it() -> None:
    first, last = date(2027, 1, 5), date(2027, 1, 7)
    named = HoursException(first=first, last=last, name="Betriebsferien")
    one = client(holidays="DE-BY", exceptions=(named,))
    assert [closed_on(one, day) for day in (first, EPIPHANY, last)] == ["Betriebsferien"] * 3
    assert closed_on(one, date(2027, 1, 8)) == ""
    assert closed_on(client(exceptions=(HoursException(first=first, last=last),)), first)


def test_hours_on_a_day_open_it() -> None:
    hours = HoursException(first=EPIPHANY, last=EPIPHANY, start=time(9), end=time(0))
    assert closed_on(client(holidays="DE-BY", exceptions=(hours,)), EPIPHANY) == ""


def test_places_are_those_of_the_library() -> None:
    assert {"DE", "DE-BY", "AT", "CH-ZH"} <= set(places())
    assert is_place("DE-HH")
    assert not is_place("DE-XX")


def test_the_library_is_loaded_only_where_somebody_keeps_holidays() -> None:
    """It takes a third of a second."""
    code = (
        "import sys; import receptionist.model.availability, receptionist.desk.week;"
        "sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
