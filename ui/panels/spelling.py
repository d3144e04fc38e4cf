"""What stands in the field, spelled out in large letters with the words to read aloud."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from receptionist.i18n import _
from receptionist.model.spelling import SpellingTable
from ui.actions import hint
from ui.models.spellout import TABLES, Said, is_number, spell_out
from ui.models.words import one_line
from ui.theme.sheet import GRID
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, wear
from ui.widgets.scroll import Scroll

_FEW = 12
"""So many letters stand below each other in the largest type."""
_MARKS = ".,;:!?"
TextField = QLineEdit | QPlainTextEdit


class SpellingPanel(QWidget):
    """Follows the field that has the keyboard, or had it last. Main thread.

    It never takes the keyboard, so one goes on typing while it shows what to say. `tabled` carries
    a table that was clicked.
    """

    tabled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._whole: QWidget | None = None
        self._field: TextField | None = None
        self._shown: tuple[object, ...] = ()
        self.table = SpellingTable.CITIES
        self.region = "DE"
        self._tables = {table: self._table_button(table) for table in TABLES}
        self._source = Label(role="label", wrap=True)
        self._scroll = Scroll(_("Spelled out"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._none = Label(role="quiet", wrap=True)
        self._arrange()

    def watch(self, whole: QWidget, aside: QWidget) -> None:
        """Remember which text field of `whole` was typed in last; those of `aside` do not count."""
        self._whole, self._aside = whole, aside
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._keyboard_moved)

    @property
    def words(self) -> list[str]:
        """What is said, in its order."""
        return [one.word for one in self._said if one.word]

    @property
    def text(self) -> str:
        """What is spelled out: what is marked, else the whole line, else the word one is at."""
        field = self._field
        if field is None or not isValid(field) or not field.isVisible():
            return ""
        if isinstance(field, QLineEdit):
            return field.selectedText() or field.text()
        cursor = field.textCursor()
        marked = cursor.selectedText().replace("\u2029", " ")
        return marked or _word_at(field.toPlainText(), cursor.position())

    def spell(self, table: SpellingTable, region: str) -> None:
        """Spell out with this table."""
        self.table, self.region = table, region
        self.refresh()

    def refresh(self) -> None:
        """Show what stands in the field now."""
        text = self.text.strip()
        shown = (text, self.table, self.region)
        if shown == self._shown:
            return
        self._shown = shown
        for table, button in self._tables.items():
            button.setChecked(table is self.table)
        name = self._field.accessibleName() if text and self._field is not None else ""
        self._source.tell(": ".join(filter(None, (name, one_line(text, 60)))))
        self._none.tell("" if text else _("Type a name or a number, or go to its field."))
        self._scroll.clear()
        self._scroll.setVisible(bool(text))
        if text:
            self._lay_out(self._said, numbers=is_number(text))

    @property
    def _said(self) -> Sequence[Said]:
        return spell_out(self.text.strip(), self.table, self.region)

    def _lay_out(self, said: Sequence[Said], *, numbers: bool) -> None:
        block = QWidget()
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(2 if len(said) > _FEW else GRID)
        columns = 1 if numbers or len(said) <= _FEW else 2
        high = -(-len(said) // columns)
        for number, one in enumerate(said):
            column, line = divmod(number, high)
            letters = Label(one.letters, "letter")
            word = Label(one.word, "sayword", wrap=True)
            wear(word, dense="true" if columns > 1 or numbers else "false")
            if numbers:
                grid.addWidget(letters, 3 * line, 0)
                grid.addWidget(word, 3 * line + 1, 0)
                grid.setRowMinimumHeight(3 * line + 2, 3 * GRID)
            else:
                grid.addWidget(letters, line, 2 * column)
                grid.addWidget(word, line, 2 * column + 1, Qt.AlignmentFlag.AlignVCenter)
        for column in range(columns):
            grid.setColumnStretch(0 if numbers else 2 * column + 1, 1)
        self._scroll.column.addWidget(block)
        self._scroll.column.addStretch(1)
        for label in block.findChildren(Label):
            label.ensurePolished()

    def _keyboard_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QLineEdit | QPlainTextEdit) and self._counts(now):
            self._listen(self._field, now)
            self._field = now
            if self.isVisible():
                self.refresh()

    def _counts(self, field: TextField) -> bool:
        hidden = isinstance(field, QLineEdit) and field.echoMode() != QLineEdit.EchoMode.Normal
        ours = self._whole is not None and self._whole.isAncestorOf(field)
        return ours and not hidden and not self._aside.isAncestorOf(field)

    def _listen(self, before: TextField | None, now: TextField) -> None:
        if before is now:
            return
        if before is not None and isValid(before):
            before.textChanged.disconnect(self._typed)
            before.selectionChanged.disconnect(self._typed)
            before.cursorPositionChanged.disconnect(self._typed)
        now.textChanged.connect(self._typed)
        now.selectionChanged.connect(self._typed)
        now.cursorPositionChanged.connect(self._typed)

    def _typed(self, *_what: object) -> None:
        if self.isVisible():
            self.refresh()

    # ---- pieces

    def _table_button(self, table: SpellingTable) -> KeyButton:
        button = KeyButton(_(TABLES[table]), kind="segment")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.tabled.emit(table))
        return button

    def _arrange(self) -> None:
        frame = QFrame()
        frame.setProperty("surface", "segments")
        segments = QHBoxLayout(frame)
        segments.setContentsMargins(2, 2, 2, 2)
        segments.setSpacing(2)
        for button in self._tables.values():
            segments.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(Label(_("Spell out"), "section"))
        column.addWidget(frame)
        column.addWidget(self._source)
        column.addWidget(self._none)
        column.addWidget(self._scroll, 1)
        column.addStretch(0)
        words = _("{key}: next table · Esc closes").format(key=hint("spell"))
        column.addWidget(Label(words, "label", wrap=True))


def _word_at(text: str, place: int) -> str:
    """The word in which `place` is, else the one before it."""
    before = len(text[:place].rstrip())
    start = max(text.rfind(" ", 0, before), text.rfind("\n", 0, before)) + 1
    ends = [end for end in (text.find(" ", before), text.find("\n", before)) if end >= 0]
    return text[start : min(ends, default=len(text))].strip().strip(_MARKS)
