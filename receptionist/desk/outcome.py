"""What came of an attempt, or of a look at the owner's calendar: written first, then told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from receptionist.desk.ground import Ground
from receptionist.desk.owing import Owing
from receptionist.events import (
    AppointmentCancelled,
    AppointmentConfirmed,
    BookingConflict,
    ChangeRefused,
    DeskEvent,
    OwnerChanged,
)
from receptionist.model.appointment import OCCUPYING, Appointment, AppointmentState
from receptionist.reasons import Reason

CALLER_MUST_KNOW = (Reason.OWNER_MOVED, Reason.OWNER_CANCELLED, Reason.BOTH_CHANGED)
"""What of the owner's own changes somebody is called about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`attempted` is `appointment` now. `refused` says why what was wanted cannot be, and `owner`
    what the owner did himself."""

    attempted: Appointment
    appointment: Appointment
    refused: Reason = Reason.NONE
    owner: Reason = Reason.NONE


class Outcomes:
    """Writes outcomes and tells them. Main thread.

    Call-backs come first: after a crash they are better there twice than never, and writing one
    twice makes one. Travel is told about its appointment or not at all.
    """

    def __init__(self, ground: Ground, owing: Owing) -> None:
        self._memory = ground.memory
        self._directory = ground.directory
        self._listeners = ground.listeners
        self._clock = ground.clock
        self._owing = owing

    def keep(
        self,
        outcome: Outcome,
        then: Callable[[], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Write it, tell it, and call `then`; it tells nothing if something else is wanted by now.

        What was wanted meanwhile is attempted with what is known now of the owner's calendar.
        """
        who, at = self._directory.receptionist.id, self._clock.now()
        for reason in _calls_for(outcome):
            self.call_back(outcome.appointment, reason)

        def landed(still: bool) -> None:
            if still:
                for event in _events(outcome):
                    self._listeners.tell(event)
                self._tell_what_stays(outcome.appointment)
                self._owing.not_owed_about(outcome.appointment)
            then()

        self._memory.submit(
            lambda store: store.bookings.land(outcome.attempted, outcome.appointment, who, at),
            then=landed,
            failed=failed,
        )

    def _tell_what_stays(self, refused: Appointment) -> None:
        """Where another calendar did not take it, it is told as it stands in the old one again."""
        former = refused.restores
        if refused.state is not AppointmentState.CONFLICT or former is None:
            return

        def stays(found: Appointment | None) -> None:
            if found is not None and found.state in OCCUPYING:
                self._listeners.tell(
                    ChangeRefused(appointment=found, wanted=refused, reason=refused.reason)
                )

        self._memory.submit(lambda store: store.bookings.get(former), then=stays)

    def call_back(self, appointment: Appointment, reason: Reason) -> None:
        """Somebody must be told by telephone; of travel, about the appointment it belongs to."""
        main = appointment.part_of
        if main is None:
            self._owing.call_back_about(appointment, reason)
            return

        def about(found: Appointment | None) -> None:
            if found is not None:
                self._owing.call_back_about(found, reason)

        self._memory.submit(lambda store: store.bookings.get(main), then=about)


def _calls_for(outcome: Outcome) -> list[Reason]:
    travel = outcome.attempted.part_of is not None
    reasons = []
    conflict = outcome.appointment.state is AppointmentState.CONFLICT
    if outcome.refused is not Reason.NONE or conflict:
        said = outcome.refused or outcome.appointment.reason
        reasons.append(Reason.NO_TIME_TO_TRAVEL if travel else said)
    if outcome.owner in CALLER_MUST_KNOW and not travel:
        reasons.append(outcome.owner)
    return reasons


def _events(outcome: Outcome) -> list[DeskEvent]:
    before, appointment = outcome.attempted, outcome.appointment
    if before.part_of is not None:
        return []
    events: list[DeskEvent] = []
    if outcome.refused is not Reason.NONE:
        events.append(ChangeRefused(appointment=appointment, wanted=before, reason=outcome.refused))
    elif appointment.state is AppointmentState.CONFLICT:
        events.append(BookingConflict(appointment=appointment))
    elif appointment.state is AppointmentState.CANCELLED:
        events.append(AppointmentCancelled(appointment=appointment))
    elif appointment.state is AppointmentState.CONFIRMED and before.state is not appointment.state:
        events.append(AppointmentConfirmed(appointment=appointment))
    if outcome.owner is not Reason.NONE:
        events.append(OwnerChanged(appointment=appointment, before=before, reason=outcome.owner))
    return events
