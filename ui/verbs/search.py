"""Finding something and showing it, and what is known of the caller."""

from __future__ import annotations

from receptionist.model.appointment import Appointment
from receptionist.model.call import Call
from receptionist.model.client import Client
from ui.verbs.hand import Hand, Verbs


class SearchVerbs:
    """Verbs of the search field, of a client's sheet and of the caller's history. Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        search = hand.panels.top.search
        search.call.connect(self._show_call)
        search.client.connect(self._show_client)
        search.appointment.connect(self._show_appointment)
        hand.panels.middle.sheet.call.connect(search.go)
        hand.panels.middle.sheet.away.connect(hand.put_away)

    def table(self) -> Verbs:
        """What each key does."""
        panels = self._hand.panels
        return {"search": panels.top.search.go, "history": panels.caller.history.unfold}

    def _show_call(self, call: Call) -> None:
        self._rest()
        seen = self._hand.board.stage.get(call.id)
        if seen is not None and not seen.call.ended:
            self._hand.show_call(call.id)
        else:
            self._hand.board.open(call)
            self._hand.turn()

    def _show_client(self, client: Client) -> None:
        self._rest()
        shown = self._hand.shown
        if shown is None or shown.client is None or shown.client.id != client.id:
            self._hand.board.look_up(client)
        self._hand.turn()

    def _show_appointment(self, appointment: Appointment) -> None:
        self._rest()
        self._hand.board.handling.open(appointment)
        self._hand.turn()

    def _rest(self) -> None:
        """What was searched is there; nobody types any more."""
        self._hand.panels.calls.resting_place.setFocus()
