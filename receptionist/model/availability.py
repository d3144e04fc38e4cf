"""What can be booked, and why something cannot: within hours, limits and what blocks. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import repeat, takewhile
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.model.agenda import Agenda, Book, Span
from receptionist.model.client import AppointmentKind, Client
from receptionist.model.closing import closed_on
from receptionist.model.hours import comes_twice, day_period
from receptionist.model.period import Period
from receptionist.model.slot import Slot
from receptionist.model.when import When
from receptionist.reasons import Reason

STEP = timedelta(minutes=15)
FARTHEST = 51 * 7
"""Days: what the owner's calendar says is known a year ahead at least, whatever a client wants."""

_DAY = timedelta(days=1)
MILDEST = (
    Reason.NONE,
    Reason.DAY_FULL,
    Reason.NO_TIME_TO_TRAVEL,
    Reason.OWNER_WAS_FIRST,
    Reason.SLOT_TAKEN,
    Reason.OWNER_AWAY,
    Reason.OUTSIDE_HOURS,
)
"""Of what keeps several members of the staff from it, the one nearest to yes is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be booked; without `staff_id` for whoever of the staff is free first.

    `minutes` is its length where that is not its kind's. Travel takes `travel_min` one way.
    """

    kind: AppointmentKind
    minutes: int | None = None
    staff_id: UUID | None = None
    travel_min: int = 0
    when: When | None = None

    @property
    def length(self) -> timedelta:
        """From start to end."""
        return timedelta(minutes=self.kind.minutes if self.minutes is None else self.minutes)

    def around(self, period: Period, travel: bool = True) -> Period:
        """A period with the buffers and the travel that belong to it."""
        way = self.travel_min if travel else 0
        before, after = self.kind.buffer_before + way, self.kind.buffer_after + way
        return period.widened(timedelta(minutes=before), timedelta(minutes=after))


def last_day(client: Client, now: datetime) -> date:
    """The last local day on which is booked."""
    today = now.astimezone(ZoneInfo(client.zone)).date()
    return today + timedelta(days=min(client.horizon_days, FARTHEST))


def free_slots(
    agenda: Agenda,
    wish: Wish,
    *,
    now: datetime,
    after: datetime | None = None,
    count: int = 4,
    last: date | None = None,
) -> tuple[Slot, ...]:
    """The next `count` free slots that do not overlap each other and are as the caller would like.

    `after` skips what starts before it; `last` is the last local day that is looked at.
    """
    earliest = _earliest(agenda.client, now, after)
    until = last_day(agenda.client, now)
    until = until if last is None else min(until, last)
    zone, found = ZoneInfo(agenda.client.zone), list[Slot]()
    behind = earliest
    for slot in _free(agenda, wish, earliest, until):
        if slot.start < behind:
            continue
        if wish.when is not None and not wish.when.admits(_local(slot.start, zone)):
            continue
        found.append(slot)
        if len(found) == count:
            break
        behind = slot.end + timedelta(minutes=wish.kind.buffer_before + wish.kind.buffer_after)
    return tuple(found)


def free_starts(agenda: Agenda, wish: Wish, *, now: datetime, period: Period) -> tuple[Slot, ...]:
    """Every free slot that starts in `period`, in order; they overlap each other.

    `free_slots` chooses among these. What the caller would like is not asked.
    """
    client = agenda.client
    earliest = _earliest(client, now, period.start)
    if earliest >= period.end:
        return ()
    until = min(last_day(client, now), period.end.astimezone(ZoneInfo(client.zone)).date())
    found = _free(agenda, wish, earliest, until)
    return tuple(takewhile(lambda slot: slot.start < period.end, found))


def hindrance(agenda: Agenda, wish: Wish, start: datetime, *, now: datetime) -> Reason:
    """Why an appointment cannot be booked at `start`; `NONE` when it can, as in `free_starts`."""
    client, day = agenda.client, _local(start, ZoneInfo(agenda.client.zone)).date()
    if start < now + timedelta(minutes=client.minimum_notice_min):
        return Reason.TOO_SOON
    if day > last_day(client, now):
        return Reason.TOO_FAR
    if closed_on(client, day):
        return Reason.CLOSED
    slot = Period(start, start + wish.length)
    books = (agenda.book(one) for one in agenda.members(wish.staff_id))
    reasons = [_hindrance_in(book, wish, slot, day) for book in books]
    reason = min(reasons, key=MILDEST.index, default=Reason.OUTSIDE_HOURS)
    if reason is Reason.NONE and day in agenda.full_days(wish.kind):
        return Reason.DAY_FULL
    return reason


