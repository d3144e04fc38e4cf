"""Spans of days that a report covers as a rule: this or the last week or month. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


class Span(StrEnum):
    """What is asked for again and again. What is not over yet goes until today."""

    LAST_MONTH = "last-month"
    THIS_MONTH = "this-month"
    LAST_WEEK = "last-week"
    THIS_WEEK = "this-week"


def days_of(span: Span, today: date) -> tuple[date, date]:
    """Its first and its last day, both included; weeks begin on Monday."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    match span:
        case Span.THIS_WEEK:
            return monday, today
        case Span.LAST_WEEK:
            return monday - _WEEK, monday - _DAY
        case Span.THIS_MONTH:
            return first, today
        case Span.LAST_MONTH:
            last = first - _DAY
            return last.replace(day=1), last


def span_of(days: tuple[date, date], today: date) -> Span | None:
    """The span that these days are; None where they are none."""
    return next((one for one in Span if days_of(one, today) == days), None)
