"""Every line and every calendar: its state, the reason, and what helps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from receptionist.i18n import _, ngettext
from ui.models.condition import Condition
from ui.widgets.card import Card, row
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.scroll import Scroll
from ui.widgets.stateline import StateLine

_SHOWN = 20
"""Cards at once: with a thousand of them nobody finds anything, and the window stands still."""


class ConditionsDialog(QDialog):
    """Lines and calendars. Main thread; `again` asks to check the calendars now."""

    again = Signal()

    def __init__(self, cure: Callable[[Condition], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._cure = cure
        self._shown: tuple[Condition, ...] | None = None
        self.setWindowTitle(_("Lines and calendars"))
        self.resize(640, 460)
        self._scroll = Scroll(_("Lines and calendars"))
        again, close = KeyButton(_("Check calendars now")), KeyButton(_("Close"), kind="primary")
        again.clicked.connect(self.again)
        close.clicked.connect(self.accept)
        verbs = row()
        verbs.addWidget(again)
        verbs.addStretch(1)
        verbs.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(self._scroll, 1)
        column.addLayout(verbs)

    def show_conditions(self, conditions: Sequence[Condition]) -> None:
        """Show every condition, the worst first."""
        if self._shown == tuple(conditions):
            return
        self._shown = tuple(conditions)
        self._scroll.clear()
        for condition in conditions[:_SHOWN]:
            self._scroll.column.addWidget(self._card(condition))
        for words in _more_words(conditions[_SHOWN:]):
            self._scroll.column.addWidget(Label(words, "quiet"))
        if not conditions:
            hint = _("There is no line and no calendar yet. Set up your office first.")
            self._scroll.column.addWidget(Label(hint, wrap=True))
        self._scroll.column.addStretch(1)

    def _card(self, condition: Condition) -> QWidget:
        card = Card()
        card.column.addWidget(Label(condition.name, "strong", wrap=True))
        if condition.words != condition.state:
            card.column.addWidget(Label(condition.state, "label"))
        state = StateLine()
        card.column.addWidget(state)
        state.tell(
            condition.words,
            condition.tone,
            cure=_cure_words(condition),
            do=self.again.emit if condition.stopped else lambda: self._cure(condition),
        )
        return card


def _cure_words(condition: Condition) -> str:
    if condition.secret_id:
        return _("Enter password")
    return _("Read now") if condition.stopped else ""


def _more_words(rest: Sequence[Condition]) -> list[str]:
    """How many more there are, and how they are."""
    fine = sum(condition.tone == "good" for condition in rest)
    wrong, found = len(rest) - fine, []
    if wrong:
        words = ngettext("{count} more is not fine.", "{count} more are not fine.", wrong)
        found.append(words.format(count=wrong))
    if fine:
        words = ngettext("{count} more is fine.", "{count} more are fine.", fine)
        found.append(words.format(count=fine))
    return found
