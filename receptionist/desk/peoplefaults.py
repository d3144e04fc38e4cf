"""What is wrong with a contact, a rota, a note or a caller as it stands in an editor. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from receptionist.desk.faults import Fault
from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.callers import CallerNotice, KnownCaller
from receptionist.model.contact import Contact
from receptionist.model.greeting import LANGUAGES
from receptionist.model.knowledge import Knowledge
from receptionist.model.number import shown
from receptionist.model.office import Directory
from receptionist.model.peoplechecks import chain_fault, email_fault, number_fault
from receptionist.model.rota import OnCallRota

KNOWLEDGE_LIMIT = 20_000
Person = Contact | OnCallRota | Knowledge | KnownCaller | CallerNotice


def people_faults(value: Person, directory: Directory) -> dict[str, str]:
    """The first fault of each field of `value`; empty when it may be saved."""
    found: dict[str, str] = {}
    for field, sentence in _faults(value, directory):
        if sentence:
            found.setdefault(field, sentence)
    return found


def _faults(value: Person, directory: Directory) -> Iterator[Fault]:
    match value:
        case Contact():
            yield from _contact(value, directory)
        case OnCallRota():
            yield from _rota(value, directory)
        case Knowledge():
            yield from _knowledge(value)
        case KnownCaller():
            yield from _caller(value, directory)
        case CallerNotice():
            yield "text", _text(value.text, checks.NOTES_LIMIT, required=True)


def _contact(contact: Contact, directory: Directory) -> Iterator[Fault]:
    yield from _named(contact)
    yield "role", checks.text_fault(contact.role, checks.NAME_LIMIT)
    yield "email", email_fault(contact.email)
    yield "note", _text(contact.note, checks.NOTES_LIMIT)
    for one in contact.numbers:
        yield "numbers", number_fault(one.number, directory.office.region)
        yield "numbers", checks.text_fault(one.label, checks.NAME_LIMIT)
    numbers = [one.number for one in contact.numbers]
    for number in numbers:
        if numbers.count(number) > 1:
            message = _("The number {number} stands here twice.")
            yield "numbers", message.format(number=shown(number))
    for hours in contact.hours:
        text = f"{hours.start:%H:%M}-{hours.end:%H:%M}"
        wrong = checks.hours(text) if hours.end != time() else ""
        yield "hours", wrong if isinstance(wrong, str) else ""
    yield "staff", _staff(contact, directory)


def _staff(contact: Contact, directory: Directory) -> str:
    client = next((one for one in directory.clients if one.id == contact.client_id), None)
    if client is None or not contact.staff or any(contact.staff == o.key for o in client.staff):
        return ""
    return _("There is nobody with the key “{key}” in the staff.").format(key=contact.staff)


def _rota(rota: OnCallRota, directory: Directory) -> Iterator[Fault]:
    yield from _named(rota)
    known = {one.key for one in directory.contacts if one.client_id == rota.client_id}
    for field, chains in (
        ("shifts", [one.contacts for one in rota.shifts]),
        ("others", [one.contacts for one in rota.others]),
        ("fallbacks", [rota.fallbacks]),
    ):
        for chain in chains:
            yield field, chain_fault(chain, known)
    for one in rota.others:
        if one.last < one.first:
            yield "others", _("The last day lies before the first one. Exchange the two.")
        if (one.start is None) != (one.end is None):
            yield "others", _("Say when these hours begin and when they end.")


def _knowledge(entry: Knowledge) -> Iterator[Fault]:
    yield "title", checks.text_fault(entry.title, checks.NAME_LIMIT, required=True)
    yield "text", _text(entry.text, KNOWLEDGE_LIMIT)
    yield "words", checks.text_fault(entry.words, checks.NAME_LIMIT)
    yield "language", _language(entry.language)


def _caller(caller: KnownCaller, directory: Directory) -> Iterator[Fault]:
    if caller.number:
        yield "number", number_fault(caller.number, directory.office.region)
    elif not caller.name.strip():
        yield "number", _("A caller needs a number or a name.")
    yield "name", checks.text_fault(caller.name, checks.NAME_LIMIT)
    yield "note", _text(caller.note, checks.NOTES_LIMIT)
    yield "language", _language(caller.language)


def _named(value: Contact | OnCallRota) -> Iterator[Fault]:
    yield "key", checks.key_fault(value.key) if value.key else ""
    yield "name", checks.text_fault(value.name, checks.NAME_LIMIT, required=True)


def _language(language: str) -> str:
    if not language or language in LANGUAGES:
        return ""
    return _("Choose one of: {choices}.").format(choices=", ".join(LANGUAGES))


def _text(text: str, limit: int, *, required: bool = False) -> str:
    return checks.text_fault(text, limit, required=required, lines=True)
