"""The occurrences of a series: starts from recurring-ical-events, ends from `extent`. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any, cast
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar.cal import Component
from recurring_ical_events import CalendarQuery, Occurrence
from recurring_ical_events.selection.name import ComponentsWithName

from receptionist.calendars.extent import Extent, is_date, wall
from receptionist.calendars.ical import time_of
from receptionist.model.period import Period

MOST_OCCURRENCES = 20_000

_PLAIN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY"}
_SLOW = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_ZONES = (ZoneInfo, timezone)
_MARGIN = timedelta(days=2)
_MARK = "X-EXTENT"


def expanded(
    calendar: Calendar,
    events: list[Component],
    extents: list[Extent],
    horizon: Period,
    owner: tzinfo,
) -> list[tuple[Component, Period]]:
    """Every occurrence that may touch `horizon`, with the event it comes from; changes `events`.

    `ValueError` for too many occurrences; without `tame` events it may never return.
    """
    for number, event in enumerate(events):
        for name in ("DTEND", "DURATION"):
            event.pop(name, None)
        event[_MARK] = str(number)
        _end_in_utc(event, owner)
    reach = max(extent.longest for extent in extents) + _MARGIN
    query = CalendarQuery(calendar, components=(_STARTS,))
    found = query.between(horizon.start - reach, horizon.end + _MARGIN)
    if len(found) > MOST_OCCURRENCES:
        raise ValueError(f"{len(found)} occurrences")
    return [
        (event, _period(extents[int(str(event[_MARK]))], start, end, owner))
        for event, start, end in found
    ]


def _period(extent: Extent, start: date, end: date, owner: tzinfo) -> Period:
    """The period of an occurrence; an RDATE that is a period says its own end."""
    instant_end = start + timedelta(days=1) if is_date(start) else start
    if end == instant_end:
        return extent.period(start, owner)
    return Period(wall(start, owner).astimezone(UTC), wall(end, owner).astimezone(UTC))


class _Start(Occurrence):  # type: ignore[misc]
    """An occurrence without a component of its own: copying it would be most of the work."""

    def as_component(self, keep_recurrence_attributes: bool) -> tuple[Component, date, date]:
        return self._adapter._component, self.start, self.end


_STARTS = ComponentsWithName("VEVENT", occurrence=_Start)


def recurs(event: Component) -> bool:
    """Whether it is a series or an exception of one."""
    return any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID"))


def tame(event: Component) -> bool:
    """Whether computing its occurrences is sure to end soon, without a watch that doubles the time.

    Rules and time zones of one's own making can keep dateutil searching until the year 9999.
    """
    times = [wall(time_of(event, name), UTC) for name in ("DTSTART", "DTEND") if name in event]
    return all(isinstance(one.tzinfo, _ZONES) for one in times) and all(
        set(rule) <= _PLAIN
        and str(rule.get("FREQ", ["DAILY"])[0]) in _SLOW
        and rule.get("INTERVAL") != [0]
        for rule in _rules(event)
    )


def _rules(event: Component) -> list[Any]:
    rules = cast(Any, event.get("RRULE", []))
    return rules if isinstance(rules, list) else [rules]


def _end_in_utc(event: Component, owner: tzinfo) -> None:
    """UNTIL as RFC 5545 3.3.10 wants it beside a timed DTSTART; a bare date means all that day."""
    start = time_of(event, "DTSTART")
    for rule in _rules(event):
        until = rule.get("UNTIL")
        if not until or is_date(start) or start.tzinfo is None:
            continue
        last = until[0] if isinstance(until, list) else until
        if is_date(last):
            last = datetime.combine(last, time(23, 59, 59))
        if last.tzinfo is None:
            rule["UNTIL"] = [wall(last, start.tzinfo).astimezone(UTC)]
