"""An appointment that is open: how it stands, and what can be done with it, all in place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from receptionist.clock import Clock
from receptionist.events import OwnerChanged
from receptionist.i18n import _
from receptionist.model.client import Client
from ui.actions import Actions, hint
from ui.models.appointmentwords import (
    asking_words,
    heading_words,
    more_words,
    moving_words,
    news_words,
    time_words,
    what_words,
)
from ui.models.bookings import Doing, Opened, Wish
from ui.models.handling import ENDED, can_change, texts_of
from ui.models.outcome import outcome
from ui.panels.texts import TextFields
from ui.widgets.card import FlowingCard
from ui.widgets.flow import Flow
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine


class AppointmentPanel(FlowingCard):
    """The opened appointment. Main thread; nothing here decides without its key or its button.

    `kept` carries texts that were typed, `password` the client whose account needs one.
    """

    kept = Signal(object)
    password = Signal(object)

    def __init__(self, actions: Actions, clock: Clock, office_zone: str) -> None:
        super().__init__(_("This appointment"))
        self._clock, self._office_zone = clock, office_zone
        self._came_from: QWidget | None = None
        self._opened: Opened | None = None
        self._time, self._what = Label("", "head", wrap=True), Label("", wrap=True)
        self._more = Label("", "quiet", wrap=True)
        self._state, self._news, self._problem = StateLine(), StateLine(), StateLine()
        self._asks, self._sent = StateLine(), StateLine()
        self.fields = TextFields()
        self.fields.kept.connect(self.kept)
        self._flow = Flow()
        self._buttons: dict[str, KeyButton] = {}
        for key_id, kind in _KINDS.items():
            button = KeyButton("", hint(key_id), kind)
            button.clicked.connect(partial(actions.do, key_id))
            self._flow.addWidget(button)
            self._buttons[key_id] = button
        self._keep = KeyButton(_("Save"), "⏎", "primary")
        self._keep.clicked.connect(self.fields.keep)
        self._flow.addWidget(self._keep)
        self._copy = KeyButton(_("Copy confirmation"), hint("confirm"), "quiet")
        self._letter = KeyButton(_("Send confirmation"), hint("letter"), "quiet")
        self._copy.clicked.connect(partial(actions.do, "confirm"))
        self._letter.clicked.connect(partial(actions.do, "letter"))
        for button in (self._copy, self._letter):
            self._flow.addWidget(button)
        self.heading_row.addWidget(Label(hint("put_away"), "key"))
        for widget in (self._time, self._what, self._more, self._news, self._state, self._asks):
            self.column.addWidget(widget)
        self.column.addWidget(self.fields)
        self.column.addWidget(self._sent)
        self.column.addWidget(self._problem)
        self.column.addLayout(self._flow)
        self.hide()

    @property
    def words(self) -> str:
        """Everything that is said, one text a line."""
        lines = (self._time, self._what, self._more)
        states = (self._news, self._state, self._asks, self._sent, self._problem)
        texts = [line.text() for line in lines] + [state.words for state in states]
        return "\n".join(text for text in texts if text)

    def say_copied(self) -> None:
        """The confirmation lies in the clipboard."""
        self._copy.relabel(_("Copied"))

    def button(self, key_id: str) -> KeyButton:
        """The button of a verb."""
        return self._buttons[key_id]

    @property
    def has_keyboard(self) -> bool:
        """Whether its texts are being typed."""
        return self.fields.typing

    def take_keyboard(self) -> None:
        """Its texts are to be typed."""
        self._came_from = QApplication.focusWidget()
        self.fields.go()

    def give_back(self) -> None:
        """The keyboard goes where it came from, if it is here."""
        before = self._came_from
        if self.fields.typing and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_opened(
        self,
        opened: Opened | None,
        wish: Wish | None,
        client: Client | None,
        news: OwnerChanged | None,
        *,
        letters: str | None = None,
    ) -> None:
        """Show an appointment, or that none is open. `letters` says why no confirmation can be
        sent, "" when one can, None where nobody wants any."""
        if opened is not self._opened:
            self._copy.relabel(_("Copy confirmation"))
        self._opened = opened
        if opened is None or wish is None:
            self.give_back()
            self.hide()
            return
        one, doing = opened.appointment, opened.doing
        self.heading.setText(heading_words(opened, self._clock.now()))
        moving = doing is Doing.MOVING
        self._time.setText(moving_words(opened, wish, client) if moving else time_words(one))
        reading = doing is Doing.READING
        self._what.tell(what_words(one, client) if reading or doing is Doing.CANCELLING else "")
        self._more.tell(more_words(one) if reading else "")
        self._news.tell(news_words(news) if reading else "", "attention")
        self._show_state(opened)
        self._asks.tell(asking_words(opened) if doing is Doing.CANCELLING else "", "danger")
        self._problem.tell(opened.problem, "danger")
        self._sent.tell(opened.letter if reading else "", opened.letter_tone)
        self._show_fields(opened)
        self._show_verbs(opened, wish)
        confirms = reading and letters is not None
        self._copy.setVisible(reading and can_tell(opened))
        self._letter.setVisible(confirms)
        self._letter.setEnabled(letters == "")
        self._letter.setToolTip(letters or "")
        self.show()
        self.updateGeometry()

    def _show_state(self, opened: Opened) -> None:
        if opened.doing in (Doing.CHANGING, Doing.CANCELLING) and not opened.asked:
            self._state.tell("")
            return
        if opened.asked:
            self._state.tell(_("Being written …"))
            return
        told = outcome(opened.appointment, self._clock.now(), self._office_zone)
        self._state.tell(
            "" if opened.doing is Doing.MOVING else told.state,
            told.tone,
            cure=_("Enter password") if told.needs_password else "",
            do=partial(self.password.emit, opened.appointment.client_id),
        )

    def _show_fields(self, opened: Opened) -> None:
        changing = opened.doing is Doing.CHANGING
        if changing and not self.fields.isVisible():
            self.fields.fill(texts_of(opened.appointment))
        elif not changing:
            self.give_back()
        self.fields.setVisible(changing)

    def _show_verbs(self, opened: Opened, wish: Wish) -> None:
        one, doing = opened.appointment, opened.doing
        free = can_change(one) and not opened.asked
        words = {
            "move": (_("Move"), free and doing is Doing.READING),
            "book": (_("Move to this time"), free and doing is Doing.MOVING),
            "change": (_("Change"), free and doing is Doing.READING),
            "cancel": (
                _("Bring back") if one.state in ENDED else _("Call it off"),
                (free and doing in (Doing.READING, Doing.CANCELLING))
                or (one.state in ENDED and not opened.asked),
            ),
            "cancel_series": (
                _("Call this and the later ones off"),
                free and doing is Doing.CANCELLING and one.series_id is not None,
            ),
        }
        for key_id, button in self._buttons.items():
            text, possible = words[key_id]
            kind = "" if key_id == "cancel" and one.state in ENDED else _KINDS[key_id]
            button.relabel(text, kind)
            button.setVisible(possible)
        self._keep.setVisible(doing is Doing.CHANGING and not opened.asked)
        self._buttons["book"].setEnabled(wish.chosen is not None)
        self._flow.invalidate()


_KINDS = {
    "book": "primary",
    "move": "primary",
    "change": "",
    "cancel": "danger",
    "cancel_series": "danger",
}


def can_tell(opened: Opened) -> bool:
    """Whether there is something to tell the caller: what stands, or no longer stands there."""
    return not opened.asked and opened.appointment.told is not None
