"""What the search field offers for what is typed: a number to call, clients, callers, more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.desk.finding import Found
from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.model.appointment import Appointment
from receptionist.model.call import Call
from receptionist.model.client import Client
from receptionist.model.number import shown
from receptionist.model.sought import Sought, sought
from receptionist.model.worklist import WorkItem
from ui.models.journal import Entry
from ui.models.moments import clock_words, dated_words
from ui.models.outcome import short_outcome
from ui.models.wayout import Errand, known_way, name_words, way_to
from ui.models.words import caller_words, client_words, number_words, one_line, outcome_words
from ui.models.workwords import who_words, why_words
from ui.post import while_there

PAUSE_MS = 120
SLOW_MS = 400
_CLIENTS = 6
_BACKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Entry):
    """A row of the list under the field; `does` says what Enter does with it."""

    does: str = ""
    number: str = ""
    client: Client | None = None
    appointment: Appointment | None = None

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        return ", ".join(part for part in (self.title, self.time, self.detail, self.does) if part)


class Finder(QObject):
    """Searches as somebody types. Main thread; `changed` when there is something new to show.

    While a client is at hand, only his callers, calls and appointments are offered; clients and
    a number to call always are.
    """

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        at_hand: Callable[[], Client | None],
        items: Callable[[], Iterable[WorkItem]],
    ) -> None:
        super().__init__()
        self._desk, self._clock, self._at_hand, self._items = desk, clock, at_hand, items
        self.named: Callable[[], Client | None] = lambda: None
        """In whose name a typed number is called."""
        self.errand: Errand | None = None
        """What a number is wanted for, if not simply for calling it."""
        self.words = ""
        self.waiting = self._slow = False
        self._failure = ""
        self._client: Client | None = None
        self._found = Found()
        self._ticket = 0
        self._pause, self._patience = QTimer(self), QTimer(self)
        for timer, do in ((self._pause, self._ask), (self._patience, self._lasts)):
            timer.setSingleShot(True)
            timer.timeout.connect(do)

    def seek(self, words: str) -> None:
        """Look for what is typed now; an answer to what was typed before does not count."""
        self._ticket += 1
        self.words, self._client = words.strip(), self._at_hand()
        self._slow, self._failure, self.waiting = False, "", bool(self.words)
        self._found = self._narrowed() if self.words else Found()
        if self.waiting:
            self._pause.start(PAUSE_MS)
            self._patience.start(SLOW_MS)
        else:
            self._pause.stop()
            self._patience.stop()
        self.changed.emit()

    def look_again(self) -> None:
        """Another client may be at hand now: what was found for the one before is not shown."""
        before, now = self._client, self._at_hand()
        if self.words and (before and before.id) != (now and now.id):
            self.seek(self.words)

    def refresh(self) -> None:
        """Lines or prices changed: what is offered has to be true."""
        if self.words or self.errand:
            self.changed.emit()

    def hurry(self) -> None:
        """Ask now if the pause is still on."""
        if self._pause.isActive():
            self._pause.stop()
            self._ask()

    @property
    def offers(self) -> Sequence[Offer]:
        """The rows, in groups."""
        if not self.words:
            return ()
        groups = (
            ("", self._number()),
            (_("Clients"), [self._of_client(one) for one in self._clients()]),
            (self._owed_heading(), [self._of_item(one) for one in self._owed()]),
            (self._callers_heading(), [self._of_call(one) for one in self._calls()]),
            (_("Appointments"), [self._of_appointment(one) for one in self._appointments()]),
        )
        rows: list[Offer] = []
        for heading, offers in groups:
            if heading and offers:
                rows.append(Offer(title=heading, heading=True))
            rows += offers
        return rows

    @property
    def said(self) -> str:
        """How the search stands, when the rows do not say it."""
        if self._failure or not self.words:
            return self._failure
        named = name_words(self._desk, self.words, self._named_errand)
        if self.waiting or self.offers:
            return named or (_("Searching …") if self._slow and self.waiting else "")
        words = one_line(self.words, 40)
        if self._client is None:
            return _(
                "Nothing found for “{words}”. Try fewer letters, or type a whole number to call."
            ).format(words=words)
        return _(
            "Nothing found for “{words}” at {client}. Callers of others are not searched now."
        ).format(words=words, client=one_line(self._client.name, 40))

    # ---- the answer

    def _ask(self) -> None:
        client_id = self._client.id if self._client else None
        self._desk.finding.search(
            self.words,
            client_id,
            while_there(self, partial(self._answered, self._ticket)),
            while_there(self, partial(self._failed, self._ticket)),
        )

    def _answered(self, ticket: int, found: Found) -> None:
        if ticket == self._ticket:
            self._found = found
            self._done()

    def _failed(self, ticket: int, error: Exception) -> None:
        if ticket == self._ticket:
            self._failure = str(error)
            self._done()

    def _done(self) -> None:
        self.waiting = self._slow = False
        self._patience.stop()
        self.changed.emit()

    def _lasts(self) -> None:
        self._slow = self.waiting
        self.changed.emit()

    def _narrowed(self) -> Found:
        """Of what was found before, what answers to the new words too: it need not flicker."""
        wanted, client = self._wanted(), self._client
        return Found(
            calls=tuple(
                call
                for call in self._found.calls
                if (client is None or call.client_id == client.id) and _answers(call, wanted)
            )
        )

    def _wanted(self) -> Sought:
        return sought(self.words, self._desk.directory.office.region)

    # ---- rows

    def _owed_heading(self) -> str:
        if self._client is None:
            return _("To call back")
        return _("To call back for {client}").format(client=one_line(self._client.name, 40))

    def _callers_heading(self) -> str:
        if self._client is None:
            return _("Callers")
        return _("Callers of {client}").format(client=one_line(self._client.name, 40))

    @property
    def _named_errand(self) -> Errand:
        """What a typed number is wanted for, and in whose name."""
        client = self.named()
        return self.errand or Errand(client.id if client else None)

    def _number(self) -> list[Offer]:
        errand = self._named_errand
        try:
            number, way = way_to(self._desk, self.words, errand)
        except ReceptionistError:
            return []
        words = one_line(shown(number), 60)
        return [
            Offer(
                title=_(errand.title).format(number=words),
                detail=way,
                icon="phone",
                tone="accent",
                does=_(errand.does),
                number=self.words,
            )
        ]

    def _way(self, number: str, client_id: UUID | None) -> str:
        """Over which line a number that was found is called, where Enter calls it."""
        if self.errand is None:
            return known_way(self._desk, number, client_id)
        try:
            return way_to(self._desk, number, self.errand)[1]
        except ReceptionistError:
            return ""

    def _clients(self) -> Sequence[Client]:
        """None where a number is wanted: clients are not called here."""
        return () if self.errand else self._desk.finding.clients(self.words)[:_CLIENTS]

    def _calls(self) -> Sequence[Call]:
        """Where a number is wanted, those alone that have one."""
        return [one for one in self._found.calls if one.number or not self.errand]

    def _appointments(self) -> Sequence[Appointment]:
        return () if self.errand else self._found.appointments

    def _owed(self) -> list[WorkItem]:
        """Who waits to be called back; as they are in memory, they are there at once."""
        wanted, client = self._wanted(), self._client
        return [
            item
            for item in self._items()
            if item.owes_call
            and item.number
            and (client is None or item.client_id == client.id)
            and wanted.found_in((item.name,), (item.number,))
        ][:_BACKS]

    def _of_client(self, client: Client) -> Offer:
        return Offer(
            title=one_line(client.name),
            detail=one_line(", ".join(map(shown, client.dialled))) or one_line(client.key),
            icon="",
            colour=client.colour,
            does=_("Show client"),
            client=client,
        )

    def _of_item(self, item: WorkItem) -> Offer:
        client = self._desk.directory.remembered(item.client_id)
        when = dated_words(item.created, self._desk.directory.office.zone, self._clock.now())
        way = self._way(item.number, item.client_id)
        return Offer(
            title=who_words(item),
            detail=" · ".join(filter(None, (client_words(client), when, why_words(item), way))),
            icon="missed",
            tone="attention",
            colour=client.colour if client else None,
            does=_(self.errand.does) if self.errand else _("Call back"),
            item=item,
        )

    def _of_call(self, call: Call) -> Offer:
        client = self._desk.directory.remembered(call.client_id)
        zone, now = self._desk.directory.office.zone, self._clock.now()
        about = one_line(call.note, 70) or (
            outcome_words(call) if call.ended else _("on the phone")
        )
        named = bool(call.caller_name or call.caller.name)
        who = caller_words(call) if named else number_words(call)
        when = dated_words(call.started, zone, now)
        parts = [number_words(call)] if named else []
        if self._client is None:
            parts.append(client_words(client, call))
        if self.errand:
            about = self._way(call.number, call.client_id)
        return Offer(
            title=who,
            detail=" · ".join(filter(None, (*parts, when, about))),
            icon="incoming" if call.ended else "phone",
            colour=client.colour if client else None,
            does=_(self.errand.does) if self.errand else _("Show call"),
            call=call,
        )

    def _of_appointment(self, appointment: Appointment) -> Offer:
        zone = self._client.zone if self._client else appointment.zone
        when = dated_words(appointment.start, zone, self._clock.now())
        time = clock_words(appointment.start, zone)
        words, tone = short_outcome(replace(appointment, confirmed=None), zone)
        return Offer(
            title=one_line(f"{appointment.kind_name}: {appointment.caller_name}"),
            detail=" · ".join((f"{when} {time}", words)),
            icon="calendar",
            tone=tone if tone in ("attention", "danger") else "quiet",
            colour=self._client.colour if self._client else None,
            does=_("Show week"),
            appointment=appointment,
        )


def _answers(call: Call, wanted: Sought) -> bool:
    texts = (call.caller_name, call.caller.name, call.note)
    return wanted.found_in(texts, (call.caller_number, call.caller.number))
