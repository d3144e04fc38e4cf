"""When something is taken up again, as people type it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from receptionist import i18n
from ui.models.followup import due_words, follow_up, late_words

BERLIN = "Europe/Berlin"
ZONE = ZoneInfo(BERLIN)
NOW = datetime(2026, 11, 23, 10, 42, 5, tzinfo=ZONE)
"""A Monday."""


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A local time of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("morgen 10", at(24, 10)),
        ("tomorrow 10 am", at(24, 10)),
        ("morgen", at(24, 9)),
        ("um 14", at(23, 14)),
        ("14:30", at(23, 14, 30)),
        ("14", at(23, 14)),
        ("2", at(23, 14)),
        ("um 10", at(24, 10)),
        ("mi n", at(25, 12)),
        ("nachmittags", at(23, 12)),
        ("vormittags", at(23, 11)),
        ("heute", at(23, 11)),
        ("montag", at(23, 11)),
        ("nächsten montag", at(30, 9)),
        ("in 2 tagen", at(25, 9)),
        ("in 3 tagen 15", at(26, 15)),
        ("nächste woche", at(30, 9)),
        ("1.12. 8:15", at(1, 8, 15, month=12)),
        ("ab 16", at(23, 16)),
        ("vor 8", at(24, 7)),
        ("in 2 stunden", at(23, 12, 42)),
        ("in einer Stunde", at(23, 11, 42)),
        ("in 20 min", at(23, 11, 2)),
        ("in an hour", at(23, 11, 42)),
        ("in half an hour", at(23, 11, 12)),
    ],
)
def test_what_people_type(text: str, due: datetime) -> None:
    assert follow_up(text, NOW.astimezone(UTC), BERLIN) == due


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Say when"),
        ("irgendwann", "Not understood: irgendwann"),
        ("?", "Not understood: ?"),
        ("bitte", "Not understood: bitte"),
        ("morgen oder so", "is no time to come"),
        ("3x wöchentlich", "Not understood"),
        ("heute um 9", "is no time to come"),
        ("heute frühmorgens", "is no time to come"),
        ("22.11.2026", "is no time to come"),
    ],
)
def test_what_is_not_understood_is_said(text: str, words: str) -> None:
    said = follow_up(text, NOW, BERLIN)
    assert isinstance(said, str)
    assert words in said


def test_late_in_the_evening_the_next_day_is_meant() -> None:
    late = datetime(2026, 11, 23, 23, 50, tzinfo=ZONE)
    assert follow_up("abends", late, BERLIN) == at(24, 17)
    assert isinstance(follow_up("heute", late, BERLIN), str)


@given(
    text=some.one_of(
        some.text(max_size=40),
        some.lists(
            some.sampled_from(
                ["morgen", "mo", "di", "um 2", "ab 14", "vor 9", "heute", "n", "23", "in", "3"]
            ),
            max_size=4,
        ).map(" ".join),
    ),
    minutes=some.integers(0, 60 * 24 * 365),
)
def test_whatever_is_typed_is_later_or_a_sentence(text: str, minutes: int) -> None:
    now = NOW.astimezone(UTC) + timedelta(minutes=minutes)
    said = follow_up(text, now, BERLIN)
    assert said if isinstance(said, str) else said >= now.replace(second=0, microsecond=0)


def test_due_in_few_letters() -> None:
    def words(due: datetime) -> str:
        return due_words(due, BERLIN, NOW)

    assert words(at(23, 14)) == "14:00"
    assert words(at(24, 9)) == "tomorrow 09:00"
    assert words(at(22, 9)) == "yesterday 09:00"
    assert words(at(27, 9)) == "Fri 27 Nov 09:00"
    i18n.choose("de")
    assert words(at(27, 9)).startswith("Fr 27.11.")


def test_how_late_something_is() -> None:
    def words(**late: int) -> str:
        return late_words(NOW - timedelta(**late), NOW)

    assert words(seconds=5) == "1 minute overdue"
    assert words(minutes=61) == "61 minutes overdue"
    assert words(hours=5) == "5 hours overdue"
    assert words(days=3) == "3 days overdue"
