"""The window: places the panels, lets events change what is shown, and keys ask the desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from receptionist import events
from receptionist.clock import Clock, SystemClock
from receptionist.desk.desk import Desk
from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.model.call import Call, CallBack, CallState
from ui.actions import Actions, hint
from ui.dialogs.opener import Opener
from ui.models.board import Board
from ui.models.planner import Lacks
from ui.models.stage import Seen
from ui.models.words import client_words
from ui.panels.agenda import AgendaPanel
from ui.panels.bars import BottomBar, TopBar
from ui.panels.booking import BookingPanel
from ui.panels.caller import CallerPanel
from ui.panels.calls import CallsPanel
from ui.panels.client import ClientPanel
from ui.panels.columns import columns, framed, sharing, stacked
from ui.panels.journal import JournalPanel
from ui.panels.leaving import LeavingBar
from ui.panels.middle import Middle
from ui.panels.place import Place
from ui.panels.slots import SlotsPanel
from ui.panels.verbs import VerbBar
from ui.widgets.icon import program_icon
from ui.widgets.label import Label, announce

_TICK_MS = 1000


class Window(QMainWindow):
    """The one window of a desk. Main thread. It never raises or activates itself.

    It is there before the desk is, which takes longer: `open` then places the panels. The
    directory `data` keeps how it stood.
    """

    def __init__(
        self, desk: Desk | None = None, clock: Clock | None = None, data: Path | None = None
    ) -> None:
        super().__init__()
        self._open = self._hearing = False
        self._clock = clock or SystemClock()
        self._unsubscribe: Callable[[], object] = lambda: None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show)
        self.setWindowTitle(_("Receptionist"))
        self.setWindowIcon(program_icon())
        room = self.screen().availableSize()
        self.resize(min(1440, room.width()), min(900, room.height()))
        self._place = Place(data)
        self.stood = self._place.take(self)
        if desk is None:
            self.say(_("Opening the office …"))
        else:
            self.open(desk)

    def say(self, sentence: str) -> None:
        """Show nothing but a sentence: what is awaited, or why the desk cannot be opened."""
        label = Label(sentence, role="client", wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setContentsMargins(40, 40, 40, 40)
        self.setCentralWidget(label)

    def open(self, desk: Desk) -> None:
        """Show a desk whose directory is read; from now on its events change what is shown."""
        self._desk = desk
        self._actions = Actions(self)
        self.caller = CallerPanel()
        self._board = Board(desk, self._clock, lambda: self.caller.typing, self._changed)
        self._opener = Opener(desk, self._board, self)
        zone = self._board.zone
        self.calls, self.journal = CallsPanel(), JournalPanel(self._board.journal)
        self.client = ClientPanel(desk)
        self.booking = BookingPanel(self._clock, zone)
        self.slots = SlotsPanel(self._clock, zone)
        self.agenda = AgendaPanel(self._clock, zone)
        self.top, self.bottom, self.leaving = TopBar(self._actions), BottomBar(), LeavingBar()
        verbs = self._verbs()
        self.verbs = VerbBar(verbs)
        self.middle = Middle(desk, self.client, self.caller, self.booking, self.verbs)
        self._set_up()
        self._connect(verbs)
        self._unsubscribe = desk.subscribe(self._heard)
        self._open = True
        self._board.read_all()
        self._show()
        self._timer.start(_TICK_MS)

    @property
    def shown(self) -> Seen | None:
        """The call in the middle."""
        return self._board.shown

    def _changed(self) -> None:
        if self._open and not self._hearing:
            self._show()

    def _set_up(self) -> None:
        left, right = sharing(self.calls, self.journal), stacked(self.slots, self.agenda)
        body = columns(left, self.middle, right)
        self.setCentralWidget(framed(self.top, self.leaving, body, self.bottom))
        self._place.share(self)
        self.calls.resting_place.setFocus()

    def _verbs(self) -> dict[str, Callable[[], object]]:
        board = self._desk.switchboard
        return {
            "answer": self._answer,
            "decline": lambda: self._ask(board.decline, CallState.RINGING),
            "hold": self._hold,
            "mute": self._mute,
            "digits": self._opener.tones,
            "hang_up": self._hang_up,
            "book": self._book,
            "put_away": self._put_away,
            "dial": self.top.go_dial,
            "later": self._board.planner.later,
            "earlier": self._board.planner.earlier,
            "next_call": self._next_call,
            "caller": self.caller.go,
            "assign": self.client.ask_client,
            "journal": self.journal.go,
            "conditions": self._opener.conditions,
            "password": self._opener.missing_password,
            "keys": self._opener.keys,
        }

    def _connect(self, verbs: dict[str, Callable[[], object]]) -> None:
        for key_id, do in verbs.items():
            self._actions.on(key_id, do)
        self._actions.on_number("kind", self._board.planner.choose_kind)
        self._actions.on_number("slot", self._board.planner.choose_slot)
        self.calls.wanted.connect(self._show_call)
        self.journal.opened.connect(self._open_call)
        self.journal.called_back.connect(self._call_back)
        self.journal.settled.connect(lambda back: self._desk.journal.finish_call_back(back.id))
        self.client.assigned.connect(self._assign)
        self.caller.typed.connect(self._typed)
        self.booking.kind.connect(self._board.planner.choose_kind)
        self.booking.password.connect(self._opener.password_of)
        self.slots.slot.connect(self._board.planner.choose_slot)
        self.slots.later.connect(self._board.planner.later)
        self.slots.earlier.connect(self._board.planner.earlier)
        self.top.dial.connect(self._dial)
        self.top.conditions.connect(self._opener.conditions)
        self.bottom.cure.connect(self._opener.password)
        self.bottom.conditions.connect(self._opener.conditions)
        self.leaving.leave.connect(self.leave)

    def leave(self) -> None:
        """Close without a question."""
        if self._open:
            self._open = False
            self._place.keep(self)
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if self._open and self._desk.switchboard.calls:
            self.leaving.ask(len(self._desk.switchboard.calls))
            event.ignore()
            return
        if self._open:
            self._place.keep(self)
        self._open = False
        self._timer.stop()
        self._soon.stop()
        self._unsubscribe()
        super().closeEvent(event)

    # ---- what events say

    def _heard(self, event: events.DeskEvent) -> None:
        self._hearing = True
        try:
            self._board.heard(event)
        finally:
            self._hearing = False
        if isinstance(event, events.CallIncoming):
            QApplication.alert(self)
            words = client_words(event.client)
            announce(self.calls, _("Call for {client}").format(client=words))
        if isinstance(event, events.DirectoryChanged):
            self.client.refresh()
        if isinstance(event, events.CalendarChanged):
            self._soon.start(0)  # a server with a thousand calendars changes them all at once
        else:
            self._show()

    def _show(self) -> None:
        board, now = self._board, self._clock.now()
        wish, shown = board.planner.wish, board.shown
        self.calls.show_calls(board.stage, now)
        if shown is None:
            self.middle.show_nobody(board.phone)
        else:
            self.middle.show_call(shown, wish, now)
        self.verbs.failed.tell(board.failure, "attention")
        self.leaving.show_calls(len(board.stage.live))
        client_id = shown.client.id if shown and shown.client else None
        self.slots.show_wish(shown, wish, board.condition_of(client_id) if client_id else None)
        self.agenda.show_agenda(shown, board.planner.agenda)
        directory = self._desk.directory
        self.top.show_names(directory.office.name, directory.receptionist.name)
        self.top.show_conditions(board.phone, board.calendars)
        self.bottom.show_conditions(board.conditions(), board.audio, board.store_message)
        self.bottom.show_count(board.journal.calls_today)
        self._opener.refresh()

    def tick(self) -> None:
        """Let timers and the day go on; once a second by itself."""
        now = self._clock.now()
        self.calls.tick(now)
        self.middle.tick(now)
        self._board.turn_day()

    # ---- what a person wants

    def _ask(self, verb: Callable[[UUID], object], *states: CallState) -> None:
        shown = self.shown
        self._board.forget_failure()
        if shown is not None and shown.call.state in states:
            try:
                verb(shown.call.id)
            except ReceptionistError as error:
                self._board.fail(shown.call.id, str(error))
        self._show()

    def _answer(self) -> None:
        seen = self._board.stage.to_answer
        if seen is not None:
            self._show_call(seen.call.id)
            self._ask(self._desk.switchboard.answer, CallState.RINGING)
            self.caller.go()

    def _hold(self) -> None:
        waiting = self._board.stage.to_resume
        if waiting is not None:
            self._show_call(waiting.call.id)
        board = self._desk.switchboard
        held = self.shown is not None and self.shown.call.state is CallState.HELD
        self._ask(board.resume if held else board.hold, CallState.ACTIVE, CallState.HELD)

    def _hang_up(self) -> None:
        states = (CallState.ACTIVE, CallState.HELD, CallState.DIALLING)
        self._ask(self._desk.switchboard.hang_up, *states)
        shown = self.shown
        others = [seen for seen in self._board.stage.live if seen.call.state in states]
        if shown is not None and shown.call.state not in states and others:
            words = _("Nothing was hung up. Show the call that is to end first, with {key}.")
            self._board.fail(shown.call.id, words.format(key=hint("next_call")))
            self._show()

    def _mute(self) -> None:
        board, shown = self._desk.switchboard, self.shown
        if shown is not None:
            self._ask(lambda one: board.mute(one, not shown.call.muted), CallState.ACTIVE)

    def _book(self) -> None:
        self._board.forget_failure()
        if self._board.planner.book() is Lacks.NAME:
            self.caller.go()
        self._show()

    def _put_away(self) -> None:
        if self.leaving.isVisible():
            self.leaving.stay()
            return
        self.calls.resting_place.setFocus()
        self._board.stage.put_away()
        self._turn()

    def _next_call(self) -> None:
        self._board.stage.step()
        self._turn()

    def _show_call(self, call_id: UUID) -> None:
        self._board.stage.show(call_id)
        self._turn()

    def _open_call(self, call: Call) -> None:
        self._board.open(call)
        self._turn()

    def _turn(self) -> None:
        self._board.forget_failure()
        self._board.planner.show(self.shown)
        self._show()

    def _dial(self, number: str, client_id: UUID | None = None) -> None:
        if not number:
            return
        try:
            call_id = self._desk.switchboard.dial(number, client_id=client_id)
        except ReceptionistError as error:
            self.top.refuse(str(error))
            return
        self.top.dialled()
        self._show_call(call_id)
        self.caller.go()

    def _call_back(self, back: CallBack) -> None:
        self._dial(back.number, back.client_id)

    def _assign(self, client_id: UUID, keep_number: bool) -> None:
        assign = self._desk.switchboard.assign
        self._ask(lambda call_id: assign(call_id, client_id, keep_number), *CallState)
        self.caller.go()

    def _typed(self, call_id: UUID, name: str, number: str, note: str) -> None:
        try:
            self._desk.journal.type(call_id, caller_name=name, caller_number=number, note=note)
        except ReceptionistError as error:
            self._board.fail(call_id, str(error))
