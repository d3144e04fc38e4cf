"""Local times as instants, where each must have one: at clock changes as well. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)


@lru_cache(maxsize=4096)
def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """When the clock of a zone first shows a local time, or where it jumps over it, goes on.

    So a later local time is never an earlier instant, and shifts that meet leave nothing between
    them, nor anything twice (PEP 495).
    """
    local = datetime.combine(day, clock)
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if second >= first:
        return first
    at = second
    while at.astimezone(zone).replace(tzinfo=None) < local:
        at += _MINUTE
    return at
