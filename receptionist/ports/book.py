"""Parts of the store: our book, tasks and letters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from receptionist.model.appointment import Appointment, Told
from receptionist.model.busy import Busy
from receptionist.model.letter import Letter
from receptionist.model.period import Period
from receptionist.model.task import TaskPlace
from receptionist.model.worklist import WorkItem


class BookStore(Protocol):
    """Our book. Store worker only, one transaction a method.

    Every method that makes or moves appointments is exclusive: `SlotTaken` says that the blocked
    period overlaps another one of the same book, or an owner's event that keeps him busy, and then
    nothing was written.
    """

    def get(self, appointment_id: UUID) -> Appointment | None: ...

    def book_all(
        self,
        appointments: tuple[Appointment, ...],
        who: UUID,
        at: datetime,
        instead_of: Appointment | None = None,
    ) -> None:
        """Book in one transaction, all or none: an appointment with its travel, a series.

        They are dirty unless they are only held; holds with the same ids are turned into them, also
        expired ones. What they are `instead_of` is cancelled with them, as `change` does it.
        `StaleRow` when one is booked already, or its client or calendar was removed.
        """

    def release(self, appointment_id: UUID, who: UUID, at: datetime) -> Appointment | None:
        """Give a hold up; what it is then, or None when there was none."""

    def expire(self, at: datetime) -> tuple[Appointment, ...]:
        """Give up the holds that ran out; they are returned."""

    def change(
        self,
        old: Appointment,
        new: Appointment,
        who: UUID,
        at: datetime,
        travel: tuple[Appointment, ...] | None = None,
    ) -> Appointment:
        """Write what is wanted now, dirty, due now, without lease; what it is.

        `StaleRow` when what was wanted is no longer what `old` says, or it is over; how far it came
        in the owner's calendar is not looked at. `sequence` is one more, and so a push under way
        settles nothing any more. `travel` replaces the travel that was there; what is cancelled is
        cancelled with its travel.
        """

    def linked(self, appointment_id: UUID) -> tuple[Appointment, ...]:
        """Travel that belongs to an appointment, and what was made in its place."""

    def of_series(self, series_id: UUID) -> tuple[Appointment, ...]:
        """What was booked together, by start."""

    def owner_events(self, client_id: UUID, period: Period) -> tuple[Busy, ...]:
        """The owner's occurrences that touch `period`, also those that do not block."""

    def owner_is_busy(self, appointment: Appointment, period: Period) -> bool:
        """Whether something of the owner's keeps an appointment from taking `period`.

        Not itself, its travel or the one in whose place it is; nor what lies in the calendars of
        other members of the staff, or is a frame for appointments by the owner's words.
        """

    def whereabouts(
        self, calendar_id: UUID, uids: Collection[str]
    ) -> Mapping[str, Mapping[str, str]]:
        """Where the objects with these UIDs lie in a calendar: address to ETag, as last read."""

    def push(self, appointment: Appointment, wanted: Told) -> None:
        """Keep what is about to be written over an appointment's object, until it has landed."""

    def pushed(self, appointment_id: UUID) -> tuple[Told, ...]:
        """What was written over an appointment's object without knowing that it came."""

    def former_kind(self, appointment: Appointment) -> Appointment:
        """An appointment with the kind and buffers that it had when it was last confirmed."""

    def land(
        self, attempted: Appointment, appointment: Appointment, who: UUID, at: datetime
    ) -> bool:
        """Write all that came of an attempt, also other times and texts, and drop dirt and lease.

        Its travel follows: by as much as it was moved, or cancelled when it is nowhere any more. A
        time that the owner's calendar says may overlap another of ours. False, and nothing is
        written, when it is no longer what was `attempted`.
        """

    def forget_before(self, at: datetime) -> int:
        """Drop what we copied of owners' calendars and is over before `at`; how many."""


class TaskStore(Protocol):
    """Work on its way into owners' task lists. Store worker only, one transaction each."""

    def begin(self, task: TaskPlace, *, again: bool = False) -> None:
        """An item is to stand in the task list of its client, and of no other one.

        `again` also when it was done there before.
        """

    def due(self, at: datetime) -> tuple[tuple[TaskPlace, WorkItem], ...]:
        """Those that are to be written now, or to leave: what belongs to another client now."""

    def settle(self, task: TaskPlace) -> None:
        """Write the outcome of an attempt, unless the item stands elsewhere by now."""

    def leave(self, task: TaskPlace, lists: Mapping[UUID, UUID]) -> None:
        """It no longer stands there; an open item is to stand in the list of its client now.

        `lists` are the calendars for tasks, by their clients.
        """

    def places(self, calendar_id: UUID) -> tuple[TaskPlace, ...]:
        """What stands in a task list and is not done."""


class LetterStore(Protocol):
    """Letters to callers. Store worker only, one transaction a method."""

    def begin(self, letter: Letter) -> bool:
        """A letter is to be sent; False when it was before, unless that was refused or unknown."""

    def due(self, at: datetime) -> tuple[Letter, ...]:
        """Those that wait and may be tried now."""

    def take(self, letter: Letter) -> bool:
        """It is handed over from now on, and may have arrived; False when somebody else does it."""

    def settle(self, letter: Letter) -> None:
        """Write the outcome of an attempt."""

    def of(self, appointment_id: UUID) -> tuple[Letter, ...]:
        """Every letter about an appointment, oldest first."""
