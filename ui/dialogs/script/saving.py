"""Asks in place why a script was changed, before a new version is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from receptionist.i18n import _
from ui.theme.sheet import GRID
from ui.widgets.inputs import Line
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, wear

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WhyBar(QFrame):
    """Main thread. `given` carries why, and whether it is to count at once; `stayed` is neither."""

    given = Signal(str, bool)
    stayed = Signal()

    def __init__(self) -> None:
        super().__init__()
        wear(self, surface="plain")
        self.line = Line("", 200, _("for example Dr. Muster asked for it on the telephone"))
        self.line.setAccessibleName(_("Why was it changed?"))
        label = Label(_("Why was it changed?"), "label")
        label.setBuddy(self.line)
        self.save = KeyButton(_("Save, it counts at once"), "⏎", kind="primary")
        self.keep = KeyButton(_("Keep as a draft"))
        self.stay = KeyButton(_("Keep editing"), "Esc")
        line = QHBoxLayout(self)
        line.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        line.setSpacing(2 * GRID)
        line.addWidget(label)
        line.addWidget(self.line, 1)
        for button in (self.save, self.keep, self.stay):
            line.addWidget(button)
        self.save.clicked.connect(lambda: self._give(True))
        self.keep.clicked.connect(lambda: self._give(False))
        self.stay.clicked.connect(self.stayed)
        self.hide()

    def ask(self, usual: str = "") -> None:
        """Ask; `usual` stands there already."""
        if not self.isVisible():
            self.line.setText(usual)
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in _ENTER and self.line.hasFocus():
            self._give(True)
        else:
            super().keyPressEvent(event)

    def _give(self, counts: bool) -> None:
        self.given.emit(self.line.text().strip(), counts)
