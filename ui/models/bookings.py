"""What is being booked for each call: kind, free times, the chosen one, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from receptionist.model.appointment import Appointment
from receptionist.model.client import AppointmentKind, Client
from receptionist.model.period import Period

OFFERED = 4


@dataclass(slots=True)
class Wish:
    """The state of booking in one call.

    `asked` is the appointment that was asked for and not answered by an event yet. `outcomes` are
    this call's appointments, the newest last. `pages` holds where each page of times after the
    first begins. Without `read` nobody knows when the owner is free.
    """

    client_id: UUID | None = None
    kind: AppointmentKind | None = None
    slots: tuple[Period, ...] = ()
    chosen: Period | None = None
    looking: bool = False
    looked: bool = False
    read: bool = True
    problem: str = ""
    asked: UUID | None = None
    outcomes: dict[UUID, Appointment] = field(default_factory=dict)
    pages: list[datetime] = field(default_factory=list)
    ticket: int = 0

    def offer(self, slots: tuple[Period, ...], *, kept: bool, read: bool = True) -> None:
        """Take over free times; `kept` is whether the chosen one is still free."""
        self.slots, self.looking, self.looked = slots, False, True
        self.read = read
        if not kept:
            self.chosen = None

    def choose(self, kind: AppointmentKind | None) -> None:
        """Another kind: its times are not known yet."""
        self.kind, self.slots, self.chosen = kind, (), None
        self.looked, self.problem, self.pages = False, "", []


class Bookings:
    """A `Wish` a call; switching calls never mixes them. Main thread."""

    def __init__(self) -> None:
        self._wishes: dict[UUID, Wish] = {}

    def of(self, call_id: UUID, client: Client | None) -> Wish:
        """The wish of a call; another client starts it afresh, with his first kind."""
        wish = self._wishes.setdefault(call_id, Wish())
        client_id = client.id if client else None
        kinds = client.kinds if client else ()
        if wish.client_id != client_id:
            wish.client_id = client_id
            wish.choose(next(iter(kinds), None))
        elif wish.kind not in kinds:
            wish.choose(next(iter(kinds), None))
        return wish

    def get(self, call_id: UUID) -> Wish | None:
        """The wish of a call, if there is one."""
        return self._wishes.get(call_id)

    def take_in(self, appointment: Appointment) -> UUID | None:
        """Put what an event said to its call; the call's id."""
        call_id = appointment.call_id
        if call_id is None:
            return None
        wish = self._wishes.setdefault(call_id, Wish(client_id=appointment.client_id))
        wish.outcomes.pop(appointment.id, None)
        wish.outcomes[appointment.id] = appointment
        if wish.asked == appointment.id:
            wish.asked = wish.chosen = None
            wish.problem = ""
        return call_id

    def nothing_asked(self) -> None:
        """What was asked for could not be written; it may be asked for again."""
        for wish in self._wishes.values():
            wish.asked = None