def _hindrance_in(book: Book, wish: Wish, slot: Period, day: date) -> Reason:
    if not any(span.start <= slot.start and slot.end <= span.end for span in book.hours(day)):
        return Reason.OUTSIDE_HOURS
    if comes_twice(slot.start, ZoneInfo(book.client.zone)):
        return Reason.OUTSIDE_HOURS
    wide = wish.around(slot, travel=False)
    if _touches(book.away, wide):
        return Reason.OWNER_AWAY
    if _touches(book.ours, wide):
        return Reason.SLOT_TAKEN
    if _touches(book.events, wide):
        return Reason.OWNER_WAS_FIRST
    if _touches(book.ours + book.away + book.events, wish.around(slot)):
        return Reason.NO_TIME_TO_TRAVEL
    return Reason.DAY_FULL if day in book.full_days else Reason.NONE


def _touches(spans: Iterable[Span], period: Period) -> bool:
    return any(start < period.end and period.start < end for start, end in spans)


def _earliest(client: Client, now: datetime, after: datetime | None) -> datetime:
    noticed = now + timedelta(minutes=client.minimum_notice_min)
    return noticed if after is None else max(noticed, after)


def _free(agenda: Agenda, wish: Wish, earliest: datetime, last: date) -> Iterator[Slot]:
    """Every free slot from `earliest` to the end of the local day `last`, by start.

    Of several members of the staff that are free at once the first is taken.
    """
    members, length, way = agenda.members(wish.staff_id), wish.length, wish.travel_min
    if len(members) == 1:
        (member,) = members
        for start in _starts(agenda, member, wish, earliest, last):
            yield Slot(start, start + length, member, way)
        return
    everybody = merge(
        *(
            zip(_starts(agenda, one, wish, earliest, last), repeat(number))
            for number, one in enumerate(members)
        )
    )
    newest: datetime | None = None
    for start, number in everybody:
        if start != newest:
            newest = start
            yield Slot(start, start + length, members[number], way)


def _starts(
    agenda: Agenda, member: UUID | None, wish: Wish, earliest: datetime, last: date
) -> Iterator[datetime]:
    book, zone = agenda.book(member), ZoneInfo(agenda.client.zone)
    grid, full = _Grid(book, wish), book.full_days | agenda.full_days(wish.kind)
    day = earliest.astimezone(zone).date()
    while day <= last:
        if day not in full:
            whole = day_period(day, zone)
            longer = whole.end - whole.start > _DAY
            for span in book.hours(day):
                for start in grid.starts(span, earliest):
                    if not (longer and comes_twice(start, zone)):
                        yield start
        day += _DAY


class _Grid:
    """Starts every quarter of an hour from the beginning of hours on, where nothing blocks."""

    def __init__(self, book: Book, wish: Wish) -> None:
        self._begins, self._ends = book.blocks()
        self._length = wish.length
        self._before = timedelta(minutes=wish.kind.buffer_before + wish.travel_min)
        self._behind = self._length + timedelta(minutes=wish.kind.buffer_after + wish.travel_min)

    def starts(self, hours: Period, earliest: datetime) -> Iterator[datetime]:
        begins, ends, before, behind = self._begins, self._ends, self._before, self._behind
        start, last = hours.start, hours.end - self._length
        if start < earliest:
            start += _steps(earliest - start)
        index, known = bisect_right(ends, start - before), len(ends)
        while start <= last:
            leaves = start - before
            while index < known and ends[index] <= leaves:
                index += 1
            if index < known and begins[index] < start + behind:
                start += max(STEP, _steps(ends[index] - leaves))
            else:
                yield start
                start += STEP


def _steps(distance: timedelta) -> timedelta:
    """The least number of steps that is as long."""
    return STEP * -(-distance // STEP)


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)
