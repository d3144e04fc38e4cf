"""Choosing one of the twelve colours of clients, each with its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from ui.theme.sheet import GRID, worn
from ui.widgets.flow import Flow

_DISC, _HEIGHT, _PAD = 18, 30, 6


class Swatch(QRadioButton):
    """One colour: a disc and its name; a frame when it is chosen. Main thread."""

    def __init__(self, colour: int, name: str) -> None:
        super().__init__(name)
        self._colour = colour
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:  # noqa: N802
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(_PAD + _DISC + _PAD + words + 2 * _PAD, _HEIGHT)

    def hitButton(self, pos: object) -> bool:  # noqa: N802
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        palette = worn()
        shade = palette.client(self._colour)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked():
            painter.setBrush(QColor(shade.tint))
            painter.setPen(QPen(QColor(shade.strong), 2))
            painter.drawRoundedRect(frame, 8, 8)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(palette.accent), 2))
            painter.drawRoundedRect(frame, 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shade.strong))
        top = (self.height() - _DISC) / 2
        painter.drawEllipse(QRectF(_PAD, top, _DISC, _DISC))
        painter.setPen(QColor(palette.text))
        words = QRectF(self.rect()).adjusted(_PAD + _DISC + _PAD, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


class Swatches(QWidget):
    """All colours by `names`, in their order; arrow keys go from one to the next. Main thread."""

    changed = Signal()

    def __init__(self, names: Sequence[str], colour: int) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._group = QButtonGroup(self)
        flow = Flow(GRID)
        self.setLayout(flow)
        for number, name in enumerate(names):
            swatch = Swatch(number, name)
            self._group.addButton(swatch, number)
            flow.addWidget(swatch)
        self._group.button(colour % len(names)).setChecked(True)
        self._group.idToggled.connect(self._toggled)
        self._follow()

    @property
    def colour(self) -> int:
        """The number of the chosen colour."""
        return self._group.checkedId()

    def _toggled(self, _number: int, checked: bool) -> None:
        if checked:
            self._follow()
            self.changed.emit()

    def _follow(self) -> None:
        checked = self._group.checkedButton()
        if checked is not None:
            self.setFocusProxy(checked)
