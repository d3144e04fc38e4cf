"""What a tried-out script asks, with fields for made-up answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.i18n import _
from ui.models.scripttrial import Asked
from ui.theme.sheet import GRID
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Line, tab_through

_LABEL = 132


class Answers(QWidget):
    """Main thread. `typed` carries the key of a prompt and what was typed or chosen for it.

    The field of a prompt that is still asked stays, with the keyboard in it.
    """

    typed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._asked: dict[str, Asked] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * GRID)

    def show_asked(self, asked: Sequence[Asked]) -> None:
        """Show these prompts, in their order."""
        before, fields = self._asked, self.fields
        self._asked, self.fields = {one.prompt.key: one for one in asked}, {}
        for number, one in enumerate(asked):
            key = one.prompt.key
            same = key in before and _look(before[key]) == _look(one)
            field = fields.pop(key) if same else self._field(one)
            field.tell_fault(one.fault)
            self.fields[key] = field
            self._column.insertWidget(number, field)
        for gone in fields.values():
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        tab_through([one.editor for one in self.fields.values()])
        self.setVisible(bool(self.fields))

    def go(self) -> None:
        """Take the keyboard, if anything is asked."""
        for field in list(self.fields.values())[:1]:
            field.go()

    def _field(self, one: Asked) -> Field:
        key = one.prompt.key
        editor: Line | Choice
        if one.choices:
            editor = Choice([("", "–"), *one.choices], one.typed)
            editor.currentIndexChanged.connect(partial(self._chosen, key, editor))
        else:
            editor = Line(one.typed, 400)
            editor.textChanged.connect(partial(self.typed.emit, key))
        label = _("{label} *").format(label=one.label) if one.prompt.required else one.label
        field = Field(key, label, editor, one.hint)
        field.narrow(_LABEL)
        return field

    def _chosen(self, key: str, editor: Choice, _number: int) -> None:
        self.typed.emit(key, str(editor.value or ""))


def _look(one: Asked) -> tuple[object, ...]:
    return one.prompt, one.label, one.hint, one.choices
