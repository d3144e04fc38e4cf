"""The next days as bars of 24 hours, a week beside the next: who is on call, and when nobody is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.models.dutyplan import DutyDay, Piece
from ui.models.moments import compact_day
from ui.theme.sheet import worn

_ROW, _SCALE, _DAY_WIDTH, _BETWEEN = 24, 16, 78, 18
_WEEK = 7
_MINUTES = 24 * 60
_HOURS = (6, 12, 18)
_ROOM = 5
"""Beside words in a bar."""


class DutyWeeks(QWidget):
    """Main thread. What is drawn can be read: each day is a line of the description."""

    def __init__(self) -> None:
        super().__init__()
        self._days: Sequence[DutyDay] = ()
        self._colours: Mapping[str, int] = {}
        self.setFixedHeight(_SCALE + _WEEK * _ROW)
        self.setMinimumWidth(320)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_days(self, days: Sequence[DutyDay], keys: Sequence[str]) -> None:
        """Show these days; everybody of `keys` has a colour of his own."""
        self._days = days
        self._colours = {key: number for number, key in enumerate(keys)}
        self.setAccessibleDescription("\n".join(one.words for one in days))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        for number in range(2):
            self._paint_scale(painter, self._left(number))
        for number, day in enumerate(self._days):
            self._paint_day(painter, number, day)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """The whole day in words where the mouse rests."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._words_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    @property
    def _bar(self) -> float:
        """How wide a day is."""
        return (self.width() - _BETWEEN) / 2 - _DAY_WIDTH

    def _left(self, week: int) -> float:
        """Where the bars of a week begin."""
        return _DAY_WIDTH + week * ((self.width() - _BETWEEN) / 2 + _BETWEEN)

    def _words_at(self, at: QPointF) -> str:
        week = int(at.x() > self.width() / 2)
        number = week * _WEEK + int((at.y() - _SCALE) // _ROW)
        return self._days[number].words if 0 <= number < len(self._days) else ""

    def _paint_scale(self, painter: QPainter, left: float) -> None:
        painter.setPen(QColor(worn().quiet))
        for hour in _HOURS:
            at = left + self._bar * hour / 24
            painter.drawText(QRectF(at - 14, 0, 28, 14), Qt.AlignmentFlag.AlignCenter, str(hour))

    def _paint_day(self, painter: QPainter, number: int, day: DutyDay) -> None:
        left, top = self._left(number // _WEEK), _SCALE + number % _WEEK * _ROW
        weekend = day.day.weekday() >= 5
        painter.setPen(QColor(worn().text if weekend else worn().quiet))
        words = QRectF(left - _DAY_WIDTH, top, _DAY_WIDTH - 6, _ROW)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, side, compact_day(day.day))
        for piece in day.pieces:
            share = self._bar / _MINUTES
            place = QRectF(
                left + piece.start * share, top + 2, (piece.end - piece.start) * share, _ROW - 4
            )
            self._paint_piece(painter, place.adjusted(0.5, 0.5, -0.5, -0.5), piece)

    def _paint_piece(self, painter: QPainter, place: QRectF, piece: Piece) -> None:
        palette = worn()
        colour = palette.client(self._colours.get(piece.key, 0))
        fill, ink, line = palette.hover, palette.quiet, palette.line
        if piece.gap:
            fill, ink, line = palette.danger_tint, palette.danger, palette.danger
        elif piece.key:
            fill, ink, line = colour.tint, palette.text, colour.strong
        painter.setPen(QPen(QColor(line), 1))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(place, 4, 4)
        room = place.adjusted(_ROOM, 0, -_ROOM, 0)
        metrics = QFontMetricsF(painter.font())
        words = metrics.elidedText(piece.who, Qt.TextElideMode.ElideRight, room.width())
        if len(words) > 2 or words == piece.who:
            painter.setPen(QColor(ink))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)
