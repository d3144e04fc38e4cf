"""Callers who wait: parked with a note, spoken to in turn, and in conference."""

from __future__ import annotations

from uuid import UUID

from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.model.call import UP, Call, CallState
from ui.models.words import who
from ui.verbs.hand import Hand, Verbs


class WaitingVerbs:
    """Verbs of parking, toggling and conferences. Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._line = hand.panels.verbs.parking
        self._line.noted.connect(self._noted)

    def table(self) -> Verbs:
        """What each key does."""
        return {"park": self._park, "toggle": self._toggle, "conference": self._confer}

    def _park(self) -> None:
        """Hold the shown caller and ask for a note; or take back who is parked."""
        shown = self._hand.shown
        parked = self._hand.desk.parking.parked
        if shown is not None and shown.call.parked:
            self._recall(shown.call)
        elif shown is not None and shown.call.state in UP:
            self._ask(shown.call)
        elif parked:
            self._recall(parked[0])

    def _ask(self, call: Call) -> None:
        if self._line.call_id == call.id:
            self._noted(call.id, self._line.note)
            return
        if call.state is CallState.ACTIVE:
            self._hand.ask(self._hand.desk.switchboard.hold, CallState.ACTIVE)
        self._line.ask(call.id, _("Park {name}. For whom, or why?").format(name=who(call)))

    def _noted(self, call_id: UUID, note: str) -> None:
        self._rest()
        self._hand.board.forget_failure()
        try:
            self._hand.desk.parking.park(call_id, note)
        except ReceptionistError as error:
            self._hand.board.fail(call_id, str(error))
        self._hand.panels.show_board()

    def _recall(self, call: Call) -> None:
        self._hand.show_call(call.id)
        self._hand.ask(lambda _id: self._hand.desk.parking.recall(call.parked), *UP)
        self._hand.panels.caller.go()

    def _rest(self) -> None:
        self._line.close_down()
        self._hand.panels.calls.resting_place.setFocus()

    def _toggle(self) -> None:
        """Speak to the other one, who is shown then."""
        try:
            other = self._hand.desk.switchboard.toggle()
        except ReceptionistError as error:
            self._hand.board.fail(None, str(error))
            self._hand.panels.show_board()
        else:
            self._hand.show_call(other)

    def _confer(self) -> None:
        shown, conference = self._hand.shown, self._hand.desk.conference
        if shown is None:
            return
        joined = shown.call.id in (conference.members or ())
        self._hand.ask(conference.part if joined else conference.join, CallState.DIALLING, *UP)
