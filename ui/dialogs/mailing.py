"""The password of the mail server, and whether the server takes it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.letter import MAIL_SECRET, MailServer
from ui.dialogs.office.secret import SecretLine, promise
from ui.post import while_there
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.field import Field
from ui.widgets.keybutton import KeyButton
from ui.widgets.stateline import StateLine


class MailCard(QWidget):
    """Below the fields of the mail server. Main thread. `server` says what they say.

    Trying keeps a password that was typed: the server can only be asked with one that is kept.
    """

    def __init__(self, desk: Desk, server: Callable[[], MailServer | None]) -> None:
        super().__init__()
        self._desk, self._server = desk, server
        self._line = SecretLine(desk, MAIL_SECRET, is_new=False)
        self.password = Field("mail_password", _("Password"), self._line, promise(desk))
        self.again, self.state = KeyButton(_("Try the mail server")), StateLine()
        self.again.clicked.connect(self.attempt)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * GRID)
        column.addWidget(self.password)
        verbs = row()
        verbs.addWidget(self.again)
        verbs.addWidget(self.state, 1)
        column.addLayout(verbs)

    def keep(self) -> None:
        """Keep a password that was typed."""
        secret = self._line.secret
        if secret is not None:
            self._desk.passwords.keep(MAIL_SECRET, secret)
            self._line.clear()

    def attempt(self) -> None:
        """Log in to the server that stands in the fields, and say what came of it."""
        server = self._server()
        if server is None:
            self.state.tell(_("First enter the mail server and the sender's address."), "attention")
            return
        self.state.tell(_("The mail server is being asked …"), "plain")
        secret = self._line.secret
        if secret is None:
            self._ask(server)
            return
        self._line.clear()
        self._desk.passwords.keep(
            MAIL_SECRET,
            secret,
            while_there(self, lambda: self._ask(server)),
            while_there(self, self._refused),
        )

    def _ask(self, server: MailServer) -> None:
        self._desk.letters.check_server(
            server, while_there(self, self._took), while_there(self, self._refused)
        )

    def _took(self) -> None:
        self.state.tell(_("The mail server takes letters from this office."), "good")

    def _refused(self, error: Exception) -> None:
        self.state.tell(str(error), "danger")
