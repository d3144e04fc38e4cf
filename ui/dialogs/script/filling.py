"""The form over the text of a script: it shows the block in which the caret is, and writes into
its lines what is filled in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.errors import BadInput
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.scriptfile.blockform import TEXTS, field_at, fields_of, fill_in
from receptionist.scriptfile.blockmoves import moved, without
from receptionist.scriptfile.outline import Block, block_at, outline
from ui.actions import native
from ui.dialogs.script.form import FormView
from ui.models.scriptform import BlockForms
from ui.widgets.codetext import CodeText

Step = tuple[int, str, int]


class Filling(QObject):
    """Main thread. The text is the only truth: after each change the form shows what stands there.

    `told` carries a sentence to be said, `text_wanted` that somebody wants to go to the text.
    """

    told = Signal(str)
    text_wanted = Signal()

    def __init__(self, desk: Desk, client: Client, clock: Clock, text: CodeText) -> None:
        super().__init__()
        self._text, self._forms = text, BlockForms(desk, client)
        self._faults: Sequence[BadInput] = ()
        self._last: Step | None = None
        self._showing = False
        """Fields that go let the keyboard go elsewhere, which is no reason to show them again."""
        self.shown = False
        """Whether the form is what is shown, and not the text."""
        self.form = FormView(lambda: clock.now().date(), text.undo, text.redo)
        self.form.filled.connect(self._fill)
        self.form.spoken.connect(self._speak)
        self.form.moved.connect(self.move)
        self.form.removed.connect(self.remove)
        self.form.text_wanted.connect(self.text_wanted)

    @property
    def block(self) -> Block:
        """The block in which the caret is."""
        return block_at(outline(self._text.text), self._text.line)

    @property
    def readable(self) -> bool:
        """Whether there is a form for the block in which the caret is."""
        return fields_of(self._text.text, self.block) is not None

    def show_faults(self, faults: Sequence[BadInput]) -> None:
        """What is wrong in the whole text."""
        self._faults = faults
        self.show()

    def show(self) -> None:
        """Show what stands in the text, if anybody sees it."""
        if not self.shown or self._showing:
            return
        text = self._text.text
        form = self._forms.form(text, self._text.line, self._faults)
        self._showing = True
        self.form.show_form(form, self._forms.speaking(text))
        self._showing = False

    def begin(self) -> None:
        """Another script: its first block that says something."""
        self._last = None
        self._forms.tongue = ""
        first = (*outline(self._text.text), self.block)[1]
        self._text.look_at(first.first)
        self.show()

    def go(self, line: int = 0, *, mark: bool = False) -> bool:
        """Take the keyboard, into the field that stands in a line; False where none does."""
        if line:
            self._text.look_at(line)
        name = field_at(self._text.text, self._text.line)
        if line and not self.readable:
            return False
        self._text.look_at(self.block.first)
        self.show()
        self.form.go(name, mark=mark)
        return True

    # ---- what is done

    def _fill(self, name: str, typed: object) -> None:
        text, block = self._text.text, self.block
        fields = fields_of(text, block)
        if fields is None or name not in fields:
            return
        value = self._forms.value(text, fields[name], typed)
        self._text.look_at(block.first)
        changed = fill_in(text, block.first, name, value)  # type: ignore[arg-type]
        if changed == text:
            return
        here = self._text.document().revision()
        goes_on = self._last == (block.first, name, here) and _goes_on(name, typed)
        self._text.rewrite(changed, goes_on=goes_on)
        self._last = (block.first, name, self._text.document().revision())

    def _speak(self, tongue: str) -> None:
        self._forms.tongue = tongue
        self.show()

    def move(self, step: int) -> None:
        """Move the block in which the caret is one place up or down."""
        found = moved(self._text.text, self.block.first, step)
        if found is None:
            self.told.emit(_("It cannot be moved any further."))
            return
        text, line = found
        self._text.rewrite(text)
        self._text.look_at(line)
        self.show()

    def remove(self) -> None:
        """Take out the block in which the caret is."""
        line = self.block.first
        if line == 1:
            self.told.emit(_("The beginning stays."))
            return
        self._text.rewrite(without(self._text.text, line))
        self._text.look_at(line)
        self.show()
        self.told.emit(_("It is gone. {key} brings it back.").format(key=native("Ctrl+Z")))


def _goes_on(name: str, typed: object) -> bool:
    """Whether a word is still being written, so that all of it is taken back at once."""
    return name in (*TEXTS, "hours", "first", "last") and not str(typed).endswith((" ", "\n"))
