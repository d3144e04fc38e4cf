"""The question before a part is taken out of the office: what depends on it, in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from receptionist.i18n import _
from ui.theme.sheet import GRID
from ui.widgets.icon import Icon
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear


class RemovalBar(QFrame):
    """Main thread. `confirmed` says yes, `stayed` no; no is what Enter and Esc say."""

    confirmed = Signal()
    stayed = Signal()

    def __init__(self) -> None:
        super().__init__()
        wear(self, surface="danger")
        self._words = Label(wrap=True)
        wear(self._words, tone="danger")
        self.keep_button = KeyButton(_("Keep it"), kind="primary")
        self.remove_button = KeyButton(_("Delete"), kind="danger")
        self.keep_button.clicked.connect(self.stay)
        self.remove_button.clicked.connect(self._confirm)
        line = QHBoxLayout(self)
        line.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        line.setSpacing(2 * GRID)
        line.addWidget(Icon("alert", "danger"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._words, 1)
        line.addWidget(self.keep_button)
        line.addWidget(self.remove_button)
        self.hide()

    @property
    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def wait(self, name: str) -> None:
        """What depends on it is being looked up."""
        self._say(_("Looking up what depends on “{name}” …").format(name=name), False)

    def ask(self, sentence: str, may_go: bool) -> None:
        """Say what depends on it, and ask, unless it has to stay."""
        self._say(sentence, may_go)

    def refuse(self, sentence: str) -> None:
        """Say why it has to stay."""
        self._say(sentence, False)

    def stay(self) -> None:
        """Nothing is deleted."""
        if self.isVisible():
            self.hide()
            self.stayed.emit()

    def put_away(self) -> None:
        """Something else is shown now."""
        self.hide()

    def _confirm(self) -> None:
        self.remove_button.setEnabled(False)
        self.confirmed.emit()

    def _say(self, sentence: str, may: bool) -> None:
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.remove_button.setVisible(may)
        self.remove_button.setEnabled(may)
        self.keep_button.relabel(_("Keep it") if may else _("Close"))
        self.show()
        self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, sentence)
