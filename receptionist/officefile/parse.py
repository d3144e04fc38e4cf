"""From the text of an office file to the directory, or to a list of everything that is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from uuid import UUID

from receptionist.errors import BadInput, WrongFile
from receptionist.i18n import _
from receptionist.model import callchecks, checks
from receptionist.model.client import CalendarAccount
from receptionist.model.office import (
    Directory,
    Identity,
    Line,
    Office,
    Receptionist,
    Srtp,
    Workstation,
)
from receptionist.officefile.clients import Clients
from receptionist.officefile.fields import greeting, url_fault
from receptionist.officefile.identity import Identities
from receptionist.officefile.routes import routes
from receptionist.officefile.unanswered import office_hours, rules
from receptionist.tomlfile.fields import checked, unique
from receptionist.tomlfile.lines import lines_of
from receptionist.tomlfile.table import Faults, Table, exactly, syntax_fault

FORMAT = 1


def parse(text: str, known: Directory | None = None) -> Directory:
    """The directory that `text` describes; it holds what the file names, not what is only known.

    `known` is what the store holds: its ids are kept where keys are the same, and its workstation,
    discovered calendars, colours and accounts count. Raises `WrongFile`.
    """
    text = text.replace("\r\n", "\n")
    try:
        content = tomllib.loads(text, parse_float=exactly)
        faults = Faults(lines_of(text))
    except RecursionError:
        raise WrongFile([BadInput(_("There are too many brackets inside brackets."))]) from None
    except ValueError as error:
        raise WrongFile([syntax_fault(str(error))]) from None
    file = Table(content, (), faults)
    directory = _Reader(file, known).directory() if _is_our_format(file) else None
    if directory is None or faults.found:
        raise WrongFile(faults.found)
    return directory


def _is_our_format(file: Table) -> bool:
    version = file.number("format", 0, 1, 1_000_000, required=True)
    if version > FORMAT:
        message = _("This file was written by a newer version. This version reads format {n}.")
        file.fault("format", message.format(n=FORMAT))
    return version == FORMAT


def _own_name(table: Table) -> str:
    """The name of the office or of who works there; "" while nobody has said it."""
    return "" if table.raw("name") == "" else table.text("name", required=True)


class _Reader:
    def __init__(self, file: Table, known: Directory | None) -> None:
        self._file = file
        self._known = known
        self._ids = Identities(known)

    def directory(self) -> Directory:
        lines = unique(self._file.tables("line"), self._line)
        known = self._known.lines if self._known else ()
        by_key = {line.key: line.id for line in (*known, *lines) if line.key}
        office = self._office(self._file.table("office"), by_key)
        receptionist = self._receptionist(self._file.table("receptionist"))
        accounts = unique(self._file.tables("calendar_account"), self._account)
        found = Clients(self._ids, office, accounts, by_key, self._known)
        clients = unique(self._file.tables("client"), found.client)
        found.check_known()
        self._file.close()
        return Directory(
            office=office,
            receptionist=receptionist,
            workstation=self._workstation(),
            lines=lines,
            clients=clients,
            accounts=accounts,
            calendars=found.calendars,
            scripts=found.scripts,
            contacts=found.people.contacts,
            rotas=found.people.rotas,
        )

    def _office(self, table: Table, lines: Mapping[str, UUID]) -> Office:
        region = checked(table, "region", "DE", checks.region_fault)
        office = Office(
            id=self._known.office.id if self._known else self._ids.of("office"),
            name=_own_name(table),
            greeting=greeting(table),
            region=region,
            zone=checked(table, "zone", "Europe/Berlin", checks.zone_fault),
            hours=office_hours(table.table("hours")),
            holidays=checked(table, "holidays", "", checks.holidays_fault),
            rules=rules(table.tables("unanswered"), region),
            routes=routes(table.tables("route"), lines),
        )
        table.close()
        return office

    def _receptionist(self, table: Table) -> Receptionist:
        known = self._known.receptionist.id if self._known else self._ids.of("receptionist")
        name = _own_name(table)
        table.close()
        return Receptionist(id=known, name=name)

    def _workstation(self) -> Workstation:
        if self._known:
            return self._known.workstation
        return Workstation(id=self._ids.of("workstation"), name="")

    def _line(self, table: Table) -> Line:
        key = table.key()
        registers = table.flag("register", True)
        line = Line(
            id=self._ids.of("line", key),
            key=key,
            name=table.text("name", key),
            registrar=checked(table, "registrar", "", checks.host_fault, required=True),
            user=checked(table, "user", "", checks.sip_user_fault, required=registers),
            auth_user=table.text("auth_user"),
            proxy=checked(table, "proxy", "", checks.host_fault),
            transport=table.choice("transport", checks.TRANSPORTS, "udp"),
            register=registers,
            srtp=Srtp(table.choice("srtp", tuple(Srtp), Srtp.OFF)),
            identity=Identity(table.choice("identity", tuple(Identity), Identity.NONE)),
        )
        if wrong := callchecks.srtp_fault(line):
            table.fault("srtp", wrong)
        table.close()
        return line

    def _account(self, table: Table) -> CalendarAccount:
        key = table.key()
        account = CalendarAccount(
            id=self._ids.of("account", key),
            key=key,
            url=checked(table, "url", "", url_fault, required=True),
            user=table.text("user", required=True),
        )
        table.close()
        return account
