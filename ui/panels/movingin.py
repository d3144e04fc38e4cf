"""For a desk that has no clients or no line yet: set the office up here, or bring a file in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from receptionist import officefile
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from ui.actions import hint
from ui.theme.sheet import BETWEEN
from ui.widgets.card import row
from ui.widgets.keybutton import KeyButton
from ui.widgets.stateline import StateLine

_MOST = 6
"""Mistakes told at once."""


class MovingIn(QWidget):
    """Two ways to an office, and what was wrong with its file. Main thread, blocks nothing.

    `office` wants the office window.
    """

    office = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.set_up = KeyButton(_("Set up the office"), hint("office"), kind="primary")
        self.set_up.clicked.connect(self.office)
        self.button = KeyButton(_("Import office file …"))
        self.button.clicked.connect(self._ask)
        self.state = StateLine()
        self.state.setMinimumWidth(440)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        ways = row()
        ways.addStretch(1)
        ways.addWidget(self.set_up)
        ways.addWidget(self.button)
        ways.addStretch(1)
        column.addLayout(ways)
        column.addWidget(self.state)

    def _ask(self) -> None:
        dialog = QFileDialog(self, _("Import office file …"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Office file (*.toml)"))
        dialog.fileSelected.connect(lambda name: self.bring(Path(name)))
        dialog.open()

    def bring(self, file: Path) -> None:
        """Read the file and use it; a mistake is told with its line, and changes nothing."""
        self.button.setEnabled(False)
        self.state.tell(_("Being imported …"))
        self._desk.import_from(partial(officefile.load, file), self._done, self._failed)

    def _done(self) -> None:
        self.button.setEnabled(True)
        self.state.tell("")

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.state.tell("\n".join(str(error).splitlines()[:_MOST]), "danger")
