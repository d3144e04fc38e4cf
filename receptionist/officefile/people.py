"""Contacts and on-call rotas of a client: `[[client.contact]]` and `[[client.on_call]]`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time

from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.checks import brief, did_you_mean
from receptionist.model.client import Client
from receptionist.model.contact import Contact, ContactHours, ContactNumber
from receptionist.model.number import normalised
from receptionist.model.office import Directory
from receptionist.model.peoplechecks import chain_fault, email_fault, number_fault
from receptionist.model.rota import NeededHours, OnCallRota, OtherDays, Shift
from receptionist.officefile.identity import Identities
from receptionist.tomlfile.fields import WEEKDAYS, checked, unique, weekdays
from receptionist.tomlfile.table import Table

_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2}) *[-–] *([0-9]{1,2}):([0-9]{2})")
Span = tuple[time, time]


class People:
    """Reads the people of one client after the other. `known` are those the store has."""

    def __init__(self, ids: Identities, region: str, known: Directory | None) -> None:
        self._ids = ids
        self._region = region
        self._known = known.contacts if known else ()
        self.contacts: tuple[Contact, ...] = ()
        self.rotas: tuple[OnCallRota, ...] = ()

    def read(self, table: Table, client: Client) -> None:
        """The contacts and rotas that stand in the table of a client."""
        mine = unique(table.tables("contact"), lambda entry: self._contact(entry, client))
        keys = {one.key for one in mine}
        keys |= {one.key for one in self._known if one.client_id == client.id}
        self.contacts += mine
        self.rotas += unique(table.tables("on_call"), lambda entry: self._rota(entry, client, keys))

    def _contact(self, table: Table, client: Client) -> Contact:
        key = table.key()
        contact = Contact(
            id=self._ids.of("contact", client.key, key),
            client_id=client.id,
            key=key,
            name=table.text("name", required=True),
            role=table.text("role"),
            numbers=tuple(self._number(one) for one in table.tables("numbers")),
            email=checked(table, "email", "", email_fault),
            note=table.text("note", lines=True, limit=checks.NOTES_LIMIT),
            hours=_hours(table.table("hours")),
            is_owner=table.flag("owner", False),
            staff=_staff(table, client),
            urgent=table.flag("urgent", False),
        )
        table.close()
        return contact

    def _number(self, table: Table) -> ContactNumber:
        raw = table.text("number", required=True)
        if wrong := number_fault(raw, self._region) if raw else "":
            table.fault("number", wrong)
        number = ContactNumber(number=normalised(raw, self._region), label=table.text("label"))
        table.close()
        return number

    def _rota(self, table: Table, client: Client, keys: set[str]) -> OnCallRota:
        key = table.key()
        rota = OnCallRota(
            id=self._ids.of("rota", client.key, key),
            client_id=client.id,
            key=key,
            name=table.text("name", required=True),
            shifts=tuple(_shift(one, keys) for one in table.tables("shifts")),
            others=tuple(_other_days(one, keys) for one in table.tables("others")),
            fallbacks=_chain(table, "fallbacks", keys),
            needed=tuple(map(_needed, table.tables("needed"))),
        )
        table.close()
        return rota


def _staff(table: Table, client: Client) -> str:
    key = table.text("staff")
    members = [member.key for member in client.staff]
    if key and key not in members:
        message = _("There is no [[client.staff]] of this client with the key “{key}”.")
        table.fault("staff", message.format(key=brief(key)) + did_you_mean(key, members))
    return key


def _hours(table: Table) -> tuple[ContactHours, ...]:
    found = []
    for weekday, name in enumerate(WEEKDAYS):
        for index, text in table.texts(name):
            span = _span(text)
            if isinstance(span, tuple) and span[1] != time() and span[1] <= span[0]:
                span = _("“{text}” goes over midnight. Write it as two.").format(text=brief(text))
            if isinstance(span, str):
                table.fault(name, span, index)
            else:
                found.append(ContactHours(weekday=weekday, start=span[0], end=span[1]))
    table.close()
    return tuple(found)


def _shift(table: Table, keys: set[str]) -> Shift:
    days, times = weekdays(table), _times(table) or (time(), time())
    shift = Shift(
        weekdays=days, start=times[0], end=times[1], contacts=_chain(table, "contacts", keys)
    )
    table.close()
    return shift


def _needed(table: Table) -> NeededHours:
    days, times = weekdays(table), _times(table) or (time(), time())
    table.close()
    return NeededHours(weekdays=days, start=times[0], end=times[1])


def _other_days(table: Table, keys: set[str]) -> OtherDays:
    first = table.day("first", date.min, required=True)
    last = table.day("last", first)
    if last < first:
        table.fault("last", _("This day lies before the first one. Exchange the two."))
    times = _times(table) or (None, None)
    other = OtherDays(
        first=first,
        last=last,
        start=times[0],
        end=times[1],
        contacts=_chain(table, "contacts", keys),
        name=table.text("name"),
    )
    table.close()
    return other


def _chain(table: Table, field: str, keys: Iterable[str]) -> tuple[str, ...]:
    chain = tuple(text for _index, text in table.texts(field))
    if wrong := chain_fault(chain, keys):
        table.fault(field, wrong)
    return chain


def _times(table: Table) -> Span | None:
    text = table.text("hours")
    found = _span(text) if text else None
    if isinstance(found, str):
        table.fault("hours", found)
        return None
    return found


def _span(text: str) -> Span | str:
    """Start and end on the clock, over midnight too; the same time twice is a day round."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        message = _("“{text}” is no period of a day. Write for example “22:00-06:00”.")
        return message.format(text=brief(text))
    try:
        return time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    except ValueError:
        message = _("“{text}” names a time that does not exist; a day ends at 23:59.")
        return message.format(text=brief(text))
