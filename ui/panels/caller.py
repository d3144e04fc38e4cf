"""Who calls and what they want: typed text belongs to the shown call from the first letter."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit

from receptionist.i18n import _
from receptionist.model.call import Call
from ui.actions import hint
from ui.models.history import CallerHistory
from ui.models.words import one_line, other_side
from ui.panels.history import HistoryPanel
from ui.theme.sheet import GRID
from ui.widgets.card import Card, row
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label

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
    e-mail address when that was typed and is left, `look_up` wants what is known of the client.

    The number is "" while it is the one that was signalled. The fields are there for who leads the
    keyboard or reads the screen.
    """

    typed = Signal(object, object)
    turned = Signal()
    email_typed = Signal(object, str)
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
        self._aside: dict[QLineEdit, Label] = {}
        self.note = _Note()
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(
            _("What it is about, other numbers to call back, what was promised")
        )
        for field in (self.name, self.number, self.email, self.address):
            field.textEdited.connect(self._typed)
        self.email.editingFinished.connect(self.leave_email)
        self.note.textChanged.connect(self._typed)
        self.name.returnPressed.connect(lambda: self._take_name(self._known_as))
        self.history.taken.connect(self._take_name)
        self.history.left.connect(self.go)
        self._arrange()

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(GRID)
        fields = (
            (_("Name"), self.name, 0, 0, 1),
            (_("Telephone"), self.number, 3, 0, 1),
            (_("Note"), self.note, 0, 1, 5),
        )
        for text, field, line, column, lines in fields:
            label = Label(text, "label")
            label.setBuddy(field)
            field.setAccessibleName(text)
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
        self.column.addWidget(self.history)
        self.name.setToolTip(_("Go here with {key}").format(key=hint("caller")))

    @property
    def typing(self) -> bool:
        """Whether the keyboard is in one of the fields."""
        fields = (self.name, self.number, self.email, self.address, self.note)
        return any(field.hasFocus() for field in fields)

    def go(self) -> None:
        """Put the keyboard into the name."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.end(False)

    def go_address(self) -> None:
        """Put the keyboard into the address, where it is needed."""
        if self.address.isVisible():
            self.address.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.address.end(False)

    def leave_email(self) -> None:
        """Hand over an e-mail address that was typed since it was shown."""
        if self._call_id is not None and self.email.isModified():
            self.email.setModified(False)
            self.email_typed.emit(self._call_id, self.email.text())

    def show_needed(self, *, address: bool, email: bool) -> None:
        """Offer the fields that are useful for what is booked; what was typed stays to be seen."""
        for field, needed in ((self.address, address), (self.email, email)):
            shown = needed or bool(field.text()) or field.hasFocus()
            field.setVisible(shown)
            self._aside[field].setVisible(shown)

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

    def _add_aside(self, grid: QGridLayout) -> None:
        """What is seldom needed, in a line of its own below."""
        words = {self.email: _("E-mail"), self.address: _("Address, with postcode")}
        for column, (field, text) in enumerate(words.items()):
            label = Label(text, "label")
            label.setBuddy(field)
            field.setAccessibleName(text)
            field.hide()
            label.hide()
            self._aside[field] = label
            grid.addWidget(label, 6, column)
            grid.addWidget(field, 7, column)


class _Note(QPlainTextEdit):
    """Takes what room there is, and asks for little."""

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(240, 80)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(120, 60)
