"""How long an event lasts, computed by ourselves (RFC 5545 3.3.6, 3.6.1, 3.8.5.3). Pure.

icalendar and recurring-ical-events add durations on the wall clock, which is an hour wrong across
a clock change and can even end before it began.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from icalendar.cal import Component

from receptionist.calendars.ical import Length, time_of
from receptionist.model.period import Period

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Extent:
    """`nominal` is added on the wall clock (whole days), `exact` after that. Never negative."""

    nominal: timedelta
    exact: timedelta

    def period(self, start: date, zone: tzinfo) -> Period:
        """The occurrence that begins at `start`; floating times and dates are in `zone`.

        A local time that does not exist counts with the offset before the gap, one that exists
        twice is the first (RFC 5545 3.3.5).
        """
        first = wall(start, zone)
        end = (first + self.nominal).astimezone(UTC) + self.exact
        return Period(first.astimezone(UTC), end)

    @property
    def longest(self) -> timedelta:
        """No occurrence lasts longer than this."""
        return self.nominal + self.exact + _DAY


def wall(value: date, zone: tzinfo) -> datetime:
    """A DATE or DATE-TIME as an aware time on its own clock."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), zone)
    return value if value.tzinfo is not None else value.replace(tzinfo=zone)


def is_date(value: date) -> bool:
    """Whether this is a DATE, that is all day, and not a DATE-TIME."""
    return not isinstance(value, datetime)


def extent_of(event: Component, zone: tzinfo) -> Extent:
    """The extent of a VEVENT.

    Raises `KeyError` or `AttributeError` when DTSTART is missing or unreadable, `ValueError` when
    it ends before it begins.
    """
    start: date = time_of(event, "DTSTART")
    if "DTEND" in event:
        extent = _until(start, time_of(event, "DTEND"), zone)
    elif "DURATION" in event:
        length: timedelta = time_of(event, "DURATION")
        nominal = length.nominal if isinstance(length, Length) else timedelta()
        extent = Extent(nominal, length - nominal)
    else:
        extent = Extent(_DAY if is_date(start) else timedelta(), timedelta())
    if extent.nominal + extent.exact < timedelta():
        raise ValueError("an event that ends before it begins")
    return extent


def _until(start: date, end: date, zone: tzinfo) -> Extent:
    if is_date(start) and is_date(end):
        return Extent(end - start or _DAY, timedelta())
    exact = wall(end, zone).astimezone(UTC) - wall(start, zone).astimezone(UTC)
    return Extent(timedelta(), exact)
