"""Everything the window shows, brought up to date by events alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist import events
from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.appointment import AppointmentState
from receptionist.model.call import Call, CallState
from receptionist.model.client import Client
from receptionist.model.errand import Errand
from receptionist.reasons import Reason
from ui.models.appointmentwords import news_words, notice_words
from ui.models.callers import Callers
from ui.models.callvoices import TOLD as VOICES
from ui.models.callvoices import CallVoices
from ui.models.condition import (
    CalendarConditions,
    Condition,
    keyring_conditions,
    phone_conditions,
    sound_conditions,
    worst_first,
)
from ui.models.corrections import Corrections
from ui.models.course import Courses
from ui.models.handling import Handling
from ui.models.history import CallerHistory
from ui.models.journal import JournalModel
from ui.models.journalfeed import FED, JournalFeed
from ui.models.knowing import Suggestions
from ui.models.planner import Planner
from ui.models.reading import Readings
from ui.models.recipients import Recipients
from ui.models.search import Finder
from ui.models.stage import LookedUp, Seen, Stage

_BOOKINGS = (
    events.AppointmentBooked
    | events.AppointmentConfirmed
    | events.BookingConflict
    | events.PushDelayed
    | events.AppointmentHeld
    | events.AppointmentReleased
    | events.AppointmentChanged
    | events.AppointmentCancelled
    | events.ChangeRefused
    | events.OwnerChanged
)
_ERRANDS = events.ErrandChanged | events.ErrandWaits
_SAID = events.CallFailed | events.WayTaken | events.DigitReceived | events.TraceReady | _ERRANDS


@dataclass(slots=True)
class Listeners:
    """Whom the board tells of what it does not show: SIP messages that were asked for, what
    happens to work beside calls, that somebody is spoken to or called."""

    trace: Callable[[events.TraceReady], object] = lambda event: None
    errand: Callable[[_ERRANDS], object] = lambda event: None
    spoken: Callable[[], object] = lambda: None


class Board:
    """Stage, planner, journal and conditions of one desk. Main thread.

    `typing` says whether the keyboard is in the shown call's fields; `changed` is called whenever
    there is something new to show.
    """

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        typing: Callable[[], bool],
        changed: Callable[[], object],
    ) -> None:
        self._desk, self._clock, self._typing, self._changed = desk, clock, typing, changed
        self.zone = desk.directory.office.zone
        self.stage = Stage()
        self.planner = Planner(desk, clock, changed)
        self.handling = Handling(desk, self.planner, changed)
        self.course = Courses(desk, self.planner)
        self.recipients = Recipients(desk)
        self._notices: list[tuple[str, UUID]] = []
        self._looked_up: UUID | None = None
        self.history, self.corrections = CallerHistory(desk, clock), Corrections(desk, clock)
        self.voices, self.suggestions = CallVoices(desk), Suggestions(desk)
        self.listeners = Listeners()
        for model in (self.history, self.corrections, self.voices, self.suggestions):
            model.changed.connect(changed)
        self.journal = JournalModel(self.zone, desk.directory.remembered, clock)
        self.callers = Callers(desk, clock)
        self._feed = JournalFeed(desk, self.journal, changed)
        self.finder = Finder(desk, clock, lambda: self.at_hand, lambda: self.journal.items)
        self.finder.named = lambda: _named(self)
        self.phone: list[Condition] = []
        self.sound: list[Condition] = []
        self._calendars = CalendarConditions(desk)
        self.readings = Readings(desk.directory.client)
        self.agent = desk.agent.newest
        self.audio = ""
        self.store_message = ""
        self.remark = ""
        """Why the last key could do nothing."""
        self._failure: tuple[UUID | None, str] = (None, "")
        self._day = self._today()

    @property
    def now(self) -> datetime:
        """The time of this desk, UTC."""
        return self._clock.now()

    @property
    def shown(self) -> Seen | None:
        """The call in the middle."""
        return self.stage.shown

    @property
    def at_hand(self) -> Client | None:
        """For whom one works now: the client of the shown call, else the one that was looked up."""
        return self.in_view.client if self.in_view else None

    @property
    def spoken_for(self) -> UUID | None:
        """For which client somebody is on the line in the shown call; None while it only rings."""
        shown = self.shown
        if shown is None or shown.call.ended or shown.call.state is CallState.RINGING:
            return None
        return shown.call.client_id

    @property
    def errands(self) -> Sequence[Errand]:
        """Those that are open; only the client's own while somebody is spoken to."""
        allowed = self.spoken_for
        return [one for one in self._desk.errands.all if allowed in (None, one.client_id)]

    @property
    def looked_up(self) -> Client | None:
        """The client whose sheet is shown while no call is."""
        return None if self.shown else self._desk.directory.client(self._looked_up)

    @property
    def in_view(self) -> Seen | LookedUp | None:
        """The call in the middle, else the client whose sheet is there."""
        client = self.looked_up
        return self.shown or (LookedUp(client) if client else None)

    def look_up(self, client: Client | None) -> None:
        """Show a client's sheet because a person wants it, or (None) put it away."""
        if client is not None:
            self.stage.step_aside()
        self._looked_up = client.id if client else None

    @property
    def failure(self) -> str:
        """Why the last wish for the shown call did not work."""
        call_id, message = self._failure
        shown = self.shown
        return message if call_id is None or (shown and shown.call.id == call_id) else ""

    def fail(self, call_id: UUID | None, message: str) -> None:
        """A wish did not work; the next wish makes it forgotten."""
        self._failure = (call_id, message)

    def forget_failure(self) -> None:
        """Something new is wished."""
        self._failure = (None, "")
        self.store_message = ""

    def conditions(self) -> list[Condition]:
        """Keyring, lines, sound and calendars, the worst first."""
        keyring = keyring_conditions(self._desk)
        return worst_first(keyring + self.phone + self.sound + self.calendars)

    @property
    def calendars(self) -> list[Condition]:
        """Every calendar account, the worst first."""
        return self._calendars.worst_first

    def condition_of(self, client_id: UUID) -> Condition | None:
        """The state of a client's calendar."""
        return self._calendars.of_client(client_id)

    def read_all(self) -> None:
        """Read what there was before the window."""
        for call in self._desk.switchboard.calls:
            client = self._desk.directory.remembered(call.client_id)
            greeting = self._desk.directory.greeting(client, call)
            self.stage.take_in(Seen(call, client, greeting), typing=False)
        self._feed.read()
        self._conditions()
        self.follow()

    def heard(self, event: events.DeskEvent) -> None:
        """Take in what the desk told."""
        if isinstance(event, events.CalendarProgress):
            self.readings.take_in(event)
            return
        self.stage.marks.take_in(event)
        self.course.take_in(event)
        match event:
            case events.CallIncoming() | events.CallChanged():
                self._call(Seen(event.call, event.client, event.greeting))
            case events.CallEnded():
                known = self.stage.get(event.call.id)
                self._call(Seen(event.call, event.client, known.greeting if known else ""))
            case events.CallQuality():
                self.stage.sounds(event.call_id, event.last, event.worst)
            case _ if isinstance(event, _SAID):
                self._said_of(event)
            case _ if isinstance(event, FED):
                self._feed.take_in(event)
                if isinstance(event, VOICES):
                    self.voices.take_in(event)
            case events.AgentChanged():
                self.agent = event
            case events.StoreFailed():
                self.store_message = event.message
                self.planner.store_failed()
            case _:
                self._reachable(event)
        self.follow()

    def _said_of(self, event: _SAID) -> None:
        """What has to be said of a call, until something else is wished."""
        match event:
            case events.TraceReady():
                self.listeners.trace(event)
            case events.ErrandChanged() | events.ErrandWaits():
                self.listeners.errand(event)
            case events.CallFailed():
                self.fail(event.call_id, event.message)
            case events.WayTaken():
                self.fail(event.call.id, event.message)
            case events.DigitReceived(digit=digit):
                self.fail(event.call_id, _("The caller pressed {digit}.").format(digit=digit))

    def _reachable(self, event: events.DeskEvent) -> None:
        if isinstance(event, _BOOKINGS):
            self._appointment(event)
            return
        if isinstance(event, events.LetterSent | events.LetterDelayed):
            self._letter(event)
            return
        if isinstance(event, events.DirectoryChanged):
            self.zone = self._desk.directory.office.zone
            self.journal.refresh()
            self._calendars.read_all()
        if isinstance(event, events.LineChanged | events.DirectoryChanged):
            self.finder.refresh()
        if isinstance(event, events.CalendarChanged):
            self._calendars.take_in(event)
        else:
            self._conditions()
        if isinstance(event, events.CalendarChanged) and not _being_checked(event):
            self.planner.calendar(event.client_id)

    def open(self, call: Call) -> None:
        """Show a call from the journal."""
        client = self._desk.directory.remembered(call.client_id)
        greeting = self._desk.directory.greeting(client, call)
        self.stage.open(Seen(call, client, greeting))
        self.follow()

    def follow(self) -> None:
        """Something else is in view: its week, its caller's history and its record follow."""
        self.planner.show(self.in_view)
        self.course.follow(self.shown)
        self.planner.let_go(lambda key: self.stage.get(key) is None)
        self.course.let_go(lambda key: self.stage.get(key) is None)
        self.history.show(self.shown)
        self.suggestions.show(self.in_view)
        self.corrections.show(self.shown.call if self.shown else None)
        self.voices.show(self.shown.call if self.shown else None)
        self.finder.look_again()

    def turn_day(self) -> None:
        """Begin a new journal when the day changed."""
        today = self._today()
        if today != self._day:
            self._day = today
            self.journal.clear_calls()
            self._feed.read()

    def take_notices(self) -> list[tuple[str, UUID]]:
        """What is to be said whatever is in view, each once, with the client whose it is."""
        told, self._notices = self._notices, []
        return told

    def _appointment(self, event: _BOOKINGS) -> None:
        """News of one appointment: to its call, to where it is open, and where nobody looks."""
        appointment = event.appointment
        match event:
            case events.AppointmentReleased():
                self.planner.released(appointment)
            case events.ChangeRefused():
                self.handling.refused(event)
            case events.OwnerChanged():
                self.handling.owner_changed(event)
                self._tell_news(event)
            case _:
                self.planner.appointment(appointment)
                self.handling.changed(appointment)
        self.recipients.stands(appointment)
        if appointment.state is not AppointmentState.HOLD:
            self.history.again(appointment.client_id)

    def _letter(self, event: events.LetterSent | events.LetterDelayed) -> None:
        if isinstance(event, events.LetterSent):
            words = _("The confirmation was sent to {address}.")
            told, tone = words.format(address=event.letter.address), "good"
        else:
            words = _("The confirmation is not sent yet. {reason}")
            told, tone = words.format(reason=event.message), "attention"
        self.handling.letter(event.letter, told, tone)

    def _tell_news(self, event: events.OwnerChanged) -> None:
        appointment = event.appointment
        self.journal.tell_news(appointment.id, news_words(event))
        if event.reason is not Reason.OWNER_CHANGED:
            client = self._desk.directory.remembered(appointment.client_id)
            self._notices.append((notice_words(event, client), appointment.client_id))

    def _call(self, seen: Seen) -> None:
        self.stage.take_in(seen, typing=self._typing())
        self.journal.take_calls((seen.call,))
        if seen.call.state in (CallState.ACTIVE, CallState.DIALLING):
            self.listeners.spoken()

    def _conditions(self) -> None:
        self.phone = phone_conditions(self._desk)
        self.sound = sound_conditions(self._desk)
        self.audio = self._desk.switchboard.engine.audio

    def _today(self) -> date:
        return self._clock.now().astimezone(ZoneInfo(self.zone)).date()


def _named(board: Board) -> Client | None:
    """In whose name a number is called: whom one works for, but nobody while a call rings."""
    rings = board.shown is not None and board.shown.call.state is CallState.RINGING
    return None if rings else board.at_hand


def _being_checked(event: events.CalendarChanged) -> bool:
    return event.health is events.CalendarHealth.CHECKING
