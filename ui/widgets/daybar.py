"""A day from morning to evening as a bar; what is open is tinted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.sheet import worn

FIRST_HOUR, LAST_HOUR = 6, 22
_MARKS = (9, 12, 15, 18)


class DayBar(QWidget):
    """Spans of one day. Decoration: the same stands in words beside it. Main thread."""

    def __init__(self) -> None:
        super().__init__()
        self._spans: tuple[tuple[time, time], ...] = ()
        self.setFixedHeight(18)
        self.setMinimumWidth(96)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_spans(self, spans: Sequence[tuple[time, time]]) -> None:
        """Show from when to when it is open."""
        self._spans = tuple(spans)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        palette = worn()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.hover))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setBrush(QColor(palette.line))
        for hour in _MARKS:
            painter.drawRect(QRectF(_x(time(hour), self.width()), 0, 1, self.height()))
        painter.setBrush(QColor(palette.accent))
        for start, end in self._spans:
            left, right = _x(start, self.width()), _x(end, self.width())
            painter.drawRoundedRect(QRectF(left, 3, max(right - left, 2), self.height() - 6), 3, 3)
        painter.end()


class DayScale(QWidget):
    """The hours above day bars. Decoration. Main thread."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(14)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(QColor(worn().quiet))
        for hour in _MARKS:
            at = _x(time(hour), self.width())
            painter.drawText(QRectF(at - 12, 0, 24, 14), Qt.AlignmentFlag.AlignCenter, str(hour))
        painter.end()


def _x(at: time, width: int) -> float:
    hours = at.hour + at.minute / 60
    share = (hours - FIRST_HOUR) / (LAST_HOUR - FIRST_HOUR)
    return min(max(share, 0.0), 1.0) * width
