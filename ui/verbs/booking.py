"""Choosing a kind and a time, and booking it."""

from __future__ import annotations

from collections.abc import Callable

from ui.models.planner import Lacks
from ui.verbs.hand import Hand, Verbs


class BookingVerbs:
    """Verbs of appointments. Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._hand, planner = hand, hand.board.planner
        panels = hand.panels
        panels.booking.kind.connect(planner.choose_kind)
        panels.booking.password.connect(hand.opener.password_of)
        panels.slots.slot.connect(planner.choose_slot)
        panels.slots.later.connect(planner.later)
        panels.slots.earlier.connect(planner.earlier)
        panels.week.start.connect(planner.choose_start)
        panels.week.turned.connect(planner.turn_week)
        panels.week.left.connect(panels.calls.resting_place.setFocus)

    def table(self) -> Verbs:
        """What each key does."""
        planner = self._hand.board.planner
        return {
            "book": self._book,
            "later": planner.later,
            "earlier": planner.earlier,
            "week": self._hand.panels.week.go,
        }

    def numbered(self) -> dict[str, Callable[[int], object]]:
        """What the numbered keys do with their index, from 0."""
        planner = self._hand.board.planner
        return {"kind": planner.choose_kind, "slot": planner.choose_slot}

    def _book(self) -> None:
        self._hand.board.forget_failure()
        if self._hand.board.planner.book() is Lacks.NAME:
            self._hand.panels.caller.go()
        self._hand.panels.show_board()
