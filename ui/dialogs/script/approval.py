"""Asks in place who of the client's has approved a version, and how he said so."""

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


class ApprovalBar(QFrame):
    """Main thread. `given` carries by whom and how."""

    given = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        wear(self, surface="plain")
        self.who = Line("", 200, _("for example {name}").format(name="Erika Muster"))
        self.who.setAccessibleName(_("Who has agreed"))
        self.how = Line("", 200, _("for example by e-mail, signed"))
        self.how.setAccessibleName(_("How"))
        self.note = KeyButton(_("Note it"), "⏎", kind="primary")
        line = QHBoxLayout(self)
        line.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        line.setSpacing(2 * GRID)
        for words, field in ((_("Who has agreed"), self.who), (_("How"), self.how)):
            label = Label(words, "label")
            label.setBuddy(field)
            line.addWidget(label)
            line.addWidget(field, 1)
        line.addWidget(self.note)
        self.note.clicked.connect(self._give)
        self.hide()

    def ask(self, *, anew: bool) -> None:
        """Ask; `anew` about another version, of which nothing was typed yet."""
        if anew:
            self.who.clear()
            self.how.clear()
        self.show()
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif self.who.hasFocus() and self.who.text().strip():
            self.how.setFocus()
        else:
            self._give()

    def _give(self) -> None:
        self.given.emit(self.who.text(), self.how.text())
