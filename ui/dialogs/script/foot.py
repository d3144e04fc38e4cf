"""The buttons below a script, and what became of the last of them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from receptionist.i18n import _
from ui.widgets.card import row
from ui.widgets.keybutton import KeyButton
from ui.widgets.stateline import StateLine


class Foot(QWidget):
    """Insert, versions, discard, save. Main thread."""

    def __init__(self, insert_key: str, versions_key: str, save_key: str) -> None:
        super().__init__()
        self.insert = KeyButton(_("Insert …"), insert_key)
        self.versions = KeyButton(_("Versions"), versions_key)
        self.state = StateLine()
        self.discard = KeyButton(_("Discard changes"))
        self.save = KeyButton(_("Save …"), save_key, kind="primary")
        line = row()
        line.addWidget(self.insert)
        line.addWidget(self.versions)
        line.addWidget(self.state, 1)
        line.addStretch(0)
        line.addWidget(self.discard)
        line.addWidget(self.save)
        self.setLayout(line)
