"""The field of a password: it is typed, kept, and never shown again."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QLineEdit

from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.secret import Secret
from ui.post import while_there


class SecretLine(QLineEdit):
    """Dots while it is typed; its placeholder says whether one is kept. Main thread."""

    def __init__(self, desk: Desk, secret_id: UUID, *, is_new: bool) -> None:
        super().__init__()
        self._desk = desk
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(500)
        self._tell(False)
        if not is_new:
            found = while_there(self, lambda _id, secret: self._tell(secret is not None))
            desk.passwords.look_up([secret_id], found)

    @property
    def secret(self) -> Secret | None:
        """What was typed; None when nothing was."""
        return Secret(self.text()) if self.text() else None

    def _tell(self, kept: bool) -> None:
        self.setPlaceholderText(
            _("A password is kept. Type here to replace it.")
            if kept
            else _("No password is kept yet.")
        )


def promise(desk: Desk) -> str:
    """Where a password goes."""
    if desk.passwords.persistent:
        return _("It is saved in the keyring of this computer.")
    return _("This computer has no keyring: you are asked again at every start.")
