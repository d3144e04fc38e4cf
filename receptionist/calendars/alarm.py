"""The reminder on the owner's telephone (RFC 5545 3.6.6): one of ours beside his own. Pure."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Alarm
from icalendar.cal import Component

from receptionist.calendars.ical import said
from receptionist.model.appointment import Appointment, AppointmentState


def set_alarm(event: Component, appointment: Appointment) -> None:
    """Bring our alarm, known by its UID (RFC 9074 4), to what the appointment wishes.

    Out of an appointment that the owner's calendar had already he took it himself: then it stays
    away.
    """
    mark = f"{appointment.uid}-alarm"
    alarms = [part for part in event.subcomponents if part.name == "VALARM"]
    ours = [alarm for alarm in alarms if said(alarm, "UID") == mark]
    event.subcomponents = [part for part in event.subcomponents if part not in ours]
    if appointment.alarm_min < 0 or appointment.state is AppointmentState.CANCELLED:
        return
    before = timedelta(minutes=-appointment.alarm_min)
    his = any(_trigger(alarm) == before for alarm in alarms if alarm not in ours)
    if his or (appointment.told and not ours):
        return
    alarm = Alarm()
    alarm.add("uid", mark)
    alarm.add("action", "DISPLAY")
    alarm.add("description", appointment.summary)
    alarm.add("trigger", before)
    event.add_component(alarm)


def _trigger(alarm: Component) -> object:
    return getattr(alarm.get("TRIGGER"), "dt", None)
