"""The rows of a rota: the weekly pattern, other days, and when somebody has to be on call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from PySide6.QtWidgets import QVBoxLayout

from receptionist.i18n import _
from receptionist.model.rota import NeededHours, OtherDays, Shift
from ui.dialogs.office.people.chain import ChainLine
from ui.dialogs.office.rows import EditorRow, RowsEditor
from ui.models import days as day_words
from ui.models.chain import Names
from ui.models.unattended import clock_span
from ui.models.weekdays import weekday_words, weekdays
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.field import Fault
from ui.widgets.inputs import Line

Span = tuple[time, time]
_HOURS_WIDTH = 124
_WHOLE: Span = (time(), time())


class _TimedRow(EditorRow):
    """Days, hours and maybe names in one line, what is wrong below it."""

    movable = True

    def __init__(self, days: str, hours: str, names: ChainLine | None) -> None:
        super().__init__()
        self.days, self.hours, self.names = Line(days, 80), Line(hours, 20), names
        self.hours.setAccessibleName(_("From when to when"))
        self._fault = Fault()
        self.line = row()
        self.hours.setFixedWidth(_HOURS_WIDTH)
        self.line.addWidget(self.days, 2)
        self.line.addWidget(self.hours)
        if names is not None:
            names.setAccessibleName(_("Who is on call, one after the other"))
            self.line.addWidget(names, 3)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GRID)
        self.column.addLayout(self.line)

    def finish(self, removal: str) -> None:
        """Everything is placed: the buttons, and below them what is wrong."""
        verbs = row(spacing=0)
        if self.names is not None:
            verbs.addWidget(self.small_button("+", _("Add a contact"), self.names.offer))
        verbs.addWidget(self.small_button("↑", _("Move up"), lambda: self.moves.emit(self, -1)))
        verbs.addWidget(self.small_button("↓", _("Move down"), lambda: self.moves.emit(self, 1)))
        verbs.addWidget(self.removal(removal))
        self.line.addLayout(verbs)
        self.column.addWidget(self._fault)
        for one in self.findChildren(Line):
            one.textChanged.connect(self._typed)
            one.editingFinished.connect(self._left)

    @property
    def chain(self) -> tuple[str, ...]:
        """The keys of who is on call."""
        return self.names.chain if self.names is not None else ()

    @property
    def fault(self) -> str:
        """What is wrong."""
        said = (self.days_fault, self.hours_fault, self.names.fault if self.names else "")
        return next(filter(None, said), "")

    @property
    def days_fault(self) -> str:
        """What is wrong with the days."""
        raise NotImplementedError

    @property
    def hours_fault(self) -> str:
        """What is wrong with the hours."""
        span = clock_span(self.hours.text())
        return span if isinstance(span, str) else ""

    @property
    def span(self) -> Span | None:
        """From when to when; None for the whole day."""
        span = clock_span(self.hours.text())
        return span if isinstance(span, tuple) and span != _WHOLE else None

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands here."""
        return tuple(one.text() for one in self.findChildren(Line))

    @property
    def first(self) -> Line:
        return self.days

    @property
    def lacking(self) -> bool:
        return bool(self.fault)

    def show_read(self) -> None:
        """Show days as they were read."""

    def tell_fault(self) -> None:
        """Say below the row what is wrong with it."""
        self._fault.tell(self.fault, self.days)

    def _typed(self) -> None:
        if self._fault.words:
            self.tell_fault()
        self.changed.emit()

    def _left(self) -> None:
        self.show_read()
        if not self.hours_fault:
            self.hours.setText(span_words(self.span))
        self.tell_fault()


class _WeekRow(_TimedRow):
    """Weekdays that come again each week."""

    def __init__(self, days: Sequence[int], span: Span, names: ChainLine | None) -> None:
        super().__init__(weekday_words(days), span_words(span), names)
        self.days.setAccessibleName(_("Weekdays"))
        self.days.setPlaceholderText(_("every day"))
        self.hours.setPlaceholderText(_("round the clock"))
        self.finish(_("Remove these days"))

    @property
    def days_fault(self) -> str:
        read = weekdays(self.days.text())
        return read if isinstance(read, str) else ""

    @property
    def week(self) -> tuple[int, ...]:
        """The weekdays; none for every day."""
        read = weekdays(self.days.text())
        return read if isinstance(read, tuple) else ()

    def show_read(self) -> None:
        if not self.days_fault:
            self.days.setText(weekday_words(self.week))


