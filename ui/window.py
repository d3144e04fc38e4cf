"""The window: places the panels, lets events change what is shown, and keys ask the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMainWindow, QPlainTextEdit

from receptionist import events
from receptionist.clock import Clock, SystemClock
from receptionist.desk.desk import Desk
from receptionist.errors import BadInput
from receptionist.i18n import _
from receptionist.model import link as links
from ui.actions import Actions, hint
from ui.dialogs.opener import Opener
from ui.models.board import Board
from ui.models.keeping import Keeping
from ui.models.player import Programs, no_program
from ui.models.stage import Seen
from ui.models.words import client_words, who
from ui.panels.caller import CallerPanel
from ui.panels.place import Place
from ui.panels.whole import Whole
from ui.post import Turn
from ui.verbs.again import AgainVerbs
from ui.verbs.agent import AgentVerbs
from ui.verbs.appointment import AppointmentVerbs
from ui.verbs.asking import AskingVerbs
from ui.verbs.booking import BookingVerbs
from ui.verbs.callers import KnownCallerVerbs
from ui.verbs.calls import CallVerbs
from ui.verbs.errands import ErrandVerbs
from ui.verbs.hand import Hand
from ui.verbs.hearing import HearingVerbs
from ui.verbs.jotting import JottingVerbs
from ui.verbs.keys import Keys
from ui.verbs.knowing import KnowingVerbs
from ui.verbs.listening import ListeningVerbs
from ui.verbs.moving import MovingVerbs
from ui.verbs.office import OfficeVerbs
from ui.verbs.pasting import PasteVerbs
from ui.verbs.reading import ReadingVerbs
from ui.verbs.ringing import RingingVerbs
from ui.verbs.script import ScriptVerbs
from ui.verbs.search import SearchVerbs
from ui.verbs.transfer import TransferVerbs
from ui.verbs.voices import VoiceVerbs
from ui.verbs.waiting import WaitingVerbs
from ui.verbs.week import WeekVerbs
from ui.verbs.work import WorkVerbs
from ui.widgets.icon import program_icon
from ui.widgets.label import Label, announce

_TICK_MS = 1000


class Window(QMainWindow):
    """The one window of a desk. Main thread. It never raises or activates itself.

    It is there before the desk is, which takes longer: `open` then places the panels. The
    directory `data` keeps how it stood. `hides` says whether closing it only hides it, `keeping`
    has the settings, if there are any, `player` plays messages and recordings.
    """

    def __init__(
        self,
        desk: Desk | None = None,
        clock: Clock | None = None,
        data: Path | None = None,
        keeping: Keeping | None = None,
    ) -> None:
        super().__init__()
        self._open = self._hearing = False
        self._said = self._link = ""
        self._notices: list[str] = []
        self.hides: Callable[[], bool] = lambda: False
        self.lasting = self.left_calls = False
        """Whether calls can go on without this window, and whether that is wanted."""
        self.player: Programs = no_program
        self._clock, self._keeping = clock or SystemClock(), keeping
        self._unsubscribe: Callable[[], object] = lambda: None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._turn = Turn(self)
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
        self._said = sentence
        label = Label("\n\n".join([sentence, *self._notices]), role="client", wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setContentsMargins(40, 40, 40, 40)
        self.setCentralWidget(label)

    def open(self, desk: Desk) -> None:
        """Show a desk whose directory is read; from now on its events change what is shown."""
        self._desk = desk
        actions, caller = Actions(self), CallerPanel()
        self._board = Board(desk, self._clock, self._typing, self._changed)
        self._opener = Opener(desk, self._board, self, self._clock, self._keeping)
        self.panels = Whole(desk, self._board, caller, actions, self._clock)
        self.setCentralWidget(self.panels)
        self._place.share(self)
        self.panels.calls.resting_place.setFocus()
        self.panels.leaving.lasting = self.lasting
        self.panels.leaving.leave.connect(self.leave)
        self.panels.leaving.go_on.connect(self.leave_calls)
        self._connect(actions, Hand(desk, self._board, self.panels, self._opener))
        self._unsubscribe = desk.subscribe(self._heard)
        self._open = True
        self._board.read_all()
        self._show()
        self.panels.get_ready()
        self._timer.start(_TICK_MS)
        for sentence in self._notices:
            self.panels.notice.tell(sentence)
        if self._link:
            self.call_link(self._link)

    def note(self, sentence: str) -> None:
        """Say in place what the program has to say for itself; nothing pops up."""
        if self._open:
            self.panels.notice.tell(sentence)
        else:
            self._notices.append(sentence)
            self.say(self._said)

    def call_link(self, link: str) -> None:
        """Put whom a link names into the field of the number, once the desk is open. Never dials.

        The keyboard goes there too, unless somebody types.
        """
        if not self._open:
            self._link = link
            return
        top = self.panels.top
        try:
            named = links.read(link)
        except BadInput as error:
            self.note(str(error))
            return
        top.prefill(named.number)
        if not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit | QComboBox):
            top.go_dial()
        if named.extension:
            words = _("The link names extension {extension}: send it as tones, with {key}.")
            self.note(words.format(extension=named.extension, key=hint("digits")))

    @property
    def shown(self) -> Seen | None:
        """The call in the middle."""
        return self._board.shown

    def _typing(self) -> bool:
        """Whether the keyboard is at work for the shown call."""
        panels = self.panels
        typed = (
            panels.caller.typing,
            panels.middle.prompts.current,
            panels.slots.when.has_keyboard,
            panels.appointment.has_keyboard,
            panels.verbs.parking.has_keyboard,
            panels.verbs.consent.has_keyboard,
            panels.aside.has_keyboard,
        )
        return any(typed) or panels.week.has_keyboard

    def _changed(self) -> None:
        if self._open:
            self._soon.start(0)

    def _connect(self, actions: Actions, hand: Hand) -> None:
        booking, appointment = BookingVerbs(hand), AppointmentVerbs(hand)
        office, script = OfficeVerbs(hand), ScriptVerbs(hand, booking.book)
        calls, search, transfer = CallVerbs(hand), SearchVerbs(hand), TransferVerbs(hand)
        moving, agent = MovingVerbs(hand), AgentVerbs(hand)
        reading, week = ReadingVerbs(hand), WeekVerbs(hand)
        self._verbs = (
            *(calls, transfer, booking, script, appointment, moving),
            *(agent, office, search, reading, week),
            *(WaitingVerbs(hand), RingingVerbs(hand), AgainVerbs(hand), ListeningVerbs(hand)),
            *(VoiceVerbs(hand), HearingVerbs(hand, self._headset, lambda name: self.player(name))),
            *(PasteVerbs(hand), WorkVerbs(hand), ErrandVerbs(hand), AskingVerbs(hand)),
            *(KnowingVerbs(hand), KnownCallerVerbs(hand), JottingVerbs(hand)),
        )
        keys = Keys(hand)
        for verbs in self._verbs:
            for key_id, do in verbs.table().items():
                actions.on(key_id, partial(keys.press, key_id, do))
        for key_id, choose in (booking.numbered() | script.numbered()).items():
            actions.on_number(key_id, partial(keys.press, key_id, choose))
        for key_id, lead in office.leading().items():
            actions.on(key_id, lead)

    def _headset(self) -> str:
        return self._keeping.chosen.headset if self._keeping is not None else ""

    def leave(self) -> None:
        """Close without a question."""
        if self._open:
            self._open = False
            self._place.keep(self)
        self.close()

    def leave_calls(self) -> None:
        """Close without a question, and without hanging up."""
        self.left_calls = True
        self.leave()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if self._open and self.hides():
            self.hide()
            event.ignore()
            return
        if self._open and self._desk.switchboard.calls:
            self.panels.leaving.ask(self._desk.switchboard.calls)
            event.ignore()
            return
        if self._open and self._opener.unfinished:
            self._opener.ask_unfinished()
            event.ignore()
            return
        if self._open:
            self._place.keep(self)
            self._board.planner.let_go(lambda _key: True)
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
            announce(self.panels.calls, _("Call for {client}").format(client=words))
        if isinstance(event, events.HoldReminder):
            sign = self._board.stage.marks.sign(event.call)
            announce(self.panels.calls, f"{who(event.call)}: {sign.words}")
        if isinstance(event, events.DirectoryChanged):
            self.panels.client.refresh()
        self._soon.start(0)

    def _show(self) -> None:
        """Show everything; once for all that was told together, as when twenty calls ring."""
        self._turn.begin()
        self.panels.show_board()
        self._opener.refresh()

    def tick(self) -> None:
        """Let timers and the day go on; once a second by itself."""
        self._turn.begin()
        self.panels.tick(self._clock.now())
        self._board.turn_day()
        self._board.planner.tick()
