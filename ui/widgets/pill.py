"""A short state on a tint, with its icon: in full where there is room, else in few words."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from ui.theme.sheet import GRID
from ui.widgets.icon import Icon
from ui.widgets.label import Label, announce, wear

_ICON = 14


class Pill(QFrame):
    """One state: tone, icon, and words at two lengths. Main thread. Its full words are read."""

    def __init__(self) -> None:
        super().__init__()
        self._full = self._short = ""
        self._icon, self._label = Icon(size=_ICON), Label()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 3, 2 * GRID, 3)
        layout.setSpacing(6)
        layout.addWidget(self._icon)
        layout.addWidget(self._label)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def words(self) -> str:
        """The full words."""
        return self._full

    def tell(self, full: str, short: str = "", tone: str = "plain", icon: str = "clock") -> None:
        """Show a state, or (empty text) none."""
        if full != self._full:
            self._full, self._short = full, short or full
            self.setAccessibleName(full)
            self.setToolTip(f"<qt>{escape(full)}</qt>" if full else "")
            self._fit()
            self.updateGeometry()
            if full:
                announce(self, full)
        wear(self, surface=tone)
        wear(self._label, tone=tone)
        self._icon.show_picture(icon if full else "", tone)
        self.setVisible(bool(full))

    def sizeHint(self) -> QSize:  # noqa: N802
        return self._size_for(self._full)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self._size_for(self._short)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() >= self.sizeHint().width()
        self._label.setText(self._full if room else self._short)

    def _size_for(self, text: str) -> QSize:
        metrics = self._label.fontMetrics()
        width = metrics.horizontalAdvance(text) + 1 + 4 * GRID + 6 + _ICON
        return QSize(width, max(metrics.height(), _ICON) + 6)