class _OtherRow(_TimedRow):
    """Certain days, with a name below them."""

    def __init__(self, given: OtherDays | None, today: date, names: ChainLine) -> None:
        days = day_words.shown(given.first, given.last) if given else ""
        timed = given is not None and given.start is not None and given.end is not None
        span = (given.start, given.end) if given and timed else None
        super().__init__(days, span_words(span, whole=timed), names)  # type: ignore[arg-type]
        self._given, self._today, self._shown = given, today, days
        self.days.setAccessibleName(_("Day or days"))
        self.days.setPlaceholderText(_("Day or days"))
        self.hours.setPlaceholderText(_("whole days"))
        example = _("for example {name}").format(name=_("Holidays"))
        self.name = Line(given.name if given else "", 200, example)
        self.name.setAccessibleName(_("Name of the days"))
        below = row()
        below.addWidget(names, 3)
        below.addWidget(self.name, 2)
        self.column.addLayout(below)
        self.finish(_("Remove these days"))

    @property
    def days_fault(self) -> str:
        read = self._read()
        return read if isinstance(read, str) else ""

    @property
    def other(self) -> OtherDays | None:
        """The days; None while they cannot be read."""
        read, span = self._read(), self.span
        if isinstance(read, str):
            return None
        whole = not self.hours.text().strip()
        start, end = span or (_WHOLE if not whole else (None, None))
        return OtherDays(
            first=read[0],
            last=read[1],
            start=start,
            end=end,
            contacts=self.chain,
            name=self.name.text().strip(),
        )

    def show_read(self) -> None:
        read = self._read()
        if not isinstance(read, str):
            self.days.setText(day_words.shown(*read))

    def _read(self) -> day_words.Days | str:
        if self._given is not None and self.days.text() == self._shown:
            return self._given.first, self._given.last
        return day_words.days(self.days.text(), self._today)


class _Rows(RowsEditor[_TimedRow]):
    """What the editors of a rota have in common."""

    @property
    def raw(self) -> tuple[object, ...]:
        """What stands in every row."""
        return tuple(one.texts for one in self.rows)

    @property
    def fault(self) -> str:
        """The first sentence about what is wrong."""
        return next((one.fault for one in self.rows if one.fault), "")

    def go(self) -> None:
        for one in self.rows:
            one.tell_fault()
        super().go()


class ShiftsEditor(_Rows):
    """The weekly pattern. Main thread."""

    def __init__(self, shifts: Sequence[Shift], names: Names) -> None:
        super().__init__(_("Add a shift"))
        self._names = names
        self.start([self._row(one) for one in shifts])

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """Every shift, as far as it can be read."""
        weekly = [one for one in self.rows if isinstance(one, _WeekRow)]
        spans = [one.span or _WHOLE for one in weekly]
        return tuple(
            Shift(weekdays=one.week, start=start, end=end, contacts=one.chain)
            for one, (start, end) in zip(weekly, spans, strict=True)
            if not one.fault
        )

    def new_row(self) -> _TimedRow:
        return self._row(Shift())

    def _row(self, shift: Shift) -> _WeekRow:
        names = ChainLine(shift.contacts, self._names)
        return _WeekRow(shift.weekdays, (shift.start, shift.end), names)


class NeededEditor(_Rows):
    """When somebody has to be on call. Main thread."""

    def __init__(self, needed: Sequence[NeededHours]) -> None:
        super().__init__(_("Add hours"))
        self.start([_WeekRow(one.weekdays, (one.start, one.end), None) for one in needed])

    @property
    def needed(self) -> tuple[NeededHours, ...]:
        """All hours, as far as they can be read."""
        weekly = [one for one in self.rows if isinstance(one, _WeekRow) and not one.fault]
        spans = [one.span or _WHOLE for one in weekly]
        return tuple(
            NeededHours(weekdays=one.week, start=start, end=end)
            for one, (start, end) in zip(weekly, spans, strict=True)
        )

    def new_row(self) -> _TimedRow:
        return _WeekRow((), _WHOLE, None)


class OthersEditor(_Rows):
    """Who is on call instead on certain days. Main thread."""

    def __init__(self, others: Sequence[OtherDays], names: Names, today: date) -> None:
        super().__init__(_("Add days"))
        self._names, self._today = names, today
        self.start([self._row(one) for one in others])

    @property
    def others(self) -> tuple[OtherDays, ...]:
        """All days, as far as they can be read."""
        found = (one.other for one in self.rows if isinstance(one, _OtherRow) and not one.fault)
        return tuple(one for one in found if one is not None)

    def new_row(self) -> _TimedRow:
        return self._row(None)

    def _row(self, given: OtherDays | None) -> _OtherRow:
        chain = given.contacts if given is not None else ()
        names = ChainLine(chain, self._names, _("nobody"))
        return _OtherRow(given, self._today, names)


def span_words(span: Span | None, *, whole: bool = False) -> str:
    """From when to when as it is typed; "" for round the clock, unless that is to be said."""
    if span is None or (span == _WHOLE and not whole):
        return ""
    return f"{span[0]:%H:%M}–{span[1]:%H:%M}"
