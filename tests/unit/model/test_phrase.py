"""What a receptionist types quickly, and what is made of it."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.phrase import read, words
from receptionist.model.when import When

TODAY = date(2026, 11, 24)  # a Tuesday
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
AFTERNOON = {"earliest": time(12), "before": time(18)}


def days(*numbers: int) -> frozenset[int]:
    return frozenset(numbers)


MEANT = [
    ("", When()),
    ("mi n", When(weekdays=days(2), **AFTERNOON)),
    ("wed pm", When(weekdays=days(2), **AFTERNOON)),
    ("Mittwoch Nachmittag", When(weekdays=days(2), **AFTERNOON)),
    ("mittwochnachmittags", When(weekdays=days(2), **AFTERNOON)),
    ("am Mi", When(weekdays=days(2))),
    ("wed am", When(weekdays=days(2), before=time(12))),
    ("mo-do", When(weekdays=days(0, 1, 2, 3))),
    ("fr bis mo", When(weekdays=days(4, 5, 6, 0))),
    ("mo, di oder fr", When(weekdays=days(0, 1, 4))),
    ("ab 14", When(earliest=time(14))),
    ("ab 14.30 Uhr", When(earliest=time(14, 30))),
    ("after 2", When(earliest=time(14))),
    ("after 2 am", When(earliest=time(2))),
    ("vor 10", When(before=time(10))),
    ("früh", When(before=time(10))),
    ("zwischen 14 und 16", When(earliest=time(14), before=time(16))),
    ("nachmittag ab 15", When(earliest=time(15), before=time(18))),
    ("diese woche", When(first=TODAY, last=date(2026, 11, 29))),
    ("nächste Woche", When(first=date(2026, 11, 30), last=date(2026, 12, 6))),
    ("next week mo", When(weekdays=days(0), first=date(2026, 11, 30), last=date(2026, 12, 6))),
    ("übernächste", When(first=date(2026, 12, 7), last=date(2026, 12, 13))),
    ("morgen früh", When(first=date(2026, 11, 25), last=date(2026, 11, 25), before=time(10))),
    ("nächsten Dienstag", When(weekdays=days(1), first=date(2026, 11, 25))),
    ("12.3.", When(first=date(2027, 3, 12), last=date(2027, 3, 12))),
    ("24.11.", When(first=TODAY, last=TODAY)),
    ("29.2.2028", When(first=date(2028, 2, 29), last=date(2028, 2, 29))),
    ("ab 12.3.", When(first=date(2027, 3, 12))),
    ("vor dem 12.3.", When(last=date(2027, 3, 11))),
    ("bis 12.3.", When(last=date(2027, 3, 12))),
    ("im März", When(first=date(2027, 3, 1), last=date(2027, 3, 31))),
    ("ende november", When(first=date(2026, 11, 21), last=date(2026, 11, 30))),
    ("kw 50", When(first=date(2026, 12, 7), last=date(2026, 12, 13))),
]


@pytest.mark.parametrize(("typed", "meant"), MEANT)
def test_what_is_meant(typed: str, meant: When) -> None:
    understood = read(typed, TODAY)
    assert understood.when == meant
    assert understood.unknown == ()


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        ("bald", ("bald",)),
        ("14", ("14",)),
        ("31.2.", ("31.2.",)),
        ("ab 25", ("ab", "25")),
        ("mo quark ab 14", ("quark",)),
        ("ab 14 vor 10", ("vor", "10")),
        ("morgen 1.12.", ("1.12.",)),
        ("kw 60", ("kw", "60")),
        ("99x", ("99x",)),
        ("1x", ("1x",)),
    ],
)
def test_what_is_not_understood_is_handed_back(typed: str, unknown: tuple[str, ...]) -> None:
    assert read(typed, TODAY).unknown == unknown


@given(st.text(), DAYS)
def test_nothing_that_is_typed_raises(typed: str, today: date) -> None:
    understood = read(typed, today)
    assert len(understood.unknown) <= len(typed)


WORDS = (
    *("mo", "di", "n", "v", "früh", "ab", "bis", "vor", "12", "14:30", "3.12.", "märz", "next"),
    *("nächste", "woche", "-", ",", "am", "pm", "kw", "99", "in", "6x", "wöchentlich", "alle"),
)


@pytest.mark.parametrize(
    ("typed", "series"),
    [
        ("6x", (6, 7)),
        ("6 × wöchentlich mi n", (6, 7)),
        ("di 4 mal alle 2 wochen", (4, 14)),
        ("10x 14-tägig", (10, 14)),
        ("3 times every 10 days", (3, 10)),
        ("5x täglich", (5, 1)),
        ("mi n", (1, 7)),
    ],
)
def test_a_series(typed: str, series: tuple[int, int]) -> None:
    understood = read(typed, TODAY)
    assert (understood.times, understood.every_days) == series
    assert understood.unknown == ()


@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), DAYS)
def test_no_order_of_known_words_raises_or_admits_nothing(typed: str, today: date) -> None:
    when = read(typed, today).when
    assert not (when.earliest and when.before) or when.earliest < when.before
    assert not (when.first and when.last) or when.first <= when.last


def _pair(values: st.SearchStrategy) -> st.SearchStrategy:  # type: ignore[type-arg]
    return st.tuples(st.none() | values, st.none() | values)


MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(
    st.frozensets(st.integers(0, 6)),
    _pair(MINUTES).filter(lambda pair: None in pair or pair[0] < pair[1]),
    _pair(DAYS).filter(lambda pair: None in pair or pair[0] <= pair[1]),
    st.sampled_from(["de", "en"]),
    DAYS,
)
def test_what_is_written_is_read_again(
    weekdays: frozenset[int],
    clock: tuple[time | None, time | None],
    span: tuple[date | None, date | None],
    tongue: str,
    today: date,
) -> None:
    when = When(weekdays=weekdays, earliest=clock[0], before=clock[1], first=span[0], last=span[1])
    understood = read(words(when, tongue), today)
    assert understood.when == when
    assert understood.unknown == ()
