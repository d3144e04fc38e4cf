"""Enter the password of a line or a calendar account; it goes to the keyring and nowhere else."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.secret import Secret
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine


class PasswordDialog(QDialog):
    """Asks for one password; closes itself once it is kept. Main thread, blocks nothing."""

    def __init__(self, desk: Desk, secret_id: UUID, name: str, why: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._secret_id = desk, secret_id
        self.setWindowTitle(_("Enter password"))
        self.setMinimumWidth(440)
        self._field = QLineEdit()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setAccessibleName(_("Password"))
        self._state = StateLine()
        self._keep = KeyButton(_("Save password"), kind="primary")
        self._cancel = KeyButton(_("Cancel"))
        self._keep.setDefault(True)
        self._keep.clicked.connect(self._keep_it)
        self._cancel.clicked.connect(self.reject)
        label = Label(_("Password"), "label")
        label.setBuddy(self._field)
        keeps = desk.passwords.persistent
        promise = (
            _("It is saved in the keyring of this computer.")
            if keeps
            else _("This computer has no keyring: you are asked again at every start.")
        )
        verbs = row()
        verbs.addStretch(1)
        verbs.addWidget(self._cancel)
        verbs.addWidget(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(2 * GRID)
        column.addWidget(Label(name, "head", wrap=True))
        column.addWidget(Label(why, wrap=True))
        column.addSpacing(GRID)
        column.addWidget(label)
        column.addWidget(self._field)
        column.addWidget(Label(promise, "label", wrap=True))
        column.addWidget(self._state)
        column.addStretch(1)
        column.addLayout(verbs)
        self._field.setFocus()

    def _keep_it(self) -> None:
        if not self._field.text():
            self._state.tell(_("Type the password first."), "danger")
            return
        self._keep.setEnabled(False)
        self._state.tell(_("Saving …"), "plain")
        secret = Secret(self._field.text())
        self._desk.passwords.keep(self._secret_id, secret, self._kept, self._not_kept)

    def _kept(self) -> None:
        self._field.clear()
        self.accept()

    def _not_kept(self, error: Exception) -> None:
        self._keep.setEnabled(True)
        self._state.tell(str(error), "danger")
