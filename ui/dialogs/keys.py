"""The cheat sheet: every key of the table, nothing else."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from receptionist.i18n import _
from ui.actions import KEYS, range_hint
from ui.widgets.card import Card, row
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label

_COLUMNS, _HEADING = 3, 2
"""How many rows of keys are as high as a heading and what is around it."""


class KeysDialog(QDialog):
    """All keys by group. Main thread."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keys"))
        groups = QHBoxLayout()
        groups.setSpacing(12)
        for names in _columns():
            cards = QVBoxLayout()
            cards.setSpacing(12)
            for group in names:
                cards.addWidget(self._group(group))
            cards.addStretch(1)
            groups.addLayout(cards)
        close = KeyButton(_("Close"), kind="primary")
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addLayout(groups)
        last = row()
        words = _("Letters and digits on their own always type text.")
        last.addWidget(Label(words, "quiet"), 1)
        last.addWidget(close)
        column.addLayout(last)

    def _group(self, group: str) -> QWidget:
        card = Card(_(group))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for line, key in enumerate(key for key in KEYS if key.group == group):
            grid.addWidget(Label(_(key.text)), line, 0)
            cap = Label(range_hint(key), "key")
            grid.addWidget(cap, line, 1, Qt.AlignmentFlag.AlignRight)
        card.column.addLayout(grid)
        return card


def _columns() -> list[list[str]]:
    """The groups in `_COLUMNS` columns, each where there is least so far."""
    high = Counter(key.group for key in KEYS)
    high.update(dict.fromkeys(high, _HEADING))
    columns: list[list[str]] = [[] for _column in range(_COLUMNS)]
    for group in high:
        min(columns, key=lambda groups: sum(high[one] for one in groups)).append(group)
    return columns
