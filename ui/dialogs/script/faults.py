"""What is wrong in a script that is being written, each fault with its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.errors import BadInput
from receptionist.i18n import _, ngettext
from ui.models.scriptwords import fault_words
from ui.theme.sheet import GRID
from ui.widgets.rowlist import Row, RowList
from ui.widgets.stateline import StateLine

_MOST_PX, _MOST = 104, 200


class FaultList(QWidget):
    """Main thread. `wanted` carries the line of a fault to which somebody wants to go."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.faults: tuple[BadInput, ...] = ()
        self.state = StateLine()
        self.rows = RowList(_("What is wrong"))
        self.rows.wanted.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.state)
        column.addWidget(self.rows)

    @property
    def lines(self) -> list[int]:
        """The lines in which something is wrong."""
        return [one.line for one in self.faults if one.line is not None]

    def show_faults(self, faults: Sequence[BadInput]) -> None:
        """Show these faults, or that there is none."""
        kept = max(self.rows.currentRow(), 0)
        self.faults = tuple(faults)[:_MOST]
        shown = [Row(fault_words(one), tone="danger") for one in self.faults]
        self.rows.show_rows(shown, min(kept, len(shown) - 1))
        self.rows.setFixedHeight(self.rows.height_for(_MOST_PX) if shown else 0)
        self.rows.setVisible(bool(shown))
        if not faults:
            self.state.tell(_("Nothing is wrong: it can be saved."), "quiet")
            return
        words = ngettext(
            "{count} fault. It cannot be saved like this; what counted goes on counting.",
            "{count} faults. It cannot be saved like this; what counted goes on counting.",
            len(faults),
        )
        self.state.tell(words.format(count=len(faults)), "danger")

    def go(self) -> None:
        """Take the keyboard, if anything is wrong."""
        if self.faults:
            self.rows.setFocus()
            self.rows.choose(max(self.rows.currentRow(), 0))

    def _go(self, number: int) -> None:
        line = self.faults[number].line
        if line is not None:
            self.wanted.emit(line)
