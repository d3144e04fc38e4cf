"""The appointment of the shown call: its kind, the time to say, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal

from receptionist.clock import Clock
from receptionist.i18n import _
from receptionist.model.client import AppointmentKind, Client
from receptionist.model.spoken import spoken
from ui.actions import hint
from ui.models.bookings import Wish
from ui.models.holds import left
from ui.models.moments import clock_words
from ui.models.outcome import outcome, series_outcome
from ui.models.stage import Seen
from ui.models.words import elapsed, one_line, said
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine


class BookingPanel(Card):
    """Kinds, and what became of the newest booking. Main thread.

    `kind` carries an index, `password` the client whose account needs one.
    """

    kind = Signal(int)
    password = Signal(object)

    def __init__(self, clock: Clock, office_zone: str) -> None:
        super().__init__(_("Appointment"))
        self._clock, self._office_zone = clock, office_zone
        self._kinds: tuple[AppointmentKind, ...] | None = None
        self._buttons: list[KeyButton] = []
        self._flow = Flow()
        self._none = Label("", "quiet", wrap=True)
        self._chosen = Label("", "head", wrap=True)
        self._kept = Label("", "quiet", wrap=True)
        self._wish: Wish | None = None
        self._problem = StateLine()
        self._outcome = StateLine()
        self.column.addLayout(self._flow)
        self.column.addWidget(self._none)
        self.column.addWidget(self._chosen)
        self.column.addWidget(self._kept)
        self.column.addWidget(self._problem)
        self.column.addWidget(self._outcome)

    @property
    def buttons(self) -> Sequence[KeyButton]:
        """The kinds, in the order of their keys."""
        return self._buttons

    @property
    def outcome_words(self) -> str:
        """What is said about the newest booking."""
        return self._outcome.words

    @property
    def problem_words(self) -> str:
        """What is lacking before a booking."""
        return self._problem.words

    @property
    def chosen_words(self) -> str:
        """The chosen time as it is said."""
        return self._chosen.text()

    @property
    def kept_words(self) -> str:
        """Until when the chosen time is kept."""
        return self._kept.text()

    def tick(self, now: datetime) -> None:
        """Let the time go down that is left to decide."""
        wish = self._wish
        seconds = left(wish, now) if wish is not None and wish.asked is None else 0
        if wish is None or wish.held_until is None or not seconds:
            self._kept.tell("")
            return
        until = clock_words(wish.held_until, self._office_zone)
        words = _("Kept for this caller until {until}, {left} left")
        self._kept.tell(words.format(until=until, left=elapsed(seconds)))

    def show_wish(self, seen: Seen, wish: Wish | None) -> None:
        """Show what is being booked in this call."""
        client = seen.client
        self._show_kinds(client.kinds if client else ())
        self._none.tell(_nothing_to_book(seen))
        for button, kind in zip(self._buttons, self._kinds or (), strict=True):
            button.setChecked(wish is not None and kind == wish.kind)
        self._chosen.tell(self._chosen_words(wish, client))
        self._wish = wish
        self.tick(self._clock.now())
        self._problem.tell(wish.problem if wish else "", "danger")
        self._show_outcome(wish)

    def _chosen_words(self, wish: Wish | None, client: Client | None) -> str:
        """What is said to the caller, in his language."""
        if wish is None or client is None or wish.chosen is None or wish.moving is not None:
            return ""
        slot, tongue = wish.chosen, client.greeting.language
        member = client.member(slot.staff_id)
        words = spoken(
            slot.start,
            client.zone,
            self._clock.now(),
            tongue,
            staff=one_line(member.name, 40) if member else "",
            comes=slot.travel_min > 0,
        ).whole
        sentence = said(words[:1].upper() + words[1:], tongue)
        if wish.asked is not None:
            return _("{when} – being booked …").format(when=sentence)
        return sentence

    def _show_kinds(self, kinds: tuple[AppointmentKind, ...]) -> None:
        if kinds == self._kinds:
            return
        self._kinds = kinds
        self._flow.clear()
        self._buttons = []
        for index, kind in enumerate(kinds):
            key = hint("kind", index + 1) if index < 9 else ""
            button = KeyButton(kind.name, key)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked, i=index: self.kind.emit(i))
            self._flow.addWidget(button)
            self._buttons.append(button)
        self._flow.invalidate()

    def _show_outcome(self, wish: Wish | None) -> None:
        if wish is None or not wish.outcomes:
            self._outcome.tell("")
            return
        newest = list(wish.outcomes.values())[-1]
        together = [
            one
            for one in wish.outcomes.values()
            if one.series_id is not None and one.series_id == newest.series_id
        ]
        now = self._clock.now()
        told = series_outcome(together) or outcome(newest, now, self._office_zone)
        self._outcome.tell(
            told.text,
            told.tone,
            cure=_("Enter password") if told.needs_password else "",
            do=partial(self.password.emit, newest.client_id),
        )


def _nothing_to_book(seen: Seen) -> str:
    if seen.client is None:
        return _("Choose the client first; free times then appear on the right.")
    if not seen.client.kinds:
        return _("Nothing can be booked for this client. Write a note instead.")
    return ""
