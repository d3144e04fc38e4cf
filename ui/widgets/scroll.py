"""A column that scrolls when it is taller than its room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.theme.sheet import GRID


class _Inside(QWidget):
    """As tall as its text needs at the width it has, and not as a narrower one would."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(super().minimumSizeHint().width(), 0)


class Scroll(QScrollArea):
    """Scrolls up and down only. Widgets go into `column`."""

    def __init__(self, name: str, *, spacing: int = 2 * GRID) -> None:
        super().__init__()
        inside = _Inside()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(spacing)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setWidget(inside)

    def clear(self) -> None:
        """Take everything out of the column and let it go."""
        while (item := self.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def reveal(widget: QWidget) -> None:
    """Scroll whatever column a widget stands in so that it is seen; once it has its place."""

    def seen() -> None:
        above = widget.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(widget, 0, 2 * GRID)

    QTimer.singleShot(0, widget, seen)
