"""Parsing of one iCalendar object, kept apart from every other object. Pure; any worker."""

from __future__ import annotations

import re
import threading
import zoneinfo
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any, Self, cast

from icalendar import Calendar
from icalendar.cal import Component
from icalendar.prop import TypesFactory, vDDDTypes
from icalendar.timezone import tzp

LONGEST_TEXT = 1_000_000

_ZONE = re.compile(r"^BEGIN:VTIMEZONE[ \t\r]*$.*?^END:VTIMEZONE[ \t\r]*$\n?", re.I | re.M | re.S)
_TZID = re.compile(r"^TZID(?:;[^:\n]*)?:(.*?)\s*$", re.I | re.M)
_NOMINAL = re.compile(r"(\d+)([WD])", re.I)
_parsing = threading.Lock()


class Length(timedelta):
    """A DURATION that remembers its nominal part: P1D is a day on the wall clock, PT24H is not.

    RFC 5545 3.3.6; icalendar keeps only the sum.
    """

    nominal: timedelta

    @classmethod
    def of(cls, total: timedelta, text: str) -> Self:
        """The length `total`, written as `text`."""
        length = cls(days=total.days, seconds=total.seconds)
        units = {"W": 7, "D": 1}
        days = sum(int(number) * units[unit.upper()] for number, unit in _NOMINAL.findall(text))
        length.nominal = timedelta(days=-days if text.startswith("-") else days)
        return length


class _Times(vDDDTypes):
    @classmethod
    def from_ical(cls, ical: Any, timezone: Any = None) -> Any:
        value = cast(Any, vDDDTypes).from_ical(ical, timezone)
        return Length.of(value, str(ical)) if isinstance(value, timedelta) else value


class _Object(Calendar):
    types_factory = TypesFactory()


_Object.types_factory["duration"] = _Times


def parsed(text: str) -> Calendar:
    """The object in `text`; raises `ValueError` (or worse) when it cannot be read.

    A VTIMEZONE under an IANA name is skipped: the parser would build it and then use the system's
    definition, and that is most of its work. Others live only as long as their own object, because
    icalendar keeps one cache of them for the whole process, whoever's they are.
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"an object of {len(text)} characters")
    text = _ZONE.sub(_unless_known, text)
    private = _ZONE.search(text) is not None
    with _parsing:
        if private:
            tzp.use_zoneinfo()
        try:
            found = _Object.from_ical(text.encode())
        finally:
            if private:
                tzp.use_zoneinfo()
    if found.name != "VCALENDAR":
        raise ValueError(f"a {found.name} instead of a calendar")
    return found


def found_in(
    text: str, find: Callable[[Calendar], Component | None]
) -> tuple[Calendar, Component] | None:
    """The object in `text` with what `find` finds in it; None if there is none to be read."""
    try:
        calendar = parsed(text)
        component = find(calendar)
    except (ValueError, TypeError, KeyError):
        return None
    return None if component is None else (calendar, component)


def time_of(component: Component, name: str) -> Any:
    """The date, time or length in the property `name`; `KeyError` if missing, else
    `AttributeError` if unreadable."""
    return cast(Any, component[name]).dt


def said(component: Component, name: str) -> str:
    """The text of a property, of the first one where a program wrote several, or ""."""
    value = cast(Any, component.get(name, ""))
    return str(value[0] if isinstance(value, list) else value)


def _unless_known(block: re.Match[str]) -> str:
    name = _TZID.search(block[0])
    return "" if name is not None and name[1] in known_zones() else block[0]


@cache
def known_zones() -> frozenset[str]:
    """The IANA names of time zones on this machine."""
    return frozenset(zoneinfo.available_timezones())
