"""What a caller is told of his appointment in writing: to copy, to read aloud, or by e-mail.

Nothing stands in it that is not for him: neither the note nor what the owner wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from receptionist.i18n import N_, _, speaking
from receptionist.model.appointment import Appointment
from receptionist.model.client import Client
from receptionist.model.letter import LetterKind
from receptionist.model.number import shown
from receptionist.model.spoken import written

_SUBJECTS = {
    LetterKind.CONFIRMED: N_("Your appointment with {client} on {date}"),
    LetterKind.CHANGED: N_("Changed: your appointment with {client} on {date}"),
    LetterKind.CANCELLED: N_("Cancelled: your appointment with {client} on {date}"),
}
_OPENINGS = {
    LetterKind.CONFIRMED: N_("your appointment with {client} is confirmed:"),
    LetterKind.CHANGED: N_("your appointment with {client} was changed. It is now:"),
    LetterKind.CANCELLED: N_("this appointment with {client} is cancelled:"),
}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A letter's subject and text, in the language in which the client is answered."""

    subject: str
    text: str


def confirmation(client: Client, appointment: Appointment, kind: LetterKind) -> Confirmation:
    """What to tell the caller of `appointment`, in the client's zone and language."""
    with speaking(client.greeting.language):
        local = appointment.start.astimezone(ZoneInfo(client.zone))
        date = written(local.date(), client.greeting.language)
        subject = _(_SUBJECTS[kind]).format(client=client.name, date=date)
        opening = _(_OPENINGS[kind]).format(client=client.name)
        parts = [_salutation(appointment), opening, _what(client, appointment, date)]
        parts += [_question(client, kind), client.name]
        return Confirmation(subject, "\n\n".join(part for part in parts if part) + "\n")


def _salutation(appointment: Appointment) -> str:
    name = appointment.caller_name.strip()
    return _("Hello {name},").format(name=name) if name else _("Hello,")


def _what(client: Client, appointment: Appointment, date: str) -> str:
    member = client.member(appointment.staff_id)
    lines = [appointment.kind_name, date, _hours(appointment, client.zone)]
    if member is not None:
        lines.append(_("With: {name}").format(name=member.name))
    if appointment.location:
        lines.append(_("Place: {place}").format(place=appointment.location))
    return "\n".join(f"  {line}" for line in lines)


def _question(client: Client, kind: LetterKind) -> str:
    if not client.dialled:
        return ""
    number = shown(client.dialled[0])
    if kind is LetterKind.CANCELLED:
        return _("For a new appointment please call {number}.").format(number=number)
    return _("If you cannot come, please call {number}.").format(number=number)


def _hours(appointment: Appointment, zone: str) -> str:
    first, last = (one.astimezone(ZoneInfo(zone)) for one in (appointment.start, appointment.end))
    return _("{start} to {end}").format(start=f"{first:%H:%M}", end=f"{last:%H:%M}")
