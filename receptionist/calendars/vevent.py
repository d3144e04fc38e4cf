"""An appointment as a calendar object, and back. Pure; any worker.

What is written has no DURATION (libraries disagree about it) and no ATTENDEE or ORGANIZER (a
server may send invitations by itself, RFC 6638).
"""

from __future__ import annotations

import re
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.cal import Component
from icalendar.prop import vDDDTypes

from receptionist.calendars.extent import extent_of
from receptionist.calendars.ical import known_zones, parsed, time_of
from receptionist.calendars.patience import PATIENCE_S, at_most
from receptionist.calendars.series import tame
from receptionist.i18n import _
from receptionist.model.appointment import Appointment, Fingerprint
from receptionist.model.number import shown

PRODID = "-//Receptionist//Receptionist//EN"

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def written(appointment: Appointment, stamp: datetime) -> bytes:
    """A new calendar object; `stamp` is DTSTAMP, UTC."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    event = Event()
    event.add("uid", appointment.uid)
    calendar.add_component(event)
    _fill(calendar, event, appointment, stamp)
    return bytes(calendar.to_ical())


def written_over(text: str, appointment: Appointment, stamp: datetime) -> bytes:
    """The stored object with this appointment's times and texts; what we do not know stays.

    An object that cannot be read, or that does not hold the appointment, is replaced.
    """
    try:
        calendar = parsed(text)
        event = _event(calendar, appointment.uid)
    except (ValueError, TypeError, KeyError):
        event = None
    if event is None:
        return written(appointment, stamp)
    _fill(calendar, event, appointment, stamp)
    return bytes(calendar.to_ical())


def fingerprint(text: str, uid: str = "") -> Fingerprint | None:
    """What a stored object says, of the event `uid` or the first; None if it cannot be read."""
    try:
        event = _event(parsed(text), uid)
        if event is None:
            return None
        with nullcontext() if tame(event) else at_most(PATIENCE_S):
            period = extent_of(event, UTC).period(time_of(event, "DTSTART"), UTC)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None
    return Fingerprint(
        str(event.get("UID", "")),
        period.start,
        period.end,
        str(event.get("SUMMARY", "")),
        str(event.get("STATUS", "")).upper(),
    )


def _event(calendar: Calendar, uid: str) -> Component | None:
    events = [event for event in calendar.walk("VEVENT") if "RECURRENCE-ID" not in event]
    ours = (event for event in events if not uid or str(event.get("UID", "")) == uid)
    return next(ours, None)


def _fill(calendar: Calendar, event: Component, appointment: Appointment, stamp: datetime) -> None:
    former = int(event.get("SEQUENCE", 0))
    start, end = _times(appointment)
    values = {
        "DTSTART": start,
        "DTEND": end,
        "DTSTAMP": stamp.astimezone(UTC),
        "SUMMARY": appointment.summary,
        "DESCRIPTION": _description(appointment),
        "STATUS": "CONFIRMED",
        "TRANSP": "OPAQUE",
        "SEQUENCE": max(former, appointment.sequence),
    }
    for name in (*values, "DURATION"):
        event.pop(name, None)
    for name, value in values.items():
        if value != "":
            event.add(name, value)
    if isinstance(start.tzinfo, ZoneInfo):
        _replace_zone(calendar, start.tzinfo.key, start.year, end.year)


def _description(appointment: Appointment) -> str:
    number = shown(appointment.caller_number)
    telephone = _("Telephone: {number}").format(number=number) if number else ""
    note = _UNPRINTABLE.sub("", "\n".join(appointment.note.splitlines()))
    return "\n".join(line for line in (telephone, note) if line)


def _times(appointment: Appointment) -> tuple[datetime, datetime]:
    """Start and end on the owner's clock, or in UTC where that clock cannot say them.

    In the hour that comes twice a local time always means the first one (RFC 5545 3.3.5).
    """
    instants = (appointment.start.astimezone(UTC), appointment.end.astimezone(UTC))
    if appointment.zone == "UTC" or appointment.zone not in known_zones():
        return instants
    zone = ZoneInfo(appointment.zone)
    first, second = (instant.astimezone(zone) for instant in instants)
    if first.fold or second.fold:
        return instants
    return first, second


def _replace_zone(calendar: Calendar, key: str, first: int, last: int) -> None:
    others = [
        part
        for part in calendar.subcomponents
        if not (part.name == "VTIMEZONE" and str(part.get("TZID", "")) == key)
    ]
    calendar.subcomponents = [_vtimezone(key, first, last), *others]


@lru_cache(maxsize=64)
def _vtimezone(key: str, first: int, last: int) -> Timezone:
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
