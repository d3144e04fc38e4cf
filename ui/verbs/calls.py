"""Answering, holding, calling: verbs of the telephone."""

from __future__ import annotations

from uuid import UUID

from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.model.call import ENGAGED, UP, CallState
from receptionist.model.worklist import WorkItem
from ui.actions import hint
from ui.verbs.hand import Hand, Verbs


class CallVerbs:
    """Verbs of calls. Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        hand.panels.top.search.dial.connect(self._dial_typed)
        hand.panels.top.search.call_back.connect(self._call_back)
        hand.panels.journal.called_back.connect(self._call_back)
        hand.panels.client.assigned.connect(self._assign)
        hand.panels.caller.typed.connect(self._typed)

    def table(self) -> Verbs:
        """What each key does."""
        board = self._hand.desk.switchboard
        return {
            "answer": self._answer,
            "decline": lambda: self._hand.ask(board.decline, CallState.RINGING),
            "hold": self._hold,
            "mute": self._mute,
            "digits": self._hand.opener.tones,
            "hang_up": self._hang_up,
            "dial": self._hand.panels.top.go_dial,
            "message": self._hand.panels.caller.go_note,
            "assign": self._hand.panels.client.ask_client,
        }

    def _answer(self) -> None:
        seen = self._hand.board.stage.to_answer
        if seen is not None:
            self._hand.show_call(seen.call.id)
            self._hand.ask(self._hand.desk.switchboard.answer, CallState.RINGING)
            self._hand.panels.caller.go()

    def _hold(self) -> None:
        waiting = self._hand.board.stage.to_resume
        if waiting is not None:
            self._hand.show_call(waiting.call.id)
        board, shown = self._hand.desk.switchboard, self._hand.shown
        held = shown is not None and shown.call.state is CallState.HELD
        self._hand.ask(board.resume if held else board.hold, *UP)

    def _hang_up(self) -> None:
        hand = self._hand
        hand.ask(hand.desk.switchboard.hang_up, *ENGAGED)
        shown = hand.shown
        others = [seen for seen in hand.board.stage.live if seen.call.state in ENGAGED]
        if shown is not None and shown.call.state not in ENGAGED and others:
            words = _("Nothing was hung up. Show the call that is to end first, with {key}.")
            hand.board.fail(shown.call.id, words.format(key=hint("next_call")))
            hand.panels.show_board()

    def _mute(self) -> None:
        board, shown = self._hand.desk.switchboard, self._hand.shown
        if shown is not None:
            muted = shown.call.muted
            self._hand.ask(lambda call_id: board.mute(call_id, not muted), CallState.ACTIVE)

    def _dial_typed(self, number: str) -> None:
        """In the name of whom one works for, else in the office's own."""
        client = self._hand.board.finder.named()
        self._dial(number, client.id if client else None)

    def _dial(self, number: str, client_id: UUID | None = None, name: str = "") -> None:
        if not number:
            return
        top = self._hand.panels.top
        try:
            call_id = self._hand.desk.switchboard.dial(number, client_id=client_id, name=name)
        except ReceptionistError as error:
            top.refuse(str(error))
            return
        top.dialled()
        self._hand.show_call(call_id)
        self._hand.panels.caller.go()

    def _call_back(self, item: WorkItem) -> None:
        self._dial(item.number, item.client_id, item.name)

    def _assign(self, client_id: UUID, keep_number: bool) -> None:
        assign = self._hand.desk.switchboard.assign
        self._hand.ask(lambda call_id: assign(call_id, client_id, keep_number), *CallState)
        self._hand.panels.caller.go()

    def _typed(self, call_id: UUID, texts: dict[str, str]) -> None:
        try:
            self._hand.desk.journal.type(call_id, **texts)
        except ReceptionistError as error:
            self._hand.board.fail(call_id, str(error))
