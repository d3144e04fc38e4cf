"""What the office consists of, as editors list it, and what a new part begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from receptionist.desk.directory import DirectoryBook
from receptionist.i18n import N_, _, ngettext
from receptionist.model import checks
from receptionist.model.appointment import Appointment
from receptionist.model.busy import CalendarFound, Capabilities
from receptionist.model.client import (
    COLOURS,
    AppointmentKind,
    BookableHours,
    CalendarAccount,
    Client,
)
from receptionist.model.greeting import LANGUAGES, Greeting
from receptionist.model.office import Line, Office
from receptionist.model.service import FIRST
from receptionist.model.title import titled
from ui.models.words import one_line

_COLOUR_NAMES = {
    "blue": N_("Blue"),
    "orange": N_("Orange"),
    "green": N_("Green"),
    "purple": N_("Purple"),
    "red": N_("Red"),
    "teal": N_("Teal"),
    "brown": N_("Brown"),
    "pink": N_("Pink"),
    "olive": N_("Olive"),
    "navy": N_("Navy"),
    "gold": N_("Gold"),
    "grey": N_("Grey"),
}
_GREETINGS = {
    "de": "{client}, {time_of_day}, mein Name ist {receptionist}. Wie darf ich Ihnen helfen?",
    "en": "{client}, {time_of_day}, my name is {receptionist}. How may I help you?",
}
_TONGUES = {"de": N_("German"), "en": N_("English")}
_WORKDAYS = range(5)
_OPENS, _CLOSES = time(9), time(17)


class Group(StrEnum):
    """The groups of the list."""

    OFFICE = "office"
    CLIENTS = "clients"
    LINES = "lines"
    ACCOUNTS = "accounts"
    OVERVIEW = "overview"
    CONTACTS = "contacts"
    ROTAS = "rotas"
    KNOWLEDGE = "knowledge"
    CALLERS = "callers"


WHOLE = (Group.CLIENTS, Group.LINES, Group.ACCOUNTS)
"""What new parts of the office are made in."""
PEOPLE = (Group.CONTACTS, Group.ROTAS, Group.KNOWLEDGE, Group.CALLERS)
"""What new parts of one client's people are made in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the list. `colour` is a client's."""

    group: Group
    id: UUID
    name: str
    colour: int | None = None


def entries(directory: DirectoryBook) -> list[Entry]:
    """Everything there is: the office, then clients, lines and accounts by name."""
    office = directory.office
    name = one_line(office.name) or _("Name and greeting")
    clients = (
        Entry(group=Group.CLIENTS, id=one.id, name=one_line(one.name), colour=one.colour)
        for one in directory.clients
    )
    lines = (
        Entry(group=Group.LINES, id=one.id, name=one_line(one.name)) for one in directory.lines
    )
    accounts = (
        Entry(group=Group.ACCOUNTS, id=account_id, name=words)
        for account_id, words in account_choices(directory)
    )
    return [
        Entry(group=Group.OFFICE, id=office.id, name=name),
        *clients,
        *sorted(lines, key=_by_name),
        *accounts,
    ]


def _by_name(entry: Entry) -> str:
    return entry.name.casefold()


def group_words(group: Group) -> str:
    """The heading of a group."""
    return {
        Group.OFFICE: _("Office"),
        Group.CLIENTS: _("Clients"),
        Group.LINES: _("Lines"),
        Group.ACCOUNTS: _("Calendar accounts"),
        Group.OVERVIEW: _("Overview"),
        Group.CONTACTS: _("Contacts"),
        Group.ROTAS: _("On call"),
        Group.KNOWLEDGE: _("Knowledge"),
        Group.CALLERS: _("Callers"),
    }[group]


def new_words(group: Group) -> str:
    """What makes a new part of a group, and its name as long as it has none."""
    return {
        Group.OFFICE: "",
        Group.CLIENTS: _("New client"),
        Group.LINES: _("New line"),
        Group.ACCOUNTS: _("New calendar account"),
        Group.OVERVIEW: "",
        Group.CONTACTS: _("New contact"),
        Group.ROTAS: _("New on-call rota"),
        Group.KNOWLEDGE: _("New entry of knowledge"),
        Group.CALLERS: _("New caller"),
    }[group]


def account_words(account: CalendarAccount) -> str:
    """An account as user and server, which is how one tells two apart."""
    host = urlsplit(account.url).hostname or ""
    user, at_host = one_line(account.user, 60), one_line(host, 60)
    if "@" in user or not at_host:
        return user or at_host
    return _("{user} at {host}").format(user=user, host=at_host) if user else at_host


def account_choices(directory: DirectoryBook) -> list[tuple[UUID, str]]:
    """Every account with its words, by words; two that sound the same also say their keys."""
    known = directory.accounts
    said = [account_words(one) for one in known]
    named = [
        (one.id, f"{words} ({one.key})" if said.count(words) > 1 else words)
        for one, words in zip(known, said, strict=True)
    ]
    return sorted(named, key=lambda pair: pair[1].casefold())


def colour_words() -> list[str]:
    """The names of the twelve colours."""
    return [_(_COLOUR_NAMES[name]) for name in COLOURS]


def tongues() -> list[tuple[object, str]]:
    """The languages of greetings."""
    return [(tag, _(_TONGUES[tag])) for tag in LANGUAGES]


def free_colour(clients: Sequence[Client]) -> int:
    """A colour nobody has; where all are taken, the one that the fewest have."""
    worn = [client.colour for client in clients]
    return min(range(len(COLOURS)), key=lambda colour: (worn.count(colour), colour))


def new_client(directory: DirectoryBook) -> Client:
    """A client to whom only name and number are lacking."""
    office, client_id = directory.office, uuid4()
    return Client(
        id=client_id,
        key="",
        name="",
        greeting=first_greeting(office),
        colour=free_colour(directory.clients),
        zone=office.zone,
        kinds=(new_kind(),),
        hours=tuple(BookableHours(weekday=day, start=_OPENS, end=_CLOSES) for day in _WORKDAYS),
        services=FIRST,
    )


def first_greeting(office: Office) -> Greeting:
    """A greeting in the language of the office that fits every client."""
    language = office.greeting.language
    return Greeting(_GREETINGS.get(language, _GREETINGS["en"]), language)


def spoken(greeting: Greeting, client: str, receptionist: str, zone: str, now: datetime) -> str:
    """A greeting as it would be said now; a `zone` that is none counts as UTC."""
    known = ZoneInfo("UTC" if checks.zone_fault(zone) else zone)
    at = now.astimezone(known).time()
    return greeting.spoken(client=client, receptionist=receptionist, at=at)


def new_kind() -> AppointmentKind:
    """The kind of appointment that nearly everybody has."""
    return AppointmentKind(id=uuid4(), key="", name=_("Appointment"), minutes=30)


def new_line() -> Line:
    """A line that registers over UDP, as most do."""
    return Line(id=uuid4(), key="", name="", registrar="", user="")


def new_account() -> CalendarAccount:
    """An account without address and user."""
    return CalendarAccount(id=uuid4(), key="", url="", user="")


def calendars_found(calendars: Sequence[CalendarFound]) -> str:
    """What a test of an account found, a line for each calendar."""
    words = ngettext(
        "It works. {count} calendar was found:",
        "It works. {count} calendars were found:",
        len(calendars),
    )
    rows = [words.format(count=len(calendars))]
    return "\n".join([*rows, *(f"• {_found(one)}" for one in calendars)])


def _found(calendar: CalendarFound) -> str:
    name = one_line(calendar.name or calendar.href, 80)
    if not calendar.writable:
        name = _("{name} – can only be read, not booked into").format(name=name)
    if calendar.tasks:
        words = _("{name} – also for tasks") if calendar.events else _("{name} – a list of tasks")
        name = words.format(name=name)
    return name


def abilities(calendars: Sequence[CalendarFound], ability: Capabilities | None) -> str:
    """What a server can do, as it matters to an office, a sentence a line; "" if unknown."""
    if ability is None:
        return ""
    rows = [
        _("Changes of the owner are seen quickly, also among thousands of entries.")
        if ability.sync_collection
        else _("Changes of the owner are seen; among thousands of entries that takes longer.")
        if ability.ctag
        else _("Every look at the calendar reads its whole list; large ones take longer.")
    ]
    if not any(one.tasks and one.writable for one in calendars):
        rows.append(_("It has no list of tasks: call-backs stay at the desk."))
    if ability.product:
        rows.append(_("Server: {name}").format(name=one_line(ability.product, 60)))
    return "\n".join(rows)


def clients_with(directory: DirectoryBook, colour: int, other_than: UUID) -> str:
    """The names of other clients with a colour, or ""."""
    same = [one for one in directory.clients if one.colour == colour and one.id != other_than]
    return ", ".join(one_line(one.name, 40) for one in same)


def example_title(client: Client, text: str, now: datetime) -> str:
    """How a made-up appointment would be called in the owner's calendar."""
    kind = client.kinds[0] if client.kinds else new_kind()
    made_up = Appointment(
        id=client.id,
        client_id=client.id,
        calendar_id=client.id,
        kind_id=kind.id,
        kind_name=one_line(kind.name, 60),
        start=now,
        end=now,
        zone=client.zone,
        caller_name="Erika Muster",
        caller_number="+493023125101",
        note=_("Second visit"),
        uid="",
        href="",
        created=now,
    )
    return titled(text, made_up) or made_up.summary
