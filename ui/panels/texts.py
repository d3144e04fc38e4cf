"""The texts of an appointment as fields: Enter keeps them, Esc leaves them as they were."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from receptionist.i18n import _
from receptionist.model.number import shown
from ui.models.handling import Texts
from ui.models.words import one_line
from ui.theme.sheet import GRID
from ui.widgets.inputs import tab_through
from ui.widgets.label import Label

_LONGEST = {"name": 200, "number": 40, "email": 254, "place": 200, "note": 2000}


class TextFields(QWidget):
    """Name, number, e-mail, place and note. Main thread; `kept` carries `Texts`."""

    kept = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._given: Texts | None = None
        self._fields = {name: QLineEdit() for name in _LONGEST}
        names = {
            "name": _("Name"),
            "number": _("Telephone"),
            "email": _("E-mail"),
            "place": _("Place"),
            "note": _("Note"),
        }
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(GRID)
        for name, field in self._fields.items():
            field.setMaxLength(_LONGEST[name])
            field.setAccessibleName(names[name])
            field.returnPressed.connect(self.keep)
            form.addRow(Label(names[name], "label"), field)
        tab_through(self._fields.values())
        self.hide()

    @property
    def typing(self) -> bool:
        """Whether the keyboard is in one of the fields."""
        return any(field.hasFocus() for field in self._fields.values())

    @property
    def all(self) -> Mapping[str, QLineEdit]:
        """The fields by their names."""
        return self._fields

    def field(self, name: str) -> QLineEdit:
        """One of the fields."""
        return self._fields[name]

    def go(self) -> None:
        """Take the keyboard."""
        self._fields["name"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fill(self, texts: Texts) -> None:
        """Show how it stands."""
        self._given = texts
        for name, text in zip(self._fields, _lines(texts), strict=True):
            self._fields[name].setText(text)
            self._fields[name].setCursorPosition(0)

    def keep(self) -> None:
        """Hand over what was typed; what was not touched stays as it was, and not as shown."""
        if self._given is None:
            return
        given = self._given
        before = (given.caller_name, given.caller_number, given.caller_email)
        known = (*before, given.location, given.note)
        typed = [field.text() for field in self._fields.values()]
        new = [
            old if now == line else now.strip()
            for old, line, now in zip(known, _lines(given), typed, strict=True)
        ]
        self.kept.emit(Texts(*new))


def _lines(texts: Texts) -> tuple[str, ...]:
    return (
        one_line(texts.caller_name, 200),
        one_line(shown(texts.caller_number), 40),
        one_line(texts.caller_email, 254),
        one_line(texts.location, 200),
        one_line(texts.note, 2000),
    )
