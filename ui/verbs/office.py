"""Setting up the office, and making room for a call that is taken meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from ui.actions import KEYS
from ui.verbs.hand import Hand, Verbs

_GOING = ("dial", "journal", "search", "history", "week", "knowledge")
_IN_A_CALL = (
    "answer",
    "message",
    "assign",
    "caller",
    "next_call",
    "caller_card",
    "hold",
    "transfer",
    "blind",
)


class OfficeVerbs:
    """Verbs of the office window. Main thread.

    Keys of calls work while it, or another small window, has the keyboard. Those that lead to a
    field of the desk's window put it aside, so that what is typed next does not land in it.
    """

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        hand.panels.middle.moving_in.office.connect(self._go_on)
        hand.panels.middle.sheet.report.connect(self._open_report)

    def table(self) -> Verbs:
        """What each key does."""
        return {"office": self._open, "edit_script": self._open_script, "report": self._open_report}

    def leading(self) -> dict[str, Callable[[], object]]:
        """What keys do besides, which lead to the desk's window."""
        going = {key: self._give_way for key in _GOING}
        going |= {key: self._give_way_to_call for key in _IN_A_CALL}
        return {row.id: going[row.id] for row in KEYS if row.id in going}

    def _open(self) -> None:
        self._hand.opener.office()
        self._hand.panels.middle.show_unfinished([])

    def _go_on(self) -> None:
        self._hand.opener.go_on()
        self._hand.panels.middle.show_unfinished([])

    def _open_script(self) -> None:
        client = self._hand.board.at_hand
        if client is not None:
            self._hand.opener.script(client)
            self._hand.panels.middle.show_unfinished([])

    def _open_report(self) -> None:
        if self._hand.desk.directory.clients:
            self._hand.opener.report(self._hand.board.at_hand)

    def _give_way_to_call(self) -> None:
        shown = self._hand.shown
        if shown is not None and not shown.call.ended:
            self._give_way()

    def _give_way(self) -> None:
        self._hand.opener.give_way()
        self._hand.panels.middle.show_unfinished(self._hand.opener.unfinished)
