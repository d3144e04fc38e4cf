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

_SHOWN_FINE = 20


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
        shown, fine = _most_telling(conditions)
        for condition in shown:
            self._scroll.column.addWidget(self._card(condition))
        if fine:
            words = ngettext("{count} more is fine.", "{count} more are fine.", fine)
            self._scroll.column.addWidget(Label(words.format(count=fine), "quiet"))
        if not conditions:
            hint = _("There is no line and no calendar yet. Import your office file first.")
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
            cure=_("Enter password") if condition.secret_id else "",
            do=lambda: self._cure(condition),
        )
        return card


def _most_telling(conditions: Sequence[Condition]) -> tuple[Sequence[Condition], int]:
    """Everything that is not fine and some that is, and how many more are fine."""
    wrong = sum(condition.tone != "good" for condition in conditions)
    shown = conditions[: wrong + _SHOWN_FINE]
    return shown, len(conditions) - len(shown)
