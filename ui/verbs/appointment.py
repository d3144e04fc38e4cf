"""What is done with an appointment that stands already."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtGui import QGuiApplication

from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.model.appointment import Appointment, AppointmentState
from ui.models.bookings import Doing
from ui.verbs.hand import Hand, Verbs


class AppointmentVerbs:
    """Verbs of the opened appointment. Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._hand, handling = hand, hand.board.handling
        panels = hand.panels
        panels.caller.history.wanted.connect(self._open)
        panels.appointment.kept.connect(handling.keep)
        panels.appointment.password.connect(hand.opener.password_of)
        panels.week.appointment.connect(self._open)
        panels.caller.email_typed.connect(self._follow)

    def table(self) -> Verbs:
        """What each key does."""
        handling = self._hand.board.handling
        return {
            "appointment": self._open_or_close,
            "move": handling.move,
            "change": self._change,
            "cancel": handling.cancel,
            "cancel_series": handling.cancel_series,
            "confirm": lambda: self._with_opened(self._copy),
            "letter": lambda: self._with_opened(self._send),
        }

    def _open_or_close(self) -> None:
        """That of this call, else the one its caller most likely speaks of."""
        board = self._hand.board
        if board.handling.opened is not None:
            while board.handling.leave():
                pass
            return
        wish = board.planner.wish
        made = [one for one in wish.outcomes.values() if _stood(one)] if wish else []
        appointment = _first_of_its_series(made) if made else board.history.appointment
        if appointment is not None:
            self._open(appointment)

    def _open(self, appointment: Appointment) -> None:
        self._hand.board.handling.open(appointment)

    def _change(self) -> None:
        handling, panel = self._hand.board.handling, self._hand.panels.appointment
        handling.change()
        opened = handling.opened
        if opened is not None and opened.doing is Doing.CHANGING:
            self._hand.panels.show_board()
            panel.take_keyboard()

    def _with_opened(self, do: object) -> None:
        opened = self._hand.board.handling.opened
        if opened is not None and callable(do):
            do(opened.appointment)

    def _copy(self, appointment: Appointment) -> None:
        """The text for the caller, to paste wherever he is written to."""
        try:
            text = self._hand.desk.letters.text(appointment).text
        except ReceptionistError as error:
            self._refuse(str(error))
        else:
            QGuiApplication.clipboard().setText(text)
            self._hand.panels.appointment.say_copied()

    def _follow(self, call_id: UUID, email: str) -> None:
        """What was booked in a call gets the address that was typed there afterwards."""
        board = self._hand.board
        try:
            board.recipients.typed(call_id, board.planner.wish_of(call_id), email)
        except ReceptionistError as error:
            board.fail(call_id, str(error))
            self._hand.panels.show_board()

    def _send(self, appointment: Appointment) -> None:
        self._hand.panels.caller.leave_email()
        if self._hand.board.recipients.once_it_has(appointment, self._send_now):
            self._say(_("The confirmation is sent as soon as the address stands in it."))
        else:
            self._send_now(appointment)

    def _send_now(self, appointment: Appointment) -> None:
        try:
            self._hand.desk.letters.send(appointment)
        except ReceptionistError as error:
            self._refuse(str(error))
        else:
            words = _("The confirmation is on its way to {address}.")
            self._say(words.format(address=appointment.caller_email))

    def _say(self, sentence: str) -> None:
        opened = self._hand.board.handling.opened
        if opened is not None:
            opened.problem, opened.letter, opened.letter_tone = "", sentence, "plain"
        self._hand.panels.show_board()

    def _refuse(self, sentence: str) -> None:
        opened = self._hand.board.handling.opened
        if opened is not None:
            opened.problem = sentence
        self._hand.panels.show_board()


def _first_of_its_series(made: list[Appointment]) -> Appointment:
    """The newest, or the first one of a series that was booked last."""
    newest = made[-1]
    together = [one for one in made if one.series_id and one.series_id == newest.series_id]
    return min(together, key=lambda one: one.start, default=newest)


def _stood(appointment: Appointment) -> bool:
    return appointment.state is not AppointmentState.CONFLICT
