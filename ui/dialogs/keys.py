"""The cheat sheet: every key of the table, nothing else, found by typing."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from receptionist.i18n import _
from ui.actions import KEYS, range_hint
from ui.theme.sheet import BETWEEN
from ui.widgets.card import Card, row
from ui.widgets.inputs import Line
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.scroll import Scroll

_COLUMNS, _HEADING = 3, 2
"""How many rows of keys are as high as a heading and what is around it."""

_WIDTH, _AROUND, _FRAME = 1300, 20, 48
"""As wide as three columns are read easily; what is left of the window below stays seen."""


class KeysDialog(QDialog):
    """All keys by group; what is typed leaves those it speaks of. Main thread."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keys"))
        self.wanted = Line("", 80, _("Find a key: what it does, or its name"))
        self.wanted.setAccessibleName(_("Find a key"))
        self.wanted.textChanged.connect(self._narrow)
        self._none = Label(_("No key does that. Try another word."), "quiet")
        self._none.hide()
        self._groups = [[_Group(name) for name in names] for names in _columns()]
        self._scroll = Scroll(_("Keys"), spacing=BETWEEN)
        self._scroll.column.addLayout(self._side_by_side())
        self._scroll.column.addWidget(self._none)
        self._scroll.column.addStretch(1)
        close = KeyButton(_("Close"), kind="primary")
        close.clicked.connect(self.accept)
        last = row()
        words = _("Letters and digits on their own always type text.")
        last.addWidget(Label(words, "quiet"), 1)
        last.addWidget(close)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_AROUND, _AROUND, _AROUND, _AROUND)
        self._column.setSpacing(BETWEEN)
        self._column.addWidget(self.wanted)
        self._column.addWidget(self._scroll, 1)
        self._column.addLayout(last)

    @property
    def shown(self) -> list[str]:
        """What the keys do that are seen."""
        groups = (group for groups in self._groups for group in groups)
        return [text for group in groups for text in group.shown]

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """As large as everything needs, and no larger than the window it belongs to."""
        self.wanted.clear()
        self.wanted.setFocus()
        self.resize(self._size())
        super().showEvent(event)

    def _size(self) -> QSize:
        parent = self.parentWidget()
        room = (parent.size() if parent else self.size()) - QSize(_FRAME, _FRAME)
        width = min(_WIDTH, room.width())
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        high = self._scroll.column.totalHeightForWidth(width - 2 * _AROUND - bar) + 1
        beside = self._column.totalMinimumSize().height() - self._scroll.minimumSizeHint().height()
        return QSize(width, min(high + beside, room.height()))

    def _side_by_side(self) -> QGridLayout:
        columns = QGridLayout()
        columns.setSpacing(BETWEEN)
        for number, groups in enumerate(self._groups):
            cards = QVBoxLayout()
            cards.setSpacing(BETWEEN)
            for group in groups:
                cards.addWidget(group)
            cards.addStretch(1)
            columns.addLayout(cards, 0, number)
            columns.setColumnStretch(number, 1)
        return columns

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        for groups in self._groups:
            for group in groups:
                group.narrow(words)
        self._none.setVisible(not self.shown)


class _Group(Card):
    """The keys of one group. Main thread."""

    def __init__(self, name: str) -> None:
        super().__init__(_(name))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        top_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        self._rows: list[tuple[Label, Label]] = []
        for line, key in enumerate(key for key in KEYS if key.group == name):
            words, cap = Label(_(key.text), wrap=True), Label(range_hint(key), "key")
            grid.addWidget(words, line, 0)
            grid.addWidget(cap, line, 1, top_right)
            self._rows.append((words, cap))
        self.column.addLayout(grid)

    @property
    def shown(self) -> list[str]:
        """What the keys do that are seen."""
        return [words.text() for words, _cap in self._rows if not words.isHidden()]

    def narrow(self, words: list[str]) -> None:
        """Leave the keys that all of the words speak of."""
        for text, cap in self._rows:
            said = f"{self.heading.text()} {text.text()} {cap.text()}".casefold()
            found = all(word in said for word in words)
            text.setVisible(found)
            cap.setVisible(found)
        self.setVisible(bool(self.shown))


def _columns() -> list[list[str]]:
    """The groups in `_COLUMNS` columns, each where there is least so far."""
    high = Counter(key.group for key in KEYS)
    high.update(dict.fromkeys(high, _HEADING))
    columns: list[list[str]] = [[] for _column in range(_COLUMNS)]
    for group in high:
        min(columns, key=lambda groups: sum(high[one] for one in groups)).append(group)
    return columns
