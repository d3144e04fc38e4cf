"""What is being booked for each call: kind, free times, the chosen one, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum, auto
from uuid import UUID

from receptionist.model.appointment import Appointment
from receptionist.model.client import AppointmentKind, Client
from receptionist.model.phrase import Phrase, read
from receptionist.model.slot import Slot
from receptionist.model.when import When

OFFERED = 4
ANY_TIME = Phrase(When())


class Doing(Enum):
    """What is being done with the appointment that is open."""

    READING = auto()
    CANCELLING = auto()
    CHANGING = auto()
    MOVING = auto()


@dataclass(slots=True)
class Opened:
    """An appointment somebody looks at. `asked`: a change was asked for and not answered yet;
    `letter`: what became of its confirmation."""

    appointment: Appointment
    doing: Doing = Doing.READING
    asked: bool = False
    problem: str = ""
    letter: str = ""
    letter_tone: str = "plain"


@dataclass(slots=True)
class Wish:
    """The state of booking in one call.

    `asked` is the appointment that was asked for and not answered by an event yet. `outcomes` are
    this call's appointments, the newest last. `pages` holds where each page of times after the
    first begins. Without `read` nobody knows when the owner is free. `hold` is what keeps the time
    `held`, from the moment it was asked for, and `held_until` is known once it does.
    `typed` is when the caller would like to come as it was typed, `phrase` what was made of it.
    """

    client_id: UUID | None = None
    kind: AppointmentKind | None = None
    staff_id: UUID | None = None
    typed: str = ""
    phrase: Phrase = ANY_TIME
    postcode: str = ""
    slots: tuple[Slot, ...] = ()
    chosen: Slot | None = None
    hold: UUID | None = None
    held: Slot | None = None
    held_until: datetime | None = None
    looking: bool = False
    looked: bool = False
    read: bool = True
    problem: str = ""
    asked: UUID | None = None
    outcomes: dict[UUID, Appointment] = field(default_factory=dict)
    pages: list[datetime] = field(default_factory=list)
    opened: Opened | None = None
    ticket: int = 0

    @property
    def moving(self) -> Appointment | None:
        """The appointment for which another time is being looked for."""
        opened = self.opened
        return opened.appointment if opened and opened.doing is Doing.MOVING else None

    def offer(self, slots: tuple[Slot, ...], *, kept: bool, read: bool = True) -> None:
        """Take over free times; `kept` is whether the chosen one is still free."""
        self.slots, self.looking, self.looked = slots, False, True
        self.read = read
        if not kept:
            self.chosen = None

    def choose(self, kind: AppointmentKind | None) -> None:
        """Another kind: its times are not known yet."""
        self.kind = kind
        self.begin_again()

    def begin_again(self) -> None:
        """Other times are wanted: those known are not them."""
        self.slots, self.chosen = (), None
        self.looked, self.problem, self.pages = False, "", []


def as_understood(typed: str, today: date) -> Phrase:
    """What was typed; while not all of it is understood, nothing is looked for by half of it."""
    phrase = read(typed, today)
    return replace(ANY_TIME, unknown=phrase.unknown) if phrase.unknown else phrase


class Bookings:
    """A `Wish` a call; switching calls never mixes them. Main thread."""

    def __init__(self) -> None:
        self._wishes: dict[UUID, Wish] = {}

    def __iter__(self) -> Iterator[Wish]:
        return iter(self._wishes.values())

    def of(self, call_id: UUID, client: Client | None) -> Wish:
        """The wish of a call; another client starts it afresh, with his first kind.

        What is booked already keeps its kind while it is moved, agreed or not.
        """
        wish = self._wishes.setdefault(call_id, Wish())
        client_id = client.id if client else None
        kinds = () if client is None else client.kinds if wish.moving else client.bookable
        if wish.client_id != client_id:
            wish.client_id, wish.opened = client_id, None
            wish.staff_id, wish.typed, wish.phrase = None, "", ANY_TIME
            wish.choose(next(iter(kinds), None))
        elif wish.kind not in (kinds or (None,)):
            changed = (one for one in kinds if wish.kind is not None and one.id == wish.kind.id)
            wish.choose(next(changed, next(iter(kinds), None)))
        return wish

    def get(self, call_id: UUID) -> Wish | None:
        """The wish of a call, if there is one."""
        return self._wishes.get(call_id)

    def items(self) -> Iterable[tuple[UUID, Wish]]:
        """Every wish, with the call or client whose it is."""
        return self._wishes.items()

    def take_in(self, appointment: Appointment) -> None:
        """Put what an event said to its call, and wherever it is open or was asked for."""
        call_id = appointment.call_id
        if call_id is not None:
            self._wishes.setdefault(call_id, Wish(client_id=appointment.client_id))
        for key, wish in self._wishes.items():
            if wish.opened and wish.opened.appointment.id == appointment.id:
                wish.opened.appointment = appointment
            if key == call_id or wish.asked == appointment.id:
                wish.outcomes.pop(appointment.id, None)
                wish.outcomes[appointment.id] = appointment
            if wish.asked == appointment.id:
                wish.asked = wish.chosen = None
                wish.hold = wish.held = wish.held_until = None
                wish.typed, wish.phrase, wish.problem = "", ANY_TIME, ""

    def nothing_asked(self) -> None:
        """What was asked for could not be written; it may be asked for again."""
        for wish in self._wishes.values():
            wish.asked = None
            if wish.opened is not None:
                wish.opened.asked = False
