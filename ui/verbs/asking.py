"""What is asked in a bar above the panels: when a call-back is promised."""

from __future__ import annotations

from uuid import UUID

from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from ui.models.followup import due_words, follow_up
from ui.models.words import one_line, who
from ui.verbs.hand import Hand, Verbs


class AskingVerbs:
    """Main thread. What is answered goes to the desk; why it is not taken is said in the bar."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._bar = hand, hand.panels.asking
        self._bar.left.connect(hand.panels.calls.resting_place.setFocus)

    def table(self) -> Verbs:
        """What each key does."""
        return {"promise": self._ask_when}

    def _ask_when(self) -> None:
        seen = self._hand.shown
        if seen is not None:
            call_id = seen.call.id
            self._bar.ask(
                _("Promise {who} to call back. When?").format(who=who(seen.call)),
                _("Promise"),
                _("When? E.g. tomorrow 10 am"),
                lambda text: self._promise(call_id, text),
                call_id=call_id,
            )

    def _promise(self, call_id: UUID, text: str) -> str:
        board, desk = self._hand.board, self._hand.desk
        due = follow_up(text, board.now, board.zone)
        if isinstance(due, str):
            return due
        try:
            call = desk.switchboard.call(call_id)
            desk.owing.promise(call_id, due, one_line(call.note, 80))
        except ReceptionistError as error:
            return str(error)
        words = _("On the work list: call {who} back, {when}.")
        when = due_words(due, board.zone, board.now)
        self._hand.tell(words.format(who=who(call), when=when))
        return ""
