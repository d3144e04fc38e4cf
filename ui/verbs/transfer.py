"""Asking somebody while the caller waits, and connecting the two."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from receptionist.errors import ReceptionistError
from receptionist.i18n import N_, _
from receptionist.model.call import UP, CallState
from ui.models.stage import Seen
from ui.models.wayout import Errand
from ui.models.words import who
from ui.verbs.hand import Hand, Verbs

_SENT = Errand(sent=True, title=N_("Connect with {number}"), does=N_("Connect"))


class TransferVerbs:
    """Verbs of consultations and transfers. Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._transfers = hand.desk.transfers

    def table(self) -> Verbs:
        """What each key does."""
        return {"transfer": self._transfer, "blind": self._blind}

    def _transfer(self) -> None:
        """Connect the two if there is a consultation; else ask whom to call."""
        shown = self._hand.shown
        if shown is None:
            return
        if self._transfers.consultation(shown.call.id) is not None:
            self._hand.ask(self._transfers.connect, CallState.DIALLING, *UP)
        elif shown.call.state in UP:
            words = _("Who is to be asked for {name}? Type the number, then Enter.")
            self._ask(shown, words, announced=True)

    def _blind(self) -> None:
        shown = self._hand.shown
        if shown is None or shown.call.state not in UP:
            return
        if self._transfers.consultation(shown.call.id) is not None:
            self._hand.ask(lambda call_id: self._transfers.send(call_id, ""), *UP)
            return
        words = _("Connect {name} at once, with whom? Type the number, then Enter.")
        self._ask(shown, words, announced=False)

    def _ask(self, shown: Seen, words: str, *, announced: bool) -> None:
        """Let the caller hear nothing, and ask for a number in the field at the top."""
        call = shown.call
        if call.state is CallState.ACTIVE:
            self._hand.ask(self._hand.desk.switchboard.hold, CallState.ACTIVE)
        self._hand.panels.top.search.ask(
            words.format(name=who(call)),
            lambda number: self._go(call.id, number, announced=announced),
            _errand(shown) if announced else replace(_SENT, caller_id=call.id),
        )

    def _go(self, call_id: UUID, number: str, *, announced: bool) -> None:
        top = self._hand.panels.top
        try:
            if announced:
                shown = self._transfers.consult(call_id, number)
            else:
                self._transfers.send(call_id, number)
                shown = call_id
        except ReceptionistError as error:
            top.refuse(str(error))
            return
        top.dialled()
        self._hand.panels.calls.resting_place.setFocus()
        self._hand.show_call(shown)


def _errand(shown: Seen) -> Errand:
    """Somebody is asked for a caller, in the name of his client."""
    return Errand(
        shown.client.id if shown.client else None,
        shown.call.id,
        title=N_("Ask {number}"),
        does=N_("Ask"),
    )
