"""Where a script is written: its outline, its text, what it will look like, what is wrong."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from receptionist import scriptfile
from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.errors import BadInput, WrongFile
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.script import Script
from receptionist.scriptfile.outline import Block, BlockKind, block_at, outline, reason_at
from receptionist.scriptfile.pieces import Insertion, Piece, detail, details, insertion
from ui.actions import native
from ui.dialogs.script.faults import FaultList
from ui.dialogs.script.filling import Filling
from ui.dialogs.script.form import DOWN, REMOVE, UP
from ui.dialogs.script.inserting import InsertMenu
from ui.dialogs.script.keys import Doing
from ui.dialogs.script.middle import SWITCH, Middle
from ui.dialogs.script.preview import Preview
from ui.models.scriptwords import help_words, outline_words
from ui.theme.sheet import BETWEEN, GRID
from ui.widgets.card import Card
from ui.widgets.codetext import CodeText
from ui.widgets.label import Label
from ui.widgets.rowlist import Row, RowList

CHECK_MS = 200
_OUTLINE_PX = 232
_STRONG = (BlockKind.HEAD, BlockKind.GREETING, BlockKind.WARNING, BlockKind.REASON)


class Writing(QWidget):
    """Main thread. `changed` is told with every letter, `remarked` with a sentence to be said,
    `switched` when a person chooses the form or (False) the text.

    What is wrong, the outline and the preview follow some moments after the hands have rested.
    """

    changed = Signal()
    remarked = Signal(str)
    switched = Signal(bool)

    def __init__(self, desk: Desk, client: Client, clock: Clock, *, as_form: bool) -> None:
        super().__init__()
        self._desk, self._client, self._clock = desk, client, clock
        self._blocks: tuple[Block, ...] = ()
        self._script: Script | None = None
        self._as_form = as_form
        self.outline = RowList(_("Outline"), wrap=False)
        self.text = CodeText(_("Text of the script"))
        self.help = Label(role="label", wrap=True)
        self.filling = Filling(desk, client, clock, self.text)
        self.middle = Middle(self.filling.form, self.text, self.help)
        self.preview = Preview(desk, client, clock)
        self.faults = FaultList()
        self.menu = InsertMenu(self, self.insert, self.add_detail, self.write)
        self._soon = QTimer(self, singleShot=True, interval=CHECK_MS)
        self._soon.timeout.connect(self.check)
        self._place()
        self.outline.wanted.connect(self._jump)
        self.outline.came.connect(self._look)
        self.text.textChanged.connect(self._typed)
        self.text.cursorPositionChanged.connect(self._moved)
        self.faults.wanted.connect(self.go)
        self.middle.chosen.connect(self.show_form)
        self.filling.text_wanted.connect(lambda: self.show_form(False))
        self.filling.told.connect(self.remarked)

    def _place(self) -> None:
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        middle = self.middle
        self.help.setMinimumHeight(2 * self.help.fontMetrics().lineSpacing() + GRID)
        self.help.setAlignment(Qt.AlignmentFlag.AlignTop)
        left = _pane(_("Outline"), "Ctrl+1", self.outline)
        right = _pane(_("Preview"), "Ctrl+3", self.preview)
        for card, stretch in ((left, 0), (middle, 5), (right, 4)):
            parts.addWidget(card)
            parts.setStretchFactor(parts.count() - 1, stretch)
        left.setMinimumWidth(_OUTLINE_PX)
        parts.setSizes([_OUTLINE_PX, 600, 460])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        column.addWidget(parts, 1)
        column.addWidget(self.faults)

    @property
    def client(self) -> Client:
        """Whose script it is, as he is now: he may be edited elsewhere meanwhile."""
        return self._desk.directory.client(self._client.id) or self._client

    @property
    def keys(self) -> Doing:
        """The keys that lead to the panes."""
        return {
            "Ctrl+1": self.outline.setFocus,
            "Ctrl+2": self.go,
            "Ctrl+3": self.preview.go,
            "Ctrl+4": self.faults.go,
            SWITCH: self.switch,
        }

    @property
    def of_blocks(self) -> Doing:
        """The keys that change the block at the keyboard as a whole."""
        return {
            UP: partial(self.filling.move, -1),
            DOWN: partial(self.filling.move, 1),
            REMOVE: self.filling.remove,
        }

    # ---- form or text

    def show_form(self, wanted: bool) -> None:
        """A person wants to see the form, or the text; it is remembered."""
        self._as_form = wanted
        self.switched.emit(wanted)
        self._show_form(wanted)
        self.go()

    def switch(self) -> None:
        """From the form to the text, and back."""
        self.show_form(not self.middle.shows_form)

    def go(self, line: int = 0) -> None:
        """Take the keyboard, where a line stands: in its field, or in the text where it has
        none."""
        if self.middle.shows_form and self.filling.go(line):
            return
        if self.middle.shows_form and line:
            self._show_form(False)
        if line:
            self.text.go(line)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, widget: QWidget) -> None:
        """The keyboard came to a widget."""
        if self.preview.isAncestorOf(widget):
            self.preview.follow(widget)
        self.filling.form.follow(widget)
        self.filling.show()

    def _show_form(self, wanted: bool) -> None:
        self.middle.show_form(wanted)
        self.filling.shown = wanted
        self.filling.show()

    def _begin(self) -> None:
        """As it was chosen; the text where there is no form to begin with."""
        if self._as_form:
            self.filling.begin()
        self._show_form(self._as_form and self.filling.readable)

    def put(self, text: str) -> None:
        """Write a text there, from its beginning."""
        self.preview.begin_again()
        self.text.put(text)
        self._begin()
        self.check()

    def take(self, text: str) -> None:
        """Write another text over what stands there; Ctrl+Z takes it back."""
        self.text.replace_all(text)
        self.preview.begin_again()
        self._begin()
        self.check()
        self.go()

    def check(self) -> tuple[BadInput, ...]:
        """Say now what is wrong, and show what can be read."""
        self._soon.stop()
        text = self.text.text
        script, faults = self._read(text)
        self._script = script or self._script
        self.faults.show_faults(faults)
        self.text.mark_wrong(self.faults.lines)
        self._blocks = outline(text)
        self._show_outline()
        self.filling.show_faults(self.faults.faults)
        self.preview.show_script(script)
        return tuple(faults)

    def _read(self, text: str) -> tuple[Script | None, tuple[BadInput, ...]]:
        """The script, also where only what it refers to is not there; and what is wrong."""
        try:
            return self._desk.scripts.check(self.client, text), ()
        except WrongFile as error:
            faults = error.faults
        try:
            return scriptfile.parse(text), faults
        except WrongFile:
            return None, faults

    # ---- inserting

    def offer(self, below: QWidget) -> None:
        """Open the menu of what can be inserted."""
        text, line = self.text.text, self.text.line
        more = () if self.middle.shows_form else details(text, line)
        self.menu.fill(block_at(outline(text), line).kind, more)
        high = QPoint(0, self.menu.sizeHint().height())
        self.menu.popup(below.mapToGlobal(QPoint(0, 0)) - high)

    def insert(self, piece: Piece) -> None:
        """Put a piece where it belongs, with the keyboard on what is written first."""
        contacts = [one.key for one in self._desk.people.contacts.of(self.client.id)]
        try:
            found = insertion(self.text.text, self.text.line, piece, contacts)
        except BadInput as error:
            self.remarked.emit(str(error))
            return
        self._put_in(found)

    def add_detail(self, name: str) -> None:
        """Say more of the block in which the keyboard is."""
        today = self._clock.now().date()
        self._put_in(detail(self.text.text, self.text.line, name, today))

    def write(self, words: str) -> None:
        """Write words where the keyboard is."""
        if not self.middle.shows_form:
            self.text.insertPlainText(words)
            self.text.setFocus()
        elif not self.filling.form.insert(words):
            self.remarked.emit(_("Words can be put in there where the keyboard is in a text."))

    def _put_in(self, found: Insertion) -> None:
        if found.rows:
            self.text.insert_rows(found.after, found.rows)
        if self.middle.shows_form:
            self.filling.go(found.at, mark=True)
        else:
            self.text.go(found.at, found.chosen)
        self.check()

    # ---- following

    def _typed(self) -> None:
        self._soon.start()
        self.filling.show()
        self.changed.emit()

    def _moved(self) -> None:
        self.help.setText(help_words(self.text.text, self.text.line))
        blocks = outline(self.text.text)
        reason = reason_at(blocks, self.text.line)
        inside = block_at(blocks, self.text.line).kind not in _STRONG[:3]
        if reason is not None and inside:
            self.preview.choose(reason.key)
        if blocks == self._blocks:
            self.outline.choose(self._block_number(blocks))
        self.filling.show()

    def _show_outline(self) -> None:
        words = outline_words(self._blocks, self._script)
        strong = [one.kind in _STRONG for one in self._blocks]
        rows = [Row(one, tall, not tall) for one, tall in zip(words, strong, strict=True)]
        self.outline.show_rows(rows, self._block_number(self._blocks))

    def _block_number(self, blocks: tuple[Block, ...]) -> int:
        return blocks.index(block_at(blocks, self.text.line))

    def _jump(self, number: int) -> None:
        self._look(number)
        self.go() if self.middle.shows_form else self.text.go(self._blocks[number].first)

    def _look(self, number: int) -> None:
        """The arrows go through the outline: its place is shown, the keyboard stays."""
        if 0 <= number < len(self._blocks):
            self.text.look_at(self._blocks[number].first)


def _pane(heading: str, keys: str, inside: QWidget) -> Card:
    card = Card(heading)
    card.heading_row.addWidget(Label(native(keys), "key"))
    card.column.addWidget(inside, 1)
    return card
