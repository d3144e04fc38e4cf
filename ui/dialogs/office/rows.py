"""Editors that are a list of rows: added, moved and removed by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.i18n import _
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.inputs import tab_through
from ui.widgets.keybutton import KeyButton

BUTTON_WIDTH = 31


class EditorRow(QWidget):
    """One row. Main thread; `moves` carries -1 or 1, `goes` says that it is to be removed.

    `grown` is told when there is more to come to with Tab; `first` takes the keyboard when the
    row is gone to.
    """

    changed = Signal()
    moves = Signal(object, int)
    goes = Signal(object)
    grown = Signal()
    movable = False

    @property
    def first(self) -> QWidget:
        """The widget that is typed into first."""
        raise NotImplementedError

    @property
    def lacking(self) -> bool:
        """Whether something is missing or wrong here."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if self.movable and step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.moves.emit(self, step)
        else:
            super().keyPressEvent(event)

    def small_button(self, sign: str, words: str, do: Callable[[], object]) -> KeyButton:
        """A sign that does something with the row; its words are told by tooltip and reader."""
        button = KeyButton(sign, kind="quiet", name=words)
        button.setToolTip(words)
        button.setFixedWidth(BUTTON_WIDTH)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def removal(self, words: str = "") -> KeyButton:
        """The button that removes the row."""
        return self.small_button("×", words or _("Remove"), lambda: self.goes.emit(self))


R = TypeVar("R", bound=EditorRow)


class RowsEditor(QWidget, Generic[R]):
    """Rows below each other and a button for one more. Main thread."""

    changed = Signal()

    def __init__(self, add_words: str, heading: QWidget | None = None) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.rows: list[R] = []
        self._heading = heading
        self._column = QVBoxLayout()
        self._column.setSpacing(GRID)
        self.add_button = KeyButton(add_words, kind="quiet")
        self.add_button.clicked.connect(self.add)
        below = row()
        below.addWidget(self.add_button)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        if heading is not None:
            column.addWidget(heading)
        column.addLayout(self._column)
        column.addLayout(below)

    def new_row(self) -> R:
        """An empty row."""
        raise NotImplementedError

    def start(self, rows: Sequence[R]) -> None:
        """Place the rows there are."""
        for one in rows:
            self._place(one)
        self._follow()

    def add(self) -> None:
        """A new row at the end, with the keyboard in it."""
        self._place(self.new_row())
        self.rows[-1].show()
        self._settle()
        self.rows[-1].first.setFocus()

    def go(self) -> None:
        """Put the keyboard where something is missing or wrong, else into the first row."""
        lacking = [one for one in self.rows if one.lacking]
        place = next(iter(lacking + self.rows), None)
        (place.first if place else self.add_button).setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """No focus proxy: with one, Tab jumps over what was added."""
        self.go()

    def _place(self, placed: R) -> None:
        placed.changed.connect(self.changed)
        placed.moves.connect(self._move)
        placed.goes.connect(self._remove)
        placed.grown.connect(self._order_tabs)
        self.rows.append(placed)
        self._column.addWidget(placed)

    def _move(self, one: R, step: int) -> None:
        at = self.rows.index(one)
        to = at + step
        if 0 <= to < len(self.rows):
            self.rows.insert(to, self.rows.pop(at))
            self._column.removeWidget(one)
            self._column.insertWidget(to, one)
            self._settle()

    def _remove(self, one: R) -> None:
        at = self.rows.index(one)
        self.rows.remove(one)
        near = self.rows[min(at, len(self.rows) - 1)].first if self.rows else self.add_button
        near.setFocus()
        one.hide()
        one.deleteLater()
        self._settle()

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab goes: through the rows as they stand, then to the button below them."""
        here = self.window()
        inside = (w for r in self.rows for w in r.findChildren(QWidget) if w.window() is here)
        chain = [w for w in inside if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        return [*chain, self.add_button]

    def _order_tabs(self) -> None:
        tab_through(self.stops)

    def _settle(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        self._order_tabs()
        if self._heading is not None:
            self._heading.setVisible(bool(self.rows))
