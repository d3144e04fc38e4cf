"""What an owner has in his calendar in the week of the tour: events, an overlap, days away."""

from __future__ import annotations

from tests.doubles.desk import Reception

_EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Owner//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
    "DTSTAMP:20261101T000000Z\r\nDTSTART{start}\r\nDTEND{end}\r\nSUMMARY:{title}\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)
_WEEK = (
    (23, "0800", "1000", "Baustelle Ehrenfeld"),
    (24, "1115", "1300", "Baustelle Nippes"),
    (25, "0800", "1130", "Großhandel"),
    (26, "0900", "0930", "Team"),
    (26, "0915", "1045", "Abnahme mit Architekt"),
    (27, "1200", "1400", "Werkstatt"),
)
"""Day of November 2026, from, to, title."""


def fill(reception: Reception, key: str) -> None:
    """Put the week into the calendar of a client's owner."""
    calendar = reception.desk.directory.calendar(reception.client(key).id)
    assert calendar is not None
    local = ";TZID=Europe/Berlin:202611{day}T{time}00"
    for number, (day, start, end, title) in enumerate(_WEEK):
        text = _EVENT.format(
            uid=f"week-{number}",
            start=local.format(day=day, time=start),
            end=local.format(day=day, time=end),
            title=title,
        )
        reception.server.put(f"{calendar.href}week-{number}.ics", text)
    away = _EVENT.format(
        uid="away", start=";VALUE=DATE:20261127", end=";VALUE=DATE:20261129", title="Messe Köln"
    )
    reception.server.put(f"{calendar.href}away.ics", away)
