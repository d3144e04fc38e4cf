"""Every panel of the window, made once, each in its place."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.model.call import CallBack
from ui.actions import Actions
from ui.models.agent import working
from ui.models.asking import lacks_address
from ui.models.board import Board
from ui.models.bookings import Doing
from ui.models.wayout import known_way
from ui.panels.appointment import AppointmentPanel
from ui.panels.bars import BottomBar, TopBar
from ui.panels.booking import BookingPanel
from ui.panels.caller import CallerPanel
from ui.panels.calls import CallsPanel
from ui.panels.client import ClientPanel
from ui.panels.columns import columns, framed, one_below_another, sharing, standing_on
from ui.panels.journal import JournalPanel
from ui.panels.leaving import LeavingBar
from ui.panels.middle import Middle
from ui.panels.notice import NoticeBar
from ui.panels.slots import SlotsPanel
from ui.panels.verbs import VerbBar
from ui.panels.week import WeekPanel

ON_THE_WEEK = ("day", "print", "pdf", "export", "export_all")
"""What the menu at the corner of the week offers."""


class Whole(QWidget):
    """All panels of a desk. Main thread. Shows what the board says; asks nothing itself."""

    def __init__(
        self, desk: Desk, board: Board, caller: CallerPanel, actions: Actions, clock: Clock
    ) -> None:
        super().__init__()
        self._desk, self._board, self._clock = desk, board, clock
        zone = board.zone
        self.caller = caller
        self.calls, self.journal = CallsPanel(), JournalPanel(board.journal, self._way_back)
        self.client = ClientPanel(desk)
        self.booking = BookingPanel(clock, zone)
        self.slots = SlotsPanel(clock, zone)
        self.appointment = AppointmentPanel(actions, clock, zone)
        self.week = WeekPanel(clock, zone, [actions.of(one) for one in ON_THE_WEEK])
        self.verbs = VerbBar(actions)
        self.middle = Middle(desk, self.client, caller, self.booking, self.verbs)
        self.top, self.bottom, self.leaving = TopBar(actions), BottomBar(), LeavingBar()
        self.notice = NoticeBar()
        below = one_below_another(self.appointment, self.slots)
        left, right = sharing(self.calls, self.journal), standing_on(self.week, below)
        body = columns(left, self.middle, right)
        board.journal.setParent(self)
        for model in (board.history, board.corrections, board.voices, board.finder):
            model.setParent(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed(self.top, (self.leaving, self.notice), body, self.bottom))
        self.top.search.attach(board.finder, self)
        self.caller.turned.connect(self.top.search.forget_way_back)

    def get_ready(self) -> None:
        """Dress what is not seen yet, so that the first call does not have to wait for it."""
        self.calls.get_ready()
        for widget in self.findChildren(QWidget):
            widget.ensurePolished()

    def show_board(self) -> None:
        """Show what is so now."""
        board, now = self._board, self._clock.now()
        self.calls.show_calls(board.stage, now)
        self._show_middle(now)
        self._show_right()
        self._show_edges()

    def tick(self, now: datetime) -> None:
        """Let timers go on."""
        self.calls.tick(now)
        self.middle.tick(now)
        self.booking.tick(now)
        self.week.tick(now)
        self.client.show_owner(self._board.planner.week.owner(), now)
        self.top.agent.tick(now)

    def _way_back(self, back: CallBack) -> str:
        return known_way(self._desk, back.number, back.client_id)

    def _show_middle(self, now: datetime) -> None:
        board, shown = self._board, self._board.shown
        client = board.looked_up
        if client is not None:
            self.middle.show_client(client)
        elif shown is None:
            self.middle.show_nobody(board.phone, board.agent, board.zone)
        else:
            self.middle.show_call(shown, board.planner.wish, now)
            self._show_needed_fields()
            self.caller.show_history(board.history)
            self.middle.show_record(board.corrections.lines)
        self._show_voices(now)
        self.verbs.failed.tell(board.failure, "attention")

    def _show_voices(self, now: datetime) -> None:
        voices, zone = self._board.voices, self._board.zone
        playing, doomed = voices.playing, voices.doomed
        self.verbs.voices.show_voices(voices.kept, zone, now, playing=playing, doomed=doomed)
        self.journal.show_voices(playing, doomed)

    def _show_right(self) -> None:
        board, shown = self._board, self._board.in_view
        client_id = shown.client.id if shown and shown.client else None
        condition = board.condition_of(client_id) if client_id else None
        health = self._desk.calendars.health(client_id) if client_id else None
        planner = board.planner
        self._show_appointment()
        away = lacks_address(planner.wish, planner.client)
        self.slots.show_wish(shown, planner.wish, condition, needs_address=away)
        self.week.show_week(shown, planner.wish, planner.week, health, condition)
        self.client.show_owner(planner.week.owner(), self._clock.now())

    def _show_appointment(self) -> None:
        """The opened one in the place of the free times, unless it is being moved to one."""
        board, planner = self._board, self._board.planner
        opened, client = board.handling.opened, planner.client
        letters = None
        if opened is not None and client is not None and client.tells_callers:
            letters = self._desk.letters.hindrance(opened.appointment)
        self.appointment.show_opened(
            opened, planner.wish, client, board.handling.news, letters=letters
        )
        if opened is not None and opened.doing is not Doing.MOVING:
            self.slots.when.give_back()
        self.slots.setVisible(opened is None or opened.doing is Doing.MOVING)

    def _show_needed_fields(self) -> None:
        wish, client = self._board.planner.wish, self._board.planner.client
        kind = wish.kind if wish else None
        self.caller.show_needed(
            address=kind is not None and kind.at_caller,
            email=client is not None and client.tells_callers,
        )

    def show_remark(self) -> None:
        """Say in the status line why a key could do nothing, else how the desk is."""
        board = self._board
        unseen = board.failure if board.shown is None else ""
        self.bottom.show_conditions(
            board.conditions(), board.audio, board.store_message, board.remark or unseen
        )

    def _show_edges(self) -> None:
        board, directory = self._board, self._desk.directory
        board.journal.settle()
        self.journal.show_way()
        for sentence in board.take_notices():
            self.notice.tell(sentence)
        self.leaving.show_calls([seen.call for seen in board.stage.live])
        self.top.show_names(directory.office.name, directory.receptionist.name)
        self.top.agent.show_agent(
            board.agent, board.zone, self._clock.now(), working=working(board.stage.live)
        )
        self.top.show_conditions(board.phone, board.calendars)
        self.show_remark()
        self.bottom.progress.show_progress(board.readings.progress)
        self.bottom.show_count(board.journal.calls_today)
