"""Free slots: bookable hours less what is busy, with buffers, minimum notice and clock changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from receptionist.model.busy import Busy
from receptionist.model.client import AppointmentKind, Client
from receptionist.model.period import Period, merged

STEP = timedelta(minutes=15)
HORIZON = timedelta(days=56)


def utc(local: datetime, zone: ZoneInfo) -> datetime | None:
    """A naive local time as UTC, or None when the clock skips it (e.g. 02:30 in spring).

    Of a time that comes twice the first is meant (PEP 495, fold 0).
    """
    instant = local.replace(tzinfo=zone).astimezone(UTC)
    return instant if instant.astimezone(zone).replace(tzinfo=None) == local else None


def blocking(busy: Iterable[Busy], client: Client, own_uid: str = "") -> list[Period]:
    """The periods of `busy` that count for `client`, without the object `own_uid`."""
    return [
        one.period
        for one in busy
        if one.uid != own_uid and (client.all_day_blocks or not one.all_day)
    ]


def free_slots(
    client: Client,
    kind: AppointmentKind,
    busy: Iterable[Period],
    *,
    now: datetime,
    after: datetime | None = None,
    count: int = 4,
) -> tuple[Period, ...]:
    """The next `count` free slots of `kind` that do not overlap each other, UTC.

    `busy` holds the owner's busy periods and our own appointments with their buffers. A slot lies
    inside bookable hours; its buffers may reach outside. `after` skips what starts before it.
    """
    earliest = now + timedelta(minutes=client.minimum_notice_min)
    if after is not None and after > earliest:
        earliest = after
    found: list[Period] = []
    for slot in _free(client, kind, busy, earliest, now + HORIZON):
        if found and _with_buffers(slot, kind).overlaps(_with_buffers(found[-1], kind)):
            continue
        found.append(slot)
        if len(found) == count:
            break
    return tuple(found)


def free_starts(
    client: Client,
    kind: AppointmentKind,
    busy: Iterable[Period],
    *,
    now: datetime,
    period: Period,
) -> tuple[Period, ...]:
    """Every free slot of `kind` that starts in `period`, UTC, in order; they overlap each other.

    Everything else is as in `free_slots`, which chooses among these.
    """
    earliest = max(period.start, now + timedelta(minutes=client.minimum_notice_min))
    if earliest >= period.end:
        return ()
    found = _free(client, kind, busy, earliest, period.end)
    return tuple(takewhile(lambda slot: slot.start < period.end, found))


def is_free(
    client: Client,
    kind: AppointmentKind,
    busy: Iterable[Period],
    *,
    start: datetime,
    now: datetime,
) -> bool:
    """Whether an appointment of `kind` can be booked at `start`, as in `free_starts`."""
    slot = Period(start, start + timedelta(minutes=kind.minutes))
    bookable = is_bookable(client, kind, start, now)
    return bookable and not _Blocks(busy).touch(_with_buffers(slot, kind))


def is_bookable(client: Client, kind: AppointmentKind, start: datetime, now: datetime) -> bool:
    """Whether `start` respects bookable hours and minimum notice; busy periods are not asked."""
    if start < now + timedelta(minutes=client.minimum_notice_min):
        return False
    slot = Period(start, start + timedelta(minutes=kind.minutes))
    day = start.astimezone(ZoneInfo(client.zone)).date()
    return any(
        hours.start <= slot.start and slot.end <= hours.end for hours in hours_on(client, day)
    )


def hours_on(client: Client, day: date) -> tuple[Period, ...]:
    """The bookable hours of a local day, UTC, by start."""
    zone = ZoneInfo(client.zone)
    periods = []
    for hours in client.hours:
        if hours.weekday != day.weekday():
            continue
        start = utc(datetime.combine(day, hours.start), zone)
        end_day = day + timedelta(days=1) if hours.end == time() else day
        end = utc(datetime.combine(end_day, hours.end), zone)
        if start is not None and end is not None and start < end:
            periods.append(Period(start, end))
    return tuple(sorted(periods))


class _Blocks:
    """Sorted disjoint periods that answer whether another one touches them."""

    def __init__(self, periods: Iterable[Period]) -> None:
        self._periods = merged(periods)
        self._ends = [period.end for period in self._periods]

    def touch(self, period: Period) -> bool:
        index = bisect_left(self._ends, period.start)
        return any(block.overlaps(period) for block in self._periods[index : index + 2])


def _with_buffers(slot: Period, kind: AppointmentKind) -> Period:
    return slot.widened(timedelta(minutes=kind.buffer_before), timedelta(minutes=kind.buffer_after))


def _free(
    client: Client,
    kind: AppointmentKind,
    busy: Iterable[Period],
    earliest: datetime,
    latest: datetime,
) -> Iterator[Period]:
    """Every free slot from `earliest` to the end of the local day of `latest`, by start."""
    blocks, length = _Blocks(busy), timedelta(minutes=kind.minutes)
    for start in _starts(client, length, earliest, latest):
        slot = Period(start, start + length)
        if not blocks.touch(_with_buffers(slot, kind)):
            yield slot


def _starts(
    client: Client, length: timedelta, earliest: datetime, latest: datetime
) -> Iterator[datetime]:
    zone = ZoneInfo(client.zone)
    day, last = earliest.astimezone(zone).date(), latest.astimezone(zone).date()
    while day <= last:
        starts = {start for hours in hours_on(client, day) for start in _starts_in(hours, length)}
        yield from sorted(start for start in starts if start >= earliest)
        day += timedelta(days=1)


def _starts_in(hours: Period, length: timedelta) -> Iterator[datetime]:
    start = hours.start
    while start + length <= hours.end:
        yield start
        start += STEP
