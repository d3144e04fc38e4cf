"""Text at two lengths: in full where there is room, else in few words."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.label import Label


class FittingLabel(Label):
    """One line that shortens itself. The full words are read, and are the tooltip. Main thread."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(role=role, parent=parent)
        self.full = self._short = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, full: str, short: str = "") -> bool:
        """Show `full`, or `short` where there is no room; whether that is new."""
        new = (full, short or full) != (self.full, self._short)
        if new:
            self.full, self._short = full, short or full
            self.setAccessibleName(full)
            self.setToolTip(f"<qt>{escape(full)}</qt>" if full != self._short else "")
            self._fit()
            self.updateGeometry()
        self.setVisible(bool(full))
        return new

    def sizeHint(self) -> QSize:  # noqa: N802
        return self._size_for(self.full)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self._size_for(self._short)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() >= self.sizeHint().width()
        self.setText(self.full if room else self._short)

    def _size_for(self, text: str) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(text) + 2, metrics.height())
