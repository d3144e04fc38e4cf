"""Calendars that are being read: how far each is, and who does not want to wait any longer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import UUID

from receptionist.clock import Clock
from receptionist.desk.ground import Ground
from receptionist.errors import ReadingStopped
from receptionist.events import CalendarProgress
from receptionist.model.busy import CalendarChanges
from receptionist.model.client import OwnerCalendar

TOLD_AFTER_S = 0.5
"""What is over before that nobody notices, and is not told."""
TOLD_EVERY_S = 0.2


class Reading:
    """One calendar that is being read. `step` is for its worker, all else for the main thread."""

    def __init__(
        self, calendar: OwnerCalendar, clock: Clock, told: Callable[[int, int], object]
    ) -> None:
        self.calendar = calendar
        self.told = False
        self.stopped = threading.Event()
        self._tell, self._clock = told, clock
        self._again = clock.monotonic() + TOLD_AFTER_S

    def step(self, portion: CalendarChanges) -> None:
        """A portion was read and stored; raises `ReadingStopped` when that was enough."""
        now = self._clock.monotonic()
        if not portion.last and now >= self._again:
            self._again = now + TOLD_EVERY_S
            self._tell(portion.done, portion.total)
        if not portion.last and self.stopped.is_set():
            raise ReadingStopped()


class Readings:
    """All that is being read. Main thread.

    A reading that lasts is told, several times a second at most, and once more when it is over.
    """

    def __init__(self, ground: Ground) -> None:
        self._listeners = ground.listeners
        self._clock = ground.clock
        self._post = ground.post
        self._later = ground.later
        self._readings: dict[UUID, Reading] = {}

    def __contains__(self, calendar_id: UUID) -> bool:
        return calendar_id in self._readings

    def begin(self, calendar: OwnerCalendar) -> Reading:
        """A calendar is read from now on."""

        def told(done: int, total: int) -> None:
            self._post(self._told, reading, done, total)

        reading = Reading(calendar, self._clock, told)
        self._readings[calendar.id] = reading
        self._later(TOLD_AFTER_S, lambda: self._lasts(reading))
        return reading

    def end(self, calendar: OwnerCalendar) -> None:
        """It is over, in whatever way."""
        reading = self._readings.pop(calendar.id, None)
        if reading is not None:
            self._no_more(reading)

    def stop(self) -> list[OwnerCalendar]:
        """Give up every reading that was told of; each ends with the portion it is at."""
        given_up = [one for one in self._readings.values() if one.told]
        for reading in given_up:
            reading.stopped.set()
            self._no_more(reading)
        return [reading.calendar for reading in given_up]

    def go_on(self, calendar_id: UUID) -> None:
        """Somebody wants it after all, before it has ended."""
        reading = self._readings.get(calendar_id)
        if reading is not None:
            reading.stopped.clear()

    def _lasts(self, reading: Reading) -> None:
        """It takes time and nothing is known of it yet: the server has not answered so far."""
        if not reading.told:
            self._told(reading, 0, 0)

    def _told(self, reading: Reading, done: int, total: int) -> None:
        here = self._readings.get(reading.calendar.id) is reading
        if here and not reading.stopped.is_set():
            reading.told = True
            self._say(reading, done=done, total=total)

    def _no_more(self, reading: Reading) -> None:
        if reading.told:
            reading.told = False
            self._say(reading, over=True)

    def _say(self, reading: Reading, *, done: int = 0, total: int = 0, over: bool = False) -> None:
        self._listeners.tell(
            CalendarProgress(
                client_id=reading.calendar.client_id,
                account_id=reading.calendar.account_id,
                done=done,
                total=total,
                over=over,
            )
        )
