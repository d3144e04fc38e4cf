"""The form of a block: its fields, what is wrong with each, and what is done with it as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from receptionist.i18n import _
from ui.actions import native
from ui.dialogs.script.answerrows import Answers
from ui.dialogs.script.conditionrows import Conditions
from ui.dialogs.script.entries import Day, Entry, Hours, ManyLines, OneLine, Pick, Tick, Weekdays
from ui.models.scriptform import BlockForm, FormField, Shape
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.field import Field
from ui.widgets.inputs import tab_through
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.scroll import Scroll, reveal
from ui.widgets.stateline import StateLine

UP, DOWN, REMOVE = "Ctrl+PgUp", "Ctrl+PgDown", "Ctrl+Shift+Del"
_LABEL = 148
_ROWS = {"text": 3, "instruct": 3}
Look = tuple[object, ...]


class _Undoing(QObject):
    """Lets what is taken back be taken back in the text, which is the only truth."""

    def __init__(self, undo: Callable[[], object], redo: Callable[[], object]) -> None:
        super().__init__()
        self._does = {
            QKeySequence.StandardKey.Undo: undo,
            QKeySequence.StandardKey.Redo: redo,
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        for key, do in self._does.items():
            if event.matches(key):
                event.accept()
                if event.type() is QEvent.Type.KeyPress:
                    do()
                return True
        return super().eventFilter(watched, event)


class FormView(QWidget):
    """Main thread. `filled` carries the name of a field and what was filled in; `spoken` the
    language whose words are wanted; `moved` a step; `removed` and `text_wanted` speak for
    themselves."""

    filled = Signal(str, object)
    spoken = Signal(str)
    moved = Signal(int)
    removed = Signal()
    text_wanted = Signal()

    def __init__(
        self, today: Callable[[], date], undo: Callable[[], object], redo: Callable[[], object]
    ) -> None:
        super().__init__()
        self._today = today
        self._undoing = _Undoing(undo, redo)
        self.entries: dict[str, Entry] = {}
        self.fields: dict[str, Field] = {}
        self._looks: dict[str, Look] = {}
        self._number = -1
        self.heading = Label(role="head", wrap=True)
        self.state = StateLine()
        self.tongues = {one: KeyButton(name, kind="segment") for one, name in _tongues()}
        self.up = KeyButton(_("Up"), native(UP))
        self.down = KeyButton(_("Down"), native(DOWN))
        self.remove = KeyButton(_("Delete"), native(REMOVE))
        self.to_text = KeyButton(_("Show the text"), native("Ctrl+6"))
        self._scroll = Scroll(_("Form"), spacing=3 * GRID)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._place()

    def _place(self) -> None:
        head = row()
        head.addWidget(self.heading, 1)
        for tongue, button in self.tongues.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, tongue=tongue: self.spoken.emit(tongue))
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(head)
        column.addWidget(self.state)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._verbs())
        self._scroll.column.addStretch(1)

    def _verbs(self) -> QHBoxLayout:
        line = row()
        for button in (self.up, self.down, self.remove, self.to_text):
            line.addWidget(button)
        line.addStretch(1)
        self.to_text.clicked.connect(self.text_wanted)
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        self.remove.clicked.connect(self.removed)
        return line

    # ---- what is shown

    def show_form(self, form: BlockForm, tongue: str) -> None:
        """Show the form of a block; a field that is there already stays as it is."""
        here, other = self.focused, form.number != self._number
        self.heading.setText(form.heading)
        for one, button in self.tongues.items():
            button.setVisible(form.speaks)
            button.setChecked(one == tongue)
        self.up.setEnabled(form.up)
        self.down.setEnabled(form.down)
        for button in (self.up, self.down, self.remove):
            button.setVisible(form.number > 0 and not form.closed)
        self.state.tell(form.closed or form.fault, "attention" if form.closed else "danger")
        self.to_text.setVisible(bool(form.closed))
        made = self._show_fields(form, tongue)
        if here and (other or here in made or here not in self.fields):
            self.go("" if other else here)

    @property
    def focused(self) -> str:
        """The field that has the keyboard; "" where none has it."""
        focus = self.window().focusWidget() if self.isVisible() else None
        names = (name for name, one in self.fields.items() if focus and one.isAncestorOf(focus))
        return next(names, "")

    def follow(self, widget: QWidget) -> None:
        """The keyboard came to a widget: what it takes back is taken back in the text."""
        if self._scroll.isAncestorOf(widget):
            widget.removeEventFilter(self._undoing)
            widget.installEventFilter(self._undoing)
            reveal(widget)

    def go(self, name: str = "", *, mark: bool = False) -> None:
        """Take the keyboard: into a field, the first by default; `mark` what stands there."""
        found = name if name in self.fields else next(iter(self.fields), "")
        if not found:
            self.to_text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.entries[found].go()
        if mark:
            self.entries[found].mark()
        reveal(self.fields[found])

    def insert(self, words: str) -> bool:
        """Write words into the field that has the keyboard; False where none can be written."""
        entry = self.entries.get(self.focused)
        return entry is not None and entry.insert(words)

    def _show_fields(self, form: BlockForm, tongue: str) -> list[str]:
        """The names of the fields that were made anew."""
        looks = {one.name: _look(one, tongue) for one in form.fields}
        same = form.number == self._number
        self._number = form.number
        kept = [name for name in self.fields if same and looks.get(name) == self._looks[name]]
        self._clear([name for name in self.fields if name not in kept])
        here = self.focused
        for at, one in enumerate(form.fields):
            if one.name not in kept:
                self._make(one, tongue)
                self._scroll.column.insertWidget(at, self.fields[one.name])
                self.fields[one.name].show()
            entry, field = self.entries[one.name], self.fields[one.name]
            entry.show_value(one.value)
            said = one.name != here or bool(field.fault)
            field.tell_fault((entry.fault or one.fault) if said else "")
        self._looks = looks
        self.fields = {name: self.fields[name] for name in looks}
        stops = [stop for one in form.fields for stop in self.entries[one.name].stops]
        tab_through([*self.tongues.values(), *stops, self.up, self.down, self.remove])
        return [name for name in looks if name not in kept]

    def _make(self, one: FormField, tongue: str) -> None:
        entry = _entry(one, tongue, self._today())
        ticks = one.shape is Shape.TICK
        field = Field(one.name, "" if ticks else one.label, entry.editor, one.hint, entry)
        entry.editor.setAccessibleName(one.label)
        field.narrow(_LABEL)
        self.entries[one.name], self.fields[one.name] = entry, field
        entry.changed.connect(lambda: self.filled.emit(one.name, entry.value))

    def _clear(self, names: Sequence[str]) -> None:
        for name in names:
            field = self.fields.pop(name)
            del self.entries[name]
            self._scroll.column.removeWidget(field)
            field.hide()
            field.deleteLater()


def _look(one: FormField, tongue: str) -> Look:
    return one.label, one.shape, one.hint, one.example, one.options, one.above, tongue


def _entry(one: FormField, tongue: str, today: date) -> Entry:
    value: object = one.value
    listed = value if isinstance(value, tuple) else ()
    makers: Mapping[Shape, Callable[[], Entry]] = {
        Shape.LINE: lambda: OneLine(str(value or ""), one.example),
        Shape.LINES: lambda: ManyLines(str(value or ""), one.example, _ROWS.get(one.name, 2)),
        Shape.PICK: lambda: Pick(one.options, value),
        Shape.TICK: lambda: Tick(one.label, bool(value)),
        Shape.WEEKDAYS: lambda: Weekdays(listed),
        Shape.HOURS: lambda: Hours(value, one.example),
        Shape.DAY: lambda: Day(value, one.example, today),
        Shape.ANSWERS: lambda: Answers(listed, tongue),
        Shape.CONDITIONS: lambda: Conditions(listed, one.above),
    }
    return makers[one.shape]()


def _tongues() -> list[tuple[str, str]]:
    return [("de", _("German")), ("en", _("English"))]
