"""Surfaces: cards with a heading, badges with initials, thin rules."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from receptionist.model.client import COLOURS
from ui.theme.sheet import GRID, INSIDE
from ui.widgets.label import Label, wear

_SMALL_PX = 30


class Card(QFrame):
    """A surface with a heading line and a column below it."""

    def __init__(self, heading: str = "", surface: str = "card") -> None:
        super().__init__()
        self.setProperty("surface", surface)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(INSIDE, INSIDE, INSIDE, INSIDE)
        self.column.setSpacing(2 * GRID)
        self.heading = Label(heading, "section")
        self.heading_row = QHBoxLayout()
        self.heading_row.setSpacing(2 * GRID)
        if heading:
            self.heading_row.addWidget(self.heading, 1)
            self.column.addLayout(self.heading_row)
            self.setAccessibleName(heading)


class FlowingCard(Card):
    """A card as high as its texts need at the width it has. Main thread."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As high as the text needs at this width, and not as a narrower one would."""
        size = super().minimumSizeHint()
        return QSize(size.width(), self.column.totalHeightForWidth(max(self.width(), 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


class Badge(Label):
    """Colour and initials of a client. The name stands beside it, so it is not read aloud."""

    def __init__(self, size: int = 40) -> None:
        super().__init__(role="initials" if size < _SMALL_PX else "")
        self.setFixedSize(size, size)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def show_client(self, initials: str, colour: int | None) -> None:
        """Show a client, or (None) nobody known."""
        self.setText(initials)
        wear(self, badge=colour_name(colour))


def colour_name(colour: int | None) -> str:
    """The value by which the style sheet selects a client colour."""
    return "none" if colour is None else str(colour % len(COLOURS))


def row(*, spacing: int = 2 * GRID) -> QHBoxLayout:
    """A horizontal layout without margins."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    return layout
