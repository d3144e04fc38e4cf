"""The contacts and on-call rotas of a client in the text of an office file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time

from receptionist.model.contact import Contact, ContactHours, ContactNumber
from receptionist.model.plain import quoted
from receptionist.model.rota import NeededHours, OnCallRota, OtherDays, Shift
from receptionist.tomlfile.fields import WEEKDAYS
from receptionist.tomlfile.write import Block, in_lines, listed


def people_blocks(contacts: Sequence[Contact], rotas: Sequence[OnCallRota]) -> Iterator[Block]:
    """Those of one client. What somebody said by hand is of the day, and not written."""
    for contact in contacts:
        yield ["[[client.contact]]", *_contact(contact)]
        if contact.hours:
            yield ["[client.contact.hours]", *_week(contact.hours)]
    for rota in rotas:
        yield ["[[client.on_call]]", *_rota(rota)]


def _contact(contact: Contact) -> Iterator[str]:
    yield f"key = {quoted(contact.key)}"
    yield f"name = {quoted(contact.name)}"
    if contact.role:
        yield f"role = {quoted(contact.role)}"
    if contact.numbers:
        yield f"numbers = [{', '.join(map(_number, contact.numbers))}]"
    if contact.email:
        yield f"email = {quoted(contact.email)}"
    if contact.note:
        yield f"note = {in_lines(contact.note)}"
    if contact.is_owner:
        yield "owner = true"
    if contact.staff:
        yield f"staff = {quoted(contact.staff)}"
    if contact.urgent:
        yield "urgent = true"


def _number(number: ContactNumber) -> str:
    label = f", label = {quoted(number.label)}" if number.label else ""
    return f"{{ number = {quoted(number.number)}{label} }}"


def _week(hours: Sequence[ContactHours]) -> Iterator[str]:
    for weekday, name in enumerate(WEEKDAYS):
        if day := [_span(one.start, one.end) for one in hours if one.weekday == weekday]:
            yield f"{name} = {listed(day)}"


def _rota(rota: OnCallRota) -> Iterator[str]:
    yield f"key = {quoted(rota.key)}"
    yield f"name = {quoted(rota.name)}"
    if rota.fallbacks:
        yield f"fallbacks = {listed(rota.fallbacks)}"
    for name, tables in (
        ("shifts", [[*_when(one), *_who(one)] for one in rota.shifts]),
        ("others", [[*_days(one), *_who(one)] for one in rota.others]),
        ("needed", [_when(one) for one in rota.needed]),
    ):
        if tables:
            rows = (f"  {{ {', '.join(fields)} }}," for fields in tables)
            yield "\n".join((f"{name} = [", *rows, "]"))


def _when(one: Shift | NeededHours) -> list[str]:
    days = [f"days = {listed(WEEKDAYS[day] for day in one.weekdays)}"] if one.weekdays else []
    whole = one.start == one.end == time()
    return days if whole else [*days, f"hours = {quoted(_span(one.start, one.end))}"]


def _days(one: OtherDays) -> Iterator[str]:
    yield f"first = {one.first}"
    if one.last != one.first:
        yield f"last = {one.last}"
    if one.start is not None and one.end is not None:
        yield f"hours = {quoted(_span(one.start, one.end))}"
    if one.name:
        yield f"name = {quoted(one.name)}"


def _who(one: Shift | OtherDays) -> Iterator[str]:
    if one.contacts:
        yield f"contacts = {listed(one.contacts)}"


def _span(start: time, end: time) -> str:
    return f"{start:%H:%M}-{end:%H:%M}"
