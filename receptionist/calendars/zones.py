"""The VTIMEZONE of an IANA zone, and which of them an object needs (RFC 5545 3.6.5). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.cal import Component
from icalendar.prop import vDDDTypes

from receptionist.calendars.ical import known_zones
from receptionist.calendars.series import recurs

_YEARS_OF_A_SERIES = 10
_OLDEST, _LATEST = 1970, 2100


def define_zones(calendar: Calendar) -> None:
    """Give the object one definition of each IANA zone that it names, those of its series too."""
    used: dict[str, set[int]] = {}
    for component in calendar.walk():
        for value in _values(component):
            key = getattr(value, "params", {}).get("TZID", "")
            if key in known_zones():
                used.setdefault(key, set()).update(_years(component))
    others = [
        part
        for part in calendar.subcomponents
        if not (part.name == "VTIMEZONE" and str(part.get("TZID", "")) in used)
    ]
    needed = (_definition(key, years) for key, years in used.items() if years)
    calendar.subcomponents = [*needed, *others]


def _definition(key: str, years: set[int]) -> Timezone:
    first = max(min(years), _OLDEST)
    return vtimezone(key, first, max(first, min(max(years), _LATEST)))


def _values(component: Component) -> Iterator[Any]:
    for value in component.values():
        yield from value if isinstance(value, list) else (value,)


def _years(component: Component) -> Iterator[int]:
    for name in ("DTSTART", "DTEND", "DUE", "RECURRENCE-ID"):
        value = getattr(component.get(name), "dt", None)
        if isinstance(value, date):
            yield value.year
            if recurs(component):
                yield value.year + _YEARS_OF_A_SERIES


@lru_cache(maxsize=64)
def vtimezone(key: str, first: int, last: int) -> Timezone:
    """The zone's observances from before the year `first` to the year after `last`.

    icalendar 7.3 makes these too, but lets a clock that goes forward do so an hour late.
    """
    zone = ZoneInfo(key)
    begin = datetime(first - 1, 12, 30, tzinfo=UTC)
    timezone = Timezone()
    timezone.add("tzid", key)
    timezone.add_component(_observance(zone, begin - timedelta(hours=24), begin))
    moment, stop = begin, datetime(last + 2, 1, 1, tzinfo=UTC)
    while moment < stop:
        later = moment + timedelta(days=1)
        if _offset(zone, moment) != _offset(zone, later):
            timezone.add_component(_observance(zone, moment, later))
        moment = later
    return timezone


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _observance(zone: ZoneInfo, before: datetime, after: datetime) -> Component:
    """The observance that holds at `after`; it begins between the two, to the second."""
    earlier, later = _offset(zone, before), _offset(zone, after)
    while earlier != later and after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == earlier:
            before = middle
        else:
            after = middle
    local = after.astimezone(zone)
    observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
    observance["DTSTART"] = vDDDTypes((after + earlier).replace(tzinfo=None))
    observance.add("TZOFFSETFROM", earlier)
    observance.add("TZOFFSETTO", later)
    observance.add("TZNAME", local.tzname() or zone.key)
    return observance
