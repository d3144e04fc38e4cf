"""The owner's week in words: what is read out of it, and why a time cannot be chosen."""

from __future__ import annotations

from datetime import datetime, timedelta

from receptionist.i18n import _, ngettext
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.busy import Busy
from receptionist.model.client import Client, Staff
from receptionist.model.period import Period
from receptionist.model.steering import steering
from receptionist.model.week import Week
from receptionist.reasons import Reason
from ui.models.moments import clock_words, date_words, dated, day_and_month
from ui.models.outcome import short_outcome
from ui.models.words import one_line

_JUST_NOW = timedelta(minutes=1)
_HOUR, _DAY = timedelta(hours=1), timedelta(hours=20)


def heading_words(week_number: int, client: Client, office_zone: str) -> str:
    """What the week is, and the zone of its times where that is not the office's."""
    words = _("Owner's calendar · week {number}").format(number=week_number)
    if client.zone != office_zone:
        words += " · " + _("time in {zone}").format(zone=client.zone)
    return words


def checked_words(checked: datetime | None, now: datetime, office_zone: str) -> str:
    """How old what is shown is."""
    if checked is None:
        return _("not checked yet")
    age = now - checked
    if age < _JUST_NOW:
        return _("checked just now")
    if age < _HOUR:
        minutes = int(age.total_seconds() // 60)
        words = ngettext("checked {count} min ago", "checked {count} min ago", minutes)
        return words.format(count=minutes)
    time = clock_words(checked, office_zone)
    if age < _DAY:
        return _("checked at {time}").format(time=time)
    return _("checked on {date} at {time}").format(
        date=day_and_month(checked, office_zone), time=time
    )


def dates_words(week: Week) -> str:
    """From which to which day a week lasts, e.g. `23 Nov – 29 Nov`."""
    first, last = week.days[0].date, week.days[-1].date
    return _("{first} – {last}").format(first=dated(first), last=dated(last))


def span_words(period: Period, zone: str) -> str:
    """Day and times, e.g. `Tuesday, 24 November, 09:00 to 09:30`."""
    start, end = clock_words(period.start, zone), clock_words(period.end, zone)
    return _("{date}, {start} to {end}").format(
        date=date_words(period.start, zone), start=start, end=end
    )


def free_words(period: Period, zone: str) -> str:
    """A free time, as it is read aloud."""
    return _("{when}, free").format(when=span_words(period, zone))


def busy_title(busy: Busy) -> str:
    """The title of an event of the owner's, or that it has none."""
    if not busy.readable and not busy.summary:
        return _("cannot be read")
    return one_line(busy.summary, 80) or _("engaged")


def busy_words(busy: Busy, week: Week, *, blocks: bool) -> str:
    """An event of the owner's in full."""
    title = busy_title(busy)
    if busy.all_day:
        last = busy.period.end - timedelta(seconds=1)
        first_day, last_day = (
            date_words(instant, week.zone) for instant in (busy.period.start, last)
        )
        when = first_day
        if first_day != last_day:
            when = _("{first} to {last}").format(first=first_day, last=last_day)
        if not blocks:
            return _("{when}: {title}, keeps no time").format(when=when, title=title)
        return _("{when}: all day {title}").format(when=when, title=title)
    start, end = busy.period.start, busy.period.end
    when = span_words(busy.period, week.zone)
    if end - start >= timedelta(days=1):
        until = _("{date}, {time}").format(
            date=date_words(end, week.zone), time=clock_words(end, week.zone)
        )
        when = _("{first} to {last}").format(
            first=_("{date}, {time}").format(
                date=date_words(start, week.zone), time=clock_words(start, week.zone)
            ),
            last=until,
        )
    if not busy.summary and busy.readable:
        return _("{when}: the owner is busy").format(when=when)
    return _("{when}: the owner is busy: {title}").format(when=when, title=title)


def appointment_words(appointment: Appointment, week: Week, office_zone: str) -> str:
    """An appointment of ours in full, with its state."""
    state, _tone = short_outcome(appointment, office_zone)
    return f"{span_words(appointment.period, week.zone)}: {one_line(appointment.summary)}, {state}"


def place_words(appointment: Appointment) -> tuple[str, str, str]:
    """The state of an appointment where there is little room: words, tone, icon."""
    state = appointment.state
    if state is AppointmentState.CONFIRMED and appointment.reason is Reason.OVERLAP_FOUND:
        return _("overlap"), "danger", "alert"
    return {
        AppointmentState.HOLD: (_("kept"), "plain", "clock"),
        AppointmentState.BOOKED: (_("on its way …"), "plain", "clock"),
        AppointmentState.CONFIRMED: (_("in calendar"), "good", "check"),
        AppointmentState.DELAYED: (_("waiting"), "attention", "clock"),
        AppointmentState.PARKED: (_("needs you"), "danger", "alert"),
    }.get(state, (_("conflict"), "danger", "cross"))


def why_not(
    week: Week,
    client: Client,
    at: datetime,
    now: datetime,
    office_zone: str,
    member: Staff | None = None,
) -> str:
    """Why a time of the week cannot be chosen, for a member of the staff or (None) anybody."""
    for one in week.appointments:
        theirs = member is None or one.staff_id in (None, member.id)
        if theirs and one.period.start <= at < one.period.end:
            return appointment_words(one, week, office_zone)
    steers = steering(client)
    for event in week.busy:
        here = event.period.start <= at < event.period.end
        if here and steers.blocks(event, client.all_day_blocks):
            return busy_words(event, week, blocks=True)
    if at < now + timedelta(minutes=client.minimum_notice_min):
        return _("This time is over or too soon.")
    day = next((day for day in week.days if day.period.start <= at < day.period.end), None)
    if day is not None and day.closed:
        return _("Closed: {reason}").format(reason=one_line(day.closed))
    if not any(span.start <= at < span.end for day in week.days for span in day.hours):
        return _("This is outside the bookable hours.")
    if week.kind is None:
        return _("Nothing can be booked for this client. Write a note instead.")
    words = _("There is not enough room for {kind} here.")
    return words.format(kind=one_line(week.kind.name))
