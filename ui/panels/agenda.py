"""The next appointments of the shown client, with the state of each in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from receptionist.clock import Clock
from receptionist.i18n import _
from receptionist.model.appointment import Appointment
from ui.models.moments import clock_words, short_day_words
from ui.models.outcome import short_outcome
from ui.models.stage import Seen
from ui.models.words import one_line
from ui.theme.sheet import GRID
from ui.widgets.card import Card, row
from ui.widgets.label import Label, wear
from ui.widgets.scroll import Scroll

_SHOWN = 20


class AgendaPanel(Card):
    """Appointments to come. Main thread."""

    def __init__(self, clock: Clock, office_zone: str) -> None:
        super().__init__(_("Next appointments"))
        self._clock, self._office_zone = clock, office_zone
        self._shown: tuple[Appointment, ...] | None = None
        self._state = Label("", "quiet", wrap=True)
        self._scroll = Scroll(_("Next appointments"))
        self.column.addWidget(self._state)
        self.column.addWidget(self._scroll, 1)

    def show_agenda(self, seen: Seen | None, agenda: Sequence[Appointment]) -> None:
        """Show the appointments of the client of this call."""
        self._state.tell(_empty_words(seen, agenda))
        if self._shown == tuple(agenda):
            return
        self._shown = tuple(agenda)
        self._scroll.clear()
        for appointment in agenda[:_SHOWN]:
            self._scroll.column.addWidget(self._row(appointment))
        self._scroll.column.addStretch(1)

    def _row(self, appointment: Appointment) -> QWidget:
        line = QFrame()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        start, zone = appointment.start, appointment.zone
        day = short_day_words(start, zone, self._clock.now())
        first = row()
        first.addWidget(Label(clock_words(start, zone), "strong"))
        first.addWidget(Label(day, "label", wrap=True), 1)
        state, tone = short_outcome(appointment, self._office_zone)
        told = Label(state, "label", wrap=True)
        wear(told, tone=tone)
        column.addLayout(first)
        summary = one_line(appointment.summary)
        line.setAccessibleName(f"{clock_words(start, zone)}, {day}, {summary}, {state}")
        column.addWidget(Label(summary, wrap=True))
        column.addWidget(told)
        rule = QFrame()
        rule.setProperty("surface", "rule")
        rule.setFixedHeight(1)
        column.addSpacing(GRID)
        column.addWidget(rule)
        return line


def _empty_words(seen: Seen | None, agenda: Sequence[Appointment]) -> str:
    if agenda:
        return ""
    if seen is None or seen.client is None:
        return _("The client's appointments appear here.")
    return _("No appointments of this client in the next two months.")
