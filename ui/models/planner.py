"""Booking in the shown call: asks the desk for times and books; events say what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.client import Client
from receptionist.model.slot import Slot
from receptionist.model.travel import postcode_in
from receptionist.model.week import Outlook
from receptionist.model.when import When
from receptionist.reasons import sentence
from ui.models.asking import Lacks, address_words, book, lacking, lacks_address
from ui.models.bookings import OFFERED, Bookings, Wish, as_understood
from ui.models.holds import Holds
from ui.models.stage import LookedUp, Seen
from ui.models.week import ShownWeek


class Planner:
    """Wishes of all calls, and the week of the shown client. Main thread.

    `changed` is called after every change; it shows what is here then.
    """

    def __init__(self, desk: Desk, clock: Clock, changed: Callable[[], object]) -> None:
        self._desk, self._clock, self._changed = desk, clock, changed
        self._bookings, self._holds = Bookings(), Holds(desk)
        self._seen: Seen | LookedUp | None = None
        self.week = ShownWeek(clock, lambda: desk.directory.calendars)

    @property
    def wish(self) -> Wish | None:
        """What is being booked in the shown call, or looked at for a client; None without both."""
        key = _key(self._seen)
        return self._bookings.of(key, self._seen.client) if self._seen and key else None

    def wish_of(self, call_id: UUID) -> Wish | None:
        """What is being booked in a call, whether it is shown or not."""
        return self._bookings.get(call_id)

    @property
    def client(self) -> Client | None:
        """For whom is booked."""
        return self._seen.client if self._seen else None

    def show(self, seen: Seen | LookedUp | None) -> None:
        """Another call or client is shown, or the shown one changed."""
        self._seen = seen
        wish = self.wish
        anew = self.week.show(
            _key(seen),
            seen.client if seen else None,
            wish.chosen if wish else None,
        )
        if wish is not None:
            moved = self._has_moved(wish)
            if anew or moved or not (wish.looked or wish.looking):
                self._look(wish)
            self._holds.follow(wish, seen)
        self._changed()

    def let_go(self, gone: Callable[[UUID], bool]) -> None:
        """Calls that were put away: nothing is kept for them."""
        for key, wish in self._bookings.items():
            if wish.hold is not None and wish.asked is None and gone(key):
                wish.chosen = None
                self._holds.give_up(wish)

    def choose_kind(self, index: int) -> None:
        """Choose the appointment kind with this index, from 0."""
        wish, kinds = self.wish, self.client.bookable if self.client else ()
        known = wish is not None and wish.moving is None and index < len(kinds)
        if wish is not None and known and kinds[index] != wish.kind:
            wish.choose(kinds[index])
            self.look_again()
        self._changed()

    def choose_staff(self, staff_id: UUID | None) -> None:
        """Look for times of one of the staff, or (None) of whoever is free first."""
        wish = self.wish
        if wish is not None and staff_id != wish.staff_id:
            wish.staff_id = staff_id
            wish.begin_again()
            self.look_again()
        self._changed()

    def say_when(self, typed: str) -> None:
        """Look for times at which the caller would like to come."""
        wish, client = self.wish, self.client
        if wish is None or client is None or typed == wish.typed:
            return
        before = wish.phrase.when
        today = self._clock.now().astimezone(ZoneInfo(client.zone)).date()
        wish.typed, wish.phrase = typed, as_understood(typed, today)
        if wish.phrase.when != before:
            wish.begin_again()
            self.look_again()
        self._changed()

    def choose_slot(self, index: int) -> None:
        """Choose the free time with this index, from 0."""
        wish = self.wish
        if wish is not None and index < len(wish.slots):
            self._choose(wish, wish.slots[index])
            if self.week.go_to(wish.slots[index].start):
                self._look(wish)
        self._changed()

    def choose_start(self, start: datetime, staff_id: UUID | None = None) -> None:
        """Choose a free time of the shown week, of one of the staff where it is theirs."""
        wish, outlook = self.wish, self.week.outlook
        if wish is not None and outlook is not None:
            if lacks_address(self.wish, self.client):
                wish.problem = address_words()
            else:
                free = [slot for slot in outlook.week.free if slot.start == start]
                free.sort(key=lambda slot: slot.staff_id != staff_id)
                slot = next(iter(free), None)
                if slot is not None:
                    self._choose(wish, slot)
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

    def turn_page(self, on: bool) -> None:
        """Look for times after those shown, or go back to those before them. What was chosen stays
        chosen, and kept, until another is."""
        wish = self.wish
        if wish is None or not (wish.slots if on else wish.pages):
            return
        if on:
            wish.pages.append(wish.slots[-1].end)
        else:
            wish.pages.pop()
        self._look(wish)

    def look_again(self) -> None:
        """Ask for the times of what is wished now."""
        wish = self.wish
        if wish is not None:
            self._holds.follow(wish, self._seen)
            self._look(wish)

    def book(self) -> Lacks:
        """Ask the desk for the chosen time; what is lacking otherwise."""
        wish, seen = self.wish, self._seen
        if wish is None or not isinstance(seen, Seen) or seen.client is None or wish.kind is None:
            return Lacks.CLIENT
        if wish.asked is not None:
            return Lacks.NOTHING
        lacks = lacking(wish, seen)
        if lacks is Lacks.NOTHING:
            book(self._desk, wish, seen)
        self._changed()
        return lacks

    # ---- what events say

    def appointment(self, appointment: Appointment) -> None:
        """An appointment was booked, confirmed, delayed, changed, or is in conflict; or a time is
        kept for a caller, or free again."""
        if appointment.state is AppointmentState.HOLD:
            if self._holds.kept(self._bookings, appointment):
                self._changed()
                return
        elif appointment.part_of is None:
            failed = appointment.state is AppointmentState.CONFLICT
            aside = failed and appointment.restores is not None
            if not aside and not (failed and self._holds.lost(self._bookings, appointment)):
                self._bookings.take_in(appointment)
        self.calendar(appointment.client_id)

    def released(self, appointment: Appointment) -> None:
        """A time that was kept is free again."""
        self._holds.released(self._bookings, appointment)
        self.calendar(appointment.client_id)

    def calendar(self, client_id: UUID) -> None:
        """The times of a client may have changed."""
        wish = self.wish
        if wish is not None and self.client is not None and self.client.id == client_id:
            self._look(wish)
        self._changed()

    def store_failed(self) -> None:
        """Something could not be written; booking may be tried again."""
        self._bookings.nothing_asked()
        self._changed()

    # ---- inside

    def _choose(self, wish: Wish, slot: Slot) -> None:
        if slot == wish.chosen:
            self._holds.again(wish)
        wish.chosen, wish.problem = slot, ""
        self._holds.follow(wish, self._seen)

    def _has_moved(self, wish: Wish) -> bool:
        """Whether the caller lives elsewhere than was known: then the way is another."""
        call = self._seen.call if self._seen else None
        postcode = postcode_in(call.caller_address) if call else ""
        if postcode == wish.postcode:
            return False
        wish.postcode = postcode
        if wish.kind is None or not wish.kind.at_caller:
            return False
        was_chosen = wish.chosen is not None
        wish.begin_again()
        if was_chosen:
            wish.problem = _("The address is another now. Choose the time again.")
        return True

    def _look(self, wish: Wish) -> None:
        if wish.client_id is None:
            return
        wish.ticket += 1
        wish.looking = self.week.reading = True
        wanted = wish.chosen if wish.asked is None else None
        when = wish.phrase.when
        own = wish.moving.id if wish.moving else wish.hold
        try:
            self._desk.booking.outlook(
                wish.client_id,
                wish.kind.id if wish.kind else None,
                self.week.monday,
                count=OFFERED,
                after=wish.pages[-1] if wish.pages else None,
                wanted=wanted.start if wanted else None,
                staff_id=wish.staff_id,
                when=when if when != When() else None,
                postcode=postcode_in(wish.moving.location) if wish.moving else wish.postcode,
                hold_id=own,
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
            said = _("The chosen time is no longer free. Choose another one.")
            wish.problem = f"{said} {sentence(outlook.hindrance)}".strip()
        if wish is self.wish:
            if lacks_address(self.wish, self.client):
                wish.slots = ()
            if self.week.take_in(outlook):
                self._look(wish)
            self._holds.follow(wish, self._seen)
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
