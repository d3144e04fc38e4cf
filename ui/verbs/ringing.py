"""Calls that ring and are not taken: sent to another number, or refused with a reason."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction

from receptionist.errors import ReceptionistError
from receptionist.i18n import N_, _
from receptionist.model.call import CallState
from receptionist.model.refusal import REFUSALS, Refusal
from ui.models.wayout import Errand
from ui.models.words import who
from ui.verbs.hand import Hand, Verbs


class RingingVerbs:
    """Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        menu = hand.panels.verbs.refusals
        for number, refusal in enumerate(REFUSALS, 1):
            action = QAction(f"&{number}   {_(refusal.label)}", menu)
            action.triggered.connect(partial(self._refuse, refusal))
            menu.addAction(action)

    def table(self) -> Verbs:
        """What each key does."""
        return {"redirect": self._ask, "refuse": self._ask_why}

    def _ask(self) -> None:
        shown = self._hand.shown
        if shown is None or shown.call.state is not CallState.RINGING:
            return
        call_id = shown.call.id
        words = _("Send {name} to which number? Type it, then Enter. The caller is not answered.")
        self._hand.panels.top.search.ask(
            words.format(name=who(shown.call)),
            lambda number: self._send(call_id, number),
            Errand(None, call_id, sent=True, title=N_("Send to {number}"), does=N_("Send on")),
        )

    def _send(self, call_id: object, number: str) -> None:
        top, shown = self._hand.panels.top, self._hand.shown
        if shown is None or shown.call.id != call_id:
            return
        try:
            self._hand.desk.switchboard.redirect(shown.call.id, number)
        except ReceptionistError as error:
            top.refuse(str(error))
            return
        top.dialled()
        self._hand.panels.calls.resting_place.setFocus()

    def _ask_why(self) -> None:
        shown = self._hand.shown
        if shown is not None and shown.call.state is CallState.RINGING:
            self._hand.panels.verbs.ask_why()

    def _refuse(self, refusal: Refusal, _checked: bool = False) -> None:
        decline = self._hand.desk.switchboard.decline
        self._hand.ask(
            lambda call_id: decline(call_id, refusal.status, refusal.reason), CallState.RINGING
        )
