"""Finding the calendars of an account (RFC 6764 6, RFC 4791 6.2.1). Calendar workers only."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from receptionist.calendars.answers import Entry, Multistatus, absolute, failure, multistatus
from receptionist.calendars.bodies import CALDAV, DAV, HERE, MEMBERS, propfind
from receptionist.calendars.wire import Wire
from receptionist.errors import (
    CalendarError,
    CalendarGone,
    CalendarRefused,
    CalendarUnreachable,
)
from receptionist.model.busy import CalendarFound
from receptionist.reasons import Reason

WELL_KNOWN = "/.well-known/caldav"

_TYPE, _NAME = f"{DAV}resourcetype", f"{DAV}displayname"
_PRINCIPAL, _HOMES = f"{DAV}current-user-principal", f"{CALDAV}calendar-home-set"
RIGHTS = f"{DAV}current-user-privilege-set"
COMPONENTS = f"{CALDAV}supported-calendar-component-set"
_ABOUT_CALENDARS = (_TYPE, _NAME, RIGHTS, COMPONENTS)
_WRITING = {f"{DAV}{name}" for name in ("all", "write", "write-content", "bind")}


def calendars(wire: Wire) -> tuple[CalendarFound, ...]:
    """The calendar at the account's address, or all in the homes of its user, by name.

    `CalendarGone` when neither the address nor the well-known one knows calendars, and
    `CalendarUnreachable` when something answered there that is no calendar server at all.
    """
    strange: CalendarError | None = None
    for address in _addresses(wire.start):
        try:
            here = _ask(wire, address)
        except CalendarUnreachable as error:
            if error.reason is not Reason.SERVER_CONFUSED:
                raise
            strange, here = error, Multistatus(())
        found = [_calendar(entry) for entry in here.entries if _is_calendar(entry)]
        if found:
            return tuple(found)
        homes = _homes(wire, here)
        if homes:
            return _members(wire, homes)
    raise strange or CalendarGone("no calendars at this address")


def _addresses(start: str) -> tuple[str, ...]:
    well_known = urljoin(start, WELL_KNOWN)
    return (well_known, start) if urlsplit(start).path == "/" else (start, well_known)


def _ask(wire: Wire, address: str) -> Multistatus:
    """What stands at `address`; nothing where a server says that there is nothing of this kind."""
    body = propfind(*_ABOUT_CALENDARS, _PRINCIPAL, _HOMES)
    answer = wire.send("PROPFIND", address, body, HERE)
    if answer.status in (400, 403, 404, 405, 410, 501):
        return Multistatus(())
    if answer.status >= 300:
        raise failure(answer, "PROPFIND")
    try:
        return multistatus(answer)
    except CalendarGone:
        return Multistatus(())


def _homes(wire: Wire, here: Multistatus) -> tuple[str, ...]:
    for entry in here.entries:
        homes = entry.hrefs(_HOMES, entry.href)
        if homes:
            return homes
        principal = entry.properties.get(_PRINCIPAL)
        if principal is not None and principal.find(f"{DAV}unauthenticated") is not None:
            raise CalendarRefused("the server does not know who we are")
        for href in entry.hrefs(_PRINCIPAL, entry.href):
            return _homes_of(wire, href)
    return ()


def _homes_of(wire: Wire, principal: str) -> tuple[str, ...]:
    """The homes of a principal; one without any may be a home itself."""
    answer = wire.request("PROPFIND", principal, propfind(_HOMES), HERE)
    homes = [
        home for entry in multistatus(answer).entries for home in entry.hrefs(_HOMES, answer.url)
    ]
    return tuple(dict.fromkeys(homes)) or (absolute(answer.url, answer.url),)


def _members(wire: Wire, homes: tuple[str, ...]) -> tuple[CalendarFound, ...]:
    found: dict[str, CalendarFound] = {}
    for home in homes:
        answer = wire.request("PROPFIND", home, propfind(*_ABOUT_CALENDARS), MEMBERS)
        for entry in multistatus(answer).entries:
            if _is_calendar(entry):
                found[entry.href] = _calendar(entry)
    return tuple(sorted(found.values(), key=lambda one: (one.name.casefold(), one.href)))


def _is_calendar(entry: Entry) -> bool:
    """Whether it is a calendar that takes events or tasks."""
    kind = entry.properties.get(_TYPE)
    if kind is None or kind.find(f"{CALDAV}calendar") is None:
        return False
    return any(component in components(entry) for component in ("VEVENT", "VTODO"))


def components(entry: Entry) -> tuple[str, ...]:
    """What it may hold (RFC 4791 5.2.3); without a word about it anything."""
    listed = entry.properties.get(COMPONENTS)
    names = tuple(one.get("name", "").upper() for one in listed) if listed is not None else ()
    return names or ("VEVENT", "VTODO")


def writable(entry: Entry) -> bool:
    """Whether its rights let us write; without a word about them we may try."""
    rights = entry.properties.get(RIGHTS)
    granted = {one.tag for one in rights.iter()} if rights is not None else _WRITING
    return bool(granted & _WRITING)


def _calendar(entry: Entry) -> CalendarFound:
    href = entry.href if entry.href.endswith("/") else f"{entry.href}/"
    name = entry.text(_NAME).strip() or href.rstrip("/").rpartition("/")[2]
    held = components(entry)
    return CalendarFound(
        href=href,
        name=name,
        writable=writable(entry),
        events="VEVENT" in held,
        tasks="VTODO" in held,
    )
