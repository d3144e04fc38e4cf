"""What became of a booking, in words, with the cure where a person can help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from receptionist.i18n import _
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.reasons import Reason, sentence
from ui.models.moments import clock_words, slot_words

PASSWORD = (Reason.PASSWORD_REFUSED, Reason.PASSWORD_MISSING)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`tone` is a colour word of the theme; `needs_password` offers to enter it."""

    text: str
    tone: str
    needs_password: bool = False


def outcome(appointment: Appointment, now: datetime, office_zone: str) -> Outcome:
    """The state of an appointment as a sentence that begins with its time."""
    when = slot_words(appointment.start, appointment.zone, now)
    words, tone = _words(appointment, office_zone)
    return Outcome(f"{_capital(when)}: {words}", tone, _needs_password(appointment))


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
    if state is AppointmentState.DELAYED:
        text = _("Booked here, but not in the owner's calendar yet. {reason}").format(reason=reason)
        return text + _next_attempt(appointment, office_zone), "attention"
    if state is AppointmentState.BOOKED:
        return _("In our book. Being written to the owner's calendar …"), "plain"
    words, tone = short_outcome(appointment, office_zone)
    return f"{_capital(words)}.", tone


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
