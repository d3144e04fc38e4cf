"""The days of a week or month, beside the ends of years and of February."""

from __future__ import annotations

from datetime import date

import pytest

from receptionist.model.span import Span, days_of, span_of


@pytest.mark.parametrize(
    ("today", "span", "first", "last"),
    [
        ("2026-11-22", Span.THIS_WEEK, "2026-11-16", "2026-11-22"),
        ("2026-11-23", Span.THIS_WEEK, "2026-11-23", "2026-11-23"),
        ("2026-11-23", Span.LAST_WEEK, "2026-11-16", "2026-11-22"),
        ("2027-01-02", Span.LAST_WEEK, "2026-12-21", "2026-12-27"),
        ("2026-11-01", Span.THIS_MONTH, "2026-11-01", "2026-11-01"),
        ("2027-01-31", Span.LAST_MONTH, "2026-12-01", "2026-12-31"),
        ("2028-03-31", Span.LAST_MONTH, "2028-02-01", "2028-02-29"),
    ],
)
def test_a_span_has_its_days(today: str, span: Span, first: str, last: str) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert days_of(span, date.fromisoformat(today)) == days
    assert span_of(days, date.fromisoformat(today)) is not None


def test_other_days_are_no_span() -> None:
    assert span_of((date(2026, 11, 2), date(2026, 11, 3)), date(2026, 11, 22)) is None
