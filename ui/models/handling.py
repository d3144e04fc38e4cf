"""The appointment that is open: looked at, moved, changed, called off, brought back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from receptionist.desk.desk import Desk
from receptionist.errors import ReceptionistError
from receptionist.events import ChangeRefused, OwnerChanged
from receptionist.model.appointment import TAKING_PLACE, Appointment, AppointmentState
from receptionist.model.letter import Letter
from receptionist.reasons import sentence
from ui.models.bookings import Doing, Opened
from ui.models.planner import Planner

ENDED = (AppointmentState.CANCELLED, AppointmentState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Texts:
    """What can be changed of an appointment beside its time."""

    caller_name: str
    caller_number: str
    caller_email: str
    location: str
    note: str


class Handling:
    """What is done with the opened appointment. Main thread.

    It belongs to the call, or to the client, in view: another client's is never shown. Opening one
    and every step are a person's act; events only bring it up to date.
    """

    def __init__(self, desk: Desk, planner: Planner, changed: Callable[[], object]) -> None:
        self._desk, self._planner, self._changed = desk, planner, changed
        self._news: dict[UUID, OwnerChanged] = {}

    @property
    def opened(self) -> Opened | None:
        """What is shown; None while nothing is."""
        wish = self._planner.wish
        return wish.opened if wish else None

    @property
    def news(self) -> OwnerChanged | None:
        """What the owner last did with the opened one, since the window is open."""
        return self._news.get(self.opened.appointment.id) if self.opened else None

    def open(self, appointment: Appointment) -> bool:
        """Show an appointment of the client in view; whether it is his."""
        wish = self._planner.wish
        if wish is None or wish.client_id != appointment.client_id:
            return False
        wish.opened = Opened(appointment)
        self._planner.go_to(appointment.start)
        self._changed()
        return True

    def leave(self) -> bool:
        """Go back one step: from what is being done to reading, from there to booking; whether
        there was anything to leave."""
        wish = self._planner.wish
        if wish is None or wish.opened is None:
            return False
        doing, wish.opened.problem = wish.opened.doing, ""
        wish.opened.doing = Doing.READING
        if doing is Doing.READING:
            wish.opened = None
        elif doing is Doing.MOVING:
            self._look_anew()
        self._changed()
        return True

    def move(self) -> None:
        """Look for another time; once one is chosen, the same verb takes it."""
        wish, opened = self._planner.wish, self.opened
        if wish is None or opened is None or opened.asked or not can_change(opened.appointment):
            return
        if opened.doing is not Doing.MOVING:
            client = self._planner.client
            kinds = client.kinds if client else ()
            one = opened.appointment
            opened.doing, opened.problem = Doing.MOVING, ""
            wish.kind = next((kind for kind in kinds if kind.id == one.kind_id), wish.kind)
            wish.staff_id = one.staff_id
            self._look_anew()
        elif wish.chosen is not None:
            slot = wish.chosen
            self._ask(lambda one: self._desk.changing.move(one, slot.start, slot.staff_id))
        self._changed()

    def cancel(self) -> None:
        """Call it off: first asks, the second time does it. Ended ones are brought back."""
        opened = self.opened
        if opened is None or opened.asked:
            return
        if opened.appointment.state in ENDED:
            self._restore()
        elif can_change(opened.appointment):
            if opened.doing is Doing.CANCELLING:
                self._ask(self._desk.changing.cancel)
            else:
                opened.doing, opened.problem = Doing.CANCELLING, ""
        self._changed()

    def cancel_series(self) -> None:
        """Call all of a series off, once it was asked."""
        opened = self.opened
        if opened is not None and opened.doing is Doing.CANCELLING:
            if opened.appointment.series_id is not None:
                self._ask(lambda one: self._desk.changing.cancel(one, series=True))
            self._changed()

    def change(self) -> None:
        """Change its texts."""
        opened = self.opened
        if opened is not None and not opened.asked and can_change(opened.appointment):
            opened.doing, opened.problem = Doing.CHANGING, ""
            self._changed()

    def keep(self, texts: Texts) -> None:
        """Take over what was typed."""
        opened = self.opened
        if opened is None or opened.doing is not Doing.CHANGING:
            return
        if texts == texts_of(opened.appointment):
            opened.doing = Doing.READING
        else:
            self._ask(
                lambda one: self._desk.changing.change(
                    one,
                    caller_name=texts.caller_name,
                    caller_number=texts.caller_number,
                    caller_email=texts.caller_email,
                    location=texts.location,
                    note=texts.note,
                )
            )
        self._changed()

    # ---- what events say

    def changed(self, appointment: Appointment) -> None:
        """It stands as it was wanted in our book, or in the owner's calendar."""
        opened = self.opened
        if opened is not None and appointment.restores == opened.appointment.id:
            self._restored(opened, appointment)
        if opened is not None and opened.appointment.id == appointment.id and opened.asked:
            moved = opened.doing is Doing.MOVING
            opened.asked, opened.doing, opened.problem = False, Doing.READING, ""
            if moved:
                self._planner.go_to(appointment.start)
                self._look_anew()

    def _restored(self, opened: Opened, appointment: Appointment) -> None:
        """A new one stands in the place of the opened one, or cannot."""
        if appointment.state is AppointmentState.CONFLICT:
            opened.asked, opened.problem = False, sentence(appointment.reason)
        else:
            self.open(appointment)

    def refused(self, event: ChangeRefused) -> None:
        """What was wanted cannot be: another time can be chosen, all else is as it was."""
        self._planner.appointment(event.appointment)
        opened = self.opened
        if opened is not None and opened.appointment.id == event.appointment.id:
            if not (opened.asked and opened.doing is Doing.MOVING):
                opened.doing = Doing.READING
            opened.asked, opened.problem = False, sentence(event.reason)
        else:
            self._planner.week.refused(event)

    def owner_changed(self, event: OwnerChanged) -> None:
        """The owner moved, edited or deleted one in his calendar."""
        self._news[event.appointment.id] = event
        self._planner.appointment(event.appointment)

    def letter(self, letter: Letter, words: str, tone: str) -> None:
        """What became of a confirmation to the caller."""
        opened = self.opened
        if opened is not None and opened.appointment.id == letter.appointment_id:
            opened.letter, opened.letter_tone = words, tone

    def put_aside(self) -> bool:
        """Make room for the free times; whether they were there already. What is typed stays."""
        opened = self.opened
        if opened is None or opened.doing is Doing.MOVING:
            return True
        if opened.doing is not Doing.CHANGING:
            opened.doing = Doing.READING
            self.leave()
        return False

    # ---- inside

    def _restore(self) -> None:
        self._ask(self._desk.changing.restore)

    def _ask(self, verb: Callable[[Appointment], object]) -> None:
        opened = self.opened
        if opened is None:
            return
        opened.problem = ""
        try:
            verb(opened.appointment)
        except ReceptionistError as error:
            opened.problem = str(error)
        else:
            opened.asked = True

    def _look_anew(self) -> None:
        wish = self._planner.wish
        if wish is not None:
            wish.begin_again()
            self._planner.look_again()


def can_change(appointment: Appointment) -> bool:
    """Whether it keeps its time, so that it can be moved, changed and called off."""
    return appointment.state in TAKING_PLACE


def texts_of(appointment: Appointment) -> Texts:
    """What can be changed, as it stands."""
    one = appointment
    return Texts(one.caller_name, one.caller_number, one.caller_email, one.location, one.note)
