"""How much anybody may send: token buckets per source and for all, and a count of rubbish. Pure."""

from __future__ import annotations

from collections import OrderedDict

_MOST_SOURCES = 4096


class Bucket:
    """Lets `rate` a second through, and `burst` at once."""

    __slots__ = ("_at", "_burst", "_left", "_rate")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate, self._burst = rate, burst
        self._left, self._at = burst, now

    def take(self, now: float) -> bool:
        """Whether one more may pass at `now` (monotonic seconds)."""
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Limits:
    """A bucket for each source and one for all; sources long unheard of are forgotten."""

    def __init__(
        self, *, rate: float, burst: float, overall_rate: float, overall_burst: float
    ) -> None:
        self._rate, self._burst = rate, burst
        self._overall_rate, self._overall_burst = overall_rate, overall_burst
        self._overall: Bucket | None = None
        self._sources: OrderedDict[str, Bucket] = OrderedDict()

    def admits(self, source: str, now: float) -> bool:
        """Whether one more of `source` may pass at `now` (monotonic seconds)."""
        bucket = self._sources.get(source)
        if bucket is None:
            bucket = self._sources[source] = Bucket(self._rate, self._burst, now)
            if len(self._sources) > _MOST_SOURCES:
                self._sources.popitem(last=False)
        self._sources.move_to_end(source)
        if self._overall is None:
            self._overall = Bucket(self._overall_rate, self._overall_burst, now)
        return bucket.take(now) and self._overall.take(now)


class Rubbish:
    """Counts what was thrown away, and says now and then that it should be told."""

    def __init__(self, every_s: float = 60.0) -> None:
        self.count = 0
        self._every_s = every_s
        self._told: float | None = None
        self._told_count = 0

    def add(self, now: float) -> int:
        """Count one more; how many since last told when it is time to tell, else 0."""
        self.count += 1
        if self._told is not None and now - self._told < self._every_s:
            return 0
        since, self._told_count, self._told = self.count - self._told_count, self.count, now
        return since
