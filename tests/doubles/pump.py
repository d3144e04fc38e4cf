"""The main thread of a test: runs what is posted, and a clock that moves only when told."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class ManualClock:
    """Starts on a Monday morning in Berlin and stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)) -> None:
        self._now = now
        self._monotonic = 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def move(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds


class Pump:
    """`post` and `later` of a desk under test; `until` runs the main thread up to a condition."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self._jobs: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self._timers: list[tuple[float, int, Callable[[], object]]] = []
        self._count = 0

    def post(self, function: Callable[..., object], *values: object) -> None:
        self._jobs.put(lambda: function(*values))

    def later(self, seconds: float, function: Callable[[], object]) -> Callable[[], None]:
        self._count += 1
        timer = (self.clock.monotonic() + seconds, self._count, function)
        self._timers.append(timer)

        def cancel() -> None:
            if timer in self._timers:
                self._timers.remove(timer)

        return cancel

    def until(self, condition: Callable[[], object], ceiling_s: float = 60.0) -> None:
        """Run what is posted until `condition()` is true; fails after `ceiling_s`."""
        deadline = time.monotonic() + ceiling_s
        while not condition():
            left = deadline - time.monotonic()
            assert left > 0, "it did not happen"
            try:
                self._jobs.get(timeout=min(left, 0.05))()
            except queue.Empty:
                continue

    def advance(self, seconds: float) -> None:
        """Move the clock and run the timers that fall due on the way, in order."""
        end = self.clock.monotonic() + seconds
        while due := sorted(timer for timer in self._timers if timer[0] <= end):
            at, _, function = timer = due[0]
            self._timers.remove(timer)
            self.clock.move(max(0.0, at - self.clock.monotonic()))
            function()
        self.clock.move(end - self.clock.monotonic())
