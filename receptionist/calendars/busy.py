"""When a calendar object makes its owner busy. Pure; any worker.

Each object is read alone. What cannot be read blocks what can be salvaged of it and is counted,
so that somebody looks at it: an owner who is perhaps busy is busy.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any, cast
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar.cal import Component
from recurring_ical_events import CalendarQuery

from receptionist.calendars.extent import Extent, extent_of, is_date, wall
from receptionist.calendars.ical import known_zones, parsed, time_of
from receptionist.calendars.patience import at_most
from receptionist.model.busy import Busy, CalendarObject
from receptionist.model.period import Period

PATIENCE_S = 3.0
MOST_OCCURRENCES = 20_000
LONGEST_SUMMARY = 255

_TIMES = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
_RECURRING = ("RRULE", "RDATE", "RECURRENCE-ID")
_MARGIN = timedelta(days=2)
_UNKNOWN_LENGTH = timedelta(hours=1)
_MARK = "X-EXTENT"
_FOLD = re.compile(r"\r?\n[ \t]")
_EVENT = re.compile(r"^BEGIN:VEVENT\b(.*?)(?:^END:VEVENT\b|\Z)", re.I | re.M | re.S)
_PROPERTY = re.compile(
    r"^(DTSTART|DTEND|UID|SUMMARY|STATUS|TRANSP)((?:;[^:\n]*)?):(.*)$", re.I | re.M
)
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?", re.I)
log = logging.getLogger(__name__)


def read(href: str, etag: str, text: str, horizon: Period, zone: str) -> CalendarObject:
    """The object at `href` with its blocking occurrences that touch `horizon`.

    Dates and floating times are in `zone`, the owner's. Never raises for what is in `text`.
    """
    owner = ZoneInfo(zone)
    try:
        calendar = parsed(text)
        uid = _uid(calendar) or href
        busy, sound = _blocking(calendar, uid, horizon, owner)
    except Exception as error:  # a foreign object can break its parsers in any way
        log.warning("unreadable calendar object: %s", type(error).__name__)
        uid, busy = _salvaged(text, href, horizon, owner)
        sound = False
    return CalendarObject(
        href=href, etag=etag, uid=uid, busy=tuple(sorted(busy, key=_order)), readable=sound
    )


def _order(busy: Busy) -> Period:
    return busy.period


def _uid(calendar: Calendar) -> str:
    return next((str(part["UID"]) for part in calendar.subcomponents if "UID" in part), "")


def _blocking(
    calendar: Calendar, uid: str, horizon: Period, owner: tzinfo
) -> tuple[list[Busy], bool]:
    events = [event for event in calendar.walk("VEVENT") if event.name == "VEVENT"]
    sound = not any(_broken(event) for event in events)
    extents: list[Extent] = []
    for event in events:
        extent, forwards = extent_of(event, owner)
        extents.append(extent)
        sound = sound and forwards
    if any(name in event for event in events for name in _RECURRING):
        with at_most(PATIENCE_S):
            occurrences = list(_recurring(calendar, events, extents, horizon, owner))
    else:
        occurrences = [
            (event, extent.period(time_of(event, "DTSTART"), owner))
            for event, extent in zip(events, extents, strict=True)
        ]
    busy = [
        Busy(
            period=period, uid=uid, summary=_summary(event), all_day=_all_day(event), readable=sound
        )
        for event, period in occurrences
        if _blocks(event) and _inside(period, horizon)
    ]
    return busy + _free_busy(calendar, uid, horizon), sound


def _recurring(
    calendar: Calendar,
    events: list[Component],
    extents: list[Extent],
    horizon: Period,
    owner: tzinfo,
) -> Iterator[tuple[Component, Period]]:
    """Starts come from recurring-ical-events, ends from the extents of their own components."""
    for number, event in enumerate(events):
        for name in ("DTEND", "DURATION"):
            event.pop(name, None)
        event[_MARK] = str(number)
        _end_in_utc(event, owner)
    reach = max(extent.longest for extent in extents) + _MARGIN
    query = CalendarQuery(calendar, components=("VEVENT",))
    found = query.between(horizon.start - reach, horizon.end + _MARGIN)
    if len(found) > MOST_OCCURRENCES:
        raise ValueError(f"{len(found)} occurrences")
    for event in found:
        start, end = time_of(event, "DTSTART"), time_of(event, "DTEND")
        instant_end = start + timedelta(days=1) if is_date(start) else start
        if end != instant_end:  # an RDATE that is a period says its own end
            yield (
                event,
                Period(wall(start, owner).astimezone(UTC), wall(end, owner).astimezone(UTC)),
            )
        else:
            yield event, extents[int(str(event[_MARK]))].period(start, owner)


def _end_in_utc(event: Component, owner: tzinfo) -> None:
    """UNTIL as RFC 5545 3.3.10 wants it beside a timed DTSTART; a bare date means all that day."""
    start = time_of(event, "DTSTART")
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        until = cast(Any, rule).get("UNTIL")
        if not until or is_date(start) or start.tzinfo is None:
            continue
        last = until[0] if isinstance(until, list) else until
        if is_date(last):
            last = datetime.combine(last, time(23, 59, 59))
        if last.tzinfo is None:
            rule["UNTIL"] = [wall(last, start.tzinfo).astimezone(UTC)]


def _broken(event: Component) -> bool:
    """Whether a property that decides about times was unreadable, or its zone is unknown."""
    if any(name in _TIMES for name, _ in event.errors if name):
        return True
    start = time_of(event, "DTSTART")
    return not is_date(start) and start.tzinfo is None and "TZID" in event["DTSTART"].params


def _blocks(event: Component) -> bool:
    return not (
        str(event.get("STATUS", "")).upper() == "CANCELLED"
        or str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    )


def _all_day(event: Component) -> bool:
    return is_date(time_of(event, "DTSTART"))


def _summary(event: Component) -> str:
    return str(event.get("SUMMARY", ""))[:LONGEST_SUMMARY]


def _inside(period: Period, horizon: Period) -> bool:
    """Whether it touches the horizon and takes any time at all."""
    return period.start < period.end and period.overlaps(horizon)


def _free_busy(calendar: Calendar, uid: str, horizon: Period) -> list[Busy]:
    """What VFREEBUSY components call busy (RFC 5545 3.6.4)."""
    busy = []
    for part in calendar.walk("VFREEBUSY"):
        entries = cast(Any, part.get("FREEBUSY", []))
        for entry in entries if isinstance(entries, list) else [entries]:
            if str(entry.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                period = Period(entry.start.astimezone(UTC), entry.end.astimezone(UTC))
                busy.append(Busy(period=period, uid=uid))
    return [one for one in busy if _inside(one.period, horizon)]


def _salvaged(text: str, href: str, horizon: Period, owner: tzinfo) -> tuple[str, list[Busy]]:
    """UID and what can be told of an unreadable object: the first occurrence of each event."""
    uid, busy = "", []
    for block in _EVENT.findall(_FOLD.sub("", text)):
        found = {
            name.upper(): (params, value.strip())
            for name, params, value in _PROPERTY.findall(block)
        }
        values = {name: value for name, (_, value) in found.items()}
        uid = uid or values.get("UID", "")
        free = values.get("STATUS", "").upper() == "CANCELLED"
        if free or values.get("TRANSP", "").upper() == "TRANSPARENT":
            continue
        period = _salvaged_period(found, owner)
        if period is not None and _inside(period, horizon):
            busy.append((period, values.get("SUMMARY", "")[:LONGEST_SUMMARY]))
    uid = uid or href
    return uid, [
        Busy(period=period, uid=uid, summary=name, readable=False) for period, name in busy
    ]


def _salvaged_period(found: dict[str, tuple[str, str]], owner: tzinfo) -> Period | None:
    try:
        start, whole_days = _salvaged_time(*found["DTSTART"], owner)
    except (KeyError, ValueError, OverflowError):
        return None
    try:
        end, _ = _salvaged_time(*found["DTEND"], owner)
    except (KeyError, ValueError, OverflowError):
        end = start
    if end == start:
        end = start + (timedelta(days=1) if whole_days else _UNKNOWN_LENGTH)
    return Period(min(start, end), max(start, end))


def _salvaged_time(params: str, value: str, owner: tzinfo) -> tuple[datetime, bool]:
    match = _DIGITS.match(value)
    if match is None:
        raise ValueError(value)
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    name = re.search(r"TZID=\"?([^\";]+)", params, re.I)
    zone: tzinfo = UTC if match[7] else owner
    if name is not None and name[1] in known_zones():
        zone = ZoneInfo(name[1])
    local = datetime(year, month, day, hour, minute, second, tzinfo=zone)
    return local.astimezone(UTC), match[4] is None
