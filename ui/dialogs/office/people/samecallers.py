"""Who is the same person as a caller: put together, and parted again. It is done at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.callers import KnownCaller
from receptionist.model.number import shown
from ui.models.people import caller_title
from ui.models.words import one_line
from ui.post import while_there
from ui.theme.sheet import GRID
from ui.widgets.card import Card, row
from ui.widgets.inputs import Choice
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine


class SameCallers(Card):
    """Main thread. Nothing is rewritten: each keeps what was his, and can be parted as he was."""

    def __init__(self, desk: Desk, clock: Clock, caller: KnownCaller) -> None:
        super().__init__(_("The same person"))
        self._desk, self._caller = desk, caller
        self._books = desk.people.notebooks
        self.state = StateLine()
        others = [one for one in self._books.cards(caller.client_id) if one.caller.id != caller.id]
        self.other = Choice([(one.caller, caller_title(one)) for one in others])
        self.other.setAccessibleName(_("Who is the same person"))
        self.merge_button = KeyButton(_("Put together"))
        self.merge_button.clicked.connect(self.merge)
        self.part_buttons: list[KeyButton] = []
        self.column.addWidget(self._parts(clock))
        line = row()
        line.addWidget(self.other, 1)
        line.addWidget(self.merge_button)
        place = QWidget()
        place.setLayout(line)
        self.column.addWidget(place)
        place.setVisible(bool(others))
        self.column.addWidget(self.state)

    def merge(self) -> None:
        """The caller is the same person as the chosen one."""
        other = self.other.value
        if isinstance(other, KnownCaller):
            failed = while_there(self, self._failed)
            self._books.merge(other, self._caller, lambda _stored: None, failed)

    def _parts(self, clock: Clock) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        card = self._books.callers.card(self._caller.id, clock.now())
        for one in card.rows[1:] if card is not None else ():
            words = " · ".join(filter(None, [one_line(one.name), shown(one.number)]))
            button = KeyButton(_("Part"), kind="quiet", name=_("Part {who}").format(who=words))
            button.clicked.connect(partial(self._part, one))
            self.part_buttons.append(button)
            line = row()
            line.addWidget(Label(words, wrap=True), 1)
            line.addWidget(button)
            column.addLayout(line)
        if not self.part_buttons:
            column.addWidget(Label(_("Nobody else is known as the same person."), "label"))
        return place

    def _part(self, one: KnownCaller, _checked: bool = False) -> None:
        failed = while_there(self, self._failed)
        self._books.part(one, lambda _stored: None, failed)

    def _failed(self, error: Exception) -> None:
        self.state.tell(str(error), "danger")
