"""What is done with an appointment that stands already."""

from __future__ import annotations

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

    def _send(self, appointment: Appointment) -> None:
        opened = self._hand.board.handling.opened
        try:
            self._hand.desk.letters.send(appointment)
        except ReceptionistError as error:
            self._refuse(str(error))
        else:
            if opened is not None:
                words = _("The confirmation is on its way to {address}.")
                opened.problem, opened.letter_tone = "", "plain"
                opened.letter = words.format(address=appointment.caller_email)
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
