"""What a caller gets of his appointment: an object of its own (iTIP, RFC 5546). Pure; any worker.

The owner's text stays with the owner: the caller reads only what is meant for him.
"""

from __future__ import annotations

from datetime import UTC, datetime

from icalendar import Event

from receptionist.calendars.vevent import empty, say, times
from receptionist.calendars.zones import define_zones
from receptionist.model.appointment import Appointment, AppointmentState


def enclosed(appointment: Appointment, stamp: datetime, title: str, organizer: str = "") -> bytes:
    """The appointment for the caller's calendar, or that it is cancelled, by its state.

    Nothing of it but time and place is written. `title` is what it is called there, `organizer` an
    e-mail address, which RFC 5546 asks for; the same UID and SEQUENCE let a later letter replace an
    earlier one.
    """
    cancelled = appointment.state is AppointmentState.CANCELLED
    calendar, event = empty(), Event()
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    start, end = times(appointment)
    event.add("uid", appointment.uid)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("sequence", appointment.sequence)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if organizer:
        event.add("organizer", f"mailto:{organizer}")
    say(event, "SUMMARY", title)
    say(event, "LOCATION", appointment.place)
    calendar.add_component(event)
    define_zones(calendar)
    return bytes(calendar.to_ical())
