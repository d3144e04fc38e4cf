"""What stands above the owner's week: heading, turning, and what becomes of the sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QWidget

from receptionist.i18n import _
from receptionist.model.client import Client
from ui.actions import hint
from ui.models.condition import Condition
from ui.models.stage import LookedUp, Seen
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine

_HEAD_PX = 23
"""The heading stands as high with buttons beside it as without."""


class WeekHead(QObject):
    """Heading and buttons of a week; `turned` as of the panel. Main thread.

    The button of the menu stands in the corner of the grid, where nothing else is.
    """

    turned = Signal(int)

    def __init__(
        self, heading: QLabel, row: QHBoxLayout, grid: QWidget, menu: Sequence[QAction]
    ) -> None:
        super().__init__(grid)
        self._heading = heading
        heading.setWordWrap(True)
        self._before = KeyButton("‹", kind="step", name=_("Before"))
        self._present = KeyButton(_("Today"), kind="quiet", name=_("Today"))
        self._after = KeyButton("›", kind="step", name=_("After"))
        self._key = Label(hint("week"), "key")
        for steps, button in ((-1, self._before), (0, self._present), (1, self._after)):
            button.clicked.connect(lambda _checked=False, n=steps: self.turned.emit(n))
        self._row = (self._key, self._before, self._present, self._after)
        for widget in self._row:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.setSpacing(2)
        row.addStrut(_HEAD_PX)
        self.menu = QMenu(grid)
        self.menu.addActions(list(menu))
        self._more = _Corner("⋯", kind="step", name=_("Day view, print, save"))
        self._more.setToolTip(self._more.accessibleName())
        self._more.setParent(grid)
        self._more.setGeometry(QRect(QPoint(0, 0), self._more.sizeHint()))
        self._more.setVisible(bool(menu))
        self._more.clicked.connect(self._open)

    def show_head(self, words: str, *, known: bool, present: bool) -> None:
        """Show the heading; `known` is whether there is a week, `present` that of today."""
        self._heading.setText(words)
        for widget in self._row:
            widget.setVisible(known)
        self._before.setEnabled(not present)
        self._present.setEnabled(not present)

    def _open(self) -> None:
        self.menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))


class _Corner(KeyButton):
    """As large as the corner it stands in."""

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(34, 24)


def show_condition(line: StateLine, client: Client | None, condition: Condition | None) -> None:
    """Show what is wrong with the client's calendar, if anything is."""
    if client is None:
        line.tell("")
    elif condition is None:
        words = _("This client has no calendar; appointments cannot be booked.")
        line.tell(words, "attention")
    elif condition.tone == "danger" or (condition.tone == "good" and condition.cure):
        tone = "attention" if condition.tone == "good" else condition.tone
        line.tell(condition.words, tone, aloud=condition.tone)
    elif condition.tone == "attention":
        words = _("Calendar: {state}").format(state=condition.state)
        line.tell(f"{words}. {condition.more}".strip(), condition.tone)
    else:
        line.tell("")


def empty_words(seen: Seen | LookedUp | None) -> str:
    """What will stand here."""
    if seen is None:
        return _(
            "During a call, the owner's week stands here: when he is busy, our appointments, "
            "and what is free."
        )
    if seen.client is None:
        return _("The owner's week stands here once the client is known.")
    return ""
