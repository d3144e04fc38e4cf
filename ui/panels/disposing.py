"""What came of an item of the work list: chosen by its digit, said in a line, put off or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout

from receptionist.i18n import _
from receptionist.model.worklist import KEEPS, PUTS_OFF, Disposition, WorkItem, dispositions
from ui.models.workwords import disposition_word, disposition_words, who_words
from ui.theme.sheet import GRID
from ui.widgets.flow import Flow
from ui.widgets.inputs import Line
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce
from ui.widgets.stateline import StateLine

_LONGEST = 500
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DisposeBox(QFrame):
    """Main thread. `settled` carries the item, the disposition, the text, and until when or None.

    `left` says that the keyboard goes back to the list. `read` makes an instant of what is typed,
    or a sentence what is wrong; `say` puts an instant into words.
    """

    settled = Signal(object, object, str, object)
    left = Signal()

    def __init__(
        self, read: Callable[[str], datetime | str], say: Callable[[datetime], str]
    ) -> None:
        super().__init__()
        self.item: WorkItem | None = None
        self._read, self._say = read, say
        self._chosen: Disposition | None = None
        self._saving = self.is_aside = False
        self._offered: tuple[Disposition, ...] = ()
        self._who = Label(role="strong", wrap=True)
        self._buttons: list[KeyButton] = []
        self._choices = Flow(GRID)
        self._means = Label(role="label", wrap=True)
        self.result = Line("", _LONGEST, _("What came of it (may stay empty)"))
        self.result.setAccessibleName(_("What came of it"))
        self.until = Line("", 60, _("When? E.g. tomorrow 10 am"))
        self.until.setAccessibleName(_("When is it taken up again?"))
        self.until.textEdited.connect(self._typed)
        self._state = StateLine()
        self.save_button = KeyButton(_("Settle"), "⏎", "primary")
        self.save_button.clicked.connect(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID + GRID // 2)
        column.addWidget(self._who)
        column.addLayout(self._choices)
        for widget in (self._means, self.result, self.until, self._state):
            column.addWidget(widget)
        column.addWidget(self.save_button)
        self.hide()

    @property
    def has_keyboard(self) -> bool:
        """Whether somebody works here."""
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    @property
    def unsaved(self) -> str:
        """What was typed and is not on its way."""
        return "" if self._saving else self.result.text().strip()

    @property
    def words(self) -> str:
        """What the choice means, and what is wrong."""
        return "\n".join(filter(None, (self._means.text(), self._state.words)))

    @property
    def choices(self) -> tuple[KeyButton, ...]:
        """A button for each disposition."""
        return tuple(self._buttons)

    def ask(self, item: WorkItem, number: int = 0) -> None:
        """Ask what came of an item, with the keyboard here; what was typed about it stays.

        `number` is that of the choice made already, from 1.
        """
        if self.item is None or self.item.id != item.id:
            self._begin(item)
        self.show()
        if 0 < number <= len(self._offered):
            self._choose(number - 1)
        elif self._chosen is None:
            self._buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
            announce(self, self.accessibleName())
        else:
            self.result.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def give_back(self) -> bool:
        """Ask nothing if the keyboard is here; whether that was so."""
        here = self.has_keyboard
        if here:
            self.close_down()
            self.left.emit()
        return here

    def close_down(self) -> None:
        """Ask nothing."""
        self.item, self.is_aside = None, False
        self.hide()

    def step_aside(self, aside: bool) -> None:
        """Stand out of sight while somebody of another client is spoken to; then as it was."""
        if aside != self.is_aside and self.item is not None:
            self.is_aside = aside
            self.setVisible(not aside)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        focus, key = QApplication.focusWidget(), event.key()
        number = key - Qt.Key.Key_1
        if focus in self._buttons and 0 <= number < len(self._buttons):
            self._choose(number)
        elif key in _ENTER and isinstance(focus, KeyButton):
            focus.click()
        elif key in _ENTER:
            self._entered(at_the_end=focus is self.until)
        else:
            super().keyPressEvent(event)

    def _begin(self, item: WorkItem) -> None:
        self.item, self._chosen, self._saving, self.is_aside = item, None, False, False
        self._offered = dispositions(item.kind)
        self._choices.clear()
        self._buttons = [
            KeyButton(disposition_word(one), str(number))
            for number, one in enumerate(self._offered, 1)
        ]
        for number, button in enumerate(self._buttons):
            button.setCheckable(True)
            button.setToolTip(disposition_words(self._offered[number]))
            button.clicked.connect(partial(self._clicked, number))
            self._choices.addWidget(button)
        words = _("What came of it? {who}").format(who=who_words(item))
        self._who.setText(words)
        self.setAccessibleName(words)
        self.result.clear()
        self.until.clear()
        self._means.tell("")
        self._state.tell("")
        for widget in (self.result, self.until, self.save_button):
            widget.hide()

    def _clicked(self, number: int, _checked: bool = False) -> None:
        self._choose(number)

    def _choose(self, number: int) -> None:
        if number >= len(self._offered):
            return
        self._chosen = self._offered[number]
        for at, button in enumerate(self._buttons):
            button.setChecked(at == number)
        self._means.tell(disposition_words(self._chosen))
        self.result.show()
        self.until.setVisible(self._chosen in PUTS_OFF)
        self.save_button.show()
        self._typed()
        self.result.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _typed(self, _text: str = "") -> None:
        """Say how the time is understood."""
        text = self.until.text() if self._chosen in PUTS_OFF else ""
        due = self._read(text) if text.strip() else ""
        words = due if isinstance(due, str) else self._say(due)
        self._state.tell(words, "attention" if isinstance(due, str) else "plain")

    def _entered(self, *, at_the_end: bool) -> None:
        if self._chosen in PUTS_OFF and not at_the_end:
            self.until.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._save()

    def _save(self) -> None:
        if self.item is None or self._chosen is None or self._saving:
            return
        due: datetime | str | None = None
        text = self.until.text().strip()
        if self._chosen in PUTS_OFF and (text or self._chosen in KEEPS):
            due = self._read(text)
        if isinstance(due, str):
            self._state.tell(due, "attention")
            self.until.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._saving = True
        self.settled.emit(self.item, self._chosen, self.result.text(), due)

    def refuse(self, sentence: str) -> None:
        """It was not taken; what was typed stays."""
        self._saving = False
        self._state.tell(sentence, "danger")

    @property
    def about(self) -> UUID | None:
        """The item that is asked about."""
        return self.item.id if self.item else None
