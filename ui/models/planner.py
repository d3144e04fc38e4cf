"""Booking in the shown call: asks the desk for times and books; events say what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum, auto
from functools import partial
from uuid import UUID

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.model.appointment import Appointment
from receptionist.model.week import Outlook
from ui.models.bookings import OFFERED, Bookings, Wish
from ui.models.stage import LookedUp, Seen
from ui.models.week import ShownWeek


class Lacks(Enum):
    """What a booking lacks before it can be asked for."""

    NOTHING = auto()
    CLIENT = auto()
    TIME = auto()
    NAME = auto()


class Planner:
    """Wishes of all calls, and the week of the shown client. Main thread.

    `changed` is called after every change; it shows what is here then.
    """

    def __init__(self, desk: Desk, clock: Clock, changed: Callable[[], object]) -> None:
        self._desk, self._changed = desk, changed
        self._bookings = Bookings()
        self._seen: Seen | LookedUp | None = None
        self.week = ShownWeek(clock)

    @property
    def wish(self) -> Wish | None:
        """What is being booked in the shown call, or looked at for a client; None without both."""
        key = _key(self._seen)
        return self._bookings.of(key, self._seen.client) if self._seen and key else None

    def show(self, seen: Seen | LookedUp | None) -> None:
        """Another call or client is shown, or the shown one changed."""
        self._seen = seen
        wish = self.wish
        anew = self.week.show(
            _key(seen),
            seen.client if seen else None,
            wish.chosen if wish else None,
        )
        if wish is not None and (anew or not (wish.looked or wish.looking)):
            self._look(wish)
        self._changed()

    def choose_kind(self, index: int) -> None:
        """Choose the appointment kind with this index, from 0."""
        wish, kinds = self.wish, self._seen.client.kinds if self._seen and self._seen.client else ()
        if wish is not None and index < len(kinds) and kinds[index] != wish.kind:
            wish.choose(kinds[index])
            self._look(wish)
        self._changed()

    def choose_slot(self, index: int) -> None:
        """Choose the free time with this index, from 0."""
        wish = self.wish
        if wish is not None and index < len(wish.slots):
            wish.chosen, wish.problem = wish.slots[index], ""
            if self.week.go_to(wish.slots[index].start):
                self._look(wish)
        self._changed()

    def choose_start(self, start: datetime) -> None:
        """Choose a free time of the shown week."""
        wish, outlook = self.wish, self.week.outlook
        if wish is not None and outlook is not None:
            free = (slot for slot in outlook.week.free if slot.start == start)
            wish.chosen, wish.problem = next(free, wish.chosen), ""
        self._changed()

    def turn_week(self, weeks: int) -> None:
        """Look at a week before or after, or (0) at the present one."""
        wish = self.wish
        if wish is not None and self.week.turn(weeks):
            self._look(wish)
        self._changed()

    def go_to(self, instant: datetime) -> None:
        """Look at the week of an instant."""
        wish = self.wish
        if wish is not None and self.week.go_to(instant):
            self._look(wish)
        self._changed()

    def tick(self) -> None:
        """Time passes: what has become too soon is offered no longer."""
        wish = self.wish
        if wish is not None and not wish.looking and self.week.stale:
            self.week.catch_up()
            self._look(wish)

    def later(self) -> None:
        """Look for times after those shown."""
        wish = self.wish
        if wish is not None and wish.slots:
            wish.pages.append(wish.slots[-1].end)
            wish.chosen = None
            self._look(wish)

    def earlier(self) -> None:
        """Go back to the times before those shown."""
        wish = self.wish
        if wish is not None and wish.pages:
            wish.pages.pop()
            wish.chosen = None
            self._look(wish)

    def book(self) -> Lacks:
        """Ask the desk for the chosen time; what is lacking otherwise."""
        wish, seen = self.wish, self._seen
        if wish is None or not isinstance(seen, Seen) or seen.client is None or wish.kind is None:
            return Lacks.CLIENT
        if wish.asked is not None:
            return Lacks.NOTHING
        lacks = self._lacks(wish, seen)
        if lacks is Lacks.NOTHING:
            self._book(wish, seen)
        self._changed()
        return lacks

    # ---- what events say

    def appointment(self, appointment: Appointment) -> None:
        """An appointment was booked, confirmed, delayed, or is in conflict."""
        self._bookings.take_in(appointment)
        self.calendar(appointment.client_id)

    def calendar(self, client_id: UUID) -> None:
        """The times of a client may have changed."""
        if self._seen and self._seen.client and self._seen.client.id == client_id:
            wish = self.wish
            if wish is not None:
                self._look(wish)
        self._changed()

    def store_failed(self) -> None:
        """Something could not be written; booking may be tried again."""
        self._bookings.nothing_asked()
        self._changed()

    # ---- inside

    def _lacks(self, wish: Wish, seen: Seen) -> Lacks:
        if wish.chosen is None:
            wish.problem = _("First choose a free time, on the right.")
            return Lacks.TIME
        if not (seen.call.caller_name or seen.call.caller.name).strip():
            wish.problem = _("Type the caller's name first.")
            return Lacks.NAME
        return Lacks.NOTHING

    def _book(self, wish: Wish, seen: Seen) -> None:
        if seen.client is None or wish.kind is None or wish.chosen is None:
            return
        call = seen.call
        wish.problem = ""
        try:
            asked = self._desk.booking.book(
                client_id=seen.client.id,
                kind_id=wish.kind.id,
                start=wish.chosen.start,
                caller_name=call.caller_name or call.caller.name,
                caller_number=call.number,
                note=call.note,
                call_id=call.id,
            )
        except ReceptionistError as error:
            wish.problem = str(error)
        else:
            wish.asked = None if asked in wish.outcomes else asked

    def _look(self, wish: Wish) -> None:
        if wish.client_id is None:
            return
        wish.ticket += 1
        wish.looking = self.week.reading = True
        wanted = wish.chosen if wish.asked is None else None
        try:
            self._desk.booking.outlook(
                wish.client_id,
                wish.kind.id if wish.kind else None,
                self.week.monday,
                count=OFFERED,
                after=wish.pages[-1] if wish.pages else None,
                wanted=wanted.start if wanted else None,
                then=partial(self._found, wish, wish.ticket),
                failed=partial(self._not_found, wish, wish.ticket),
            )
        except ReceptionistError as error:
            self._not_found(wish, wish.ticket, error)
        self._changed()

    def _found(self, wish: Wish, ticket: int, outlook: Outlook) -> None:
        if ticket != wish.ticket:
            return
        wish.offer(outlook.slots, kept=outlook.kept, read=outlook.read)
        if not outlook.kept:
            wish.problem = _("The chosen time is no longer free. Choose another one.")
        if wish is self.wish and self.week.take_in(outlook):
            self._look(wish)
        self._changed()

    def _not_found(self, wish: Wish, ticket: int, error: Exception) -> None:
        if ticket == wish.ticket:
            wish.offer((), kept=False)
            wish.problem = str(error)
            if wish is self.wish:
                self.week.reading = False
            self._changed()


def _key(seen: Seen | LookedUp | None) -> UUID | None:
    """Whose wish it is: the call's, else the client's."""
    if seen is None:
        return None
    return seen.call.id if seen.call is not None else seen.client.id if seen.client else None
