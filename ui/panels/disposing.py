"""What came of an item of the work list: chosen by its digit, said in a line, put off or not."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout

from receptionist.i18n import _
from receptionist.model.worklist import WorkItem
from ui.models.dispositions import Choice, Said, asked_words, choices
from ui.theme.sheet import GRID
from ui.widgets.flow import Flow
from ui.widgets.inputs import Line
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce
from ui.widgets.stateline import StateLine

_LONGEST = 500
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class _Draft:
    """What was typed about an item and is not written yet."""

    digit: int
    result: str
    until: str
    client_id: UUID | None = None


class DisposeBox(QFrame):
    """Main thread. `settled` carries a `Said`; `left` says that the keyboard goes back to the list.

    `read` makes an instant of what is typed, or a sentence what is wrong; `say` puts an instant
    into words. What is typed about an item stays until it is settled, whatever else is asked.
    """

    settled = Signal(object)
    left = Signal()

    def __init__(
        self, read: Callable[[str], datetime | str], say: Callable[[datetime], str]
    ) -> None:
        super().__init__()
        self.items: tuple[WorkItem, ...] = ()
        """What is asked about, the chosen item first."""
        self._read, self._say = read, say
        self._chosen: Choice | None = None
        self.is_aside = False
        self._drafts: dict[UUID, _Draft] = {}
        self._sent: set[UUID] = set()
        self._offered: dict[int, Choice] = {}
        self._who = Label(role="strong", wrap=True)
        self._buttons: dict[int, KeyButton] = {}
        self._choices, self._tries = Flow(GRID), Flow(GRID)
        self._tried = Label(_("Only tried, by another telephone:"), role="label", wrap=True)
        self._means = Label(role="label", wrap=True)
        self.result = Line("", _LONGEST, _("What came of it (may stay empty)"))
        self.result.setAccessibleName(_("What came of it"))
        self.until = Line("", 60)
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
        column.addWidget(self._tried)
        column.addLayout(self._tries)
        for widget in (self._means, self.result, self.until, self._state):
            column.addWidget(widget)
        column.addWidget(self.save_button)
        self.hide()

    @property
    def item(self) -> WorkItem | None:
        """The chosen item that is asked about."""
        return self.items[0] if self.items else None

    @property
    def about(self) -> UUID | None:
        """Its id."""
        return self.items[0].id if self.items else None

    @property
    def has_keyboard(self) -> bool:
        """Whether somebody works here."""
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    @property
    def words(self) -> str:
        """What is asked, what the choice means, and what is wrong."""
        labels = (self._who.text(), self._means.text(), self._state.words)
        return "\n".join(filter(None, labels))

    @property
    def choices(self) -> tuple[KeyButton, ...]:
        """A button for each choice."""
        return tuple(self._buttons.values())

    def ask(self, items: tuple[WorkItem, ...], digit: int = 0) -> None:
        """Ask what came of an item, with those that the same call settles behind it; the keyboard
        comes here. What was typed about it stays. `digit` is that of the choice made already."""
        if self.about != items[0].id:
            self.close_down()
            self._begin(items)
        self.show()
        if digit in self._offered:
            self._choose(digit)
        elif self._chosen is None:
            next(iter(self._buttons.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)
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
        """Ask nothing; what was typed is there when it is asked again."""
        if self.item is not None and self._chosen is not None:
            typed = self._typed_now(self.item, self._chosen)
            if typed.result.strip() or typed.until.strip():
                self._drafts[self.item.id] = typed
            else:
                self._drafts.pop(self.item.id, None)
        self.items, self.is_aside = (), False
        self.hide()

    def forget(self, item_id: UUID) -> None:
        """It is settled: nothing of what was typed about it is wanted any more."""
        if self.about == item_id:
            self.close_down()
        self._drafts.pop(item_id, None)
        self._sent.discard(item_id)

    def lost(self, there: Collection[UUID]) -> list[tuple[str, UUID | None]]:
        """What was typed about items that are not `there` any more and is not on its way, each with
        the client it is about."""
        known = dict(self._drafts)
        if self.item is not None and self._chosen is not None:
            known[self.item.id] = self._typed_now(self.item, self._chosen)
        words = []
        for item_id in known.keys() - set(there):
            typed = known[item_id]
            if typed.result.strip() and item_id not in self._sent:
                words.append((typed.result.strip(), typed.client_id))
            if item_id != self.about:
                self.forget(item_id)
        return words

    def step_aside(self, aside: bool) -> None:
        """Stand out of sight while somebody of another client is spoken to; then as it was."""
        if aside != self.is_aside and self.item is not None:
            self.is_aside = aside
            self.setVisible(not aside)

    def refuse(self, item_id: UUID, sentence: str) -> None:
        """It was not taken; what was typed stays."""
        self._sent.discard(item_id)
        if self.about == item_id:
            self._state.tell(sentence, "danger")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        focus, key = QApplication.focusWidget(), event.key()
        digit = key - Qt.Key.Key_0
        if focus in self.choices and digit in self._offered:
            self._choose(digit)
        elif key in _ENTER and isinstance(focus, KeyButton):
            focus.click()
        elif key in _ENTER:
            self._entered(at_the_end=focus is self.until)
        else:
            super().keyPressEvent(event)

    def _typed_now(self, item: WorkItem, chosen: Choice) -> _Draft:
        return _Draft(chosen.digit, self.result.text(), self.until.text(), item.client_id)

    def _begin(self, items: tuple[WorkItem, ...]) -> None:
        self.items, self._chosen = items, None
        self._offer({one.digit: one for one in choices(items[0].kind)})
        words = asked_words(items)
        self._who.setText(words)
        self.setAccessibleName(words)
        draft = self._drafts.get(items[0].id, _Draft(0, "", ""))
        self.result.setText(draft.result)
        self.until.setText(draft.until)
        self._means.tell("")
        self._state.tell("")
        for widget in (self.result, self.until, self.save_button):
            widget.hide()
        self._show_groups()
        if draft.digit in self._offered:
            self._choose(draft.digit)

    def _offer(self, offered: dict[int, Choice]) -> None:
        self._offered = offered
        self._choices.clear()
        self._tries.clear()
        self._buttons = {}
        for digit, choice in offered.items():
            button = KeyButton(choice.word, str(digit))
            button.setCheckable(True)
            button.setToolTip(choice.means)
            button.clicked.connect(partial(self._clicked, digit))
            self._buttons[digit] = button
            (self._tries if choice.tries else self._choices).addWidget(button)

    def _clicked(self, digit: int, _checked: bool = False) -> None:
        self._choose(digit)

    def _choose(self, digit: int) -> None:
        self._chosen = choice = self._offered[digit]
        for at, button in self._buttons.items():
            button.setChecked(at == digit)
        self._means.tell(choice.means)
        self.until.setPlaceholderText(
            _("When? E.g. tomorrow 10 am")
            if choice.needs_time
            else _("When again? (may stay empty)")
        )
        self.result.show()
        self.result.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.until.setVisible(choice.takes_time)
        self.save_button.relabel(_("Write down") if choice.tries else _("Settle"))
        self.save_button.show()
        self._show_groups()
        self._typed()

    def _show_groups(self) -> None:
        """Once something is chosen, the other group of choices makes room for what is typed."""
        chosen = self._chosen
        for digit, button in self._buttons.items():
            tries = self._offered[digit].tries
            button.setVisible(chosen is None or chosen.tries == tries)
        self._tried.setVisible(chosen is None or chosen.tries)

    def _typed(self, _text: str = "") -> None:
        """Say how the time is understood."""
        text = self.until.text() if self._chosen and self._chosen.takes_time else ""
        due = self._read(text) if text.strip() else ""
        words = due if isinstance(due, str) else self._say(due)
        self._state.tell(words, "attention" if isinstance(due, str) else "plain")

    def _entered(self, *, at_the_end: bool) -> None:
        if self._chosen is not None and self._chosen.takes_time and not at_the_end:
            self.until.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._save()

    def _save(self) -> None:
        item, choice = self.item, self._chosen
        if item is None or choice is None or item.id in self._sent:
            return
        due: datetime | str | None = None
        text = self.until.text().strip()
        if choice.takes_time and (text or choice.needs_time):
            due = self._read(text)
        if isinstance(due, str):
            self._state.tell(due, "attention")
            self.until.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._sent.add(item.id)
        self.settled.emit(Said(items=self.items, choice=choice, text=self.result.text(), due=due))
