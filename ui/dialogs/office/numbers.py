"""The numbers that callers dial for a client, read in the office's country and shown in groups."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.number import normalised, shown
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.flow import Flow
from ui.widgets.inputs import Line
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label

_BETWEEN = re.compile(r"[,;\n]")


class _NumberLine(Line):
    """Enter takes the number and nothing else."""

    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


class NumbersEditor(QWidget):
    """Main thread. What still stands in the line counts as a number, too."""

    changed = Signal()

    def __init__(self, numbers: tuple[str, ...], region: str) -> None:
        super().__init__()
        self._region, self._numbers = region, list(numbers)
        example = _("for example {number}").format(number="030 23125101")
        self.line = _NumberLine("", 400, example)
        self.line.setAccessibleName(_("Number to add"))
        self._add = KeyButton(_("Add number"))
        self._chips = QWidget()
        self._flow = Flow(GRID)
        self._chips.setLayout(self._flow)
        above = row()
        above.addWidget(self.line, 1)
        above.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(above)
        column.addWidget(self._chips)
        self._add.clicked.connect(self.take)
        self.line.taken.connect(self.take)
        self.line.textChanged.connect(self.changed)
        self._show()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number, normalised; also what was typed and not added yet."""
        found = [*self._numbers, *(normalised(raw, self._region) for raw in self._typed())]
        return tuple(dict.fromkeys(number for number in found if number))

    @property
    def fault(self) -> str:
        """What is wrong with what was typed and not added yet."""
        wrong = (checks.dialled_fault(raw, self._region) for raw in self._typed())
        return next((sentence for sentence in wrong if sentence), "")

    def take(self) -> None:
        """Add what was typed, unless it is no number."""
        if self.line.text().strip() and not self.fault:
            self._numbers = list(self.numbers)
            self.line.clear()
            self._show()
        self.changed.emit()

    def _typed(self) -> list[str]:
        return [raw.strip() for raw in _BETWEEN.split(self.line.text()) if raw.strip()]

    def _show(self) -> None:
        self._flow.clear()
        for number in self._numbers:
            self._flow.addWidget(self._chip(number))
        self._chips.setVisible(bool(self._numbers))
        self._flow.invalidate()

    def _chip(self, number: str) -> QFrame:
        chip = QFrame()
        chip.setProperty("surface", "plain")
        remove = KeyButton("×", kind="quiet")
        remove.setAccessibleName(_("Remove number {number}").format(number=shown(number)))
        remove.setToolTip(_("Remove"))
        remove.clicked.connect(partial(self._remove, number))
        line = row(spacing=0)
        line.setContentsMargins(2 * GRID, 0, 0, 0)
        line.addWidget(Label(shown(number)))
        line.addWidget(remove)
        chip.setLayout(line)
        return chip

    def _remove(self, number: str, _checked: bool = False) -> None:
        self._numbers.remove(number)
        self.line.setFocus()
        self._show()
        self.changed.emit()
