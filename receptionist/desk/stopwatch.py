"""A timer that notices when nobody was there: a computer that slept has not worked."""

from __future__ import annotations

from datetime import datetime

from receptionist.clock import Clock

SEEN_S = 10.0
"""How often a running timer gives a sign of life."""
SLEPT_S = 60.0
"""After so long without one nobody knows whether anybody worked."""


class Stopwatch:
    """Measures one stretch, monotonically. Main thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._begun = self._seen = 0.0
        self._seen_at: datetime = clock.now()

    def start(self) -> None:
        """Measure from now on."""
        self._begun = self._clock.monotonic()
        self.see()

    def see(self) -> None:
        """Give a sign of life."""
        self._seen, self._seen_at = self._clock.monotonic(), self._clock.now()

    @property
    def seconds(self) -> float:
        """How long it has been."""
        return round(self._clock.monotonic() - self._begun, 3)

    @property
    def slept(self) -> bool:
        """Whether there was no sign of life for so long that the computer must have slept.

        Not every system's monotonic clock goes on meanwhile, so the time of day is asked as well.
        """
        away = self._clock.monotonic() - self._seen
        return max(away, (self._clock.now() - self._seen_at).total_seconds()) > SLEPT_S
