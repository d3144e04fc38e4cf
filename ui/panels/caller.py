"""Who calls and what they want: typed text belongs to the shown call from the first letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from html import escape
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit

from receptionist.i18n import _
from receptionist.model.call import Call
from receptionist.model.script import CallField
from ui.actions import hint
from ui.models.asked import Asked
from ui.models.history import CallerHistory
from ui.models.words import one_line, other_side
from ui.panels.history import HistoryPanel
from ui.theme.sheet import GRID
from ui.widgets.card import Card, row
from ui.widgets.field import Fault
from ui.widgets.inputs import tab_through
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, wear
from ui.widgets.scroll import reveal

_LONGEST_NAME = 200
_LONGEST_NUMBER = 40
_LONGEST_EMAIL = 254
_LONGEST_NOTE = 20_000
_FRAME_PX = 22
_LONGEST_TITLE = 24


class CallerPanel(Card):
    """Name, number and note; e-mail and address where they are needed. Main thread.

    `typed` carries the call's id and its texts by their names.

    `turned` says that they belong to another call now, `email_typed` carries the call's id and its
    e-mail address when that was typed and is left, `onward` the field after which the next prompt
    of the script is wanted, `look_up` wants what is known of the client.

    The number is "" while it is the one that was signalled. The fields are there for who leads the
    keyboard or reads the screen.
    """

    typed = Signal(object, object)
    turned = Signal()
    email_typed = Signal(object, str)
    onward = Signal(object)
    look_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Caller"))
        self._call_id: UUID | None = None
        self._known_as = ""
        self.history = HistoryPanel()
        self.name = QLineEdit()
        self.name.setMaxLength(_LONGEST_NAME)
        self.number = QLineEdit()
        self.number.setMaxLength(_LONGEST_NUMBER)
        self._signalled = self._signalled_name = ""
        self.email = QLineEdit()
        self.email.setMaxLength(_LONGEST_EMAIL)
        self.address = QLineEdit()
        self.address.setMaxLength(_LONGEST_NAME)
        self._knowledge = KeyButton(_("Look up"), hint("knowledge"), "quiet")
        self._knowledge.clicked.connect(self.look_up)
        self._labels: dict[CallField, tuple[Label, str]] = {}
        self._asked: dict[CallField, Asked] = {}
        self.note = _Note()
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(
            _("What it is about, other numbers to call back, what was promised")
        )
        self._fault = Fault()
        self.fields: dict[CallField, QLineEdit | QPlainTextEdit] = {
            CallField.NAME: self.name,
            CallField.PHONE: self.number,
            CallField.NOTE: self.note,
            CallField.EMAIL: self.email,
            CallField.ADDRESS: self.address,
        }
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        for field in (self.name, self.number, self.email, self.address):
            field.textEdited.connect(self._typed)
        self.email.editingFinished.connect(self.leave_email)
        self.note.textChanged.connect(self._typed)
        self.name.returnPressed.connect(lambda: self._take_name(self._known_as))
        for place, line in self.fields.items():
            if isinstance(line, QLineEdit):
                line.returnPressed.connect(partial(self.onward.emit, place))
        self.history.taken.connect(self._take_name)
        self.history.left.connect(self.go)

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(GRID)
        fields = (
            (CallField.NAME, _("Name"), 0, 0, 1),
            (CallField.PHONE, _("Telephone"), 3, 0, 1),
            (CallField.NOTE, _("Note"), 0, 1, 5),
        )
        for place, text, line, column, lines in fields:
            field, label = self.fields[place], self._label(place, text)
            head = row()
            head.addWidget(label, 1)
            if field is self.note:
                head.addWidget(self._knowledge)
                head.addWidget(Label(hint("message"), "key"))
            grid.addLayout(head, line, column)
            grid.addWidget(field, line + 1, column, lines, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setRowMinimumHeight(2, GRID)
        grid.setRowStretch(5, 1)
        self._add_aside(grid)
        self.column.setSpacing(GRID)
        self.column.addLayout(grid, 1)
        self.column.addWidget(self._fault)
        self.column.addWidget(self.history)
        links = (self._knowledge, self.history.button)
        tab_through((self.name, self.number, self.note, self.email, self.address, *links))
        self.name.setToolTip(_("Go here with {key}").format(key=hint("caller")))

    @property
    def typing(self) -> bool:
        """Whether the keyboard is in one of the fields."""
        return self.current is not CallField.NONE

    @property
    def naming(self) -> bool:
        """Whether somebody types who it is."""
        return self.name.hasFocus() or self.number.hasFocus()

    @property
    def current(self) -> CallField:
        """Which of the fields has the keyboard."""
        found = (place for place, field in self.fields.items() if field.hasFocus())
        return next(found, CallField.NONE)

    @property
    def fault(self) -> str:
        """What is wrong with what the script asks for here, as it is shown."""
        return self._fault.words if not self._fault.isHidden() else ""

    def label(self, place: CallField) -> str:
        """What stands above a field."""
        return self._labels[place][0].text()

    def go(self) -> None:
        """Put the keyboard into the name, and the name where it is seen."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.end(False)
        reveal(self._labels[CallField.NAME][0])
        reveal(self.name)

    def go_address(self) -> None:
        """Put the keyboard into the address, where it is needed."""
        self.go_to(CallField.ADDRESS)

    def go_to(self, place: CallField) -> None:
        """Put the keyboard into one of the fields, if it is there."""
        field = self.fields[place]
        if isinstance(field, QPlainTextEdit):
            self.go_note()
        elif field.isVisible():
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.end(False)
        reveal(self._labels[place][0])
        reveal(field)

    @property
    def caret(self) -> int:
        """Before which character the keyboard stands in the field that has it."""
        field = self.fields.get(self.current, self.name)
        if isinstance(field, QPlainTextEdit):
            return field.textCursor().position()
        return field.cursorPosition()

    def put_cursor(self, place: CallField, at: int) -> None:
        """Put the keyboard back to where it stood in one of the fields."""
        self.go_to(place)
        field = self.fields[place]
        if isinstance(field, QPlainTextEdit):
            cursor = field.textCursor()
            cursor.setPosition(min(at, len(field.toPlainText())))
            field.setTextCursor(cursor)
        else:
            field.setCursorPosition(at)

    def leave_email(self) -> None:
        """Hand over an e-mail address that was typed since it was shown."""
        if self._call_id is not None and self.email.isModified():
            self.email.setModified(False)
            self.email_typed.emit(self._call_id, self.email.text())

    def show_needed(self, *, address: bool, email: bool) -> None:
        """Offer the fields that are useful for what is booked; what was typed stays to be seen."""
        useful = (
            (CallField.ADDRESS, self.address, address),
            (CallField.EMAIL, self.email, email),
        )
        for place, field, needed in useful:
            asked = needed or place in self._asked
            shown = asked or bool(field.text()) or field.hasFocus()
            field.setVisible(shown)
            self._labels[place][0].setVisible(shown)

    def show_asked(self, asked: Sequence[Asked]) -> None:
        """Show what the script of the call asks for that is typed here: what it is called there,
        whether it is required, and whether it was read back."""
        self._asked = {one.into: one for one in asked if one.now and one.into}
        for place, (label, text) in self._labels.items():
            one = self._asked.get(place)
            label.setText(_label_words(text, one))
            wear(label, role="section" if one is not None and one.lacks else "label")
            if place is not CallField.NAME:
                self.fields[place].setAccessibleDescription(one.aloud if one else "")
        wrong = (one for place, one in self._asked.items() if not self.fields[place].hasFocus())
        fault = next((one.fault for one in wrong if one.fault), "")
        self._fault.tell(fault, self)

    def go_note(self) -> None:
        """Put the keyboard at the end of the note, if there is a call."""
        if self._call_id is not None and self.note.isVisible():
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.note.moveCursor(QTextCursor.MoveOperation.End)

    def show_call(self, call: Call) -> None:
        """Show the texts of `call`. What is being typed is never replaced by itself."""
        if call.id != self._call_id:
            if self.typing:
                QGuiApplication.inputMethod().commit()
            self.leave_email()
            self._call_id = call.id
            self.history.forget()
            self._fill(call)
            self.turned.emit()
        elif {name: getattr(call, name) for name in self._texts()} != self._texts():
            self._fill(call)
        self.number.setPlaceholderText(_("withheld: please ask"))
        self._signalled_name = one_line(call.caller.name)
        self._suggest()

    def show_history(self, history: CallerHistory) -> None:
        """Show what is known of the caller; an empty name field suggests the name."""
        self.history.show_history(history)
        self._known_as = history.name
        self._suggest()

    def suggest(self, title: str) -> None:
        """Name what the note speaks of, quietly: in the button that leads there."""
        short = one_line(title, _LONGEST_TITLE)
        self._knowledge.relabel(
            _("On this: {title}").format(title=short) if short else _("Look up")
        )
        self._knowledge.setToolTip(f"<span>{escape(title)}</span>" if title else "")

    def _suggest(self) -> None:
        if self._known_as:
            words = _("{name}? Take it with Enter")
            room = self.name.width() - _FRAME_PX
            metrics = QFontMetrics(self.name.font())
            rest = metrics.horizontalAdvance(words.format(name=""))
            name = metrics.elidedText(self._known_as, Qt.TextElideMode.ElideRight, room - rest)
            text = words.format(name=name)
        else:
            signalled = self._signalled_name
            text = _("signalled: {name}").format(name=signalled) if signalled else ""
        self.name.setPlaceholderText(text)
        self.name.setAccessibleDescription(text)

    def _take_name(self, name: str) -> None:
        """Take a known name over, unless one was typed."""
        if name and not self.name.text().strip():
            self.name.setText(name)
            self._typed()

    def _fill(self, call: Call) -> None:
        # Always set, even when equal: that clears the undo history of the call before.
        self._signalled = other_side(replace(call, caller_number=""))
        self.name.setText(call.caller_name)
        self.number.setText(call.caller_number or self._signalled)
        self.email.setText(call.caller_email)
        self.address.setText(call.caller_address)
        self.note.blockSignals(True)
        self.note.setPlainText(call.note)
        self.note.blockSignals(False)

    def _texts(self) -> dict[str, str]:
        number = self.number.text()
        return {
            "caller_name": self.name.text(),
            "caller_number": "" if number == self._signalled else number,
            "caller_email": self.email.text(),
            "caller_address": self.address.text(),
            "note": self.note.toPlainText(),
        }

    def _typed(self) -> None:
        if self._call_id is not None:
            texts = self._texts()
            texts["note"] = texts["note"][:_LONGEST_NOTE]
            self.typed.emit(self._call_id, texts)

    def _label(self, place: CallField, text: str) -> Label:
        label, field = Label(text, "label"), self.fields[place]
        label.setBuddy(field)
        field.setAccessibleName(text)
        self._labels[place] = label, text
        return label

    def _add_aside(self, grid: QGridLayout) -> None:
        """What is seldom needed, in a line of its own below."""
        words = {CallField.EMAIL: _("E-mail"), CallField.ADDRESS: _("Address, with postcode")}
        for column, (place, text) in enumerate(words.items()):
            field, label = self.fields[place], self._label(place, text)
            field.hide()
            label.hide()
            grid.addWidget(label, 6, column)
            grid.addWidget(field, 7, column)


def _label_words(text: str, one: Asked | None) -> str:
    """The field's own name, that of the prompt where it is another, and its marks."""
    if one is None:
        return text
    words = text if one.label.casefold() in text.casefold() else f"{text}: {one.label}"
    words = f"{words} *" if one.required else words
    return f"{words}  ✓" if one.verified else words


class _Note(QPlainTextEdit):
    """Takes what room there is, and asks for little."""

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(240, 80)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(120, 60)
