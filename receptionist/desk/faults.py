"""What is wrong with a value as it stands in an editor, field by field. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Protocol, TypeVar
from uuid import UUID

from receptionist.desk import callfaults
from receptionist.i18n import _
from receptionist.model import checks, title
from receptionist.model.client import (
    NO_ALARM,
    AppointmentKind,
    BookableHours,
    CalendarAccount,
    Client,
    HoursException,
    OwnerCalendar,
    OwnerWord,
    Staff,
    TravelZone,
)
from receptionist.model.greeting import LANGUAGES, Greeting
from receptionist.model.number import shown
from receptionist.model.office import Directory, Line, Office, Receptionist
from receptionist.model.servicechecks import service_faults
from receptionist.model.steering import folded

Editable = Office | Receptionist | Line | CalendarAccount | Client | AppointmentKind | OwnerCalendar
Fault = tuple[str, str]
"""A field and a sentence."""

_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe"})
_LONGEST_KEY = 48


class _Keyed(Protocol):
    @property
    def id(self) -> UUID: ...

    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=_Keyed)
P = TypeVar("P", AppointmentKind, Staff)


def faults(value: Editable, directory: Directory) -> dict[str, str]:
    """The first fault of each field of `value`; empty when it may be saved."""
    found: dict[str, str] = {}
    for field, sentence in _faults(value, directory):
        if sentence:
            found.setdefault(field, sentence)
    return found


def key_for(name: str, directory: Directory) -> str:
    """A key made from `name` that no line, account or client has.

    Nor one of a client who was removed, unless he had this very name: by his key he would come back
    with his calls and appointments.
    """
    others = {one.key for one in directory.former if one.name.strip() != name.strip()}
    return free_key(name, others | {one.key for one in _keyed(directory)})


def with_keys(client: Client) -> Client:
    """The client with a key for each kind and each of his staff who has none yet."""
    return replace(client, kinds=_all_keyed(client.kinds), staff=_all_keyed(client.staff))


def _all_keyed(parts: tuple[P, ...]) -> tuple[P, ...]:
    taken = {part.key for part in parts}
    keyed = []
    for part in parts:
        key = part.key or free_key(part.name, taken)
        taken.add(key)
        keyed.append(replace(part, key=key))
    return tuple(keyed)


def free_key(name: str, taken: Iterable[str]) -> str:
    """A key made from `name` that is not `taken`."""
    spelled = unicodedata.normalize("NFKD", name.lower().translate(_SPELLED))
    letters = "".join(c for c in spelled if not unicodedata.combining(c))
    stem = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_LONGEST_KEY].strip("-") or "neu"
    key, count = stem, 1
    while key in taken:
        count += 1
        key = f"{stem}-{count}"
    return key


def _keyed(directory: Directory) -> Iterator[Line | CalendarAccount | Client]:
    yield from directory.lines
    yield from directory.accounts
    yield from directory.clients


def _faults(value: Editable, directory: Directory) -> Iterator[Fault]:
    match value:
        case Office():
            yield from _office(value)
            yield from callfaults.office_faults(value, directory)
        case Receptionist():
            yield "name", _name(value.name)
        case Line():
            yield from _line(value, directory)
            yield from callfaults.line_faults(value)
        case CalendarAccount():
            yield from _account(value, directory)
        case Client():
            yield from _client(value, directory)
            yield from callfaults.client_faults(value, directory)
        case AppointmentKind():
            yield from _kind(value)
        case OwnerCalendar():
            yield from _calendar(value, directory)


def _office(office: Office) -> Iterator[Fault]:
    yield "name", _name(office.name)
    yield from _greeting(office.greeting)
    yield "region", checks.region_fault(office.region)
    yield "zone", checks.zone_fault(office.zone)


def _line(line: Line, directory: Directory) -> Iterator[Fault]:
    yield "key", _key(line, directory.lines)
    yield "name", _name(line.name)
    yield "registrar", _address(line.registrar, checks.host_fault, required=True)
    yield "user", _address(line.user, checks.sip_user_fault, required=line.register)
    yield "auth_user", checks.text_fault(line.auth_user, checks.NAME_LIMIT)
    yield "proxy", _address(line.proxy, checks.host_fault)
    yield "transport", _choice(line.transport, checks.TRANSPORTS)


def _account(account: CalendarAccount, directory: Directory) -> Iterator[Fault]:
    yield "key", _key(account, directory.accounts)
    yield "url", _address(account.url, checks.url_fault, required=True)
    yield "user", _name(account.user)


def _client(client: Client, directory: Directory) -> Iterator[Fault]:
    yield "key", _key(client, directory.clients)
    yield "name", _name(client.name)
    yield from _greeting(client.greeting)
    yield "notes", checks.text_fault(client.notes, checks.NOTES_LIMIT, lines=True)
    yield "zone", checks.zone_fault(client.zone)
    notice = checks.range_fault(client.minimum_notice_min, 0, checks.NOTICE_MAX_MIN)
    yield "minimum_notice_min", notice
    for number in client.dialled:
        yield "dialled", _number(number, client, directory)
    yield from _kinds(client.kinds)
    yield from _twice("kinds", (kind.name for kind in client.kinds))
    yield from _staff(client.staff)
    yield from _hours(client)
    yield from _exceptions(client.exceptions)
    yield from _availability(client)
    yield from _words(client.words)
    yield from _travel(client.travel_zones)
    yield from (("services", sentence) for sentence in service_faults(client.services))
    yield "address", checks.text_fault(client.address, checks.NAME_LIMIT)
    yield "title", checks.text_fault(client.title, checks.NAME_LIMIT)
    for sentence in title.faults(client.title):
        yield "title", sentence


def _number(number: str, client: Client, directory: Directory) -> str:
    wrong = checks.dialled_fault(number, directory.office.region)
    if wrong:
        return wrong
    if client.dialled.count(number) > 1:
        return _("The number {number} stands here twice.").format(number=shown(number))
    for other in directory.clients:
        if other.id != client.id and number in other.dialled:
            return number_taken(number, other.name)
    return ""


def number_taken(number: str, name: str) -> str:
    """The sentence about a dialled number that another client has."""
    message = _("The number {number} belongs to “{name}” already.")
    return message.format(number=shown(number), name=checks.brief(name))


def _kinds(kinds: tuple[AppointmentKind, ...]) -> Iterator[Fault]:
    for kind in kinds:
        for _field, sentence in _kind(kind):
            if sentence:
                name = checks.brief(kind.name) or _("A kind without name")
                yield "kinds", f"{name}: {sentence}"


def _kind(kind: AppointmentKind) -> Iterator[Fault]:
    yield "key", checks.key_fault(kind.key) if kind.key else ""
    yield "name", _name(kind.name)
    yield "minutes", checks.range_fault(kind.minutes, 1, checks.DAY_MIN)
    yield "buffer_before", checks.range_fault(kind.buffer_before, 0, checks.DAY_MIN)
    yield "buffer_after", checks.range_fault(kind.buffer_after, 0, checks.DAY_MIN)
    yield "daily_limit", checks.range_fault(kind.daily_limit, 0, checks.DAILY_MAX)


def _staff(staff: tuple[Staff, ...]) -> Iterator[Fault]:
    for member in staff:
        yield "staff", checks.key_fault(member.key) if member.key else ""
        yield "staff", _name(member.name)
    yield from _twice("staff", (member.name for member in staff))


def _twice(field: str, names: Iterable[str]) -> Iterator[Fault]:
    """Two of a list that nobody could tell from each other."""
    known: set[str] = set()
    for name in names:
        plain = name.strip().casefold()
        if plain in known:
            message = _("“{name}” stands here twice. Give one of them another name.")
            yield field, message.format(name=checks.brief(name))
        known.add(plain)


def _hours(client: Client) -> Iterator[Fault]:
    hours = client.hours
    for index, one in enumerate(hours):
        yield "hours", _span(one)
        if one.staff_id and client.member(one.staff_id) is None:
            yield "hours", _("These are hours of somebody who is not of the staff any more.")
        for other in hours[:index]:
            same_day = (other.weekday, other.staff_id) == (one.weekday, one.staff_id)
            if same_day and other.start < one.end and one.start < other.end:
                message = _("“{text}” overlaps another period of this day.")
                yield "hours", message.format(text=f"{one.start:%H:%M}-{one.end:%H:%M}")


def _span(one: BookableHours | HoursException) -> str:
    if one.start is None and one.end is None:
        return ""
    if one.start is None or one.end is None:
        return _("Say when these hours begin and when they end.")
    wrong = checks.hours(f"{one.start:%H:%M}-{one.end:%H:%M}")
    return wrong if isinstance(wrong, str) else ""


def _exceptions(exceptions: tuple[HoursException, ...]) -> Iterator[Fault]:
    for one in exceptions:
        if one.last < one.first:
            yield "exceptions", _("The last day lies before the first one. Exchange the two.")
        yield "exceptions", checks.text_fault(one.name, checks.NAME_LIMIT)
        yield "exceptions", _span(one)


def _availability(client: Client) -> Iterator[Fault]:
    horizon = checks.range_fault(client.horizon_days, 1, checks.HORIZON_MAX_DAYS)
    yield "horizon_days", horizon
    yield "daily_limit", checks.range_fault(client.daily_limit, 0, checks.DAILY_MAX)
    yield "holidays", checks.holidays_fault(client.holidays) if client.holidays else ""
    yield "travel_min", checks.range_fault(client.travel_min, 0, checks.DAY_MIN)
    if client.alarm_min != NO_ALARM:
        yield "alarm_min", checks.range_fault(client.alarm_min, 0, checks.ALARM_MAX_MIN)


def _words(words: tuple[OwnerWord, ...]) -> Iterator[Fault]:
    known: set[str] = set()
    for one in words:
        yield "words", checks.word_fault(one.word)
        if folded(one.word) in known:
            message = _("The word “{word}” stands here twice. Delete it in one of the lists.")
            yield "words", message.format(word=checks.brief(one.word))
        known.add(folded(one.word))


def _travel(zones: tuple[TravelZone, ...]) -> Iterator[Fault]:
    known: set[str] = set()
    for zone in zones:
        yield "travel_zones", checks.postcode_fault(zone.postcode)
        yield "travel_zones", checks.range_fault(zone.minutes, 0, checks.DAY_MIN)
        if zone.postcode in known:
            message = _("The postcode “{postcode}” stands here twice. Take one of them out.")
            yield "travel_zones", message.format(postcode=zone.postcode)
        known.add(zone.postcode)


def _calendar(calendar: OwnerCalendar, directory: Directory) -> Iterator[Fault]:
    account = next((one for one in directory.accounts if one.id == calendar.account_id), None)
    if account is None:
        yield "account_id", _("Choose the calendar account.")
    yield "name", checks.text_fault(calendar.name, checks.NAME_LIMIT)
    if calendar.href:
        yield "href", _address(calendar.href, checks.url_fault)
        if account and not checks.same_host(account.url, calendar.href):
            yield "href", _("The calendar must lie on the server of its account.")


def _greeting(greeting: Greeting) -> Iterator[Fault]:
    text = greeting.text
    yield "greeting", checks.text_fault(text, checks.GREETING_LIMIT, required=True, lines=True)
    for sentence in checks.greeting_faults(greeting):
        yield "greeting", sentence
    yield "greeting", _choice(greeting.language, LANGUAGES)


def _name(name: str) -> str:
    return checks.text_fault(name, checks.NAME_LIMIT, required=True)


def _address(value: str, check: Callable[[str], str], *, required: bool = False) -> str:
    wrong = checks.text_fault(value, checks.ADDRESS_LIMIT, required=required)
    return wrong or (check(value) if value else "")


def _choice(value: str, choices: Iterable[str]) -> str:
    if value in choices:
        return ""
    message = _("“{value}” is not possible here. Choose one of: {choices}.")
    return message.format(value=checks.brief(value), choices=", ".join(choices))


def _key(value: K, others: Iterable[K]) -> str:
    if not value.key:
        return ""
    if any(one.key == value.key and one.id != value.id for one in others):
        message = _("“{key}” is the key of another entry already. Choose another one.")
        return message.format(key=checks.brief(value.key))
    return checks.key_fault(value.key)
