"""Reserving time in our book: whatever may be in the way is asked right before it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from receptionist.desk import week
from receptionist.desk.drafts import Proposal, with_travel
from receptionist.errors import SlotTaken
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.availability import MILDEST
from receptionist.model.client import OwnerCalendar
from receptionist.ports import Store
from receptionist.reasons import Reason

Choices = Sequence[Sequence[Proposal]]
"""What may be booked: the first of which everything can be is, all or nothing."""

Fill = Callable[[int, Proposal], Appointment]
"""Makes the appointment of a proposal, by its number in a series from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What cannot be, and why."""

    proposal: Proposal
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """What is to be booked, all or nothing, with its travel.

    `own` is the hold, or the appointment, that is not in its own way. What was agreed `before` is
    not asked for hours, notice and limits any more, only whether its time is free.
    """

    choices: Choices
    fill: Fill
    who: UUID
    own: UUID | None = None
    before: bool = False

    def write(self, store: Store) -> tuple[Appointment, ...] | Obstacle:
        """Book what fits; the appointments, without travel. Store worker."""
        fits = self.choices[0] if self.before else fitting(store, self.choices, self.own)
        if isinstance(fits, Obstacle):
            return fits
        mains = tuple(self.fill(number, one) for number, one in enumerate(fits))
        rows: list[Appointment] = []
        for main, one in zip(mains, fits, strict=True):
            known = store.bookings.linked(main.id)
            rows += (main, *with_travel(main, one.client, one.kind, one.now, known))
        try:
            store.bookings.book_all(tuple(rows), self.who, fits[0].now)
        except SlotTaken:
            return Obstacle(proposal=fits[0], reason=Reason.SLOT_TAKEN)
        return mains

    def refused(self, obstacle: Obstacle) -> Appointment:
        """The appointment as it would have been."""
        wanted = replace(self.fill(0, obstacle.proposal), held_until=None)
        return replace(wanted, state=AppointmentState.CONFLICT, reason=obstacle.reason)


def fitting(
    store: Store,
    choices: Choices,
    own: UUID | None = None,
    minutes: int | None = None,
) -> Sequence[Proposal] | Obstacle:
    """The first of `choices` of which everything can be booked, else what is least in the way."""
    obstacles: list[Obstacle] = []
    for choice in choices:
        found = _first_obstacle(store, choice, own, minutes)
        if found is None:
            return choice
        obstacles.append(found)
    return min(obstacles, key=_how_far_from_yes)


def _how_far_from_yes(obstacle: Obstacle) -> int:
    return MILDEST.index(obstacle.reason) if obstacle.reason in MILDEST else len(MILDEST)


def _first_obstacle(
    store: Store, choice: Sequence[Proposal], own: UUID | None, minutes: int | None
) -> Obstacle | None:
    for one in choice:
        reason = _hindrance(store, one, own, minutes, one.calendars)
        if reason is Reason.NEVER_READ:
            # It is read before anything is written there; all else is known now.
            reason = _hindrance(store, one, own, minutes, ())
        if reason is not Reason.NONE:
            return Obstacle(proposal=one, reason=reason)
    return None


def _hindrance(
    store: Store,
    one: Proposal,
    own: UUID | None,
    minutes: int | None,
    calendars: tuple[OwnerCalendar, ...],
) -> Reason:
    return week.hindrance(
        store,
        one.client,
        one.kind,
        one.start,
        staff_id=one.staff_id,
        postcode=one.postcode,
        now=one.now,
        own=own,
        minutes=minutes,
        calendars=calendars,
    )
