"""To whom confirmations go: an e-mail address typed in a call after booking in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from receptionist.desk.desk import Desk
from receptionist.errors import BadInput, ReceptionistError
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.letter import address_fault
from ui.models.bookings import Wish
from ui.models.handling import can_change

_UNDER_WAY = AppointmentState.BOOKED
"""Between our book and the owner's calendar; what comes of it is told, and then it can follow."""


@dataclass(slots=True)
class _Following:
    """What an appointment is still to get, the state in which that was asked for, and what is to
    be done once it stands."""

    email: str
    asked_at: int | None = None
    then: list[Callable[[Appointment], object]] = field(default_factory=list)


class Recipients:
    """Appointments that follow the e-mail address of their call. Main thread.

    A change made in the appointment itself is never overwritten later: each follows once.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._following: dict[UUID, _Following] = {}
        self._typed: dict[UUID, str] = {}

    def typed(self, call_id: UUID, wish: Wish | None, email: str) -> None:
        """The address of a call was typed anew; `BadInput` when it cannot be one."""
        email = email.strip()
        self._typed[call_id] = email
        for one in wish.outcomes.values() if wish else ():
            self._following.pop(one.id, None)
            if can_change(one) and one.caller_email != email:
                if fault := address_fault(email):
                    raise BadInput(fault, key="caller_email")
                self._following[one.id] = _Following(email)
                self._ask(one)

    def once_it_has(self, appointment: Appointment, then: Callable[[Appointment], object]) -> bool:
        """Do something when the address stands in it; False when it need not wait."""
        following = self._following.get(appointment.id)
        if following is not None and not following.then:
            following.then.append(then)
        return following is not None

    def stands(self, appointment: Appointment) -> None:
        """What an event said of an appointment."""
        if _is_new(appointment) and appointment.call_id in self._typed:
            email = self._typed[appointment.call_id]
            if email != appointment.caller_email and not address_fault(email):
                self._following.setdefault(appointment.id, _Following(email))
        following = self._following.get(appointment.id)
        if following is None or appointment.state is _UNDER_WAY:
            return
        if can_change(appointment) and appointment.caller_email != following.email:
            self._ask(appointment)
            return
        del self._following[appointment.id]
        for then in following.then:
            then(appointment)

    def _ask(self, one: Appointment) -> None:
        following = self._following[one.id]
        if one.state is _UNDER_WAY or following.asked_at == one.sequence:
            return
        following.asked_at = one.sequence
        try:
            self._desk.changing.change(one, caller_email=following.email)
        except ReceptionistError:
            # It is over, or its client is gone: nothing is to follow any more.
            del self._following[one.id]


def _is_new(appointment: Appointment) -> bool:
    """Whether it was booked just now: with what was typed when that was asked for."""
    one = appointment
    return one.state is _UNDER_WAY and not one.sequence and one.restores is None
