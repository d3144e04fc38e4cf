"""A time that can be booked, and for whom of a client's staff."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from receptionist.model.period import Period


@dataclass(frozen=True, slots=True, order=True)
class Slot(Period):
    """A free period, UTC; `staff_id` says for whom where a client has staff.

    `travel_min` are the minutes one way that are reserved before and after it.
    """

    staff_id: UUID | None = None
    travel_min: int = 0
