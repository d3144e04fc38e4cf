"""A short state on a tint, with its icon: in full where there is room, else in few words."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.theme.sheet import GRID
from ui.widgets.icon import Icon
from ui.widgets.label import Label, announce, wear

_ICON, _GAP, _HIGH = 14, 6, 3


class Pill(QWidget):
    """One state: tone, icon, and words at two lengths, at the right of its room. Main thread.

    Its full words are read.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = self._short = ""
        self._tint, self._icon, self._label = QFrame(), Icon(size=_ICON), Label()
        inside = QHBoxLayout(self._tint)
        inside.setContentsMargins(2 * GRID, _HIGH, 2 * GRID, _HIGH)
        inside.setSpacing(_GAP)
        inside.addWidget(self._icon)
        inside.addWidget(self._label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(1)
        layout.addWidget(self._tint)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    def tell(self, full: str, short: str = "", tone: str = "plain", icon: str = "clock") -> None:
        """Show a state, or (empty text) none."""
        if full != self.words:
            self.words, self._short = full, short or full
            self.setAccessibleName(full)
            self.setToolTip(f"<qt>{escape(full)}</qt>" if full else "")
            self._fit()
            self.updateGeometry()
            if full:
                announce(self, full)
        wear(self._tint, surface=tone)
        wear(self._label, tone=tone)
        self._icon.show_picture(icon if full else "", tone)
        self.setVisible(bool(full))

    def sizeHint(self) -> QSize:  # noqa: N802
        return self._size_for(self.words)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self._size_for(self._short)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() >= self.sizeHint().width()
        self._label.setText(self.words if room else self._short)

    def _size_for(self, text: str) -> QSize:
        metrics = self._label.fontMetrics()
        width = metrics.horizontalAdvance(text) + 2 + 4 * GRID + _GAP + _ICON
        return QSize(width, max(metrics.height(), _ICON) + 2 * _HIGH)
