"""Booking in the shown call: asks the desk for times and books; events say what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial
from uuid import UUID

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.model.appointment import OCCUPYING, Appointment
from receptionist.model.period import Period
from ui.models.bookings import OFFERED, Bookings, Wish
from ui.models.stage import Seen

_AGENDA_DAYS = 60


class Lacks(Enum):
    """What a booking lacks before it can be asked for."""

    NOTHING = auto()
    CLIENT = auto()
    TIME = auto()
    NAME = auto()


class Planner:
    """Wishes of all calls and the agenda of the shown client. Main thread.

    `changed` is called after every change; it shows what is here then.
    """

    def __init__(self, desk: Desk, clock: Clock, changed: Callable[[], object]) -> None:
        self._desk, self._clock, self._changed = desk, clock, changed
        self._bookings = Bookings()
        self._seen: Seen | None = None
        self._agenda_of: UUID | None = None
        self.agenda: tuple[Appointment, ...] = ()

    @property
    def wish(self) -> Wish | None:
        """What is being booked in the shown call; None without one."""
        if self._seen is None:
            return None
        return self._bookings.of(self._seen.call.id, self._seen.client)

    def show(self, seen: Seen | None) -> None:
        """Another call is shown, or the shown one changed."""
        self._seen = seen
        client_id = seen.client.id if seen and seen.client else None
        if client_id != self._agenda_of:
            self._agenda_of, self.agenda = client_id, ()
            self._read_agenda()
        wish = self.wish
        if wish is not None and wish.kind and not wish.looked and not wish.looking:
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
        self._changed()

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
        if wish is None or seen is None or seen.client is None or wish.kind is None:
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
            self._read_agenda()
            wish = self.wish
            if wish is not None and wish.kind is not None:
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
        if wish.client_id is None or wish.kind is None:
            return
        wish.ticket += 1
        wish.looking = True
        after: datetime | None = wish.pages[-1] if wish.pages else None
        try:
            self._desk.booking.slots(
                wish.client_id,
                wish.kind.id,
                count=OFFERED,
                after=after,
                then=partial(self._found, wish, wish.ticket),
                failed=partial(self._not_found, wish, wish.ticket),
            )
        except ReceptionistError as error:
            self._not_found(wish, wish.ticket, error)
        self._changed()

    def _found(self, wish: Wish, ticket: int, slots: tuple[Period, ...]) -> None:
        if ticket != wish.ticket:
            return
        if not wish.offer(slots):
            wish.problem = _("The chosen time is no longer free. Choose another one.")
        self._changed()

    def _not_found(self, wish: Wish, ticket: int, error: Exception) -> None:
        if ticket == wish.ticket:
            wish.offer(())
            wish.problem = str(error)
            self._changed()

    def _read_agenda(self) -> None:
        client_id = self._agenda_of
        if client_id is not None:
            now = self._clock.now()
            ahead = Period(now, now + timedelta(days=_AGENDA_DAYS))
            self._desk.booking.appointments(client_id, ahead, partial(self._read, client_id))

    def _read(self, client_id: UUID, appointments: tuple[Appointment, ...]) -> None:
        if client_id == self._agenda_of:
            self.agenda = tuple(one for one in appointments if one.state in OCCUPYING)
            self._changed()
