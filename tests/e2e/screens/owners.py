"""The week of the tour: what an owner has in his calendar, and how one looks around in it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from receptionist import events
from tests.doubles.desk import Reception

if TYPE_CHECKING:
    from tests.e2e.screens.story import Day

_EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Owner//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
    "DTSTAMP:20261101T000000Z\r\nDTSTART{start}\r\nDTEND{end}\r\nSUMMARY:{title}\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)
_WEEK = (
    (23, "0800", "1000", "Baustelle Nippes"),
    (24, "1115", "1300", "Baustelle Deutz"),
    (25, "0800", "1130", "Einkauf"),
    (26, "0900", "0930", "Team"),
    (26, "0915", "1045", "Abnahme"),
    (27, "1200", "1400", "Lager"),
)
"""Day of November 2026, from, to, title."""
_BOOKED = ((2, 25, 13, "Max Beispiel"), (0, 26, 12, "Lea Muster"), (0, 26, 14, "Otto Beispiel"))
"""Number of the kind, day of November 2026, hour, caller."""


def fill(reception: Reception, key: str) -> None:
    """Put the week into the calendar of a client's owner."""
    write(reception, key, "week", _WEEK)
    write_away(reception, key, "away", ("20261127", "20261129"), "Messe Köln")


def write(
    reception: Reception, key: str, name: str, rows: Iterable[tuple[int, str, str, str]]
) -> None:
    """The owner has entries: day of November 2026, from, to, title."""
    local = ";TZID=Europe/Berlin:202611{day}T{time}00"
    for number, (day, start, end, title) in enumerate(rows):
        times = (local.format(day=day, time=start), local.format(day=day, time=end))
        _put(reception, key, f"{name}-{number}", times, title)


def write_away(
    reception: Reception, key: str, name: str, days: tuple[str, str], title: str
) -> None:
    """The owner has whole days: the first, and the one after the last."""
    _put(reception, key, name, (f";VALUE=DATE:{days[0]}", f";VALUE=DATE:{days[1]}"), title)


def _put(reception: Reception, key: str, uid: str, times: tuple[str, str], title: str) -> None:
    calendar = reception.desk.directory.calendar(reception.client(key).id)
    assert calendar is not None
    text = _EVENT.format(uid=uid, start=times[0], end=times[1], title=title)
    reception.server.put(f"{calendar.href}{uid}.ics", text)


def book_some(reception: Reception, key: str) -> None:
    """Appointments that others have made already."""
    client = reception.client(key)
    for kind, day, hour, name in _BOOKED:
        start = datetime(2026, 11, day, hour, tzinfo=ZoneInfo(client.zone))
        kind_id = client.kinds[kind].id
        reception.desk.booking.book(
            client_id=client.id, kind_id=kind_id, start=start.astimezone(UTC), caller_name=name
        )
    reception.seen(events.AppointmentConfirmed, len(_BOOKED))
    reception.events.clear()


def read_for_long(day: Day) -> Iterator[tuple[str, QWidget]]:
    """A calendar whose server takes its time, as when it is read for the first time."""
    reception = day.reception
    slow = reception.client("physio")
    asked, answers = threading.Event(), threading.Event()

    def wait() -> None:
        asked.set()
        answers.wait(20)

    def told() -> str:
        """It may be at its end just now, or another may have been made to wait: then once more."""
        words = day.window.panels.bottom.progress.words
        if not words:
            if asked.is_set():
                asked.clear()
                reception.server.after("changes", wait)
            reception.desk.calendars.refresh(slow.id, insist=True)
        return words

    reception.server.after("changes", wait)
    day._until(told)
    yield day._shot("reading")
    answers.set()
    day._until(lambda: not day.window.panels.bottom.progress.words)


def look_around(day: Day) -> Iterator[tuple[str, QWidget]]:
    """By keys, in the next week, and a click on what is not free."""
    grid = day.window.panels.week.grid
    day._key(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    day._key(Qt.Key.Key_Right)
    day._key(Qt.Key.Key_Down)
    yield day._shot("week-keyboard")
    day._key(Qt.Key.Key_PageDown)
    day.settle()
    yield day._shot("week-next")
    day._key(Qt.Key.Key_Home)
    day.settle()
    day._key(Qt.Key.Key_Escape)
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.point(2, 9 * 60).toPoint())
    yield day._shot("week-refused")
