"""The owner's week or day: what is busy, our appointments with their state, and what is free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from receptionist.clock import Clock
from receptionist.events import CalendarChanged
from receptionist.i18n import _
from receptionist.model.appointment import Appointment
from receptionist.model.client import Client
from ui.models.bookings import Wish
from ui.models.condition import Condition
from ui.models.moments import clock_words, compact_day
from ui.models.stage import LookedUp, Seen
from ui.models.week import ShownWeek, Sight
from ui.models.weekwords import (
    checked_words,
    dates_words,
    free_words,
    heading_words,
    why_not,
)
from ui.models.words import one_line
from ui.panels.weekhead import WeekHead, empty_words, show_condition
from ui.panels.weekmoves import WeekMoves
from ui.panels.weekplan import WeekPlan
from ui.theme.sheet import GRID, INSIDE
from ui.widgets.card import Card
from ui.widgets.label import Label, announce
from ui.widgets.stateline import StateLine
from ui.widgets.weekdrag import Lifted
from ui.widgets.weekgrid import WeekGrid
from ui.widgets.weekshape import Piece, Start

PATIENCE_MS = 500
"""How long reading may take before it is said."""


class WeekPanel(Card):
    """The week or a day of the shown client. Main thread.

    `start` carries the instant that was chosen and for whom of the staff, `appointment` the one of
    ours that is wanted open. `moved` carries an appointment, its new start and for whom; `resized`
    one and its new end. `turned` says how many weeks or days to go on (0: the present one),
    `looked` which day is to be shown alone (None: all), `left` that the keyboard leaves and came
    from nowhere. `menu` are the actions of the button at its corner.
    """

    start = Signal(object, object)
    appointment = Signal(object)
    moved = Signal(object, object, object)
    resized = Signal(object, object)
    turned = Signal(int)
    looked = Signal(object)
    left = Signal()

    def __init__(self, clock: Clock, office_zone: str, menu: Sequence[QAction] = ()) -> None:
        super().__init__(_("Owner's calendar"))
        self._clock, self._office_zone = clock, office_zone
        self._seen: Seen | LookedUp | None = None
        self._wish: Wish | None = None
        self._plan: WeekPlan | None = None
        self._client_id: UUID | None = None
        self._sight = Sight(office_zone=office_zone)
        self._made_of: object = None
        self._checked: datetime | None = None
        self._said = self._notice = ""
        self._came_from: QWidget | None = None
        self._waiting = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._say_state)
        self._moves = WeekMoves(clock)
        self._state = Label("", "label", wrap=True)
        self._calendar = StateLine()
        self._empty = Label("", "quiet", wrap=True)
        self.grid = WeekGrid(
            _("Owner's calendar"), self._start_words, self._start_time, self._moves.judge
        )
        self._head = WeekHead(self.heading, self.heading_row, self.grid, menu)
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        self._head.turned.connect(self.turned)
        self.grid.turned.connect(self.turned)
        self.grid.chosen.connect(self._chosen)
        self.grid.picked.connect(self._picked)
        self.grid.refused.connect(self._say_why_not)
        self.grid.walked.connect(self._say_state)
        self.grid.headed.connect(self.look_closer)
        self.grid.lifted.connect(self._lifted)
        self.grid.dropped.connect(self._dropped)
        self.grid.left.connect(self._give_back)
        self.grid.focused.connect(self._keyboard_moved)

    def _arrange(self) -> None:
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

    def turn_view(self) -> None:
        """From the week to the day one is at: the keyboard's, the chosen time's, else today."""
        shape, at = self.grid.shape, self.grid.at
        today = next((number for number, one in enumerate(shape.columns) if one.today), 0)
        chosen = shape.chosen.column if shape.chosen else today
        self.look_closer(at.column if at is not None and self.grid.hasFocus() else chosen)

    def look_closer(self, column: int) -> None:
        """From the week to the day of a column, and back."""
        if self._plan is not None:
            alone = self._sight.day is not None
            self.looked.emit(None if alone else self._plan.day_of(column))

    def show_week(
        self,
        seen: Seen | LookedUp | None,
        wish: Wish | None,
        week: ShownWeek,
        health: CalendarChanged | None,
        condition: Condition | None,
    ) -> None:
        """Show the week of the client of this call, and how fresh the owner's calendar is."""
        self._seen, self._wish, self._notice = seen, wish, week.notice
        client = seen.client if seen else None
        client_id = client.id if client else None
        if client_id != self._client_id:
            self._client_id, self._said = client_id, ""
        known = client is not None and week.outlook is not None
        self._checked = health.checked if health else None
        self._head.show_head(self._heading(client, week), known=known, present=week.is_present)
        self._wait(reading=week.reading and not known)
        self._empty.tell("" if known else empty_words(seen))
        self.grid.setVisible(known)
        show_condition(self._calendar, client, condition)
        if client is None or week.outlook is None:
            self._plan = self._made_of = None
        elif self._plan is None or week.shows(week.day):
            self._week, self._client = week.outlook.week, client
            self._sight = week.sight(self._office_zone)
            self._remake()
        self._say_state()

    def tick(self, now: datetime) -> None:
        """Let the line of the present time go on, and the age of what is shown."""
        if self._plan is not None:
            self._remake()
            self.grid.show_week(self.grid.shape, self._plan.moment(now))
            self._say_state()

    # ---- what is shown

    def _remake(self) -> None:
        """Put the week into words and places, if anything of it changed."""
        wish, client, now = self._wish, self._client, self._clock.now()
        today = now.astimezone(ZoneInfo(client.zone)).date()
        newest: Sequence[Appointment] = tuple(wish.outcomes.values()) if wish else ()
        chosen = wish.chosen if wish else None
        asked = wish is not None and wish.asked is not None
        words = self._chosen_words(asked) if chosen else ""
        made_of = (self._week, client, self._sight, newest, chosen, words, today)
        if made_of != self._made_of:
            if self._made_of is not None:
                self._said = ""
            self._made_of = made_of
            self._plan = WeekPlan(self._week, client, newest, self._sight)
            self._moves.show(self._week, client, self._plan, self._sight)
            self.grid.show_week(
                self._plan.shape(chosen, words, today),
                self._plan.moment(now),
                self._nothing_words(),
            )

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

    def _nothing_words(self) -> str:
        one_day = self._sight.day is not None
        return _("Nothing is free this day.") if one_day else _("Nothing is free this week.")

    def _say_state(self) -> None:
        """What was just said of a time, else the keys while they work, else how fresh all is."""
        if self._plan is None:
            waits = not self._patience.isActive() and self._waiting
            self._state.tell(_("The calendar is being read …") if waits else "")
        elif self.grid.moving is not None:
            self._state.tell(self._in_one_line(self._moves.words(self.grid.moving)))
        elif self._said or self._notice:
            self._state.tell(self._said or self._notice)
        elif self.grid.hasFocus():
            self._state.tell(self._key_words())
        else:
            day = self._sight.day
            parts = [compact_day(day) if day else dates_words(self._week)]
            if not self._calendar.isVisibleTo(self) or self._checked is None:
                now = self._clock.now()
                parts.append(checked_words(self._checked, now, self._office_zone))
            self._state.tell(" · ".join(parts))

    def _in_one_line(self, words: str) -> str:
        """What is said while the mouse moves must not move the grid."""
        right = Qt.TextElideMode.ElideRight
        return self._state.fontMetrics().elidedText(words, right, self._state.width())

    def _key_words(self) -> str:
        at = self.grid.at
        if isinstance(at, Piece):
            return _("Enter: open · Ctrl+⇧+arrow: move · ⇧+↑↓: length")
        if self._sight.day is not None:
            return _("Arrows: time · Page ↑↓: day · Enter: choose · Esc: back")
        return _("Arrows: time · Page ↑↓: week · Enter: choose · Esc: back")

    def _wait(self, *, reading: bool) -> None:
        if reading and not self._waiting:
            self._patience.start(PATIENCE_MS)
        if not reading:
            self._patience.stop()
        self._waiting = reading

    # ---- what is chosen

    def _chosen(self, start: Start) -> None:
        self._said = ""
        self.start.emit(start.at, start.staff_id)
        if self._came_from is not None:
            self._give_back()

    def _picked(self, piece: Piece) -> None:
        found = self._plan.appointment_of(piece) if self._plan else None
        if found is not None:
            self.appointment.emit(found)

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
        member = self._plan.member(column)
        self._say(why_not(self._week, self._client, at, now, self._office_zone, member))

    def _say(self, words: str) -> None:
        self._said = words
        self._say_state()
        announce(self._state, words)

    # ---- what is moved

    def _lifted(self, lifted: Lifted | None) -> None:
        self._said = ""
        self._say_state()
        if lifted is not None and self.grid.hasFocus():
            announce(self.grid, self._moves.words(lifted))

    def _dropped(self, lifted: Lifted) -> None:
        """Ask for it; what is shown changes when it is so."""
        wanted = self._moves.wanted(lifted)
        if wanted is None:
            return
        if lifted.problem:
            self._say(_("It stays where it is. {reason}").format(reason=lifted.problem))
            return
        self._say(self._moves.asked(lifted))
        if lifted.stretches:
            self.resized.emit(wanted.appointment, wanted.period.end)
        else:
            self.moved.emit(wanted.appointment, wanted.period.start, wanted.staff_id)

    def _start_words(self, start: Start) -> str:
        slot = self._plan.slot_of(start) if self._plan else None
        if slot is None:
            return ""
        member = self._client.member(start.staff_id)
        words = free_words(slot, self._client.zone)
        return f"{words}, {one_line(member.name)}" if member else words

    def _start_time(self, start: Start) -> str:
        return clock_words(start.at, self._client.zone)
