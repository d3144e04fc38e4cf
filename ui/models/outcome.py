"""What became of a booking, in words, with the cure where a person can help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from receptionist.i18n import _
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.reasons import Reason, sentence
from ui.models.moments import clock_words, hours_words, slot_words

_GOING_WELL = (AppointmentState.BOOKED, AppointmentState.CONFIRMED)
_ON_ITS_WAY = (AppointmentState.BOOKED, AppointmentState.DELAYED)
PASSWORD = (Reason.PASSWORD_REFUSED, Reason.PASSWORD_MISSING)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`text` is the `state` with the time before it; `tone` is a colour word of the theme, and
    `needs_password` offers to enter it."""

    text: str
    state: str
    tone: str
    needs_password: bool = False


def outcome(appointment: Appointment, now: datetime, office_zone: str) -> Outcome:
    """The state of an appointment as a sentence that begins with its time."""
    when = slot_words(appointment.start, appointment.zone, now)
    words, tone = _words(appointment, office_zone)
    return Outcome(f"{_capital(when)}: {words}", words, tone, _needs_password(appointment))


def series_outcome(together: Sequence[Appointment]) -> Outcome | None:
    """How far a series is, as one; None where a single appointment says more."""
    count = len(together)
    confirmed = sum(one.state is AppointmentState.CONFIRMED for one in together)
    if count < 2 or any(one.state not in _GOING_WELL for one in together):
        return None
    if confirmed == count:
        words = _("All {count} appointments of the series are in the owner's calendar.")
        return Outcome(words.format(count=count), words.format(count=count), "good")
    words = _("{done} of {count} appointments of the series are in the owner's calendar …")
    text = words.format(done=confirmed, count=count)
    return Outcome(text, text, "plain")


def short_outcome(appointment: Appointment, office_zone: str) -> tuple[str, str]:
    """The state of an appointment in few words, and its tone."""
    state = appointment.state
    if state is AppointmentState.CONFIRMED and appointment.confirmed is not None:
        since = clock_words(appointment.confirmed, office_zone)
        return _("in the owner's calendar since {time}").format(time=since), "good"
    words = {
        AppointmentState.HOLD: (_("kept while the caller decides"), "plain"),
        AppointmentState.BOOKED: (_("on its way to the owner's calendar"), "plain"),
        AppointmentState.CONFIRMED: (_("in the owner's calendar"), "good"),
        AppointmentState.CONFLICT: (_("not booked"), "danger"),
        AppointmentState.DELAYED: (_("not in the owner's calendar yet"), "attention"),
        AppointmentState.PARKED: (_("waits for you"), "danger"),
        AppointmentState.WITHDRAWN: (_("taken back"), "plain"),
        AppointmentState.CANCELLED: (_("cancelled"), "plain"),
    }
    return words[state]


def _words(appointment: Appointment, office_zone: str) -> tuple[str, str]:
    state, reason = appointment.state, sentence(appointment.reason)
    if state is AppointmentState.CONFIRMED and appointment.confirmed is not None:
        since = clock_words(appointment.confirmed, office_zone, seconds=True)
        return _("In the owner's calendar since {time}.").format(time=since), "good"
    if state is AppointmentState.CONFLICT:
        return _("Not booked. {reason}").format(reason=reason), "danger"
    if state is AppointmentState.PARKED:
        return _("Booked here, but not in the owner's calendar. {reason}").format(
            reason=reason
        ), "danger"
    if state is AppointmentState.CANCELLED:
        return _cancelled(appointment)
    if appointment.told is not None and state in _ON_ITS_WAY:
        there = hours_words(appointment.told.start, appointment.told.end, appointment.zone)
        text = _("Changed in our book, not in the owner's calendar yet: {there} stands there.")
        delayed = state is AppointmentState.DELAYED
        told = f"{text.format(there=there)} {reason}".strip()
        return told + _next_attempt(appointment, office_zone), "attention" if delayed else "plain"
    if state is AppointmentState.DELAYED:
        text = _("Booked here, but not in the owner's calendar yet. {reason}").format(reason=reason)
        return text + _next_attempt(appointment, office_zone), "attention"
    if state is AppointmentState.BOOKED:
        return _("In our book. Being written to the owner's calendar …"), "plain"
    words, tone = short_outcome(appointment, office_zone)
    return f"{_capital(words)}.", tone


def _cancelled(appointment: Appointment) -> tuple[str, str]:
    """Out of the owner's calendar, or not yet."""
    if appointment.reason is not Reason.NONE:
        words = _("Cancelled here, but the owner's calendar does not say so yet. {reason}")
        return words.format(reason=sentence(appointment.reason)), "attention"
    if appointment.marks_cancellation:
        return _("Cancelled. The owner's calendar marks it so."), "plain"
    if appointment.etag:
        return _("Cancelled. Being taken out of the owner's calendar …"), "plain"
    return _("Cancelled. It no longer stands in the owner's calendar."), "plain"


def _next_attempt(appointment: Appointment, office_zone: str) -> str:
    if appointment.next_attempt is None or appointment.reason in PASSWORD:
        return ""
    at = clock_words(appointment.next_attempt, office_zone, seconds=True)
    return " " + _("Next attempt at {time}.").format(time=at)


def _needs_password(appointment: Appointment) -> bool:
    waiting = (AppointmentState.DELAYED, AppointmentState.PARKED)
    return appointment.state in waiting and appointment.reason in PASSWORD


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
