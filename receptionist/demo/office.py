"""The sample office of the demonstration, and what its owners have in their calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from uuid import uuid4
from zoneinfo import ZoneInfo

from receptionist import officefile
from receptionist.demo.scripts import with_scripts
from receptionist.demo.server import CalendarServer
from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.model.client import OwnerCalendar
from receptionist.model.office import Directory
from receptionist.paths import resources

_MAKE = (
    '<?xml version="1.0"?><C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
    "<set><prop><displayname>{name}</displayname><C:supported-calendar-component-set>"
    '<C:comp name="{component}"/></C:supported-calendar-component-set></prop></set></C:mkcalendar>'
)
_EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Receptionist//Demonstration//EN\r\n"
    "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:{stamp}\r\nDTSTART:{start}\r\nDTEND:{end}\r\n"
    "SUMMARY:{summary}\r\n{rule}END:VEVENT\r\nEND:VCALENDAR\r\n"
)
_UTC = "%Y%m%dT%H%M%SZ"
_OWN = (
    (1, 9, 60, "Besprechung", ""),
    (1, 15, 90, "Außentermin", ""),
    (2, 8, 120, "Fortbildung", ""),
    (3, 11, 60, "Teamrunde", "RRULE:FREQ=WEEKLY;COUNT=26\r\n"),
)
"""Days from now, local hour, minutes, summary and rule of what the owners have in their books."""
_AGREED = {
    "zahnarzt": (
        (0, 12, 120, "Labor, bitte nicht stören", ""),
        (1, 13, 60, "Schmerzsprechstunde", ""),
        (4, 7, 660, "Kongress", ""),
    ),
    "kanzlei": ((0, 8, 600, "Gericht (erreichbar)", ""),),
}
"""The same of what some of them say with the words that were agreed, by user."""


def sample_office(known: Directory | None = None) -> Directory:
    """The office file of the demonstration, with the addresses that stand in it."""
    office = officefile.load(resources("templates", "demo-office.toml"), known)
    return with_scripts(office, known)


def at_home(known: Directory, server: CalendarServer, phone_place: str) -> Directory:
    """The sample office with its calendars on `server` and its line to `phone_place`.

    `known` is what the database holds already.
    """
    office = sample_office(known)
    lines = tuple(replace(line, registrar=phone_place, register=False) for line in office.lines)
    accounts = tuple(replace(account, url=server.url) for account in office.accounts)
    users = {account.id: account.user for account in accounts}

    def moved(calendar: OwnerCalendar) -> OwnerCalendar:
        path = _path(users[calendar.account_id], calendar)
        return replace(calendar, href=f"{server.url.removesuffix('/')}{path}")

    calendars = tuple(moved(calendar) for calendar in office.calendars)
    return replace(office, lines=lines, accounts=accounts, calendars=calendars)


def fill(server: CalendarServer, office: Directory, now: datetime) -> None:
    """Make every owner's calendars, if they are not there yet, and put some events into them.

    Raises `ReceptionistError`, also when the server ends meanwhile.
    """
    users = {account.id: account.user for account in office.accounts}
    try:
        for calendar in office.calendars:
            _fill(server, users[calendar.account_id], calendar, ZoneInfo(office.office.zone), now)
    except (OSError, HTTPException) as error:
        message = _("The calendar server of the demonstration does not answer any more.")
        raise ReceptionistError(message) from error


def _fill(
    server: CalendarServer, user: str, calendar: OwnerCalendar, zone: ZoneInfo, now: datetime
) -> None:
    path = _path(user, calendar)
    if server.request(user, "PROPFIND", path) == 207:
        return
    component = "VTODO" if calendar.tasks else "VEVENT"
    wanted = _MAKE.format(name=calendar.name, component=component)
    _expect(server.request(user, "MKCALENDAR", path, wanted))
    for event in () if calendar.tasks else (*_OWN, *_AGREED.get(user, ())):
        uid = str(uuid4())
        text = _written(uid, event, zone, now)
        _expect(server.request(user, "PUT", f"{path}{uid}.ics", text, "text/calendar"))


def _path(user: str, calendar: OwnerCalendar) -> str:
    return f"/{user}/{calendar.name.lower()}/"


def _written(uid: str, event: tuple[int, int, int, str, str], zone: ZoneInfo, now: datetime) -> str:
    days, hour, minutes, summary, rule = event
    day = now.astimezone(zone).replace(hour=hour, minute=0, second=0, microsecond=0)
    start = (day + timedelta(days=days)).astimezone(UTC)
    return _EVENT.format(
        uid=uid,
        stamp=now.strftime(_UTC),
        start=start.strftime(_UTC),
        end=(start + timedelta(minutes=minutes)).strftime(_UTC),
        summary=summary,
        rule=rule,
    )


def _expect(status: int) -> None:
    if status != 201:
        raise ReceptionistError(
            _("The calendar server of the demonstration answers {status}.").format(status=status)
        )
