"""The clients of an office file: numbers, colours, calendars, kinds, bookable hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.checks import DAY_MIN, brief, did_you_mean
from receptionist.model.client import (
    COLOURS,
    AppointmentKind,
    BookableHours,
    CalendarAccount,
    Client,
    OwnerCalendar,
)
from receptionist.model.number import normalised
from receptionist.model.office import Directory, Office
from receptionist.officefile.fields import checked, greeting, in_line, unique, url_fault
from receptionist.officefile.identity import CalendarChoice, Identities
from receptionist.officefile.table import Table

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ALL_DAY = ("busy", "free")


class Clients:
    """Reads the tables `[[client]]` one after the other and gathers what they share.

    `accounts` are those of the file; accounts that are only `known` can be named as well.
    """

    def __init__(
        self,
        ids: Identities,
        office: Office,
        accounts: Sequence[CalendarAccount],
        known: Directory | None,
    ) -> None:
        self._ids = ids
        self._office = office
        self._accounts = {a.key: a for a in (*(known.accounts if known else ()), *accounts)}
        self._known = {client.key: client for client in (known.clients if known else ())}
        self._keys: set[str] = set()
        self._numbers: dict[str, tuple[Table, int]] = {}
        self._colours: list[int] = []
        self._calendars: list[OwnerCalendar] = []

    @property
    def calendars(self) -> tuple[OwnerCalendar, ...]:
        """The calendars of all clients read so far."""
        return tuple(self._calendars)

    def client(self, table: Table) -> Client:
        """One client; a colour that the file leaves open is the known one or the first free."""
        key = table.key()
        self._keys.add(key)
        client = Client(
            id=self._ids.of("client", key),
            key=key,
            name=table.text("name", required=True),
            greeting=greeting(table),
            colour=self._colour(table, key),
            notes=table.text("notes", lines=True, limit=checks.NOTES_LIMIT),
            zone=checked(table, "zone", self._office.zone, checks.zone_fault),
            dialled=self._dialled(table),
            kinds=unique(table.tables("kind"), lambda kind: self._kind(kind, key)),
            hours=_hours(table.table("hours")),
            minimum_notice_min=table.number("minimum_notice_minutes", 0, 0, checks.NOTICE_MAX_MIN),
            all_day_blocks=table.choice("all_day_events", ALL_DAY, "busy") == "busy",
        )
        self._read_calendars(table, key)
        table.close()
        return client

    def check_known(self) -> None:
        """Once all are read: no number may belong to a client whom only the store knows."""
        for client in self._known.values():
            for number in () if client.key in self._keys else client.dialled:
                if number in self._numbers:
                    table, index = self._numbers[number]
                    table.fault("numbers", _taken(client.key, ""), index)

    def _colour(self, table: Table, key: str) -> int:
        value = table.raw("colour")
        free = next((c for c in range(len(COLOURS)) if c not in self._colours), 0)
        known = self._known.get(key)
        colour = known.colour if known else free
        if isinstance(value, str) and value in COLOURS:
            colour = COLOURS.index(value)
        elif isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(COLOURS):
            colour = value
        elif value is not None:
            question = did_you_mean(value, COLOURS) if isinstance(value, str) else ""
            message = _("This is no colour. Choose a number from 0 to {last} or one of: {names}.")
            names = ", ".join(COLOURS)
            table.fault("colour", message.format(last=len(COLOURS) - 1, names=names) + question)
        self._colours.append(colour)
        return colour

    def _dialled(self, table: Table) -> tuple[str, ...]:
        mine = []
        for index, raw in table.texts("numbers"):
            number = normalised(raw, self._office.region)
            wrong = checks.dialled_fault(raw, self._office.region)
            if not wrong and number in self._numbers:
                owner, _index = self._numbers[number]
                wrong = _taken(owner.shown_key, in_line(owner))
            if wrong:
                table.fault("numbers", wrong, index)
                continue
            self._numbers[number] = (table, index)
            mine.append(number)
        return tuple(mine)

    def _kind(self, table: Table, client_key: str) -> AppointmentKind:
        key = table.key()
        kind = AppointmentKind(
            id=self._ids.of("kind", client_key, key),
            key=key,
            name=table.text("name", required=True),
            minutes=table.number("minutes", 30, 1, DAY_MIN, required=True),
            buffer_before=table.number("buffer_before", 0, 0, DAY_MIN),
            buffer_after=table.number("buffer_after", 0, 0, DAY_MIN),
        )
        table.close()
        return kind

    def _read_calendars(self, table: Table, client_key: str) -> None:
        seen = set()
        for entry in table.tables("calendar"):
            choice = self._choice(entry)
            if choice in seen:
                entry.fault("account", _("This calendar stands here twice. Delete one of them."))
            elif choice.account_key and client_key:
                self._calendars.append(self._ids.calendar(client_key, choice))
            seen.add(choice)

    def _choice(self, table: Table) -> CalendarChoice:
        key = table.text("account", required=True)
        name = table.text("name")
        url = checked(table, "url", "", url_fault)
        table.close()
        account = self._accounts.get(key)
        if key and account is None:
            message = _("There is no [[calendar_account]] with the key “{key}”.")
            question = did_you_mean(key, self._accounts)
            table.fault("account", message.format(key=brief(key)) + question)
            return CalendarChoice("", name, url)
        if account and url and account.url and not checks.same_host(account.url, url):
            table.fault("url", _("The calendar must lie on the server of its account."))
        return CalendarChoice(key, name, url)


def _taken(owner: str, line: str) -> str:
    message = _("This number belongs to the client “{owner}” already{line}.")
    return message.format(owner=owner, line=line)


def _hours(table: Table) -> tuple[BookableHours, ...]:
    result = []
    for weekday, name in enumerate(WEEKDAYS):
        day: list[tuple[time, time]] = []
        for index, text in table.texts(name):
            period = checks.hours(text)
            if isinstance(period, str):
                table.fault(name, period, index)
            elif any(period[0] < end and start < period[1] for start, end in day):
                message = _("“{text}” overlaps another period of this day.")
                table.fault(name, message.format(text=brief(text)), index)
            else:
                day.append(period)
        result += [BookableHours(weekday=weekday, start=s, end=e) for s, e in sorted(day)]
    table.close()
    return tuple(result)
