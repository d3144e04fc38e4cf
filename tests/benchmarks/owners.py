"""Owners' calendars that have been filled for years: written into the storage of a Radicale."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from receptionist.calendars.bodies import multiget
from tests.doubles.radicale import USER, Radicale

_ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
"""
_EVENT = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Owner//Calendar 1.0//DE
CALSCALE:GREGORIAN
{zone}BEGIN:VEVENT
UID:{uid}
DTSTAMP:20250102T080000Z
CREATED:20250102T080000Z
LAST-MODIFIED:20250102T080000Z
SEQUENCE:2
STATUS:CONFIRMED
SUMMARY:Besprechung Nr. {number} mit Erika Muster
LOCATION:Musterstraße 12\\, 50667 Köln
DESCRIPTION:Bitte die Unterlagen mitbringen\\; der Schlüssel liegt beim
  Nachbarn. Rückfragen an erika@example.org.
ORGANIZER;CN=Erika Muster:mailto:erika@example.org
ATTENDEE;CN=Max Muster;PARTSTAT=ACCEPTED:mailto:max@example.org
{times}
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Erinnerung
TRIGGER:-PT15M
END:VALARM
END:VEVENT
END:VCALENDAR
"""
_SERIES_EVERY, _ALL_DAY_EVERY = 12, 50
_YEARS = timedelta(days=4 * 365)
_BATCH = 500


def fill(server: Radicale, folder: Path, name: str, events: int) -> None:
    """A calendar of this name with so many events, from two years ago to two years ahead.

    Singles, some weekly series, some whole days. `folder` is the server's; it may be running.
    """
    place = folder / "storage" / "collection-root" / USER / name.lower().replace(" ", "-")
    place.mkdir(parents=True)
    words = {"tag": "VCALENDAR", "D:displayname": name}
    (place / ".Radicale.props").write_text(json.dumps(words), encoding="utf-8")
    first = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) - _YEARS / 2
    for number in range(events):
        uid = str(UUID(int=number))
        start = first + _YEARS / events * number
        text = _EVENT.format(zone=_ZONE, uid=uid, number=number, times=_times(number, start))
        (place / f"{uid}.ics").write_text(text.replace("\n", "\r\n"), "utf-8", newline="")
    _let_it_be_read(server, f"{server.home}{place.name}/", [one.name for one in place.iterdir()])


def _let_it_be_read(server: Radicale, calendar: str, names: list[str]) -> None:
    """Let the server read everything once, as it has long done where a calendar is years old."""
    for first in range(0, len(names), _BATCH):
        hrefs = [f"{calendar}{name}" for name in names[first : first + _BATCH]]
        server.owner.request("REPORT", calendar, multiget(hrefs))


def _times(number: int, start: datetime) -> str:
    day, hour = start.strftime("%Y%m%d"), f"{8 + number % 9:02d}"
    if number % _ALL_DAY_EVERY == 0:
        return f"DTSTART;VALUE=DATE:{day}"
    times = f"DTSTART;TZID=Europe/Berlin:{day}T{hour}0000\nDURATION:PT45M"
    return f"{times}\nRRULE:FREQ=WEEKLY;COUNT=30" if number % _SERIES_EVERY == 0 else times
