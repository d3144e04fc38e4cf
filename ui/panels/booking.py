"""The appointment of the shown call: its kind, the time to say, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal, SignalInstance

from receptionist.clock import Clock
from receptionist.i18n import _
from receptionist.model.agreement import no_appointments
from receptionist.model.client import AppointmentKind, Client
from receptionist.model.script import WITH_KEYS, ActionKind
from receptionist.model.spoken import spoken
from ui.actions import KEYS, hint, range_hint
from ui.models.bookings import Wish
from ui.models.course import ShownCourse
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

_KINDS = next(row for row in KEYS if row.id == "kind")


class BookingPanel(Card):
    """Kinds, and what became of the newest booking. Main thread.

    `kind` and `reason` carry an index, `password` the client whose account needs one. For a client
    without a script the kinds are his call reasons, and a note is one more.
    """

    kind = Signal(int)
    reason = Signal(int)
    password = Signal(object)

    def __init__(self, clock: Clock, office_zone: str) -> None:
        super().__init__(_("Appointment"))
        self._clock, self._office_zone = clock, office_zone
        self._kinds: tuple[object, ...] | None = None
        self._note: KeyButton | None = None
        self._buttons: list[KeyButton] = []
        self._flow = Flow()
        self._keys = Label(range_hint(_KINDS), "key")
        self._keys.hide()
        self.heading_row.addWidget(self._keys)
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

    @property
    def note(self) -> KeyButton | None:
        """The call reason of a note, for a client without a script."""
        return self._note

    def show_wish(self, seen: Seen, wish: Wish | None, course: ShownCourse | None) -> None:
        """Show what is being booked in this call."""
        client = seen.client
        kinds = client.bookable if client else ()
        self._show_kinds(kinds, course)
        self._none.tell(_nothing_to_book(seen))
        for button, kind in zip(self._buttons, kinds, strict=True):
            button.setChecked(wish is not None and kind == wish.kind)
        if self._note is not None:
            acts = course.action if course is not None else None
            self._note.setChecked(acts is not None and acts.do is ActionKind.NOTE)
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

    def _show_kinds(self, kinds: tuple[AppointmentKind, ...], course: ShownCourse | None) -> None:
        reasons = course.reasons if course is not None and not course.scripted else ()
        if (kinds, reasons) == self._kinds:
            return
        self._kinds = kinds, reasons
        self._flow.clear()
        self._buttons, self._note = [], None
        numbers = {key: number for number, (key, _title) in enumerate(reasons)}
        for index, kind in enumerate(kinds):
            number = numbers.pop(kind.key, WITH_KEYS)
            if number < WITH_KEYS:
                button = self._button(kind.name, hint("reason", number + 1))
                button.clicked.connect(partial(self._pressed, self.reason, number))
            else:
                button = self._button(kind.name)
                button.setAccessibleDescription(hint("kind", index + 1) if index < 9 else "")
                button.clicked.connect(partial(self._pressed, self.kind, index))
            self._buttons.append(button)
        for key, number in numbers.items():
            self._note = self._button(dict(reasons)[key], hint("reason", number + 1))
            self._note.clicked.connect(partial(self._pressed, self.reason, number))
        self._keys.setVisible(bool(kinds) and not reasons)
        self._flow.invalidate()

    def _button(self, text: str, key: str = "") -> KeyButton:
        button = KeyButton(text, key)
        button.setCheckable(True)
        self._flow.addWidget(button)
        return button

    def _pressed(self, wanted: SignalInstance, index: int, _checked: bool) -> None:
        wanted.emit(index)

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
    return no_appointments(seen.client)
