"""What the script of the shown call leads to: one button, and beside it whether that can be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from receptionist.model.script import ActionKind
from ui.actions import hint
from ui.models.course import ShownCourse
from ui.widgets.card import row
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LeadLine(QWidget):
    """Stands above the verbs and never scrolls. Main thread; `act` wants it to be done.

    What became of it stands beside it once it was done.
    """

    act = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.button = KeyButton("", hint("act"), "primary")
        self.button.clicked.connect(self.act)
        self._state = Label(wrap=True)
        line = row()
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._state, 1)
        self.setLayout(line)
        self.hide()

    @property
    def words(self) -> str:
        """What is said beside the button."""
        return self._state.text()

    def go(self) -> None:
        """Put the keyboard on the button."""
        self.button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter, which led here from prompt to prompt, does it; held down too long it does not."""
        if event.key() not in _ENTER or not self.button.hasFocus():
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.button.click()

    def show_course(self, course: ShownCourse | None) -> None:
        """Show what the chosen call reason leads to; what only can be booked has its key anyway."""
        lead = course.lead if course is not None else None
        if course is None or lead is None or not _worth(course):
            self.hide()
            return
        self.button.relabel(lead.words)
        words, tone = (course.told, "plain") if course.told else (lead.state, lead.tone)
        if course.told and course.told != self.words:
            announce(self, course.told)
        self._state.setText(words)
        wear(self._state, tone=tone)
        self.show()


def _worth(course: ShownCourse) -> bool:
    books = course.action is not None and course.action.do is ActionKind.BOOK
    return course.scripted or not books
