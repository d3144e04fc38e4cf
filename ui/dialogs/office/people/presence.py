"""When a contact is there: at any time, or in hours of his own."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.client import BookableHours
from receptionist.model.contact import ContactHours
from ui.dialogs.office.hours import HoursEditor
from ui.theme.sheet import GRID
from ui.widgets.inputs import Choice

_LAST = time(23, 59)
"""How the end of a day is typed."""


class PresenceEditor(QWidget):
    """Main thread. The seven lines are made when they are wanted first."""

    changed = Signal()

    def __init__(self, hours: tuple[ContactHours, ...], usual: tuple[BookableHours, ...]) -> None:
        """`usual` is what stands in the lines of who had none."""
        super().__init__()
        self._given, self._usual = hours, usual
        choices: list[tuple[object, str]] = [
            (False, _("at any time")),
            (True, _("at certain hours")),
        ]
        self.choice = Choice(choices, bool(hours))
        self.lines: HoursEditor | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * GRID)
        self._column.addWidget(self.choice)
        self.setFocusProxy(self.choice)
        self.choice.currentIndexChanged.connect(self._chosen)
        self._follow()

    @property
    def hours(self) -> tuple[ContactHours, ...]:
        """His hours; none where he may be there at any time."""
        if not self.choice.value or self.lines is None:
            return ()
        if self.lines.raw == self._shown:
            return self._given
        return tuple(
            ContactHours(
                weekday=one.weekday, start=one.start, end=time() if one.end == _LAST else one.end
            )
            for one in self.lines.hours
        )

    @property
    def fault(self) -> str:
        """What is wrong."""
        if not self.choice.value or self.lines is None:
            return ""
        if any(self.lines.faults()):
            return _("Not every day can be read.")
        return "" if self.lines.hours else _("Write at least one day with hours.")

    @property
    def raw(self) -> object:
        """What stands here."""
        return self.choice.value, self.lines.raw if self.lines is not None else None

    def go(self) -> None:
        """Put the keyboard where something is wrong, else on the choice."""
        if self.fault and self.lines is not None:
            self.lines.show_faults(True)
            self.lines.go()
        else:
            self.choice.setFocus()

    def _chosen(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        if self.choice.value and self.lines is None:
            given = tuple(_typed(one) for one in self._given)
            usual = tuple(replace(one, staff_id=None) for one in self._usual if not one.staff_id)
            self.lines = HoursEditor(given or usual)
            self._shown: object = self.lines.raw if given else None
            self.lines.changed.connect(self.changed)
            self._column.addWidget(self.lines)
        if self.lines is not None:
            self.lines.setVisible(bool(self.choice.value))


def _typed(hours: ContactHours) -> BookableHours:
    """A day's hours in which midnight is typed as a minute before."""
    end = _LAST if hours.end == time() else hours.end
    return BookableHours(weekday=hours.weekday, start=hours.start, end=end)
