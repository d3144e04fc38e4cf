"""Who is on call on each of the next days, and when nobody is, as it is drawn and said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from receptionist.i18n import _
from receptionist.model.localtime import instant
from receptionist.model.period import Period
from receptionist.model.rota import OnCallRota, duties, gaps, next_shift, on_call
from ui.models.chain import Names
from ui.models.moments import clock_words, compact_day

DAYS = 14
_DAY = timedelta(days=1)
_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a day from minute to minute of its clock; `who` is asked first.

    `key` is his. Without it nobody is on call: a gap, or it is not needed.
    """

    start: int
    end: int
    who: str
    key: str = ""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class DutyDay:
    """One day, piece by piece."""

    day: date
    pieces: tuple[Piece, ...]

    @property
    def words(self) -> str:
        """The whole day in one line."""
        told = (f"{_clock(one.start)}–{_clock(one.end)} {one.who}" for one in self.pieces)
        return f"{compact_day(self.day)}: {', '.join(told)}"


def planned(
    rota: OnCallRota, zone: str, now: datetime, names: Names, days: int = DAYS
) -> tuple[DutyDay, ...]:
    """The days from today on."""
    where = ZoneInfo(zone)
    today = now.astimezone(where).date()
    return tuple(
        DutyDay(day, tuple(_pieces(rota, day, zone, names)))
        for day in (today + number * _DAY for number in range(days))
    )


def now_words(rota: OnCallRota, zone: str, now: datetime, names: Names) -> str:
    """Who is on call now, until when, and who comes then."""
    chain, following = on_call(rota, now, zone), next_shift(rota, now, zone)
    words = _chain_words(chain, names)
    if following is None:
        return words
    at = following.period.start
    then = _chain_words(following.chain, names)
    clock = clock_words(at, zone)
    if at.astimezone(ZoneInfo(zone)).date() != now.astimezone(ZoneInfo(zone)).date():
        clock = f"{compact_day(at.astimezone(ZoneInfo(zone)).date())} {clock}"
    return _("{now} – from {when} on {then}").format(now=words, when=clock, then=then)


def gap_words(rota: OnCallRota, zone: str, now: datetime, days: int = DAYS) -> list[str]:
    """Each time of the next days at which nobody is on call and somebody has to be."""
    until = instant(now.astimezone(ZoneInfo(zone)).date() + days * _DAY, time(), ZoneInfo(zone))
    period = Period(now, until)
    found = gaps(rota, period, zone)
    if found == (period,):
        return [_("nobody in the next {count} days").format(count=days)]
    return [_("{when} nobody").format(when=span_words(one, zone)) for one in found]


def span_words(period: Period, zone: str) -> str:
    """From when to when, with the second day only where it is another one."""
    start, end = (at.astimezone(ZoneInfo(zone)) for at in (period.start, period.end))
    first, begins = compact_day(start.date()), f"{start:%H:%M}"
    midnight = end.time() == time()
    last = end.date() - _DAY if midnight else end.date()
    ends = "24:00" if midnight else f"{end:%H:%M}"
    if last == start.date():
        return f"{first} {begins}–{ends}"
    return f"{first} {begins} – {compact_day(last)} {ends}"


def _chain_words(chain: Sequence[str], names: Names) -> str:
    if not chain:
        return _("nobody")
    first, *others = map(names.name, chain)
    if not others:
        return first
    return _("{first}, then {others}").format(first=first, others=", ".join(others))


def _pieces(rota: OnCallRota, day: date, zone: str, names: Names) -> Iterator[Piece]:
    where = ZoneInfo(zone)
    period = Period(instant(day, time(), where), instant(day + _DAY, time(), where))
    lacking = gaps(rota, period, zone)
    for duty in duties(rota, period, zone):
        if duty.covered:
            key = duty.chain[0]
            yield Piece(*_minutes(duty.period, day, where), names.name(key), key)
            continue
        for part, gap in _split(duty.period, lacking):
            words = _("nobody") if gap else _("not needed")
            yield Piece(*_minutes(part, day, where), words, gap=gap)


def _split(period: Period, lacking: Sequence[Period]) -> Iterator[tuple[Period, bool]]:
    """The parts of a period in which nobody is on call: those that lie in a gap, and the others."""
    at = period.start
    for one in lacking:
        start, end = max(one.start, period.start), min(one.end, period.end)
        if start >= end:
            continue
        if at < start:
            yield Period(at, start), False
        yield Period(start, end), True
        at = end
    if at < period.end:
        yield Period(at, period.end), False


def _minutes(period: Period, day: date, where: ZoneInfo) -> tuple[int, int]:
    """From which to which minute the clock of that day shows it."""
    start, end = (at.astimezone(where) for at in (period.start, period.end))
    last = _MINUTES if end.date() > day else end.hour * 60 + end.minute
    return start.hour * 60 + start.minute, last


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
