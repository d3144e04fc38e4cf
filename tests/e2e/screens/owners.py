"""The week of the tour: what an owner has in his calendar, and how one looks around in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.doubles.desk import Reception

if TYPE_CHECKING:
    from tests.e2e.screens.story import Day

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


def look_around(day: Day) -> Iterator[tuple[str, QWidget]]:
    """By keys, in the next week, and a click on what is not free."""
    grid = day.window.panels.week.grid
    day._key(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    day._key(Qt.Key.Key_Right)
    day._key(Qt.Key.Key_Down)
    yield day._shot("week-keyboard")
    day._key(Qt.Key.Key_PageDown)
    day._settle()
    yield day._shot("week-next")
    day._key(Qt.Key.Key_Home)
    day._settle()
    day._key(Qt.Key.Key_Escape)
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.point(2, 9 * 60).toPoint())
    yield day._shot("week-refused")
