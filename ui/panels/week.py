"""The owner's week: what is busy, our appointments with their state, and what is free to choose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from receptionist.clock import Clock
from receptionist.events import CalendarChanged
from receptionist.i18n import _
from receptionist.model.appointment import Appointment
from receptionist.model.client import Client
from ui.actions import hint
from ui.models.bookings import Wish
from ui.models.condition import Condition
from ui.models.moments import clock_words
from ui.models.stage import LookedUp, Seen
from ui.models.week import ShownWeek
from ui.models.weekwords import (
    checked_words,
    dates_words,
    free_words,
    heading_words,
    why_not,
)
from ui.models.words import one_line
from ui.panels.weekplan import WeekPlan
from ui.theme.sheet import GRID, INSIDE
from ui.widgets.card import Card
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce
from ui.widgets.stateline import StateLine
from ui.widgets.weekgrid import WeekGrid
from ui.widgets.weekshape import Start

PATIENCE_MS = 500
"""How long reading may take before it is said."""
_HEAD_PX = 23
"""The heading stands as high with buttons beside it as without."""


class WeekPanel(Card):
    """The week of the shown client. Main thread.

    `start` carries the instant that was chosen, `turned` how many weeks to go on (0: this week),
    `left` says that the keyboard leaves and came from nowhere.
    """

    start = Signal(object)
    turned = Signal(int)
    left = Signal()

    def __init__(self, clock: Clock, office_zone: str) -> None:
        super().__init__(_("Owner's calendar"))
        self._clock, self._office_zone = clock, office_zone
        self._seen: Seen | LookedUp | None = None
        self._wish: Wish | None = None
        self._plan: WeekPlan | None = None
        self._made_of: object = None
        self._checked: datetime | None = None
        self._refused = ""
        self._came_from: QWidget | None = None
        self._waiting = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._say_state)
        self.heading.setWordWrap(True)
        self._before = KeyButton("‹", kind="step", name=_("Week before"))
        self._present = KeyButton(_("Today"), kind="quiet", name=_("This week"))
        self._after = KeyButton("›", kind="step", name=_("Week after"))
        self._key = Label(hint("week"), "key")
        self._state = Label("", "label", wrap=True)
        self._calendar = StateLine()
        self._empty = Label("", "quiet", wrap=True)
        self.grid = WeekGrid(
            _("Owner's week"), self._start_words, self._start_time, _("Nothing is free this week.")
        )
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        self._before.clicked.connect(lambda: self.turned.emit(-1))
        self._present.clicked.connect(lambda: self.turned.emit(0))
        self._after.clicked.connect(lambda: self.turned.emit(1))
        self.grid.turned.connect(self.turned)
        self.grid.chosen.connect(self._chosen)
        self.grid.refused.connect(self._say_why_not)
        self.grid.left.connect(self._give_back)
        self.grid.focused.connect(self._keyboard_moved)

    def _arrange(self) -> None:
        for widget in (self._key, self._before, self._present, self._after):
            self.heading_row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.heading_row.setSpacing(2)
        self.heading_row.addStrut(_HEAD_PX)
        self.column.setContentsMargins(INSIDE, 2 * GRID, INSIDE, INSIDE)
        self.column.setSpacing(GRID)
        self.column.addWidget(self._state)
        self.column.addWidget(self._calendar)
        self.column.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self.grid, 1)

    @property
    def has_keyboard(self) -> bool:
        """Whether a time is being looked for with the keyboard."""
        return self.grid.hasFocus()

    @property
    def words(self) -> str:
        """What is said above the week."""
        return self._state.text()

    def go(self) -> None:
        """Put the keyboard into the week; from there, the same key gives it back."""
        if self.grid.hasFocus():
            self._give_back()
        elif self.grid.isVisible():
            self._came_from = QApplication.focusWidget()
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_week(
        self,
        seen: Seen | LookedUp | None,
        wish: Wish | None,
        week: ShownWeek,
        health: CalendarChanged | None,
        condition: Condition | None,
    ) -> None:
        """Show the week of the client of this call, and how fresh the owner's calendar is."""
        self._seen, self._wish = seen, wish
        client = seen.client if seen else None
        known = client is not None and week.outlook is not None
        self._checked = health.checked if health else None
        self.heading.setText(self._heading(client, week))
        for button in (self._key, self._before, self._present, self._after):
            button.setVisible(known)
        self._before.setEnabled(not week.is_present)
        self._present.setEnabled(not week.is_present)
        self._wait(reading=week.reading and not known)
        self._empty.tell("" if known else _empty_words(seen))
        self.grid.setVisible(known)
        self._show_calendar(client, condition)
        if client is None or week.outlook is None:
            self._plan = self._made_of = None
        else:
            self._show_plan(client, week)
        self._say_state()

    def tick(self, now: datetime) -> None:
        """Let the line of the present time go on, and the age of what is shown."""
        if self._plan is not None:
            self._remake()
            self.grid.show_week(self.grid.shape, self._plan.moment(now))
            self._say_state()

    # ---- what is shown

    def _show_plan(self, client: Client, week: ShownWeek) -> None:
        assert week.outlook is not None
        self._week = week.outlook.week
        self._client = client
        self._remake()

    def _remake(self) -> None:
        """Put the week into words and places, if anything of it changed."""
        wish, client, now = self._wish, self._client, self._clock.now()
        today = now.astimezone(ZoneInfo(client.zone)).date()
        newest: Sequence[Appointment] = tuple(wish.outcomes.values()) if wish else ()
        chosen = wish.chosen if wish else None
        asked = wish is not None and wish.asked is not None
        words = self._chosen_words(asked) if chosen else ""
        made_of = (self._week, client, newest, chosen, words, today)
        if made_of != self._made_of:
            if self._made_of is not None:
                self._refused = ""
            self._made_of = made_of
            self._plan = WeekPlan(self._week, client, newest, self._office_zone)
            self.grid.show_week(self._plan.shape(chosen, words, today), self._plan.moment(now))

    def _chosen_words(self, asked: bool) -> str:
        assert self._wish is not None
        assert self._wish.chosen is not None
        time = clock_words(self._wish.chosen.start, self._client.zone)
        call = self._seen.call if self._seen else None
        name = one_line(call.caller_name or call.caller.name, 60) if call else ""
        return "\n".join([time, _("being booked …") if asked else name])

    def _heading(self, client: Client | None, week: ShownWeek) -> str:
        if client is None or week.outlook is None:
            return _("Owner's calendar")
        number = week.outlook.week.days[0].date.isocalendar().week
        return heading_words(number, client, self._office_zone)

    def _show_calendar(self, client: Client | None, condition: Condition | None) -> None:
        if client is None:
            self._calendar.tell("")
        elif condition is None:
            words = _("This client has no calendar; appointments cannot be booked.")
            self._calendar.tell(words, "attention")
        elif condition.tone == "danger" or (condition.tone == "good" and condition.cure):
            tone = "attention" if condition.tone == "good" else condition.tone
            self._calendar.tell(condition.words, tone, aloud=condition.tone)
        elif condition.tone == "attention":
            words = _("Calendar: {state}").format(state=condition.state)
            self._calendar.tell(f"{words}. {condition.more}".strip(), condition.tone)
        else:
            self._calendar.tell("")

    def _say_state(self) -> None:
        """Why a time was refused, else the keys while they work here, else how fresh this is."""
        if self._plan is None:
            waits = not self._patience.isActive() and self._waiting
            self._state.tell(_("The calendar is being read …") if waits else "")
        elif self._refused:
            self._state.tell(self._refused)
        elif self.grid.hasFocus():
            self._state.tell(_("Arrows: time · Page ↑↓: week · Enter: choose · Esc: back"))
        else:
            parts = [dates_words(self._week)]
            if not self._calendar.isVisibleTo(self) or self._checked is None:
                now = self._clock.now()
                parts.append(checked_words(self._checked, now, self._office_zone))
            self._state.tell(" · ".join(parts))

    def _wait(self, *, reading: bool) -> None:
        if reading and not self._waiting:
            self._patience.start(PATIENCE_MS)
        if not reading:
            self._patience.stop()
        self._waiting = reading

    # ---- what is chosen

    def _chosen(self, start: Start) -> None:
        self._refused = ""
        self.start.emit(start.at)
        if self._came_from is not None:
            self._give_back()

    def _give_back(self) -> None:
        """Let the keyboard go back to where it was."""
        before, self._came_from = self._came_from, None
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    def _keyboard_moved(self, here: bool) -> None:
        if not here and QApplication.focusWidget() not in (None, self.grid):
            self._came_from = None
        self._say_state()

    def _say_why_not(self, column: int, minute: int) -> None:
        if self._plan is None:
            return
        at, now = self._plan.instant(column, minute), self._clock.now()
        self._refused = why_not(self._week, self._client, at, now, self._office_zone)
        self._say_state()
        announce(self._state, self._refused)

    def _start_words(self, start: Start) -> str:
        slot = self._plan.period_of(start) if self._plan else None
        return free_words(slot, self._client.zone) if slot else ""

    def _start_time(self, start: Start) -> str:
        return clock_words(start.at, self._client.zone)


def _empty_words(seen: Seen | LookedUp | None) -> str:
    if seen is None:
        return _(
            "During a call, the owner's week stands here: when he is busy, our appointments, "
            "and what is free."
        )
    if seen.client is None:
        return _("The owner's week stands here once the client is known.")
    return ""
