"""What is filled in in the form of a block: words, a choice, weekdays, hours, a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.plain import harmful
from ui.models import days as day_words
from ui.models.unattended import clock_span
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.inputs import Choice, Line, Lines
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label

_LIMIT = 400


class Entry(QWidget):
    """One thing that is filled in. Main thread; `changed` is told when a person changes it."""

    changed = Signal()

    def __init__(self, editor: QWidget) -> None:
        super().__init__()
        self.editor = editor
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(editor)

    @property
    def value(self) -> object:
        """What it holds."""
        raise NotImplementedError

    def show_value(self, value: object) -> None:
        """Show another value; nobody is told, and the same one changes nothing."""
        if value != self.value:
            self.blockSignals(True)
            self.put(value)
            self.blockSignals(False)

    def put(self, value: object) -> None:
        """Write a value there."""
        raise NotImplementedError

    @property
    def fault(self) -> str:
        """What is wrong with what was typed, said here better than the file could."""
        return ""

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops, in this order."""
        return [self.editor]

    def go(self) -> None:
        """Take the keyboard."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark(self) -> None:
        """Mark what stands there, to be written over."""

    def insert(self, words: str) -> bool:
        """Write words where the keyboard is; False where none can be."""
        return False


class OneLine(Entry):
    """Words in one line."""

    def __init__(self, text: str, example: str) -> None:
        self.line = Line(text, _LIMIT, example)
        super().__init__(self.line)
        self.line.textChanged.connect(self.changed)

    @property
    def value(self) -> object:
        return cleaned(self.line.text())

    def put(self, value: object) -> None:
        at = self.line.cursorPosition()
        self.line.setText(str(value or ""))
        self.line.setCursorPosition(at)

    def go(self) -> None:
        super().go()
        self.line.end(False)

    def mark(self) -> None:
        self.line.selectAll()

    def insert(self, words: str) -> bool:
        self.line.insert(words)
        return True


class ManyLines(Entry):
    """Words in several lines."""

    def __init__(self, text: str, example: str, rows: int) -> None:
        self.lines = Lines(text, rows)
        self.lines.setPlaceholderText(example)
        super().__init__(self.lines)
        self.lines.textChanged.connect(self.changed)

    @property
    def value(self) -> object:
        return cleaned(self.lines.toPlainText())

    def put(self, value: object) -> None:
        at = self.lines.textCursor().position()
        self.lines.setPlainText(str(value or ""))
        cursor = self.lines.textCursor()
        cursor.setPosition(min(at, max(self.lines.document().characterCount() - 1, 0)))
        self.lines.setTextCursor(cursor)

    def insert(self, words: str) -> bool:
        self.lines.insertPlainText(words)
        return True

    def mark(self) -> None:
        self.lines.selectAll()

    def go(self) -> None:
        super().go()
        self.lines.moveCursor(QTextCursor.MoveOperation.End)


class Pick(Entry):
    """One of what there is."""

    def __init__(self, options: Sequence[tuple[object, str]], value: object) -> None:
        self.choice = Choice(options, value)
        super().__init__(self.choice)
        self.choice.currentIndexChanged.connect(self.changed)

    @property
    def value(self) -> object:
        return self.choice.value

    def put(self, value: object) -> None:
        self.choice.choose(value)


class Tick(Entry):
    """Yes or no."""

    def __init__(self, words: str, on: bool) -> None:
        self.box = QCheckBox(words)
        self.box.setChecked(on)
        super().__init__(self.box)
        self.box.toggled.connect(self.changed)

    @property
    def value(self) -> object:
        return self.box.isChecked()

    def put(self, value: object) -> None:
        self.box.setChecked(bool(value))


class Weekdays(Entry):
    """Days of the week; none of them is every day."""

    def __init__(self, days: Sequence[int]) -> None:
        names = (_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su"))
        whole = QWidget()
        line = row(spacing=GRID)
        self.buttons = [KeyButton(name, kind="chip") for name in names]
        for number, button in enumerate(self.buttons):
            button.setCheckable(True)
            button.setChecked(number in days)
            line.addWidget(button)
        self._all = Label(_("every day"), "label")
        line.addWidget(self._all)
        line.addStretch(1)
        line.setContentsMargins(0, GRID, 0, 0)
        whole.setLayout(line)
        super().__init__(whole)
        for button in self.buttons:
            button.toggled.connect(self._toggled)
        self._follow()

    @property
    def value(self) -> object:
        return tuple(number for number, one in enumerate(self.buttons) if one.isChecked())

    def _toggled(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        self._all.setVisible(not self.value)

    @property
    def stops(self) -> list[QWidget]:
        return list(self.buttons)

    def go(self) -> None:
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def put(self, value: object) -> None:
        days = value if isinstance(value, tuple) else ()
        for number, button in enumerate(self.buttons):
            button.setChecked(number in days)


class Hours(OneLine):
    """From when to when: what cannot be read stays as it was typed, and is told."""

    def __init__(self, value: object, example: str) -> None:
        super().__init__(_hours_shown(value), example)
        self.line.editingFinished.connect(self._settle)

    @property
    def value(self) -> object:
        typed = self.line.text().strip()
        span = clock_span(typed)
        return f"{span[0]:%H:%M}-{span[1]:%H:%M}" if isinstance(span, tuple) else typed or None

    @property
    def fault(self) -> str:
        span = clock_span(self.line.text())
        return span if isinstance(span, str) else ""

    def put(self, value: object) -> None:
        super().put(_hours_shown(value))

    def _settle(self) -> None:
        if not self.fault:
            self.blockSignals(True)
            self.put(self.value)
            self.blockSignals(False)


class Day(OneLine):
    """A day of the calendar: what cannot be read stays as it was typed, and is told."""

    def __init__(self, value: object, example: str, today: date) -> None:
        super().__init__(_day_shown(value), example)
        self._today = today
        self.line.editingFinished.connect(self._settle)

    @property
    def value(self) -> object:
        read = self._read
        return read if isinstance(read, date) else self.line.text().strip() or None

    @property
    def fault(self) -> str:
        read = self._read
        return read if isinstance(read, str) else ""

    @property
    def _read(self) -> date | str | None:
        typed = self.line.text().strip()
        if not typed:
            return None
        read = day_words.days(typed, self._today)
        return read if isinstance(read, str) else read[0]

    def put(self, value: object) -> None:
        super().put(_day_shown(value))

    def _settle(self) -> None:
        if not self.fault:
            self.blockSignals(True)
            self.put(self.value)
            self.blockSignals(False)


def cleaned(words: str) -> str:
    """Words without characters that nobody sees and no script may hold."""
    for bad in harmful(words, lines=True):
        words = words.replace(bad, "")
    return words.replace("\u00a0", " ")


def _hours_shown(value: object) -> str:
    typed = str(value or "")
    span = clock_span(typed)
    return f"{span[0]:%H:%M}–{span[1]:%H:%M}" if isinstance(span, tuple) else typed


def _day_shown(value: object) -> str:
    return day_words.shown(value, value) if isinstance(value, date) else str(value or "")
