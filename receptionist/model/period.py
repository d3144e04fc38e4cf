"""Half-open periods of time, [start, end), in aware UTC datetimes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `start` up to, not including, `end`."""

    start: datetime
    end: datetime

    @property
    def duration(self) -> timedelta:
        """From start to end."""
        return self.end - self.start

    def overlaps(self, other: Period) -> bool:
        """Whether the two share an instant; touching is not sharing."""
        return self.start < other.end and other.start < self.end

    def widened(self, before: timedelta, after: timedelta) -> Period:
        """The period with time added on both sides."""
        return Period(self.start - before, self.end + after)


def merged(periods: Iterable[Period]) -> list[Period]:
    """The same instants as sorted periods that neither overlap nor touch."""
    result: list[Period] = []
    for period in sorted(periods):
        if result and period.start <= result[-1].end:
            if period.end > result[-1].end:
                result[-1] = Period(result[-1].start, period.end)
        else:
            result.append(period)
    return result


def pieces(period: Period, longest: timedelta) -> Iterator[Period]:
    """A period cut into ones that follow each other and are no longer than that."""
    start = period.start
    while start < period.end:
        end = min(start + longest, period.end)
        yield Period(start, end)
        start = end
