"""What the office window says and asks in place: who rings, and what is not saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from receptionist.i18n import _
from ui.actions import hint
from ui.models.stage import Seen
from ui.models.words import client_words
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.icon import Icon
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear
from ui.widgets.stateline import StateLine


class RingingLine(StateLine):
    """Says who rings while the window is covered. Main thread; takes no keyboard."""

    def show_call(self, seen: Seen | None) -> None:
        """Show the call that the answer key takes, or none."""
        if seen is None:
            self.tell("")
            return
        words = _("It rings for {client}. {key} answers; what you typed here stays.")
        self.tell(
            words.format(client=client_words(seen.client, seen.call), key=hint("answer")),
            "attention",
            icon="phone",
        )


class UnsavedBar(QFrame):
    """Asks what to do with what is not saved. Main thread; `save`, `discard` or `stay` answers."""

    save = Signal()
    discard = Signal()
    stay = Signal()

    def __init__(self) -> None:
        super().__init__()
        wear(self, surface="attention")
        self._words = Label(wrap=True)
        wear(self._words, tone="attention")
        self.stay_button = KeyButton(_("Keep editing"), kind="primary")
        self.save_button = KeyButton(_("Save"))
        self.discard_button = KeyButton(_("Discard"), kind="danger")
        line = QHBoxLayout(self)
        line.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        line.setSpacing(2 * GRID)
        line.addWidget(Icon("alert", "attention"))
        line.addWidget(self._words, 1)
        for button, answer in (
            (self.stay_button, self.stay),
            (self.save_button, self.save),
            (self.discard_button, self.discard),
        ):
            button.clicked.connect(answer)
            line.addWidget(button)
        self.hide()

    def ask(self, names: Sequence[str]) -> None:
        """Ask, with the keyboard on the answer that changes nothing."""
        words = _("Not saved yet: {names}.").format(names=", ".join(names))
        self._words.setText(words)
        self.setAccessibleName(words)
        self.show()
        self.stay_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, words)


class Foot(QWidget):
    """Delete, discard and save, and what became of the last of them. Main thread."""

    def __init__(self, save_key: str) -> None:
        super().__init__()
        self.delete = KeyButton(_("Delete …"))
        self.discard = KeyButton(_("Discard changes"))
        self.save = KeyButton(_("Save"), save_key, kind="primary")
        self.state = StateLine()
        line = row()
        line.addWidget(self.delete)
        line.addWidget(self.state, 1)
        line.addStretch(0)
        line.addWidget(self.discard)
        line.addWidget(self.save)
        self.setLayout(line)
