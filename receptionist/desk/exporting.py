"""A client's appointments as one iCalendar file."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from receptionist.desk.ground import Ground
from receptionist.model.appointment import TAKING_PLACE, Appointment
from receptionist.model.period import Period
from receptionist.ports import Calendars

_LANE = "export"


class Exporting:
    """Writes files of appointments. Main thread."""

    def __init__(self, ground: Ground, calendars: Calendars) -> None:
        self._memory, self._lanes = ground.memory, ground.lanes
        self._clock, self._calendars = ground.clock, calendars

    def export(
        self,
        client_id: UUID,
        period: Period,
        then: Callable[[bytes], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """What is booked for a client and begins in `period`, with its travel, to `then`."""

        def write(found: tuple[Appointment, ...]) -> None:
            chosen = [one for one in found if period.start <= one.start < period.end]
            stamp = self._clock.now()
            self._lanes.submit(
                _LANE,
                self._calendars.export,
                [one for one in chosen if one.state in TAKING_PLACE],
                stamp,
                then=then,
                failed=failed,
            )

        self._memory.submit(
            lambda store: store.appointments(client_id, period), then=write, failed=failed
        )
