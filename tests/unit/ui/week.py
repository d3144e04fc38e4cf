"""Hands and eyes for the owner's week: what is shown, what the owner writes, where one clicks."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.doubles.desk import HEATING
from tests.unit.ui.conftest import Desk
from ui.panels.week import WeekPanel
from ui.widgets.weekgrid import WeekGrid
from ui.widgets.weekshape import Piece

BERLIN = ZoneInfo("Europe/Berlin")
OWNERS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Owner//EN\r\nBEGIN:VEVENT\r\nUID:{title}\r\n"
    "DTSTAMP:20261101T000000Z\r\nDTSTART:{start:%Y%m%dT%H%M%SZ}\r\n"
    "DTEND:{end:%Y%m%dT%H%M%SZ}\r\nSUMMARY:{title}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in Berlin in November 2026, where it is Monday the 23rd, 9:42."""
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def panel(desk: Desk) -> WeekPanel:
    return desk.window.panels.week


def grid(desk: Desk) -> WeekGrid:
    return panel(desk).grid


def chosen(desk: Desk) -> str:
    """The chosen time, e.g. `24 11:45`; "" without one."""
    wish = desk.window._board.planner.wish
    slot = wish.chosen if wish else None
    return f"{slot.start.astimezone(BERLIN):%-d %H:%M}" if slot else ""


def heading(desk: Desk) -> str:
    return panel(desk).heading.text()


def owner_has(desk: Desk, start: datetime, end: datetime, title: str = "Baustelle") -> None:
    """The owner writes something into his calendar, and it is read."""
    reception = desk.reception
    heating = reception.client("haustechnik")
    calendar = reception.desk.directory.calendar(heating.id)
    assert calendar is not None
    text = OWNERS.format(title=title, start=start, end=end)
    reception.server.put(f"{calendar.href}{title}.ics", text)
    reception.spin(lambda: not reception.desk.calendars.reading)
    reception.desk.calendars.refresh(heating.id, insist=True)
    desk.until(lambda: title in " ".join(line for one in pieces(desk) for line in one.lines))


def pieces(desk: Desk) -> tuple[Piece, ...]:
    return grid(desk).shape.pieces


def ours(desk: Desk) -> list[tuple[str, ...]]:
    return [one.lines for one in pieces(desk) if one.tone != "busy"]


def click(desk: Desk, column: int, hour: int, minute: int = 0) -> None:
    point: QPoint = grid(desk).point(column, hour * 60 + minute).toPoint()
    QTest.mouseClick(grid(desk), Qt.MouseButton.LeftButton, pos=point)


def on_the_phone(desk: Desk) -> Desk:
    """A caller of the heating firm is on the phone, his name is typed, the week is there."""
    desk.talks(HEATING)
    desk.type("Erika Muster")
    desk.until(lambda: grid(desk).shape.starts and chosen(desk) == "")
    desk.until(lambda: not desk.reception.desk.calendars.reading)
    return desk
