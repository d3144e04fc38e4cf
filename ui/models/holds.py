"""Times that are kept while callers think: one a call, always the one that is chosen there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from receptionist.desk.desk import Desk
from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.model.appointment import Appointment
from receptionist.model.slot import Slot
from receptionist.reasons import Reason, sentence
from ui.models.bookings import Wish
from ui.models.stage import LookedUp, Seen


class Holds:
    """Keeps the chosen times. Main thread.

    The desk carries out holding, releasing and booking in the order in which they are asked for, so
    that nothing here waits for an answer.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def follow(self, wish: Wish, seen: Seen | LookedUp | None) -> None:
        """Keep what is chosen in a call, and nothing else. Nobody thinks where no call is, and who
        moves an appointment still has its old time."""
        if wish.asked is not None:
            return
        thinks = isinstance(seen, Seen) and wish.moving is None
        wanted = wish.chosen if thinks else None
        if wanted != wish.held:
            self.give_up(wish)
            if wanted is not None and isinstance(seen, Seen):
                self._keep(wish, seen, wanted)

    def give_up(self, wish: Wish) -> None:
        """Nothing is kept for this caller any more."""
        if wish.hold is not None:
            self._desk.booking.release(wish.hold)
        wish.hold = wish.held = wish.held_until = None

    def again(self, wish: Wish) -> None:
        """The chosen time was chosen once more: keep it, if it was kept too long."""
        if wish.hold is None:
            wish.held = None

    def kept(self, wishes: Iterable[Wish], appointment: Appointment) -> bool:
        """A time is kept now; whether that is one of ours."""
        ours = [wish for wish in wishes if wish.hold == appointment.id]
        for wish in ours:
            wish.held_until = appointment.held_until
        return bool(ours)

    def lost(self, wishes: Iterable[Wish], appointment: Appointment) -> bool:
        """A time could not be kept; whether one of ours. One that is booked says so by itself."""
        ours = [one for one in wishes if one.hold == appointment.id and one.asked is None]
        for wish in ours:
            wish.hold = wish.held = wish.held_until = wish.chosen = None
            wish.problem = sentence(appointment.reason)
        return bool(ours)

    def released(self, wishes: Iterable[Wish], appointment: Appointment) -> None:
        """A time is free again. What ran out may still be booked while nobody else takes it."""
        for wish in wishes:
            if wish.hold == appointment.id and wish.asked is None:
                wish.hold = wish.held_until = None
                if appointment.reason is Reason.HOLD_EXPIRED:
                    wish.problem = _(
                        "The time is no longer kept. Choose it again if the caller still wants it."
                    )

    def _keep(self, wish: Wish, seen: Seen, slot: Slot) -> None:
        if seen.client is None or wish.kind is None:
            return
        call = seen.call
        try:
            wish.hold = self._desk.booking.hold(
                client_id=seen.client.id,
                kind_id=wish.kind.id,
                start=slot.start,
                staff_id=slot.staff_id,
                caller_name=call.caller_name or call.caller.name,
                location=call.caller_address if wish.kind.at_caller else "",
                call_id=call.id,
            )
            wish.held = slot
        except ReceptionistError as error:
            wish.chosen, wish.problem = None, str(error)


def left(wish: Wish, now: datetime) -> int:
    """For how many seconds the chosen time is still kept; 0 when it is not, or not known yet."""
    if wish.held_until is None:
        return 0
    return max(0, int((wish.held_until - now).total_seconds()))
