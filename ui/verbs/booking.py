"""Choosing a kind and a time, and booking it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from ui.models.asking import Lacks
from ui.verbs.hand import Hand, Verbs


class BookingVerbs:
    """Verbs of appointments. Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._hand, planner = hand, hand.board.planner
        panels = hand.panels
        panels.booking.kind.connect(self._choose_kind)
        panels.booking.password.connect(hand.opener.password_of)
        panels.slots.slot.connect(planner.choose_slot)
        panels.slots.later.connect(self._later)
        panels.slots.earlier.connect(self._earlier)
        panels.slots.staff.connect(planner.choose_staff)
        panels.slots.when.said.connect(planner.say_when)
        panels.slots.when.left.connect(panels.calls.resting_place.setFocus)
        panels.week.start.connect(self._choose_start)
        panels.week.turned.connect(planner.turn_week)
        panels.week.left.connect(panels.calls.resting_place.setFocus)

    def table(self) -> Verbs:
        """What each key does."""
        panels = self._hand.panels
        return {
            "book": self.book,
            "later": self._later,
            "earlier": self._earlier,
            "when": self._say_when,
            "staff": self._next_member,
            "week": panels.week.go,
        }

    def numbered(self) -> dict[str, Callable[[int], object]]:
        """What the numbered keys do with their index, from 0."""
        return {"kind": self._choose_kind, "slot": self._choose_slot}

    def _times_are_there(self) -> bool:
        """Whether free times are in view; else they come, in the place of an open appointment."""
        there = self._hand.board.handling.put_aside()
        if not there:
            self._hand.panels.show_board()
        return there

    def _choose_kind(self, index: int) -> None:
        self._times_are_there()
        self._hand.board.planner.choose_kind(index)

    def _choose_slot(self, index: int) -> None:
        """Only a time one could see."""
        if self._times_are_there():
            self._hand.board.planner.choose_slot(index)

    def _choose_start(self, start: datetime, staff_id: UUID | None = None) -> None:
        self._times_are_there()
        self._hand.board.planner.choose_start(start, staff_id)

    def _say_when(self) -> None:
        self._times_are_there()
        self._hand.panels.slots.when.go()

    def _next_member(self) -> None:
        if self._times_are_there():
            self._hand.panels.slots.next_member()

    def _later(self) -> None:
        self._hand.board.planner.turn_page(on=True)

    def _earlier(self) -> None:
        self._hand.board.planner.turn_page(on=False)

    def book(self) -> None:
        """Book the chosen time, or move the appointment to it for which it was chosen."""
        board = self._hand.board
        board.forget_failure()
        wish = board.planner.wish
        if not self._times_are_there():
            return
        if wish is not None and wish.moving is not None:
            board.handling.move()
        else:
            self._go_where_lacking(board.planner.book())
        self._hand.panels.show_board()

    def _go_where_lacking(self, lacks: Lacks) -> None:
        if lacks is Lacks.NAME:
            self._hand.panels.caller.go()
        elif lacks is Lacks.ADDRESS:
            self._hand.panels.caller.go_address()
