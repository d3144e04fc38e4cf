"""Times as a receptionist says them: right, and hard to mishear."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.spoken import spoken

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 24, 8, 42, tzinfo=UTC)  # a Tuesday


def said(month: int, day: int, hour: int, minute: int = 0, tongue: str = "de", **more: str) -> str:
    start = datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(BERLIN))
    return spoken(start, BERLIN, NOW, tongue, **more).whole  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ((11, 24, 10, 30), "heute um halb elf"),
        ((11, 25, 12, 30), "morgen, Mittwoch, um halb eins"),
        ((11, 25, 0, 30), "morgen, Mittwoch, um 0:30 Uhr"),
        ((11, 26, 14, 30), "übermorgen, Donnerstag, um 14:30 Uhr"),
        ((11, 27, 9, 0), "diesen Freitag, den 27. November, um 9 Uhr"),
        ((12, 1, 10, 15), "Dienstag nächster Woche, den 1. Dezember, um 10:15 Uhr"),
        ((12, 7, 14, 15), "Montag, den 7. Dezember, um 14:15 Uhr"),
    ],
)
def test_in_german(at: tuple[int, int, int, int], words: str) -> None:
    assert said(*at) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ((11, 24, 10, 30), "today at 10:30 am"),
        ((11, 25, 12, 0), "tomorrow, Wednesday, at 12 noon"),
        ((11, 26, 0, 5), "this Thursday, the 26th of November, at 12:05 am"),
        ((12, 1, 14, 0), "Tuesday next week, the 1st of December, at 2 pm"),
        ((12, 12, 12, 45), "Saturday, the 12th of December, at 12:45 pm"),
    ],
)
def test_in_english(at: tuple[int, int, int, int], words: str) -> None:
    assert said(*at, tongue="en") == words


def test_with_whom() -> None:
    assert said(11, 25, 11, staff="Erika Muster").endswith("um 11 Uhr, bei Erika Muster")
    start = datetime(2026, 11, 25, 11, tzinfo=UTC)
    words = spoken(start, BERLIN, NOW, "de", staff="Erika Muster", comes=True).whole
    assert words.endswith(", es kommt Erika Muster")


def test_the_year_is_said_where_it_could_be_another() -> None:
    start = datetime(2027, 11, 24, 9, tzinfo=UTC)
    assert spoken(start, BERLIN, NOW, "de").whole == "Mittwoch, den 24. November 2027, um 10 Uhr"


def test_today_is_that_of_the_client() -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert spoken(late, BERLIN, NOW, "en").day == "Tomorrow, Wednesday"
    assert spoken(late, "UTC", NOW, "en").day == "Today, Tuesday"


@given(
    st.integers(0, 60 * 24 * 400),
    st.integers(0, 60 * 24 * 400),
    st.sampled_from(["de", "en", "fr"]),
)
def test_two_times_are_never_said_alike(first: int, second: int, tongue: str) -> None:
    one, other = (
        spoken(NOW + timedelta(minutes=after), "UTC", NOW, tongue).whole
        for after in (first, second)
    )
    assert (one == other) == (first == second)
