"""What is to be minded while answering for the client of the shown call."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.plain import plain
from ui.widgets.label import Label


class Instructions(Label):
    """The client's notes; without any it takes no room. Main thread."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(role="instruction", wrap=True, parent=parent)
        self.setAccessibleDescription(_("What to mind"))

    def show_client(self, client: Client | None) -> None:
        """Show what this client wants minded."""
        self.tell(plain(client.notes, lines=True) if client else "")
