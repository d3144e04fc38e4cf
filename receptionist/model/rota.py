"""Who is on call when: a weekly pattern, other people on certain days, and who is asked next. Pure.

Times are those of the client's clock. A shift belongs to the day on which it begins; it begins and
ends at the instant its time is shown first, so that at clock changes two shifts that meet leave no
gap, and nobody's shift comes twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.model.localtime import instant
from receptionist.model.period import Period

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Weekdays (0 is Monday, none for every day) and times at which `contacts` are on call.

    `contacts` are keys, the first is asked first. From `start` to `end`, over midnight where the
    end does not come after the start: the same time twice is a whole day round.
    """

    weekdays: tuple[int, ...] = ()
    start: time = time()
    end: time = time()
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDays:
    """Who is on call instead on the local days `first` to `last`, both included.

    Without times from midnight to midnight; with them as a shift that begins on each of these days.
    Without contacts nobody is, which is a gap.
    """

    first: date
    last: date
    start: time | None = None
    end: time | None = None
    contacts: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededHours:
    """When somebody has to be on call, as `Shift` says it."""

    weekdays: tuple[int, ...] = ()
    start: time = time()
    end: time = time()


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCallRota:
    """An on-call rota of a client. `fallbacks` are asked when nobody on call answers, in order.

    Other days win over the weekly pattern, such with times over whole ones; of equals the one that
    was written first. Without `needed` somebody has to be on call at all times.
    """

    id: UUID
    client_id: UUID
    key: str
    name: str
    shifts: tuple[Shift, ...] = ()
    others: tuple[OtherDays, ...] = ()
    fallbacks: tuple[str, ...] = ()
    needed: tuple[NeededHours, ...] = ()

    @property
    def contacts(self) -> tuple[str, ...]:
        """The keys of all who stand in it, each once."""
        named = [one.contacts for one in self.others] + [one.contacts for one in self.shifts]
        return tuple(dict.fromkeys(key for keys in (*named, self.fallbacks) for key in keys))


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Who is on call during `period`: `chain` are keys, fallbacks last. `covered` is whether
    anybody is on call by a shift of his."""

    period: Period
    chain: tuple[str, ...]
    covered: bool


def on_call(rota: OnCallRota, at: datetime, zone: str) -> tuple[str, ...]:
    """The keys of who is asked at `at`, one after the other."""
    return _chain(rota, _winner(rota, at, ZoneInfo(zone)))


def duties(rota: OnCallRota, period: Period, zone: str) -> tuple[Duty, ...]:
    """Who is on call in `period`, piece by piece without a hole; equal pieces are one."""
    where = ZoneInfo(zone)
    found: list[Duty] = []
    timed: list[_Timed] = [*rota.others, *rota.shifts]
    for piece in _pieces(_spans(timed, period, where), period):
        winner = _winner(rota, piece.start, where)
        duty = Duty(period=piece, chain=_chain(rota, winner), covered=bool(winner))
        if found and (found[-1].chain, found[-1].covered) == (duty.chain, duty.covered):
            duty = Duty(
                period=Period(found.pop().period.start, piece.end),
                chain=duty.chain,
                covered=duty.covered,
            )
        found.append(duty)
    return tuple(found)


def gaps(rota: OnCallRota, period: Period, zone: str) -> tuple[Period, ...]:
    """When in `period` somebody has to be on call and nobody is; fallbacks do not fill a gap."""
    where = ZoneInfo(zone)
    found: list[Period] = []
    timed: list[_Timed] = [*rota.others, *rota.shifts, *rota.needed]
    for piece in _pieces(_spans(timed, period, where), period):
        if _winner(rota, piece.start, where) or not _is_needed(rota, piece.start, where):
            continue
        if found and found[-1].end == piece.start:
            piece = Period(found.pop().start, piece.end)
        found.append(piece)
    return tuple(found)


def next_shift(rota: OnCallRota, after: datetime, zone: str) -> Duty | None:
    """What comes after the duty of `after`, within two weeks."""
    found = duties(rota, Period(after, after + 14 * _DAY), zone)
    return found[1] if len(found) > 1 else None


# ---- inside

_Timed = Shift | OtherDays | NeededHours


def _chain(rota: OnCallRota, winner: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*winner, *rota.fallbacks)))


def _winner(rota: OnCallRota, at: datetime, zone: ZoneInfo) -> tuple[str, ...]:
    """The contacts of what counts at `at`; nobody where nothing does."""
    day = at.astimezone(zone).date()
    ranked: list[OtherDays | Shift] = sorted(rota.others, key=lambda one: one.start is None)
    for one in [*ranked, *rota.shifts]:
        if any(_covers(one, start, at, zone) for start in (day, day - _DAY)):
            return one.contacts
    return ()


def _is_needed(rota: OnCallRota, at: datetime, zone: ZoneInfo) -> bool:
    day = at.astimezone(zone).date()
    return not rota.needed or any(
        _covers(one, start, at, zone) for one in rota.needed for start in (day, day - _DAY)
    )


def _covers(one: _Timed, day: date, at: datetime, zone: ZoneInfo) -> bool:
    """Whether it begins on a local day and lasts at `at`."""
    if not _begins(one, day):
        return False
    span = _span(one, day, zone)
    return span.start <= at < span.end


def _begins(one: _Timed, day: date) -> bool:
    if isinstance(one, OtherDays):
        return one.first <= day <= one.last
    return not one.weekdays or day.weekday() in one.weekdays


def _span(one: _Timed, day: date, zone: ZoneInfo) -> Period:
    start, end = one.start or time(), one.end or time()
    last = day if start < end else day + _DAY
    return Period(instant(day, start, zone), instant(last, end, zone))


def _spans(timed: Iterable[_Timed], period: Period, zone: ZoneInfo) -> Iterator[Period]:
    """Where something may begin or end."""
    for day in _each_day(period, zone):
        for one in timed:
            if _begins(one, day):
                yield _span(one, day, zone)


def _each_day(period: Period, zone: ZoneInfo) -> Iterator[date]:
    day = period.start.astimezone(zone).date() - _DAY
    last = period.end.astimezone(zone).date()
    while day <= last:
        yield day
        day += _DAY


def _pieces(spans: Iterable[Period], period: Period) -> Iterator[Period]:
    """`period`, cut wherever one of `spans` begins or ends."""
    cuts = {at for span in spans for at in (span.start, span.end)}
    inside = sorted(at for at in cuts if period.start < at < period.end)
    starts = [period.start, *inside]
    for start, end in zip(starts, [*inside, period.end], strict=True):
        if start < end:
            yield Period(start, end)
