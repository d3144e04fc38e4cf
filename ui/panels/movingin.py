"""Brings an office file in, for a desk that has no clients or no line yet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from receptionist import officefile
from receptionist.desk.desk import Desk
from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from ui.theme.sheet import BETWEEN
from ui.widgets.keybutton import KeyButton
from ui.widgets.stateline import StateLine

_MOST = 6
"""Mistakes told at once."""


class MovingIn(QWidget):
    """A button that asks for the file, and what was wrong with it. Main thread, blocks nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.button = KeyButton(_("Import office file …"), kind="primary")
        self.button.clicked.connect(self._ask)
        self.state = StateLine()
        self.state.setMinimumWidth(440)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
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
        try:
            office = officefile.load(file, self._desk.directory.current)
        except ReceptionistError as error:
            self.state.tell("\n".join(str(error).splitlines()[:_MOST]), "danger")
            return
        self.button.setEnabled(False)
        self.state.tell(_("Being imported …"))
        self._desk.import_directory(office, self._done, self._failed)

    def _done(self) -> None:
        self.button.setEnabled(True)
        self.state.tell("")

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.state.tell(str(error), "danger")
