"""The day beside the week: staff abreast, closed days, owners' words, what is moved, and paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QBuffer, QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from receptionist import events
from tests.doubles.desk import Reception
from tests.e2e.screens.owners import write, write_away
from ui.printing.content import Source, sheet
from ui.printing.pages import pdf

if TYPE_CHECKING:
    from tests.e2e.screens.story import Day

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_A4 = QSize(495, 700)
_WORDS = (
    (23, "0900", "1200", "Schmerzsprechstunde"),
    (24, "0900", "1100", "OP – nicht stören"),
    (24, "1500", "1700", "Büro – erreichbar"),
    (25, "1400", "1800", "Labor (nur dringend)"),
)


def owners_words(reception: Reception, key: str) -> None:
    """An owner who steers by his own calendar."""
    write(reception, key, "words", _WORDS)
    write_away(reception, key, "words-away", ("20261126", "20261128"), "Urlaub")


def look_closer(day: Day) -> Iterator[tuple[str, QWidget]]:
    """One day, an appointment that is moved by keys and by mouse, and the sheet of the week."""
    grid = day.window.panels.week.grid
    day._key(Qt.Key.Key_W, CTRL | SHIFT)
    yield day._shot("day")
    day._key(Qt.Key.Key_W, CTRL)
    for _day in range(2):
        day._key(Qt.Key.Key_PageDown)
    day._key(Qt.Key.Key_Tab)
    yield day._shot("day-keyboard")
    day._key(Qt.Key.Key_W, CTRL | SHIFT)
    day._key(Qt.Key.Key_Tab)
    day._key(Qt.Key.Key_Up, CTRL | SHIFT)
    day._key(Qt.Key.Key_Left, CTRL | SHIFT)
    yield day._shot("week-moving")
    day._key(Qt.Key.Key_Escape)
    drag(grid, grid.point(2, 13 * 60 + 20), grid.point(2, 10 * 60))
    yield day._shot("week-moving-busy")
    _mouse(grid, QEvent.Type.MouseButtonRelease, grid.point(2, 10 * 60))
    yield day._shot("week-moving-refused")
    day._key(Qt.Key.Key_Escape)
    grid.parentWidget().turned.emit(0)  # type: ignore[union-attr]
    yield "paper", _paper(day)


def look_at_others(day: Day) -> Iterator[tuple[str, QWidget]]:
    """Staff abreast, an owner's words, and days that are closed."""
    window, board = day.window, day.window._board
    book_for_staff(day.reception)
    for key, name in (("physio", "staff"), ("zahnarzt", "words")):
        board.look_up(day.reception.client(key))
        board.follow()
        window.panels.show_board()
        day._until(lambda: window.panels.week.grid.isVisible() and not board.planner.week.reading)
        yield day._shot(f"week-{name}")
        day._key(Qt.Key.Key_W, CTRL | SHIFT)
        yield day._shot(f"day-{name}")
        day._key(Qt.Key.Key_W, CTRL | SHIFT)
    for _week in range(4):
        window.panels.week.turned.emit(1)
        day.settle()
    day._until(lambda: not board.planner.week.reading)
    yield day._shot("week-closed")
    board.look_up(None)
    day._key(Qt.Key.Key_Escape)


def book_for_staff(reception: Reception) -> None:
    """Appointments of each member of the staff."""
    client = reception.client("physio")
    reception.events.clear()
    for number, (hour, name) in enumerate(((17, "Lea Muster"), (17, "Kim Beispiel"), (18, "Ida"))):
        start = datetime(2026, 11, 23, hour, tzinfo=ZoneInfo(client.zone))
        reception.desk.booking.book(
            client_id=client.id,
            kind_id=client.kinds[number].id,
            start=start.astimezone(UTC),
            caller_name=name,
            caller_number="+493023125177",
            staff_id=client.staff[number % 2].id,
        )
    reception.seen(events.AppointmentConfirmed, 3)
    reception.events.clear()


def drag(grid: QWidget, start: QPointF, end: QPointF) -> None:
    """Press, and move the mouse without letting go."""
    _mouse(grid, QEvent.Type.MouseButtonPress, start)
    for part in (0.3, 0.7, 1.0):
        _mouse(grid, QEvent.Type.MouseMove, start + (end - start) * part)


def _mouse(grid: QWidget, kind: QEvent.Type, at: QPointF) -> None:
    left = Qt.MouseButton.LeftButton
    buttons = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else left
    place = grid.mapToGlobal(at)
    event = QMouseEvent(kind, at, place, left, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(grid, event)


def _paper(day: Day) -> QLabel:
    """The first page of the PDF of the shown week."""
    week = day.window._board.planner.week
    assert week.client is not None
    assert week.outlook is not None
    source = Source(
        week=week.outlook.week,
        client=week.client,
        office=day.reception.desk.directory.office.name,
        now=week.now,
        checked=week.now,
    )
    label = QLabel()
    label.setPixmap(QPixmap.fromImage(first_page(pdf(sheet(source)), _A4)))
    label.resize(_A4)
    return label


def first_page(content: bytes, size: QSize) -> QImage:
    """What a PDF looks like."""
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(content)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(buffer)
    page = QImage(size, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.drawImage(0, 0, document.render(0, size))
    painter.end()
    return page
