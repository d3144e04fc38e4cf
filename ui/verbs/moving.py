"""Getting around: from call to call, to the journal, to the small windows."""

from __future__ import annotations

from receptionist.model.call import Call
from ui.verbs.hand import Hand, Verbs


class MovingVerbs:
    """Verbs that change what is shown, and nothing else. Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        hand.panels.calls.wanted.connect(hand.show_call)
        hand.panels.journal.opened.connect(self._open_call)
        for asking in (hand.panels.verbs.parking, hand.panels.verbs.consent):
            asking.interrupted.connect(hand.panels.calls.resting_place.setFocus)
        hand.panels.top.conditions.connect(hand.opener.conditions)
        hand.panels.bottom.cure.connect(hand.opener.password)
        hand.panels.bottom.conditions.connect(hand.opener.conditions)

    def table(self) -> Verbs:
        """What each key does."""
        return {
            "next_call": self._next_call,
            "put_away": self._put_away,
            "caller": self._hand.panels.caller.go,
            "conditions": self._hand.opener.conditions,
            "password": self._hand.opener.missing_password,
            "settings": self._settings,
            "keys": self._hand.opener.keys,
            "help": self._hand.opener.help,
        }

    def _settings(self) -> None:
        self._hand.opener.settings(self._hand.panels.notice.tell)

    def _next_call(self) -> None:
        self._hand.board.look_up(None)
        self._hand.board.stage.step()
        self._hand.turn()
        self._hand.take_up()

    def _put_away(self) -> None:
        leaving = self._hand.panels.leaving
        if leaving.isVisible():
            leaving.stay()
            return
        if self._hand.panels.pasting.give_back():
            return
        if self._hand.panels.top.search.give_back() or self._hand.panels.slots.when.give_back():
            return
        if self._hand.panels.aside.leave() or any(box.give_back() for box in self._hand.boxes):
            return
        verbs = self._hand.panels.verbs
        if verbs.parking.give_back() or verbs.consent.give_back():
            self._hand.panels.calls.resting_place.setFocus()
            return
        if self._hand.board.handling.leave() or self._read_news():
            return
        self._hand.put_away()

    def _read_news(self) -> bool:
        """What changed in the script is put away once; whether it was there."""
        shown, course = self._hand.shown, self._hand.board.course
        there = bool(self._hand.panels.middle.script.news)
        if shown is None or not there or not course.put_news_away(shown.call.id):
            return False
        self._hand.panels.show_board()
        return True

    def _open_call(self, call: Call) -> None:
        self._hand.board.open(call)
        self._hand.turn()
