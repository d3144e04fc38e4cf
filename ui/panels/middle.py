"""The shown call from top to bottom; without one, what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from receptionist.desk.desk import Desk
from receptionist.events import AgentChanged
from receptionist.i18n import _
from receptionist.model.client import Client
from ui.actions import hint
from ui.models.agent import away
from ui.models.bookings import Wish
from ui.models.condition import Condition
from ui.models.course import ShownCourse
from ui.models.stage import Seen
from ui.models.wayout import known_way
from ui.panels.booking import BookingPanel
from ui.panels.caller import CallerPanel
from ui.panels.client import ClientPanel, GreetingPanel
from ui.panels.instructions import Instructions
from ui.panels.lead import LeadLine
from ui.panels.movingin import MovingIn
from ui.panels.prompts import PromptsCard
from ui.panels.script import ReasonsCard, ScriptHead
from ui.panels.sheet import ClientSheet
from ui.panels.verbs import VerbBar
from ui.theme.sheet import BETWEEN
from ui.widgets.card import Card, row
from ui.widgets.icon import Icon
from ui.widgets.label import Label
from ui.widgets.scroll import Scroll
from ui.widgets.stateline import StateLine

_SETTLES_MS = 500


class Middle(QStackedWidget):
    """Places the panels of one call. Main thread.

    `leaves` carries the id of a call whose fields are about to be another one's, `comes` that of
    the other one when they are.
    """

    leaves = Signal(object)
    comes = Signal(object)

    def __init__(
        self,
        desk: Desk,
        client: ClientPanel,
        caller: CallerPanel,
        booking: BookingPanel,
        verbs: VerbBar,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._client, self._caller, self._booking, self._verbs = client, caller, booking, verbs
        self.greets = GreetingPanel()
        self._instructions, self._aside = Instructions(), Instructions()
        self.script, self.reasons, self.lead = ScriptHead(), ReasonsCard(), LeadLine()
        self.prompts = PromptsCard(caller.address, self.lead.button)
        self._picture = Icon("phone", "accent", 44)
        self._head, self._hint = Label(role="client", wrap=True), Label(role="quiet", wrap=True)
        self._keys = _first_keys()
        self._scroll = Scroll(_("The shown call"), spacing=BETWEEN)
        self._told: tuple[UUID | None, str] = (None, "")
        self._call_id: UUID | None = None
        self._course: ShownCourse | None = None
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._keep_news)
        self.moving_in = MovingIn(desk)
        self.unfinished = StateLine()
        self.unfinished.setMinimumWidth(360)
        self.unfinished.setMaximumWidth(560)
        self.addWidget(self._empty_page())
        self.addWidget(self._call_page())
        self.sheet = ClientSheet()
        self.addWidget(self.sheet)

    def _empty_page(self) -> QWidget:
        card = Card()
        card.column.setContentsMargins(40, 40, 40, 40)
        card.column.addStretch(2)
        card.column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignCenter)
        card.column.addSpacing(8)
        for label in (self._head, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            card.column.addWidget(label)
        card.column.addSpacing(12)
        card.column.addWidget(self._keys, 0, Qt.AlignmentFlag.AlignCenter)
        card.column.addWidget(self.moving_in, 0, Qt.AlignmentFlag.AlignCenter)
        centred = row(spacing=0)
        centred.addStretch(1)
        centred.addWidget(self.unfinished, 100)
        centred.addStretch(1)
        card.column.addLayout(centred)
        card.column.addStretch(3)
        return card

    def _call_page(self) -> QWidget:
        """For whom and what to say stands fast; the rest scrolls where the window is low. What a
        client wants minded makes room for the prompts, which come first then."""
        scroll = self._scroll
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.column.addWidget(self.reasons)
        scroll.column.addWidget(self._instructions)
        scroll.column.addWidget(self._caller, 1)
        scroll.column.addWidget(self.prompts)
        scroll.column.addWidget(self._aside)
        scroll.column.addWidget(self._booking)
        page = QWidget()
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(BETWEEN)
        whole.addWidget(self._client)
        whole.addWidget(self.greets)
        whole.addWidget(self.script)
        whole.addWidget(scroll, 1)
        whole.addWidget(self.lead)
        whole.addWidget(self._verbs)
        return page

    def show_above(self, known: QWidget) -> None:
        """Place what is known of the caller above everything that scrolls."""
        self._scroll.column.insertWidget(0, known)

    def show_call(
        self, seen: Seen, wish: Wish | None, course: ShownCourse | None, now: datetime
    ) -> None:
        """Show a call, and where it is in its script."""
        turns = seen.call.id != self._call_id
        if turns and self._call_id is not None:
            self.leaves.emit(self._call_id)
        self._call_id = seen.call.id
        named = seen.client or self._desk.directory.office
        self._client.show_call(seen, now)
        led = course is not None and course.scripted and bool(course.reason)
        self._instructions.show_client(None if led else seen.client)
        self._aside.show_client(seen.client if led else None)
        self._caller.show_call(seen.call)
        self._booking.show_wish(seen, wish, course)
        transfers, call_id = self._desk.transfers, seen.call.id
        pair, connecting = transfers.consultation(call_id), transfers.connecting(call_id)
        asked = pair is not None and pair.asked.id == call_id
        caller = pair.caller if pair is not None and asked else None
        confers = call_id in (self._desk.conference.members or ())
        tongue, say = named.greeting.language, ""
        if course is not None and course.scripted:
            tongue, say = course.language, course.say
        self.greets.show_call(seen, tongue, caller, confers=confers, say=say)
        self._booking.setVisible(not asked)
        self._show_course(course)
        self._verbs.show_call(
            seen,
            wish,
            pair,
            connecting,
            confers=confers,
            recorded=self._desk.recordings.recording(call_id),
            way=self._way(seen),
            leads=led,
        )
        self.setCurrentIndex(1)
        self._reveal(call_id)
        if turns:
            self.comes.emit(call_id)

    def _show_course(self, course: ShownCourse | None) -> None:
        self._course = course
        self.script.show_course(course)
        self.reasons.show_course(course)
        self.prompts.show_course(course)
        self.lead.show_course(course)
        live = course is not None and course.scripted and not course.over
        other = course.other_tongue if course is not None and live else ""
        speaks = course is not None and course.language == other
        self.greets.show_tongue(other, speaks=speaks)
        self.follow_keyboard()

    @property
    def current(self) -> str:
        """The key of the prompt whose field has the keyboard, wherever it stands; "" for none."""
        place = self._caller.current
        asked = self._course.asked if self._course is not None and place else ()
        into = (one.key for one in asked if one.now and one.into is place)
        return self.prompts.current or next(into, "")

    def follow_keyboard(self) -> None:
        """The keyboard is in another field: say how that is asked, and what is wrong elsewhere."""
        course = self._course
        current = course.prompt(self.current) if course is not None else None
        asked = course.asked if course is not None else ()
        live = course is not None and not course.over
        keeps = live and any(one.hint for one in asked if one.now)
        self.greets.show_hint(current.hint if current and live else "", keeps=keeps)
        self._caller.show_asked(asked)

    def _way(self, seen: Seen) -> str:
        """Over which line whoever is not on the phone any more would be called back."""
        if not seen.call.ended:
            return ""
        client_id = seen.client.id if seen.client else None
        return known_way(self._desk, seen.call.number, client_id)

    def _reveal(self, call_id: UUID) -> None:
        """In a low window: another call begins at its top, news of the booking come into view."""
        booking = self._booking
        told = (call_id, booking.chosen_words + booking.problem_words + booking.outcome_words)
        before, self._told = self._told, told
        if before[0] != call_id:
            self._news.stop()
            self._scroll.verticalScrollBar().setValue(0)
        elif told[1] and told != before:
            self._news.start(_SETTLES_MS)
            QTimer.singleShot(0, self, self._keep_news)

    def _keep_news(self) -> None:
        """What was said of the booking stays in view while the panels around it still grow."""
        if self._news.isActive():
            self._scroll.ensureWidgetVisible(self._booking, 0, 0)

    def show_client(self, client: Client) -> None:
        """Show a client that was looked up while no call is shown."""
        self.sheet.show_client(client, self._desk.directory.greeting(client))
        self.setCurrentIndex(2)

    def show_record(self, corrections: Sequence[str]) -> None:
        """Say what was corrected in the record of the call, if it is over."""
        self.greets.show_corrections(corrections)

    @property
    def corrections(self) -> str:
        """What was corrected in the record of the shown call, a line each."""
        return self.greets.corrections

    @property
    def hint(self) -> str:
        """How to ask what the keyboard is in."""
        return self.greets.hint

    @property
    def greeting(self) -> str:
        """The sentence in the largest type."""
        return self.greets.sentence

    def tick(self, now: datetime) -> None:
        """Let the timer go on."""
        self._client.tick(now)

    def show_unfinished(self, names: Sequence[str]) -> None:
        """Say what was changed in other windows and not saved; nothing takes no room."""
        words = _("Not saved yet: {names}.").format(names=", ".join(names))
        cure = _("Go on")
        go_on = self.moving_in.office.emit
        self.unfinished.tell(words if names else "", "attention", cure=cure, do=go_on)

    def show_nobody(
        self, phone: Sequence[Condition], agent: AgentChanged | None, zone: str
    ) -> None:
        """Say what is to be expected when nobody is on the phone."""
        directory = self._desk.directory
        down = [one for one in phone if one.tone in ("danger", "attention")]
        tone, ready, picture = "accent", False, "phone"
        icon, resting, until_when = away(agent, zone)
        if not directory.clients:
            head = _("No clients yet")
            text = _("Set up here for whom you answer and how, or choose your office file.")
        elif not directory.lines:
            head = _("No telephone line yet")
            text = _("Set up the line on which calls arrive.")
        elif down and len(down) == len(phone):
            head, text, tone = _("No call can arrive now"), down[0].sentence, down[0].tone
            picture = "alert"
        elif resting:
            head, text, picture = resting, until_when, icon
        else:
            head, ready = _("Ready for the next call"), True
            text = _("When it rings, you see here for whom and what to say.")
        self._head.setText(head)
        self._hint.setText(text)
        self._picture.show_picture(picture, tone)
        self._keys.setVisible(ready)
        self.moving_in.setVisible(not (directory.clients and directory.lines))
        self.setCurrentIndex(0)


def _first_keys() -> QWidget:
    """The keys one needs first, as they look on buttons."""
    keys = QWidget()
    line = row(spacing=20)
    keys.setLayout(line)
    for key_id, text in (
        ("answer", _("Answer")),
        ("search", _("Search, call")),
        ("keys", _("Show all keys")),
    ):
        pair = row()
        pair.addWidget(Label(hint(key_id), "key"))
        pair.addWidget(Label(text, "quiet"))
        line.addLayout(pair)
    return keys
