"""An appointment as a calendar object, and back. Pure; any worker.

What is written has no DURATION (libraries disagree about it) and no ATTENDEE or ORGANIZER (a
server may send invitations by itself, RFC 6638). The number stands there in its international
form, on a line of its own: that is what telephones make a link of, without a `tel:` beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from icalendar.cal import Component

from receptionist.calendars.alarm import set_alarm
from receptionist.calendars.extent import extent_of
from receptionist.calendars.ical import found_in, known_zones, parsed, said, time_of
from receptionist.calendars.patience import PATIENCE_S, at_most
from receptionist.calendars.series import recurs, tame
from receptionist.calendars.zones import define_zones
from receptionist.model.appointment import Appointment, AppointmentState, Fingerprint, Stored

PRODID = "-//Receptionist//Receptionist//EN"

_SHOWN_INSTEAD = {
    "DESCRIPTION": ("X-ALT-DESC",),
    "LOCATION": ("GEO", "X-APPLE-STRUCTURED-LOCATION"),
}
"""What some programs show in place of a property: it would go on saying what was there before."""


def empty() -> Calendar:
    """A calendar object with nothing in it."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    return calendar


def written(appointment: Appointment, stamp: datetime) -> bytes:
    """A new calendar object; `stamp` is DTSTAMP, UTC."""
    return exported((appointment,), stamp)


def exported(appointments: Iterable[Appointment], stamp: datetime) -> bytes:
    """One object with all of them, for a file (RFC 5545 3.4)."""
    calendar = empty()
    for appointment in appointments:
        event = Event()
        event.add("uid", appointment.uid)
        calendar.add_component(event)
        _fill(event, appointment, stamp)
    define_zones(calendar)
    return bytes(calendar.to_ical())


def written_over(text: str, appointment: Appointment, stamp: datetime) -> bytes:
    """The stored object with this appointment's times and texts; what we do not know stays.

    An object that cannot be read, or that does not hold the appointment, is replaced.
    """
    found = found_in(text, lambda calendar: _event(calendar, appointment.uid))
    if found is None:
        return written(appointment, stamp)
    calendar, event = found
    _fill(event, appointment, stamp)
    define_zones(calendar)
    return bytes(calendar.to_ical())


def stored(href: str, etag: str, text: str, uid: str = "") -> Stored:
    """What an object says, of the event `uid` or the first."""
    try:
        calendar = parsed(text)
        event = _event(calendar, uid)
        series = any(map(recurs, calendar.walk("VEVENT")))
    except (ValueError, TypeError, KeyError):
        event = None
    if event is None:
        return Stored(href, etag, None)
    return Stored(
        href,
        etag,
        _fingerprint(event),
        text=said(event, "DESCRIPTION"),
        location=said(event, "LOCATION"),
        sequence=_sequence(event),
        recurs=series,
    )


def fingerprint(text: str, uid: str = "") -> Fingerprint | None:
    """What a stored object says, of the event `uid` or the first; None if it cannot be read."""
    return stored("", "", text, uid).fingerprint


def _fingerprint(event: Component) -> Fingerprint | None:
    try:
        with nullcontext() if tame(event) else at_most(PATIENCE_S):
            period = extent_of(event, UTC).period(time_of(event, "DTSTART"), UTC)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None
    return Fingerprint(
        str(event.get("UID", "")),
        period.start,
        period.end,
        said(event, "SUMMARY"),
        said(event, "STATUS").upper(),
    )


def _event(calendar: Calendar, uid: str) -> Component | None:
    events = [event for event in calendar.walk("VEVENT") if "RECURRENCE-ID" not in event]
    ours = (event for event in events if not uid or str(event.get("UID", "")) == uid)
    return next(ours, None)


def _sequence(event: Component) -> int:
    try:
        return int(said(event, "SEQUENCE") or 0)
    except ValueError:
        return 0


def _fill(event: Component, appointment: Appointment, stamp: datetime) -> None:
    cancelled = appointment.state is AppointmentState.CANCELLED
    start, end = times(appointment)
    values = {
        "DTSTART": start,
        "DTEND": end,
        "DTSTAMP": stamp.astimezone(UTC),
        "STATUS": "CANCELLED" if cancelled else "CONFIRMED",
        "TRANSP": "TRANSPARENT" if cancelled else "OPAQUE",
        "SEQUENCE": max(_sequence(event), appointment.sequence),
    }
    if "LAST-MODIFIED" in event:
        values["LAST-MODIFIED"] = stamp.astimezone(UTC)
    for name in (*values, "DURATION"):
        event.pop(name, None)
    for name, value in values.items():
        event.add(name, value)
    say(event, "SUMMARY", appointment.summary)
    say(event, "DESCRIPTION", appointment.description, keep=not appointment.told_text)
    say(event, "LOCATION", appointment.place, keep=not appointment.told_location)
    set_alarm(event, appointment)


def say(event: Component, name: str, value: str, *, keep: bool = False) -> None:
    """Write a text that differs; with `keep` an empty one leaves what is there."""
    if said(event, name) == value or (keep and not value):
        return
    for former in (name, *_SHOWN_INSTEAD.get(name, ())):
        event.pop(former, None)
    if value:
        event.add(name, value)


def times(appointment: Appointment) -> tuple[datetime, datetime]:
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
