"""Days with other hours than usual, or none: days, a name, and the hours."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.client import HoursException
from ui.dialogs.office.rows import EditorRow, RowsEditor
from ui.models import days as day_words
from ui.models.hours import Span, spans, words
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.field import Fault
from ui.widgets.inputs import Line

_Exceptions = tuple[HoursException, ...]


class _ExceptionRow(EditorRow):
    """The same days, once for each of their hours. What was given stays while nothing is typed."""

    def __init__(self, given: _Exceptions, today: date) -> None:
        super().__init__()
        self._given, self._today = given, today
        first = given[0] if given else None
        self.days = Line(
            day_words.shown(first.first, first.last) if first else "", 60, _("Day or days")
        )
        self.days.setAccessibleName(_("Day or days"))
        self.name = Line(
            first.name if first else "",
            200,
            _("for example {name}").format(name=_("Holidays")),
        )
        self.name.setAccessibleName(_("Name of the days"))
        self.hours = Line(words(_spans(given)), 120, _("closed"))
        self.hours.setAccessibleName(_("Hours on these days"))
        self._shown = self._texts
        self._fault = Fault()
        line = row()
        line.addWidget(self.days, 5)
        line.addWidget(self.name, 4)
        line.addWidget(self.hours, 3)
        line.addWidget(self.removal(_("Remove these days")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(line)
        column.addWidget(self._fault)
        for one in (self.days, self.name, self.hours):
            one.textChanged.connect(self._typed)
        self.days.editingFinished.connect(self._left)
        self.hours.editingFinished.connect(self._left)

    @property
    def exceptions(self) -> _Exceptions:
        """What the row says; nothing while it cannot be read."""
        if self._given and self._texts == self._shown:
            return self._given
        read, hours = day_words.days(self.days.text(), self._today), spans(self.hours.text())
        if isinstance(read, str) or isinstance(hours, str):
            return ()
        first, last = read
        name = self.name.text().strip()
        if not hours:
            return (HoursException(first=first, last=last, name=name),)
        return tuple(
            HoursException(first=first, last=last, name=name, start=start, end=end)
            for start, end in hours
        )

    @property
    def raw(self) -> tuple[object, ...]:
        """What is read, and what was typed where it cannot be read."""
        return self.exceptions or self._texts

    @property
    def fault(self) -> str:
        """What is wrong."""
        read, hours = day_words.days(self.days.text(), self._today), spans(self.hours.text())
        return next((one for one in (read, hours) if isinstance(one, str)), "")

    @property
    def first(self) -> QWidget:
        return self.days

    @property
    def lacking(self) -> bool:
        return bool(self.fault)

    @property
    def _texts(self) -> tuple[str, ...]:
        return self.days.text(), self.name.text(), self.hours.text()

    def tell_fault(self) -> None:
        """Say below the row what is wrong with it."""
        self._fault.tell(self.fault, self.days)

    def _typed(self) -> None:
        if self._fault.words:
            self._fault.tell(self.fault, self.days)
        self.changed.emit()

    def _left(self) -> None:
        """Show what was read as it was read."""
        read, hours = day_words.days(self.days.text(), self._today), spans(self.hours.text())
        if not isinstance(read, str):
            self.days.setText(day_words.shown(*read))
        if not isinstance(hours, str):
            self.hours.setText(words(hours))
        self._fault.tell(self.fault if any(self._texts) else "", self.days)


class ExceptionsEditor(RowsEditor[_ExceptionRow]):
    """Every day or period with other hours. Main thread."""

    def __init__(self, exceptions: _Exceptions, today: date) -> None:
        super().__init__(_("Add days"))
        self._today = today
        self.start([_ExceptionRow(given, today) for given in _grouped(exceptions)])

    @property
    def exceptions(self) -> _Exceptions:
        """Everything that can be read."""
        return tuple(given for one in self.rows for given in one.exceptions)

    @property
    def raw(self) -> tuple[object, ...]:
        """Every row."""
        return tuple(one.raw for one in self.rows)

    @property
    def is_wrong(self) -> bool:
        """Whether something cannot be read."""
        return any(one.fault for one in self.rows)

    def go(self) -> None:
        for one in self.rows:
            one.tell_fault()
        super().go()

    def new_row(self) -> _ExceptionRow:
        return _ExceptionRow((), self._today)


def _spans(given: _Exceptions) -> list[Span]:
    return [(one.start, one.end) for one in given if one.start and one.end]


def _grouped(exceptions: _Exceptions) -> list[_Exceptions]:
    """What stands in one row: hours of the same days and name, one after the other."""
    alike = groupby(exceptions, lambda one: (one.first, one.last, one.name, one.start is None))
    return [tuple(given) for _key, given in alike]
