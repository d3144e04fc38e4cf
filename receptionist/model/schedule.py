"""When something holds, and which of several is the most specific: exactly one, at every minute."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

_DAY_MIN = 24 * 60
_DAY = timedelta(days=1)
_HALF_OPEN, _UNDATED = 10_000_000, 20_000_000
"""More days than a period can have: from a date on, and at any date."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """Weekdays and hours on a clock.

    `weekdays` are 0 (Monday) to 6, none for every day. From `start` to `end`, end exclusive, over
    midnight where it comes before the start; without them all day.
    """

    weekdays: tuple[int, ...] = ()
    start: time | None = None
    end: time | None = None

    @property
    def minutes(self) -> int:
        """How many minutes of a week it covers."""
        days = len(set(self.weekdays)) or 7
        if self.start is None or self.end is None:
            return days * _DAY_MIN
        lasts = _minute(self.end) - _minute(self.start)
        return days * (lasts if lasts > 0 else lasts + _DAY_MIN)

    def day(self, local: datetime) -> date | None:
        """The day on which the hours began that hold at a local time; None outside of them."""
        clock, today = local.time(), local.date()
        if self.start is None or self.end is None:
            return today
        if self.start < self.end:
            return today if self.start <= clock < self.end else None
        if clock >= self.start:
            return today
        return today - _DAY if clock < self.end else None

    def covers(self, local: datetime) -> bool:
        """Whether weekdays and hours hold at a local time; a night is of the day it began on."""
        day = self.day(local)
        return day is not None and (not self.weekdays or day.weekday() in self.weekdays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known of a call at an instant.

    `local` is the client's clock; `holidays` are the public holidays among this local day and the
    one before; `line` is the key of the line, `dialled` the number that was called, normalised;
    `language` is the caller's, "" while nobody knows it.
    """

    local: datetime
    holidays: frozenset[date] = frozenset()
    line: str = ""
    dialled: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(Weekly):
    """When something is said; what is left open holds always.

    `first` and `last` are local days, both included. `holiday` asks for a public holiday, or for
    none. Weekday, date and holiday are those of the day on which the hours began.
    """

    first: date | None = None
    last: date | None = None
    holiday: bool | None = None
    dialled: str = ""
    line: str = ""
    language: str = ""

    @property
    def always(self) -> bool:
        """Whether nothing is asked for."""
        return self == ALWAYS

    def holds(self, at: Circumstances) -> bool:
        """Whether it is so."""
        day = self.day(at.local)
        return (
            day is not None
            and self.covers(at.local)
            and (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
            and (self.holiday is None or self.holiday == (day in at.holidays))
            and self.dialled in ("", at.dialled)
            and self.line in ("", at.line)
            and self.language in ("", at.language)
        )

    @property
    def rank(self) -> tuple[int, ...]:
        """Of two that hold the one with the lower rank is the more specific.

        Dates come first, the shorter period before the longer one; then a public holiday, a dialled
        number, a line, the caller's language; then whatever covers fewer minutes of the week; last
        what does not hold on holidays. Of equals the one that was written first wins.
        """
        return (
            self._days,
            self.holiday is not True,
            not self.dialled,
            not self.line,
            not self.language,
            self.minutes,
            self.holiday is not False,
        )

    @property
    def _days(self) -> int:
        if self.first is not None and self.last is not None:
            return (self.last - self.first).days
        return _UNDATED if self.first is None and self.last is None else _HALF_OPEN


ALWAYS = Schedule()
"""At every minute, whoever calls."""


def most_specific(choices: Iterable[T], rank: Callable[[T], Any]) -> T | None:
    """The one with the lowest rank, of equals the first; None without any."""
    return min(choices, key=rank, default=None)


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
