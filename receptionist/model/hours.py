"""The bookable hours of a local day: weekly ones, exceptions, what the owner opens. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.model.busy import Busy
from receptionist.model.client import BookableHours, Client, HoursException
from receptionist.model.closing import closed_on, exceptions_on, has_hours
from receptionist.model.period import Period, merged

_DAY = timedelta(days=1)


def utc(local: datetime, zone: ZoneInfo) -> datetime | None:
    """A naive local time as UTC, or None when the clock skips it (e.g. 02:30 in spring).

    Of a time that comes twice the first is meant (PEP 495, fold 0).
    """
    instant = local.replace(tzinfo=zone).astimezone(UTC)
    return instant if instant.astimezone(zone).replace(tzinfo=None) == local else None


@lru_cache(maxsize=2048)
def day_period(day: date, zone: ZoneInfo) -> Period:
    """A local day, of 23, 24 or 25 hours; where the clock skips midnight, from when it goes on."""
    first, last = (datetime.combine(one, time(), zone) for one in (day, day + _DAY))
    return Period(first.astimezone(UTC), last.astimezone(UTC))


def comes_twice(start: datetime, zone: ZoneInfo) -> bool:
    """Whether a local time is the second of two with the same name: nobody says which is meant."""
    return bool(start.astimezone(zone).fold)


def hours_on(
    client: Client, day: date, staff_id: UUID | None = None, opened: Iterable[Busy] = ()
) -> tuple[Period, ...]:
    """The bookable hours of a local day, UTC, by start, without gaps or overlaps between them.

    Hours of a member of the staff replace the client's for him. `opened` are events of the owner
    inside which may be booked: they add to the hours, or with `bookable_only` replace them. One
    that lasts all day opens the usual hours.
    """
    if closed_on(client, day):
        return ()
    spans, whole = _opened(opened, day_period(day, ZoneInfo(client.zone)))
    if whole or not client.bookable_only:
        spans += _usual(client, day, staff_id)
    return tuple(merged(spans)) if len(spans) > 1 else tuple(spans)


def _opened(opened: Iterable[Busy], day: Period) -> tuple[list[Period], bool]:
    today = [one for one in opened if one.period.overlaps(day)]
    spans = [
        Period(max(one.period.start, day.start), min(one.period.end, day.end))
        for one in today
        if not one.all_day
    ]
    return spans, len(spans) < len(today)


def _usual(client: Client, day: date, staff_id: UUID | None) -> list[Period]:
    said: list[HoursException] | list[BookableHours]
    said = [one for one in exceptions_on(client, day) if has_hours(one)]
    if not said:
        weekday = day.weekday()
        his = staff_id is not None and any(one.staff_id == staff_id for one in client.hours)
        whose = staff_id if his else None
        said = [one for one in client.hours if one.weekday == weekday and one.staff_id == whose]
    spans = []
    for one in said:
        assert one.start is not None
        assert one.end is not None
        start = _instant(day, one.start, client.zone)
        end = _instant(day if one.end != time() else day + _DAY, one.end, client.zone)
        if start is not None and end is not None and start < end:
            spans.append(Period(start, end))
    return spans


@lru_cache(maxsize=4096)
def _instant(day: date, clock: time, zone: str) -> datetime | None:
    if clock == time():
        return day_period(day, ZoneInfo(zone)).start
    return utc(datetime.combine(day, clock), ZoneInfo(zone))
