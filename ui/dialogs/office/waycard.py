"""The way from a client's form to something of his that has a place of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt

from receptionist.i18n import _
from ui.widgets.card import Card, row
from ui.widgets.keybutton import KeyButton, literal
from ui.widgets.label import Label


class WayCard(Card):
    """A button, and in a line what is found behind it. Main thread."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.button = KeyButton(self.text)
        self._summary = Label(role="label", wrap=True)
        line = row()
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._summary, 1)
        self.column.addLayout(line)

    def summarise(self, words: str, *, ready: bool) -> None:
        """Say what is there; not `ready` while the client is not saved."""
        self.button.setEnabled(ready)
        self._summary.tell(words if ready else _("Save the client first."))

    def wear_letter(self, letter: str) -> None:
        """Let Alt and a letter of its words press the button."""
        at = self.text.lower().find(letter) if letter else -1
        words = literal(self.text)
        if at >= 0:
            words = f"{literal(self.text[:at])}&{literal(self.text[at:])}"
        self.button.setText(words)
        self.button.setAccessibleName(self.text)
