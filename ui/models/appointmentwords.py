"""An appointment that is open, in words: what it is, what the owner did, what is being done."""

from __future__ import annotations

from datetime import datetime

from receptionist.events import OwnerChanged
from receptionist.i18n import _
from receptionist.model.appointment import Appointment
from receptionist.model.client import Client
from receptionist.model.number import shown
from receptionist.reasons import Reason
from ui.models.bookings import Doing, Opened, Wish
from ui.models.moments import clock_words, date_words, hours_words, start_words
from ui.models.words import one_line


def time_words(appointment: Appointment) -> str:
    """When it is, with its end."""
    one = appointment
    day = date_words(one.start, one.zone)
    times = f"{clock_words(one.start, one.zone)}–{clock_words(one.end, one.zone)}"
    return _("{day}, {times}").format(day=day, times=times)


def what_words(appointment: Appointment, client: Client | None) -> str:
    """What it is, and for whom."""
    one = appointment
    member = client.member(one.staff_id) if client else None
    parts = (
        one_line(one.kind_name, 60),
        one_line(one.caller_name, 60),
        one_line(shown(one.caller_number), 40),
        _("with {name}").format(name=one_line(member.name, 40)) if member else "",
    )
    return " · ".join(part for part in parts if part)


def more_words(appointment: Appointment) -> str:
    """Where it is, where to write to, and the note."""
    one = appointment
    parts = [one_line(one.location, 120), one_line(one.caller_email, 80), one_line(one.note, 160)]
    if one.series_id is not None:
        parts.insert(0, _("part of a series"))
    return " · ".join(part for part in parts if part)


def news_words(event: OwnerChanged | None) -> str:
    """What the owner did, with how it was before."""
    if event is None:
        return ""
    now, before = event.appointment, event.before
    old = hours_words(before.start, before.end, before.zone)
    new = hours_words(now.start, now.end, now.zone)
    if event.reason is Reason.OWNER_CANCELLED:
        return _("Taken out of his calendar by the owner: {old}.").format(old=old)
    if (before.start, before.end) != (now.start, now.end):
        return _("Moved by the owner: {old} → {new}.").format(old=old, new=new)
    if event.reason is Reason.MADE_A_SERIES:
        return _("The owner has made a series of it.")
    return _("Changed by the owner in his calendar.")


def notice_words(event: OwnerChanged, client: Client | None) -> str:
    """What the owner did, for whoever does not look at the appointment."""
    words = _("{client}, {caller}: {news}")
    name = one_line(client.name, 40) if client else _("unknown client")
    one = event.appointment
    caller = one_line(one.caller_name, 40) or one_line(one.kind_name, 40)
    return words.format(client=name, caller=caller, news=news_words(event))


def moving_words(opened: Opened, wish: Wish, client: Client | None) -> str:
    """From when to when; what to do while that is not chosen."""
    one = opened.appointment
    old = start_words(one.start, one.zone)
    if wish.chosen is None:
        return _("{old} → choose the new time").format(old=old)
    member = client.member(wish.chosen.staff_id) if client else None
    new = start_words(wish.chosen.start, one.zone)
    if member is not None and wish.chosen.staff_id != one.staff_id:
        new = _("{when}, with {name}").format(when=new, name=one_line(member.name, 40))
    return _("{old} → {new}").format(old=old, new=new)


def asking_words(opened: Opened) -> str:
    """The question before it is called off."""
    one = opened.appointment
    when = hours_words(one.start, one.end, one.zone)
    if one.marks_cancellation:
        return _("Call {when} off? The owner's calendar will mark it as cancelled.").format(
            when=when
        )
    return _("Call {when} off? It is taken out of the owner's calendar.").format(when=when)


def heading_words(opened: Opened, now: datetime) -> str:
    """What is being done."""
    if opened.doing is Doing.MOVING:
        return _("Move the appointment")
    if opened.doing is Doing.CHANGING:
        return _("Change the appointment")
    if opened.doing is Doing.CANCELLING:
        return _("Call the appointment off?")
    return _("Past appointment") if opened.appointment.end <= now else _("This appointment")
