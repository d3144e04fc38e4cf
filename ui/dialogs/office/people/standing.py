"""What a contact said of himself: whether he can be reached, from when again, in which words."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.clock import Clock
from receptionist.i18n import _
from receptionist.model.contact import Standing, StandingReach
from ui.models.standing import reach_choices, until_shown, until_typed
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.inputs import Choice, Line
from ui.widgets.label import Label


class StandingEditor(QWidget):
    """Main thread. What does not hold any more is as if it had not been said."""

    changed = Signal()

    def __init__(self, standing: Standing | None, clock: Clock, zone: str) -> None:
        super().__init__()
        self._clock, self._zone = clock, zone
        if standing is not None and not standing.holds(clock.now()):
            standing = None
        self._given = standing
        self.reach = Choice(reach_choices(), standing.reach if standing else None)
        self.until = Line(until_shown(standing.until if standing else None, zone), 60)
        self.until.setPlaceholderText(_("tomorrow 8, until 24 Dec"))
        self.until.setAccessibleName(_("Again from"))
        self._shown = self.until.text()
        self.words = Line(
            standing.words if standing else "",
            200,
            _("for example {name}").format(name=_("Holidays")),
        )
        self.words.setAccessibleName(_("Why"))
        self._more = QWidget()
        line = row()
        line.addWidget(Label(_("again from"), "label"))
        line.addWidget(self.until, 3)
        line.addWidget(Label(_("why"), "label"))
        line.addWidget(self.words, 2)
        self._more.setLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.reach)
        column.addWidget(self._more)
        self.setFocusProxy(self.reach)
        self.reach.currentIndexChanged.connect(self._chosen)
        self.until.textChanged.connect(self.changed)
        self.until.editingFinished.connect(self._left)
        self.words.textChanged.connect(self.changed)
        self._follow()

    @property
    def standing(self) -> Standing | None:
        """What was said; None where calendar and hours decide."""
        reach = self.reach.value
        if not isinstance(reach, StandingReach):
            return None
        read = self._until()
        return Standing(
            reach=reach,
            until=read if isinstance(read, datetime) else None,
            words=self.words.text().strip(),
        )

    @property
    def fault(self) -> str:
        """What is wrong."""
        read = self._until()
        return read if isinstance(read, str) and self.reach.value is not None else ""

    @property
    def raw(self) -> object:
        """What stands here."""
        return self.standing, self.fault and self.until.text()

    def go(self) -> None:
        """Put the keyboard where something is wrong, else on the choice."""
        (self.until if self.fault else self.reach).setFocus()

    def _until(self) -> datetime | str | None:
        if self._given is not None and self.until.text() == self._shown:
            return self._given.until
        return until_typed(self.until.text(), self._clock.now(), self._zone)

    def _chosen(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        self._more.setVisible(self.reach.value is not None)

    def _left(self) -> None:
        """Show what was read as it was read."""
        read = self._until()
        if isinstance(read, datetime):
            self.until.setText(until_shown(read, self._zone))
