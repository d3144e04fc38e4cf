"""Looking closer at the owner's week, moving appointments in it, and taking it out on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from receptionist.errors import ReceptionistError
from receptionist.model.appointment import Appointment
from ui.verbs.hand import Hand, Verbs


class WeekVerbs:
    """Verbs of the owner's week. Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        week = hand.panels.week
        week.looked.connect(self._look_at)
        week.moved.connect(self._move)
        week.resized.connect(self._resize)

    def table(self) -> Verbs:
        """What each key does."""
        return {"day": self._hand.panels.week.turn_view}

    def _look_at(self, day: object) -> None:
        self._hand.board.planner.week.look_at(day)  # type: ignore[arg-type]
        self._hand.panels.show_board()

    def _move(self, appointment: Appointment, start: datetime, staff_id: UUID | None) -> None:
        changing = self._hand.desk.changing
        self._ask(appointment, lambda: changing.move(appointment, start, staff_id))

    def _resize(self, appointment: Appointment, end: datetime) -> None:
        self._ask(appointment, lambda: self._hand.desk.changing.resize(appointment, end))

    def _ask(self, appointment: Appointment, verb: Callable[[], object]) -> None:
        """Ask for a change; why it is not even begun is said where it was wanted."""
        week = self._hand.board.planner.week
        week.notice = ""
        try:
            verb()
        except ReceptionistError as error:
            week.stays(appointment, str(error))
        self._hand.panels.show_board()
