"""The sample office of the demonstration, and what its owners have in their calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from uuid import uuid4
from zoneinfo import ZoneInfo

from receptionist import officefile
from receptionist.demo.server import CalendarServer
from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.model.client import OwnerCalendar
from receptionist.model.office import Directory
from receptionist.paths import resources

_COLLECTION = "termine"
_MAKE = (
    '<?xml version="1.0"?><C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
    "<set><prop><displayname>Termine</displayname></prop></set></C:mkcalendar>"
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


def sample_office(known: Directory | None = None) -> Directory:
    """The office file of the demonstration, with the addresses that stand in it."""
    return officefile.load(resources("templates", "demo-office.toml"), known)


def at_home(known: Directory, server: CalendarServer, phone_place: str) -> Directory:
    """The sample office with its calendars on `server` and its line to `phone_place`.

    `known` is what the database holds already.
    """
    office = sample_office(known)
    lines = tuple(replace(line, registrar=phone_place, register=False) for line in office.lines)
    accounts = tuple(replace(account, url=server.url) for account in office.accounts)
    users = {account.id: account.user for account in accounts}

    def moved(calendar: OwnerCalendar) -> OwnerCalendar:
        href = f"{server.url}{users[calendar.account_id]}/{_COLLECTION}/"
        return replace(calendar, href=href)

    calendars = tuple(moved(calendar) for calendar in office.calendars)
    return replace(office, lines=lines, accounts=accounts, calendars=calendars)


def fill(server: CalendarServer, zone: str, now: datetime) -> None:
    """Make every owner's calendar, if it is not there yet, and put some events into it.

    Raises `ReceptionistError`, also when the server ends meanwhile.
    """
    try:
        _fill(server, zone, now)
    except (OSError, HTTPException) as error:
        message = _("The calendar server of the demonstration does not answer any more.")
        raise ReceptionistError(message) from error


def _fill(server: CalendarServer, zone: str, now: datetime) -> None:
    for user in server.passwords:
        path = f"/{user}/{_COLLECTION}/"
        if server.request(user, "PROPFIND", path) == 207:
            continue
        _expect(server.request(user, "MKCALENDAR", path, _MAKE))
        for event in _OWN:
            uid = str(uuid4())
            text = _written(uid, event, ZoneInfo(zone), now)
            _expect(server.request(user, "PUT", f"{path}{uid}.ics", text, "text/calendar"))


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
