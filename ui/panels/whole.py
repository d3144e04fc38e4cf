"""Every panel of the window, made once, each in its place."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.callers import CallerNotice
from receptionist.model.worklist import WorkItem
from ui.actions import Actions
from ui.models.agent import working
from ui.models.asking import lacks_address
from ui.models.board import Board
from ui.models.bookings import Doing
from ui.models.callers import KnownNow, standing_words
from ui.models.errandwords import at_work
from ui.models.knowing import whose
from ui.models.wayout import known_way
from ui.panels.appointment import AppointmentPanel
from ui.panels.aside import Aside
from ui.panels.askbar import AskBar
from ui.panels.bars import BottomBar, TopBar
from ui.panels.booking import BookingPanel
from ui.panels.caller import CallerPanel
from ui.panels.callercard import CallerCardPanel
from ui.panels.calls import CallsPanel
from ui.panels.client import ClientPanel
from ui.panels.columns import columns, framed, one_below_another, sharing, standing_on
from ui.panels.errands import ErrandBar
from ui.panels.journal import JournalPanel
from ui.panels.knowledge import KnowledgePanel
from ui.panels.known import KnownPanel
from ui.panels.leaving import LeavingBar
from ui.panels.middle import Middle
from ui.panels.notice import NoticeBar
from ui.panels.pasting import PasteBar
from ui.panels.settled import SettledPanel
from ui.panels.slots import SlotsPanel
from ui.panels.spelling import SpellingPanel
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
        self._beside: UUID | None = None
        zone = board.zone
        self.caller = caller
        self.calls, self.journal = CallsPanel(), self._work_list(clock, zone)
        self.client = ClientPanel(desk)
        self.booking = BookingPanel(clock, zone)
        self.slots = SlotsPanel(clock, zone)
        self.appointment = AppointmentPanel(actions, clock, zone)
        self.week = WeekPanel(clock, zone, [actions.of(one) for one in ON_THE_WEEK])
        self.verbs = VerbBar(actions)
        self.known = KnownPanel(self._who_told, zone)
        self.caller_card = CallerCardPanel(self._notice_words)
        self.middle = Middle(desk, self.client, caller, self.booking, self.verbs)
        self.middle.show_above(self.known)
        self.top, self.bottom, self.leaving = TopBar(actions), BottomBar(), LeavingBar()
        self.notice, self.pasting = NoticeBar(), PasteBar()
        self.aside, self.knowledge, self.spelling = Aside(), KnowledgePanel(), SpellingPanel()
        self.errands, self.asking = ErrandBar(desk.directory.client), AskBar()
        below = one_below_another(self.appointment, self.slots)
        left, right = sharing(self.calls, self._lists), standing_on(self.week, below)
        body = columns(left, self.middle, right)
        board.journal.setParent(self)
        models = (board.history, board.corrections, board.voices, board.finder, board.suggestions)
        for model in models:
            model.setParent(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        notices = (self.leaving, self.pasting, self.errands, self.asking, self.notice)
        whole.addWidget(framed(self.top, notices, body, self.bottom))
        self.aside.lie_over(self, right, self.knowledge, self.spelling, self.caller_card)
        self.spelling.watch(self, self.aside)
        self.top.search.attach(board.finder, self)
        self.caller.turned.connect(self.top.search.forget_way_back)

    def _work_list(self, clock: Clock, zone: str) -> JournalPanel:
        """The work list with today's calls, and in the same place what was settled."""
        journal = JournalPanel(self._board.journal, self._way_back, self.who, clock, zone)
        self.settled = SettledPanel(zone, clock.now, self.who)
        self._lists = QStackedWidget()
        for panel in (journal, self.settled):
            self._lists.addWidget(panel)
        return journal

    def show_settled(self, wanted: bool) -> None:
        """Show what was settled, or the work list."""
        self._lists.setCurrentWidget(self.settled if wanted else self.journal)

    def get_ready(self) -> None:
        """Dress what is not seen yet, so that the first call does not have to wait for it."""
        self.calls.get_ready()
        for widget in self.findChildren(QWidget):
            widget.ensurePolished()

    def show_board(self) -> None:
        """Show what is so now."""
        board, now = self._board, self._clock.now()
        self.pasting.follow(board.in_view)
        self.top.search.follow(board.in_view)
        self.calls.show_calls(board.stage, now, board.callers.sign)
        self._show_middle(now)
        self._show_right()
        self._show_aside()
        self._show_edges()

    def keyboard_moved(self, _before: QWidget | None, _now: QWidget | None) -> None:
        """The keyboard is in another widget."""
        self.middle.follow_keyboard()
        if self._board.shown is not None:
            self._show_known(self._clock.now())

    def tick(self, now: datetime) -> None:
        """Let timers go on."""
        self.calls.tick(now)
        self.middle.tick(now)
        self.middle.script.show_course(self._board.course.shown(self._board.shown, now))
        self.booking.tick(now)
        self.week.tick(now)
        self.client.show_owner(self._board.planner.week.owner(), now)
        self.top.agent.tick(now)
        self.top.errand.tick(now)
        self._board.journal.tick()
        self.bottom.show_work(self._desk.work.counts)

    def _way_back(self, item: WorkItem) -> str:
        return known_way(self._desk, item.number, item.client_id)

    def _show_middle(self, now: datetime) -> None:
        board, shown = self._board, self._board.shown
        client = board.looked_up
        if client is not None:
            self.middle.show_client(client)
        elif shown is None:
            self.middle.show_nobody(board.phone, board.agent, board.zone)
        else:
            course = board.course.shown(shown, now)
            self.middle.show_call(shown, board.planner.wish, course, now)
            self._show_needed_fields()
            self.caller.show_history(board.history)
            self._show_known(now)
            self.caller.suggest(board.suggestions.title)
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

    def _show_aside(self) -> None:
        """What was looked up for one call or client never stands beside another."""
        self.aside.follow(whose(self._board.in_view))
        if self.aside.page is self.knowledge:
            self.knowledge.refresh()
        elif self.aside.page is self.spelling:
            self.spelling.refresh()
        elif self.aside.page is self.caller_card:
            known = self._board.callers.known(self._board.shown)
            if known is not None:
                self.show_caller_card(known)

    def show_caller_card(self, known: KnownNow) -> None:
        """Rows and messages of a caller, as they are now."""
        books = self._desk.people.notebooks.callers
        mine = known.card if not (known.by_name and known.number) else None
        self.caller_card.refresh(known, books.notices_for(mine) if mine else ())

    def _show_known(self, now: datetime) -> None:
        known = self._board.callers.known(self._board.shown)
        self.known.show_known(known, now, naming=self.caller.naming)

    def who(self, receptionist_id: UUID | None) -> str:
        """How a receptionist is called; "" for nobody."""
        me = self._desk.directory.receptionist
        if receptionist_id in (None, me.id):
            return me.name if receptionist_id else ""
        return _("somebody else")

    def _who_told(self, notice: CallerNotice) -> str:
        me = self._desk.directory.receptionist
        return me.name if notice.told_by == me.id else _("another receptionist")

    def _notice_words(self, notice: CallerNotice) -> str:
        return standing_words(notice, self._who_told(notice), self._board.zone, self._clock.now())

    def _show_needed_fields(self) -> None:
        wish, client = self._board.planner.wish, self._board.planner.client
        kind = wish.kind if wish else None
        self.caller.show_needed(
            address=kind is not None and kind.at_caller,
            email=client is not None and client.tells_callers,
        )

    def _narrow(self, client_id: UUID | None) -> None:
        """Nothing of another client stands beside whoever is spoken to."""
        self._board.journal.narrow(client_id)
        self.notice.narrow(client_id)
        call_id = self._board.shown.call.id if self._board.shown else None
        self.asking.step_aside(client_id is not None and self.asking.call_id != call_id)
        if client_id != self._beside:  # whoever begins a task of another in a call goes on with it
            self._beside = client_id
            of_another = client_id is not None and self.errands.is_of_another(client_id)
            self.errands.step_aside(of_another)
        if client_id is not None and not self.settled.belongs_to(client_id):
            self.show_settled(False)

    def show_remark(self) -> None:
        """Say in the status line why a key could do nothing, else how the desk is."""
        board = self._board
        unseen = board.failure if board.shown is None else ""
        self.bottom.show_conditions(
            board.conditions(), board.audio, board.store_message, board.remark or unseen
        )

    def _show_edges(self) -> None:
        board, directory = self._board, self._desk.directory
        self._narrow(board.spoken_for)
        board.journal.settle()
        self.journal.show_way()
        for sentence, client_id in board.take_notices():
            self.notice.tell(sentence, client_id)
        self.leaving.show_calls([seen.call for seen in board.stage.live])
        self.top.show_names(directory.office.name, directory.receptionist.name)
        self.top.agent.show_agent(
            board.agent, board.zone, self._clock.now(), working=working(board.stage.live)
        )
        self.top.show_conditions(board.phone, board.calendars)
        self.show_remark()
        self.bottom.progress.show_progress(board.readings.progress)
        self.bottom.show_count(board.journal.calls_today)
        self.bottom.show_work(self._desk.work.counts)
        self._show_errands()

    def _show_errands(self) -> None:
        errands = self._board.errands
        working_on = at_work(errands)
        client = self._desk.directory.remembered(working_on.client_id) if working_on else None
        self.top.errand.show_errands(errands, client, self._clock.now())
