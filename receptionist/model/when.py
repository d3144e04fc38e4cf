"""When a caller would like to come: days, parts of days, dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A wish on the client's clock; what is left open admits everything.

    `weekdays` are 0 (Monday) to 6; `earliest` and `before` are local times of the start, `first`
    and `last` local days.
    """

    weekdays: frozenset[int] = frozenset()
    earliest: time | None = None
    before: time | None = None
    first: date | None = None
    last: date | None = None

    def admits(self, local: datetime) -> bool:
        """Whether a local start is what the caller would like."""
        day, clock = local.date(), local.time()
        return (
            (not self.weekdays or day.weekday() in self.weekdays)
            and (self.earliest is None or clock >= self.earliest)
            and (self.before is None or clock < self.before)
            and (self.first is None or day >= self.first)
            and (self.last is None or day <= self.last)
        )
