"""Days as people write them, in both languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from receptionist import i18n
from ui.models.days import days, shown

TODAY = date(2026, 11, 22)
CHRISTMAS = date(2026, 12, 24)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("24.12.", CHRISTMAS, CHRISTMAS),
        ("24.12", CHRISTMAS, CHRISTMAS),
        ("24.12.26", CHRISTMAS, CHRISTMAS),
        ("24. Dezember", CHRISTMAS, CHRISTMAS),
        ("24 Dec 2026", CHRISTMAS, CHRISTMAS),
        ("2026-12-24", CHRISTMAS, CHRISTMAS),
        ("24.12.-2.1.", CHRISTMAS, date(2027, 1, 2)),
        ("24.12. – 2.1.2027", CHRISTMAS, date(2027, 1, 2)),
        ("24.12. bis 2.1.", CHRISTMAS, date(2027, 1, 2)),
        ("24 dec to 2 jan", CHRISTMAS, date(2027, 1, 2)),
        ("2026-12-24 - 2027-01-02", CHRISTMAS, date(2027, 1, 2)),
        ("24.12.2026-02.01.2027", CHRISTMAS, date(2027, 1, 2)),
        ("1.11.", date(2026, 11, 1), date(2026, 11, 1)),
        ("1.9.", date(2027, 9, 1), date(2027, 9, 1)),
        ("29.2.", date(2028, 2, 29), date(2028, 2, 29)),
        ("3. März", date(2027, 3, 3), date(2027, 3, 3)),
    ],
)
def test_days_are_read_as_people_write_them(text: str, first: date, last: date) -> None:
    assert days(text, TODAY) == (first, last)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no day"),
        ("Weihnachten", "is no day"),
        ("24.", "is no day"),
        ("24.12. - 25.12. - 26.12.", "is no day"),
        ("30.2.2027", "does not exist"),
        ("24.13.", "does not exist"),
        ("2.1.2027 - 24.12.2026", "ends before it begins"),
        ("24. Mond", "is no day"),
    ],
)
def test_days_that_cannot_be_read_say_why(text: str, why: str) -> None:
    read = days(text, TODAY)
    assert isinstance(read, str)
    assert why in read


@given(
    first=some.dates(date(2000, 1, 1), date(2098, 1, 1)),
    length=some.integers(0, 400),
    tag=some.sampled_from(i18n.LANGUAGES),
)
def test_what_is_shown_is_read_as_the_same_days(first: date, length: int, tag: str) -> None:
    last = first + timedelta(days=length)
    before = i18n.language()
    i18n.choose(tag)
    try:
        assert days(shown(first, last), TODAY) == (first, last)
    finally:
        i18n.choose(before)
