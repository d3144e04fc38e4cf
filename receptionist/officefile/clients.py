"""The clients of an office file: numbers, colours, calendars, kinds, staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from receptionist.i18n import _
from receptionist.model import callchecks, checks, title
from receptionist.model.checks import DAY_MIN, brief, did_you_mean
from receptionist.model.client import (
    COLOURS,
    HORIZON_DAYS,
    NO_ALARM,
    AppointmentKind,
    BookableHours,
    CalendarAccount,
    Client,
    OwnerCalendar,
    Staff,
)
from receptionist.model.number import normalised
from receptionist.model.office import Directory, Office
from receptionist.model.script import ClientScript
from receptionist.model.voice import KEEP_DAYS
from receptionist.officefile.agreed import cancellation, services, travel_zones, words
from receptionist.officefile.fields import greeting, url_fault
from receptionist.officefile.hours import exceptions, weekly_hours
from receptionist.officefile.identity import CalendarChoice, Identities
from receptionist.officefile.people import People
from receptionist.officefile.routes import routes
from receptionist.officefile.scripts import client_script
from receptionist.officefile.unanswered import rules, sound
from receptionist.tomlfile.fields import checked, in_line, unique
from receptionist.tomlfile.table import Table

ALL_DAY = ("busy", "free")
USES = ("appointments", "tasks")


class Clients:
    """Reads the tables `[[client]]` one after the other and gathers what they share.

    `accounts` are those of the file; accounts that are only `known` can be named as well.
    """

    def __init__(
        self,
        ids: Identities,
        office: Office,
        accounts: Sequence[CalendarAccount],
        lines: Mapping[str, UUID],
        known: Directory | None,
    ) -> None:
        self._ids = ids
        self._office = office
        self._lines = lines
        self._accounts = {a.key: a for a in (*(known.accounts if known else ()), *accounts)}
        self._known = {client.key: client for client in (known.clients if known else ())}
        self._keys: set[str] = set()
        self._numbers: dict[str, tuple[Table, int]] = {}
        self._colours: list[int] = []
        self._calendars: list[OwnerCalendar] = []
        self._scripts: list[ClientScript] = []
        self.people = People(ids, office.region, known)

    @property
    def calendars(self) -> tuple[OwnerCalendar, ...]:
        """The calendars of all clients read so far."""
        return tuple(self._calendars)

    @property
    def scripts(self) -> tuple[ClientScript, ...]:
        """The scripts of all clients read so far."""
        return tuple(self._scripts)

    def client(self, table: Table) -> Client:
        """One client; a colour that the file leaves open is the known one or the first free."""
        key = table.key()
        self._keys.add(key)
        staff, his_hours = self._staff(table, key)
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
            hours=weekly_hours(table.table("hours")) + his_hours,
            minimum_notice_min=table.number("minimum_notice_minutes", 0, 0, checks.NOTICE_MAX_MIN),
            all_day_blocks=table.choice("all_day_events", ALL_DAY, "busy") == "busy",
            horizon_days=table.number("horizon_days", HORIZON_DAYS, 1, checks.HORIZON_MAX_DAYS),
            daily_limit=table.number("daily_limit", 0, 0, checks.DAILY_MAX),
            holidays=checked(table, "holidays", "", checks.holidays_fault),
            exceptions=exceptions(table.tables("exception")),
            bookable_only=table.flag("bookable_only", False),
            words=words(table.table("words")),
            staff=staff,
            travel_min=table.number("travel_minutes", 0, 0, DAY_MIN),
            travel_zones=travel_zones(table.tables("travel")),
            address=table.text("address"),
            title=_title(table),
            alarm_min=table.number("alarm_minutes", NO_ALARM, 0, checks.ALARM_MAX_MIN),
            cancellation=cancellation(table),
            tells_callers=table.flag("tells_callers", False),
            services=services(table.tables("service")),
        )
        client = self._with_calls(client, table)
        self._read_calendars(table, key, staff)
        self.people.read(table, client)
        self._scripts += client_script(table, client, self._office.region)
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

    def _with_calls(self, client: Client, table: Table) -> Client:
        """The client with how his calls are handled."""
        return replace(
            client,
            shown_as=self._shown_as(table),
            ring_tone=checked(table, "ring_tone", "", callchecks.tone_fault),
            hold_music=sound(table, "hold_music"),
            rules=rules(table.tables("unanswered"), self._office.region),
            routes=routes(table.tables("route"), self._lines),
            records=table.flag("records", False),
            keep_days=table.number("keep_days", KEEP_DAYS, 1, callchecks.KEEP_MAX_DAYS),
        )

    def _shown_as(self, table: Table) -> str:
        region = self._office.region
        raw = checked(table, "shown_as", "", lambda raw: callchecks.shown_fault(raw, region))
        return normalised(raw, region)

    def _kind(self, table: Table, client_key: str) -> AppointmentKind:
        key = table.key()
        kind = AppointmentKind(
            id=self._ids.of("kind", client_key, key),
            key=key,
            name=table.text("name", required=True),
            minutes=table.number("minutes", 30, 1, DAY_MIN, required=True),
            buffer_before=table.number("buffer_before", 0, 0, DAY_MIN),
            buffer_after=table.number("buffer_after", 0, 0, DAY_MIN),
            at_caller=table.flag("at_caller", False),
            daily_limit=table.number("daily_limit", 0, 0, checks.DAILY_MAX),
        )
        table.close()
        return kind

    def _staff(
        self, table: Table, client_key: str
    ) -> tuple[tuple[Staff, ...], tuple[BookableHours, ...]]:
        hours: list[BookableHours] = []

        def member(entry: Table) -> Staff:
            key = entry.key()
            one = Staff(
                id=self._ids.of("staff", client_key, key),
                key=key,
                name=entry.text("name", required=True),
            )
            hours.extend(weekly_hours(entry.table("hours"), one.id))
            entry.close()
            return one

        return unique(table.tables("staff"), member), tuple(hours)

    def _read_calendars(self, table: Table, client_key: str, staff: Sequence[Staff]) -> None:
        members = {member.key: member.id for member in staff}
        seen: dict[tuple[str, str], CalendarChoice] = {}
        for entry in table.tables("calendar"):
            tasks = entry.choice("use", USES, USES[0]) == "tasks"
            staff_id = _whose(entry, members)
            choice = self._choice(entry)
            other = seen.setdefault((choice.account_key, choice.name), choice)
            if other is not choice:
                entry.fault("account", _twice(choice))
            elif choice.account_key and client_key:
                calendar = self._ids.calendar(client_key, choice)
                self._calendars.append(replace(calendar, staff_id=staff_id, tasks=tasks))

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


def _title(table: Table) -> str:
    text = table.text("title")
    for wrong in title.faults(text):
        table.fault("title", wrong)
    return text


def _whose(table: Table, members: Mapping[str, UUID]) -> UUID | None:
    """The member of the staff whose calendar it is; None when it is everybody's."""
    key = table.text("staff")
    if key and key not in members:
        message = _("There is no [[client.staff]] of this client with the key “{key}”.")
        table.fault("staff", message.format(key=brief(key)) + did_you_mean(key, members))
    return members.get(key)


def _twice(choice: CalendarChoice) -> str:
    if choice.name:
        return _("This calendar stands here twice. Delete one of them.")
    return _("Two calendars of this account stand here without a name. Give each one its name.")
