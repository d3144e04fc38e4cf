"""Why a key of appointments and of the owner's week can do nothing just now."""

from __future__ import annotations

from collections.abc import Callable

from receptionist.i18n import _
from receptionist.model.agreement import no_appointments
from receptionist.model.appointment import AppointmentState
from ui.actions import hint
from ui.models.bookings import Doing, Opened
from ui.models.handling import ENDED, can_change
from ui.verbs.hand import Hand


class BookingHindrances:
    """What stands in the way of booking, and of what is done with an appointment. Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._planner, self._handling = hand.board.planner, hand.board.handling

    def table(self) -> dict[str, Callable[[], str]]:
        """Why not, by key."""
        return {
            **{"later": self._later, "earlier": self._earlier, "when": self._bookable},
            **{"staff": self._staff, "book": self._book, "appointment": self._appointment},
            **{"move": self._move, "change": self._changeable, "cancel": self._cancel},
            **{"cancel_series": self._series, "confirm": self._open, "letter": self._open},
            **{"week": self._week, "day": self._week},
            **{one: self._paper for one in ("print", "pdf", "export", "export_all")},
        }

    def numbered(self) -> dict[str, Callable[[int], str]]:
        """Why not, by key and index from 0."""
        return {"kind": self._kind, "slot": self._slot}

    # ---- booking

    def client(self) -> str:
        """Why there is nobody for whom one works."""
        if self._planner.client is not None:
            return ""
        if self._hand.shown is None:
            words = _("First show a call, or look a client up with {key}.")
            return words.format(key=hint("search"))
        return _("First choose the client of this call, with {key}.").format(key=hint("assign"))

    def _bookable(self) -> str:
        """Why nothing new is booked for whom one works; what stands already can be moved."""
        client, wish = self._planner.client, self._planner.wish
        if client is None or (wish is not None and wish.moving is not None):
            return self.client()
        return no_appointments(client)

    def _out_of_sight(self) -> bool:
        """Whether an open appointment stands in the place of the free times."""
        opened = self._handling.opened
        return opened is not None and opened.doing is not Doing.MOVING

    def _kind(self, index: int) -> str:
        client, wish = self._planner.client, self._planner.wish
        if client is None or wish is None:
            return self.client()
        if refused := self._bookable():
            return refused
        if index >= len(client.kinds):
            words = _("{client} has no kind of appointment number {number}.")
            return words.format(client=client.name, number=index + 1)
        if wish.moving is not None:
            return _("The appointment keeps its kind while it is moved.")
        if client.kinds[index] == wish.kind and not self._out_of_sight():
            return _("“{kind}” is chosen already.").format(kind=client.kinds[index].name)
        return ""

    def _slot(self, index: int) -> str:
        wish = self._planner.wish
        if self._planner.client is None or wish is None:
            return self.client()
        if refused := self._bookable():
            return refused
        if self._out_of_sight() or index < len(wish.slots):
            return ""
        if wish.looking:
            return _("The free times are still being looked for.")
        return _("There is no free time number {number}.").format(number=index + 1)

    def _later(self) -> str:
        wish = self._planner.wish
        there = wish is not None and wish.slots
        return self._bookable() or ("" if there else _("There are no later free times."))

    def _earlier(self) -> str:
        wish = self._planner.wish
        there = wish is not None and wish.pages
        return self._bookable() or ("" if there else _("These are the earliest free times."))

    def _staff(self) -> str:
        client = self._planner.client
        chosen = client is not None and (client.staff or self._out_of_sight())
        nobody = _("This client has no staff to choose from.")
        return self._bookable() or ("" if chosen else nobody)

    def _book(self) -> str:
        client, wish = self._planner.client, self._planner.wish
        if client is None or wish is None:
            return self.client()
        if wish.moving is not None or self._out_of_sight():
            return self._moved() if wish.moving is not None else ""
        if refused := self._bookable():
            return refused
        if self._hand.shown is None:
            return _("An appointment is booked in a call. Nobody is on the phone.")
        if wish.asked is not None:
            return _("The appointment is being booked already.")
        return "" if wish.kind else _("This client has no kinds of appointments.")

    # ---- one that stands

    def _appointment(self) -> str:
        wish = self._planner.wish
        if wish is None or self._planner.client is None:
            return self.client()
        states = (one.state for one in wish.outcomes.values())
        stood = any(state is not AppointmentState.CONFLICT for state in states)
        if wish.opened is not None or stood or self._hand.board.history.appointment is not None:
            return ""
        return _("No appointment of this caller is known.")

    def _open(self) -> str:
        if self._handling.opened is not None:
            return ""
        return _("First open an appointment, with {key}.").format(key=hint("appointment"))

    def _still(self, opened: Opened | None) -> str:
        waits = opened is not None and opened.asked
        return _("What was asked before is not answered yet.") if waits else ""

    def _changeable(self) -> str:
        opened = self._handling.opened
        over = opened is not None and not can_change(opened.appointment)
        gone = _("This appointment does not take place any more.") if over else ""
        return self._open() or self._still(opened) or gone

    def _moved(self) -> str:
        """The second press takes the chosen time."""
        wish, opened = self._planner.wish, self._handling.opened
        moving = opened is not None and opened.doing is Doing.MOVING
        lacks = moving and wish is not None and wish.chosen is None
        return self._still(opened) or (_("First choose the new time.") if lacks else "")

    def _move(self) -> str:
        return self._changeable() or self._moved()

    def _cancel(self) -> str:
        opened = self._handling.opened
        if opened is not None and opened.appointment.state in ENDED:
            return self._still(opened)
        return self._changeable()

    def _series(self) -> str:
        opened = self._handling.opened
        if opened is None:
            return self._open()
        if opened.appointment.series_id is None:
            return _("This appointment is not one of a series.")
        if opened.doing is not Doing.CANCELLING:
            return _("First press {key}.").format(key=hint("cancel"))
        return self._still(opened)

    def _paper(self) -> str:
        week = self._planner.week
        there = week.client is not None and week.outlook is not None and week.shows(week.day)
        return "" if there else _("First show a client: his week is printed or saved then.")

    def _week(self) -> str:
        shown = self._hand.panels.week.grid.isVisible()
        return "" if shown else self.client() or _("No calendar is shown.")
