"""Bookable hours: a line and a bar for each weekday."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from receptionist.i18n import _, language
from receptionist.model.client import BookableHours
from ui.models.hours import Span, spans, words
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.daybar import DayBar, DayScale
from ui.widgets.field import Fault
from ui.widgets.inputs import Line
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label

_DAYS = 7
_WORKDAYS = 5


class HoursEditor(QWidget):
    """Seven lines such as `9-12, 14-18`; an empty one is a closed day. Main thread."""

    changed = Signal()

    def __init__(self, hours: tuple[BookableHours, ...], staff_id: UUID | None = None) -> None:
        """Of `hours` those of one member of the staff, or those of nobody in particular."""
        super().__init__()
        self._staff_id = staff_id
        hours = tuple(one for one in hours if one.staff_id == staff_id)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.lines: list[Line] = []
        self._bars: list[DayBar] = []
        self._faults: list[Fault] = []
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        grid.addWidget(DayScale(), 0, 2)
        for day in range(_DAYS):
            mine = [(one.start, one.end) for one in hours if one.weekday == day]
            self._place(grid, day, words(mine))
        same = KeyButton(_("Tuesday to Friday as on Monday"), kind="quiet")
        same.clicked.connect(self._same)
        below = row()
        below.addWidget(same)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(grid)
        column.addLayout(below)
        for day in range(_DAYS):
            self._typed(day)
        self.setFocusProxy(self.lines[0])

    @property
    def hours(self) -> tuple[BookableHours, ...]:
        """The hours of all days that can be read."""
        return tuple(
            BookableHours(weekday=day, start=start, end=end, staff_id=self._staff_id)
            for day in range(_DAYS)
            for start, end in self._spans(day)
        )

    @property
    def raw(self) -> tuple[str, ...]:
        """The lines as days read them, and as they were typed where they cannot be read."""
        return tuple(words(self._spans(day)) or line.text() for day, line in enumerate(self.lines))

    def faults(self) -> list[str]:
        """What is wrong, day by day; "" where all is well."""
        read = (spans(line.text()) for line in self.lines)
        return [one if isinstance(one, str) else "" for one in read]

    def show_faults(self, said: bool) -> None:
        """Say below each line what is wrong with it."""
        for fault, line, sentence in zip(self._faults, self.lines, self.faults(), strict=True):
            fault.tell(sentence if said or fault.words else "", line)

    def go(self) -> None:
        """Put the keyboard into the first line that is wrong, else the first."""
        wrong = [day for day, sentence in enumerate(self.faults()) if sentence]
        self.lines[wrong[0] if wrong else 0].setFocus()

    def _place(self, grid: QGridLayout, day: int, text: str) -> None:
        line, bar, fault = Line(text, 120, _("closed")), DayBar(), Fault()
        name = QLocale(language()).dayName(day + 1)
        line.setAccessibleName(name)
        line.textChanged.connect(lambda: self._typed(day))
        line.editingFinished.connect(lambda: self._left(day))
        grid.addWidget(Label(name), 2 * day + 1, 0)
        grid.addWidget(line, 2 * day + 1, 1)
        grid.addWidget(bar, 2 * day + 1, 2)
        grid.addWidget(fault, 2 * day + 2, 1, 1, 2)
        self.lines.append(line)
        self._bars.append(bar)
        self._faults.append(fault)

    def _spans(self, day: int) -> tuple[Span, ...]:
        read = spans(self.lines[day].text())
        return () if isinstance(read, str) else read

    def _typed(self, day: int) -> None:
        if day < len(self._bars):
            self._bars[day].show_spans(self._spans(day))
        if self._faults[day].words:
            self._faults[day].tell(self.faults()[day], self.lines[day])
        self.changed.emit()

    def _left(self, day: int) -> None:
        read = self._spans(day)
        if read:
            self.lines[day].setText(words(read))
        self._faults[day].tell(self.faults()[day], self.lines[day])

    def _same(self) -> None:
        for line in self.lines[1:_WORKDAYS]:
            line.setText(self.lines[0].text())
