"""Holding a time for a caller who thinks: others see it as taken, and it runs out by itself."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from receptionist.desk.drafts import Proposal, drawn_up
from receptionist.desk.ground import Ground
from receptionist.desk.reserving import Choices, Obstacle, Reservation
from receptionist.events import (
    AppointmentHeld,
    AppointmentReleased,
    BookingConflict,
    StoreFailed,
)
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.ports import Store
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

HOLD_FOR = timedelta(minutes=10)


class Holds:
    """The times that this desk holds. Main thread."""

    def __init__(self, ground: Ground) -> None:
        self._memory = ground.memory
        self._directory = ground.directory
        self._listeners = ground.listeners
        self._clock = ground.clock
        self._later = ground.later
        self._held: dict[UUID, Appointment] = {}
        self._asked: dict[UUID, Appointment] = {}
        """What is to be held, and the answer is not there yet."""
        self._started = False

    def start(self) -> None:
        """Give up what a crash left held: now what has run out, the rest when it has."""
        self._started = True
        self._expire()
        self._later((HOLD_FOR + timedelta(seconds=1)).total_seconds(), self._expire)

    def close(self) -> None:
        """Nobody waits for what is held here any more.

        At a desk that was only opened for a command, what that held is booked by the next one.
        """
        for appointment_id in tuple(self._held) if self._started else ():
            self.release(appointment_id)

    def get(self, appointment_id: UUID | None) -> Appointment | None:
        """What this desk holds under an id."""
        return self._held.get(appointment_id) if appointment_id else None

    def same(self, wanted: Appointment, staff_id: UUID | None) -> Appointment | None:
        """What is held, or about to be, for the same caller: it is kept for longer."""
        for one in (*self._held.values(), *self._asked.values()):
            seen = (one.client_id, one.kind_id, one.start, one.call_id, one.location)
            same = (wanted.client_id, wanted.kind_id, wanted.start, wanted.call_id, wanted.location)
            if seen == same and staff_id in (None, one.staff_id):
                return one
        return None

    def hold(self, choices: Choices, wanted: Appointment, staff_id: UUID | None) -> UUID:
        """Hold the first of `choices` that can be held, for the caller of `wanted`; its id."""
        known = self.same(wanted, staff_id)
        hold_id = known.id if known else wanted.id
        self._asked[hold_id] = replace(wanted, id=hold_id)
        who, until = self._directory.receptionist.id, self._clock.now() + HOLD_FOR

        def fill(_number: int, proposal: Proposal) -> Appointment:
            return replace(
                drawn_up(proposal, hold_id),
                caller_name=wanted.caller_name,
                call_id=wanted.call_id,
                receptionist_id=who,
                state=AppointmentState.HOLD,
                held_until=until,
            )

        wish = Reservation(choices=choices, fill=fill, who=who, own=hold_id)
        self._memory.submit(
            wish.write,
            then=lambda outcome: self._written(wish, outcome),
            failed=lambda error: self._not_written(hold_id, error),
        )
        return hold_id

    def release(self, appointment_id: UUID) -> None:
        """The caller does not want it: it is free at once."""
        self._forget(appointment_id)
        who, at = self._directory.receptionist.id, self._clock.now()
        self._memory.submit(
            lambda store: store.bookings.release(appointment_id, who, at),
            then=self._released,
            failed=self._failed,
        )

    def booked(self, appointment_id: UUID) -> None:
        """It is an appointment now."""
        self._forget(appointment_id)

    def _forget(self, appointment_id: UUID) -> None:
        self._held.pop(appointment_id, None)
        self._asked.pop(appointment_id, None)

    def _not_written(self, hold_id: UUID, error: Exception) -> None:
        self._asked.pop(hold_id, None)
        self._failed(error)

    def _written(self, wish: Reservation, outcome: tuple[Appointment, ...] | Obstacle) -> None:
        if wish.own is not None:
            self._asked.pop(wish.own, None)
        if isinstance(outcome, Obstacle):
            self._listeners.tell(BookingConflict(appointment=wish.refused(outcome)))
            return
        for held in outcome:
            self._held[held.id] = held
            self._watch(held)
            self._listeners.tell(AppointmentHeld(appointment=held))

    def _watch(self, held: Appointment) -> None:
        left = (held.held_until or self._clock.now()) - self._clock.now()
        self._later(max(left.total_seconds(), 0.0) + 0.1, lambda: self._ran_out(held))

    def _ran_out(self, held: Appointment) -> None:
        """Unless it was kept for longer, booked or given up meanwhile."""
        if self._held.get(held.id) == held:
            if held.held_until and held.held_until > self._clock.now():
                self._watch(held)  # the clock was set back
            else:
                self._expire(held)

    def _expire(self, held: Appointment | None = None) -> None:
        now = self._clock.now()

        def over(store: Store) -> tuple[Appointment, ...]:
            gone = store.bookings.expire(now)
            known = store.bookings.get(held.id) if held else None
            if known and known.state is AppointmentState.WITHDRAWN and known not in gone:
                gone += (known,)  # who wanted its time has pushed it aside already
            return gone

        self._memory.submit(over, then=self._expired, failed=self._failed)

    def _expired(self, gone: tuple[Appointment, ...]) -> None:
        for one in gone:
            self._held.pop(one.id, None)
            if one.part_of is None:
                told = replace(one, reason=Reason.HOLD_EXPIRED)
                self._listeners.tell(AppointmentReleased(appointment=told))

    def _released(self, given_up: Appointment | None) -> None:
        if given_up is not None:
            self._held.pop(given_up.id, None)  # told as held after it was to be given up
            self._listeners.tell(AppointmentReleased(appointment=given_up))

    def _failed(self, error: Exception) -> None:
        log.error("a hold could not be written: %s", type(error).__name__)
        self._listeners.tell(StoreFailed(message=str(error)))
