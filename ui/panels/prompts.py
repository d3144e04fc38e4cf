"""What is asked for the chosen call reason, and what is to be minded meanwhile."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.script import CallField
from ui.models.asked import Asked
from ui.models.course import ShownCourse
from ui.panels.promptrow import PromptRow
from ui.theme.sheet import GRID
from ui.widgets.card import Card
from ui.widgets.inputs import tab_through
from ui.widgets.label import Label
from ui.widgets.scroll import reveal


class PromptsCard(Card):
    """Instruction and fields of a call reason. Main thread.

    `typed` carries the call's id, the key of a prompt and what was typed for it; `onward` the key
    of the prompt after which the next one is wanted. `orphaned` says that the field with the
    keyboard is gone. What goes into the call's own fields is asked there, and not here.
    """

    typed = Signal(object, str, str)
    onward = Signal(str)
    orphaned = Signal()

    def __init__(self, before: QWidget, after: QWidget) -> None:
        """Tab leads from the widget `before` through the fields to the one `after`."""
        super().__init__(_("Script"))
        self._before, self._after = before, after
        self._shown: tuple[object, ...] = ()
        self._call_id: UUID | None = None
        self._rows: dict[str, PromptRow] = {}
        self._instruct = Label(role="instruction", wrap=True)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(2 * GRID)
        self.column.addWidget(self._instruct)
        self.column.addLayout(self._fields)
        self.hide()

    @property
    def current(self) -> str:
        """The key of the prompt whose field has the keyboard, "" for none."""
        return next((key for key, one in self._rows.items() if one.field.hasFocus()), "")

    @property
    def instruction(self) -> str:
        """What is to be minded, not said."""
        return self._instruct.text()

    def field(self, key: str) -> PromptRow:
        """The field of a prompt."""
        return self._rows[key]

    @property
    def caret(self) -> int:
        """Before which character the keyboard stands in the field that has it."""
        row = self._rows.get(self.current)
        return row.field.cursorPosition() if row is not None else 0

    def put_cursor(self, key: str, at: int) -> None:
        """Put the keyboard back to where it stood in a prompt, if that is asked still."""
        if key in self._rows and self._rows[key].isVisibleTo(self):
            self.go(key)
            self._rows[key].field.setCursorPosition(at)

    def go(self, key: str) -> None:
        """Put the keyboard into the field of a prompt, and what is asked after it in view too."""
        self._rows[key].go()
        reveal(self)
        reveal(self._rows[key])

    def show_course(self, course: ShownCourse | None) -> None:
        """Show what is asked now."""
        shown = course is not None and bool(course.instruct or _own(course))
        before = self.current
        if course is not None and shown:
            self._make(course)
            self.heading.setText(course.title)
            self.setAccessibleName(_("Script: {reason}").format(reason=course.title))
            for one in _own(course):
                self._rows[one.key].show_asked(one)
            instruct = _("Instruction: {words}").format(words=course.instruct)
            self._instruct.tell(instruct if course.instruct else "")
        self.setVisible(shown)
        if before and self.current != before:
            self.orphaned.emit()

    def _make(self, course: ShownCourse) -> None:
        """Fields for another call or call reason; those of the one before are gone."""
        own = _own(course)
        fields = [(one.key, one.label, one.kind, one.choices) for one in own]
        shown = (course.call_id, course.reason, fields)
        if shown == self._shown:
            return
        if self.current:
            QGuiApplication.inputMethod().commit()
        self._shown, self._call_id = shown, course.call_id
        for gone in self._rows.values():
            self._fields.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._rows = {one.key: self._row(course.call_id, one) for one in own}
        tab_through((self._before, *(one.field for one in self._rows.values()), self._after))

    def _row(self, call_id: UUID, one: Asked) -> PromptRow:
        made = PromptRow(one)
        made.typed.connect(partial(self.typed.emit, call_id, one.key))
        made.onward.connect(partial(self.onward.emit, one.key))
        self._fields.addWidget(made)
        return made


def _own(course: ShownCourse) -> tuple[Asked, ...]:
    """What is asked in this card, and not in the call's own fields."""
    return tuple(one for one in course.asked if one.into is CallField.NONE)
