"""When a calendar object makes its owner busy, and what it says to us. Pure; any worker.

Each object is read alone. What cannot be read blocks what can be salvaged of it and is counted,
so that somebody looks at it: an owner who is perhaps busy is busy.
"""

from __future__ import annotations

import logging
import re
from contextlib import nullcontext
from datetime import UTC, tzinfo
from typing import Any, cast
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar.cal import Component

from receptionist.calendars.extent import extent_of, is_date
from receptionist.calendars.ical import parsed, said, time_of
from receptionist.calendars.patience import PATIENCE_S, at_most
from receptionist.calendars.salvage import salvaged
from receptionist.calendars.series import expanded, recurs, tame
from receptionist.model.busy import Busy, CalendarObject
from receptionist.model.period import Period

LONGEST_SUMMARY = 255

_TIMES = re.compile(r"(.*')?(DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID)\b", re.I)
_KEPT_TO_HIMSELF = re.compile(r"^CLASS[:;].*(PRIVATE|CONFIDENTIAL)\s*$", re.I | re.M)
log = logging.getLogger(__name__)


def read(href: str, etag: str, text: str, horizon: Period, zone: str) -> CalendarObject:
    """The object at `href` with its occurrences that touch `horizon`.

    Those that do not block are there for their words: with a title or categories, not cancelled.

    Dates and floating times are in `zone`, the owner's. Never raises for what is in `text`.
    """
    owner = ZoneInfo(zone)
    try:
        calendar = parsed(text)
        uid = _uid(calendar) or href
        busy, sound = _telling(calendar, uid, horizon, owner)
    except Exception as error:  # a foreign object can break its parsers in any way
        log.warning("unreadable calendar object: %s", type(error).__name__)
        uid, busy = _salvaged(text, href, horizon, owner)
        sound = False
    busy.sort(key=lambda one: one.period)
    return CalendarObject(href=href, etag=etag, uid=uid, busy=tuple(busy), readable=sound)


def _salvaged(text: str, href: str, horizon: Period, owner: tzinfo) -> tuple[str, list[Busy]]:
    found, rest = salvaged(text, owner)
    uid = found or href
    most = 0 if _KEPT_TO_HIMSELF.search(text) else LONGEST_SUMMARY
    return uid, [
        Busy(period=period, uid=uid, summary=summary[:most], readable=False)
        for period, summary in rest
        if _inside(period, horizon)
    ]


def _uid(calendar: Calendar) -> str:
    return next((str(part["UID"]) for part in calendar.subcomponents if "UID" in part), "")


def _telling(
    calendar: Calendar, uid: str, horizon: Period, owner: tzinfo
) -> tuple[list[Busy], bool]:
    if not calendar.subcomponents:
        raise ValueError("an object of nothing")
    events = list(calendar.walk("VEVENT"))
    sound = not any(_broken(event) for event in events)
    with nullcontext() if all(map(tame, events)) else at_most(PATIENCE_S):
        occurrences = _occurrences(calendar, events, horizon, owner)
    busy = [
        Busy(
            period=period,
            uid=uid,
            summary=_title(event),
            all_day=is_date(time_of(event, "DTSTART")),
            readable=sound,
            blocks=_blocks(event),
            categories=_categories(event),
        )
        for event, period in occurrences
        if _inside(period, horizon)
    ]
    return busy + _free_busy(calendar, uid, horizon), sound


def _occurrences(
    calendar: Calendar, events: list[Component], horizon: Period, owner: tzinfo
) -> list[tuple[Component, Period]]:
    extents = [extent_of(event, owner) for event in events]
    telling = {id(event) for event in events if _tells(event)}
    if any(map(recurs, events)):
        found = expanded(calendar, events, extents, horizon, owner)
    else:
        found = [
            (event, extent.period(time_of(event, "DTSTART"), owner))
            for event, extent in zip(events, extents, strict=True)
        ]
    return [(event, period) for event, period in found if id(event) in telling]


def _broken(event: Component) -> bool:
    """Whether a property that decides about times was unreadable, or its zone is unknown."""
    if any(_TIMES.match(name or message) for name, message in event.errors):
        return True
    start = time_of(event, "DTSTART")
    return not is_date(start) and start.tzinfo is None and "TZID" in event["DTSTART"].params


def _tells(event: Component) -> bool:
    """Whether it makes its owner busy, or has words that may be agreed with him."""
    if said(event, "STATUS").upper() == "CANCELLED":
        return False
    return _blocks(event) or bool(_title(event) or _categories(event))


def _blocks(event: Component) -> bool:
    return said(event, "TRANSP").upper() != "TRANSPARENT"


def _categories(event: Component) -> str:
    """The categories, with commas between them: also of what its owner keeps to himself."""
    found = cast(Any, event.get("CATEGORIES", []))
    lines = found if isinstance(found, list) else [found]
    words = (str(word).strip() for line in lines for word in getattr(line, "cats", [line]))
    return ",".join(word for word in words if word)[:LONGEST_SUMMARY]


def _title(event: Component) -> str:
    """The title, unless its owner keeps it to himself (RFC 5545 3.8.1.3)."""
    if said(event, "CLASS").strip().upper() in ("PRIVATE", "CONFIDENTIAL"):
        return ""
    return said(event, "SUMMARY")[:LONGEST_SUMMARY]


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
