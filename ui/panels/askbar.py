"""Bars above the panels in which something is asked that is not about the shown call's fields."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from receptionist.i18n import _
from ui.actions import hint
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.inputs import Line
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear
from ui.widgets.stateline import StateLine

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LONGEST = 500


class Bar(QFrame):
    """A bar that takes the keyboard when it opens and gives it back when it closes. Main thread.

    `left` says that the keyboard came from nowhere that is still there. What stands aside keeps
    what was typed.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        wear(self, surface="card")
        self.is_aside = False
        self._before: QWidget | None = None
        self.state = StateLine()
        self.leave_button = KeyButton(_("Cancel"), hint("put_away"), "quiet")
        self.leave_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc is its key
        self.leave_button.clicked.connect(self.close_down)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        self.column.setSpacing(2 * GRID)
        self.hide()

    @property
    def has_keyboard(self) -> bool:
        """Whether somebody works here."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def come(self) -> None:
        """Open, and remember where the keyboard was."""
        if self.isHidden() or not self.has_keyboard:
            self._before = QApplication.focusWidget()
        self.is_aside = False
        self.state.tell("")
        self.show()

    def give_back(self) -> bool:
        """Close if the keyboard is here; whether that was so."""
        here = self.has_keyboard
        if here:
            self.close_down()
        return here

    def close_down(self) -> None:
        """Ask nothing; who typed elsewhere before goes on there."""
        self.is_aside = False
        before, self._before = self._before, None
        if self.has_keyboard:
            if before is not None and isValid(before) and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.left.emit()
        self.hide()

    def step_aside(self, aside: bool) -> None:
        """Stand out of sight while somebody of another client is spoken to; then as it was."""
        if aside and not self.isHidden():
            self.is_aside = True
            if self.has_keyboard:
                self.left.emit()
            self.hide()
        elif not aside and self.is_aside:
            self.is_aside = False
            self.show()

    def refuse(self, sentence: str) -> None:
        """It was not taken; what was typed stays."""
        self.state.tell(sentence, "danger")


class AskBar(Bar):
    """One question, answered in a line. Main thread."""

    def __init__(self) -> None:
        super().__init__()
        self._then: Callable[[str], str] = lambda _text: ""
        self.call_id: UUID | None = None
        """The call it is about."""
        self._drafts: dict[UUID, str] = {}
        self._words = Label(role="strong", wrap=True)
        self.text = Line("", _LONGEST)
        self.done_button = KeyButton("", "⏎", "primary")
        self.done_button.clicked.connect(self._enter)
        line = row()
        line.addWidget(self._words, 1)
        line.addWidget(self.text, 2)
        line.addWidget(self.leave_button)
        line.addWidget(self.done_button)
        self.column.addLayout(line)
        self.column.addWidget(self.state)

    @property
    def words(self) -> str:
        """What is asked, and what is wrong."""
        return "\n".join(filter(None, (self._words.text(), self.state.words)))

    def ask(
        self,
        words: str,
        button: str,
        example: str,
        then: Callable[[str], str],
        given: str = "",
        *,
        call_id: UUID,
    ) -> None:
        """Ask, with `given` to be overwritten; `then` takes the answer, or says why it does not.

        What is typed stays when it is asked about the same call once more.
        """
        again = not self.isHidden() and self.call_id == call_id
        if self.is_aside and self.call_id is not None:
            self._drafts[self.call_id] = self.text.text()
        self.come()
        if again:
            self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._then, self.call_id = then, call_id
        self._words.setText(words)
        self.setAccessibleName(words)
        self.text.setAccessibleName(words)
        self.text.setPlaceholderText(example)
        draft = self._drafts.pop(call_id, "")
        self.text.setText(draft or given)
        if not draft:
            self.text.selectAll()
        self.done_button.relabel(button)
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        announce(self, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in ENTER:
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        wrong = self._then(self.text.text())
        if wrong:
            self.state.tell(wrong, "attention")
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.close_down()
