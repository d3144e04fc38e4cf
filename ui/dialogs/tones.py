"""The pad that sends tones into a call. Only here do bare digits dial instead of type."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from receptionist.desk.desk import Desk
from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from ui.theme.sheet import GRID
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine

_DIGITS = "123456789*0#"
_SHOWN = 24


class TonesDialog(QDialog):
    """Twelve keys for one call; follows the keyboard while it is open. Main thread."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.call_id: UUID | None = None
        self.setWindowTitle(_("Send tones"))
        self._name = Label("", "quiet", wrap=True)
        self._sent = Label("", "head")
        self._digits = ""
        self._state = StateLine()
        grid = QGridLayout()
        grid.setSpacing(2 * GRID)
        for index, digit in enumerate(_DIGITS):
            button = KeyButton(digit, kind="digit")
            button.setMinimumSize(72, 48)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._send, digit))
            grid.addWidget(button, index // 3, index % 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(3 * GRID)
        column.addWidget(self._name)
        column.addWidget(self._sent)
        column.addLayout(grid)
        column.addWidget(self._state)
        column.addWidget(Label(_("Esc closes the pad. The call goes on."), "label", wrap=True))

    def follow(self, call_id: UUID, name: str) -> None:
        """Send into this call from now on."""
        self.call_id, self._digits = call_id, ""
        self._name.setText(name)
        self._sent.setText(_("Type digits, * and #"))
        self._state.tell("")
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.text() and event.text() in _DIGITS:
            self._send(event.text())
        else:
            super().keyPressEvent(event)

    def _send(self, digit: str, _checked: bool = False) -> None:
        if self.call_id is None:
            return
        try:
            self._desk.switchboard.digits(self.call_id, digit)
        except ReceptionistError as error:
            self._state.tell(str(error), "danger")
            return
        self._digits += digit
        self._sent.setText(self._digits[-_SHOWN:])
