"""The line that asks for a note before a caller is parked. It stands above the verbs."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from receptionist.i18n import _
from receptionist.model.call import UP, Call
from ui.actions import hint
from ui.theme.sheet import GRID
from ui.widgets.inputs import Line
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear

_LONGEST = 120


class _NoteLine(Line):
    """Enter is the line's own."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class ParkLine(QFrame):
    """Main thread. `noted` carries the call's id and the note, which may be empty.

    `interrupted` says that the keyboard has to go elsewhere: the call is over or not shown.
    """

    noted = Signal(object, str)
    interrupted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.call_id: UUID | None = None
        wear(self, surface="plain")
        self._words = Label(wrap=True)
        self._field = _NoteLine("", _LONGEST, _("for example {name}").format(name=_("Mr Muster")))
        self._field.setMinimumWidth(160)
        self._button = KeyButton(_("Park"), hint("park"), "primary")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._field, 2)
        layout.addWidget(self._button)
        self._field.entered.connect(self._enter)
        self._button.clicked.connect(self._enter)
        self.hide()

    @property
    def note(self) -> str:
        """What was typed."""
        return self._field.text().strip()

    @property
    def has_keyboard(self) -> bool:
        """Whether somebody types here."""
        return self._field.hasFocus()

    def ask(self, call_id: UUID, words: str) -> None:
        """Ask for the note about a call, with the keyboard here."""
        self.call_id = call_id
        self._words.setText(words)
        self._field.setAccessibleName(words)
        self._field.clear()
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        announce(self, words)

    def follow(self, call: Call) -> None:
        """Another call is shown now, or this one is over: nothing is asked any more."""
        if self.call_id is None or (self.call_id == call.id and call.state in UP):
            return
        if self.has_keyboard:
            self.interrupted.emit()
        self.close_down()

    def give_back(self) -> bool:
        """Ask nothing if somebody types here; whether that was so."""
        typed = self.has_keyboard
        if typed:
            self.close_down()
        return typed

    def close_down(self) -> None:
        """Ask nothing."""
        self.call_id = None
        self.hide()

    def _enter(self) -> None:
        if self.call_id is not None:
            self.noted.emit(self.call_id, self.note)
