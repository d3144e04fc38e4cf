"""What a server can do with a collection, asked without writing anything. Calendar workers only."""

from __future__ import annotations

from receptionist.calendars.answers import Answer, Entry, multistatus
from receptionist.calendars.bodies import CALDAV, CTAG, DAV, HERE, TOKEN, propfind
from receptionist.calendars.discovery import COMPONENTS, RIGHTS, components, writable
from receptionist.calendars.wire import Wire
from receptionist.errors import CalendarGone
from receptionist.model.busy import Capabilities
from receptionist.model.plain import plain

LONGEST_PRODUCT = 60

_TYPE, _REPORTS = f"{DAV}resourcetype", f"{DAV}supported-report-set"
_LARGEST = f"{CALDAV}max-resource-size"
_ASKED = (_TYPE, RIGHTS, COMPONENTS, _REPORTS, TOKEN, CTAG, _LARGEST)


def capabilities(wire: Wire, calendar: str) -> Capabilities:
    """What `Calendar.probe` promises; `CalendarGone` when no calendar is there."""
    answer = wire.request("PROPFIND", calendar, propfind(*_ASKED), HERE)
    for entry in multistatus(answer).entries:
        kind = entry.properties.get(_TYPE)
        if kind is not None and kind.find(f"{CALDAV}calendar") is not None:
            return _capabilities(entry, answer)
    raise CalendarGone("not a calendar")


def _capabilities(entry: Entry, answer: Answer) -> Capabilities:
    held, largest = components(entry), entry.text(_LARGEST).strip()
    reports = entry.properties.get(_REPORTS)
    known = {one.tag for one in reports.iter()} if reports is not None else set()
    return Capabilities(
        writable=writable(entry),
        events="VEVENT" in held,
        tasks="VTODO" in held,
        sync_collection=f"{DAV}sync-collection" in known,
        ctag=bool(entry.text(CTAG)),
        largest=int(largest) if largest.isdecimal() else 0,
        product=plain(answer.headers.get("server", ""), limit=LONGEST_PRODUCT),
    )
