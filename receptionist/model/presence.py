"""Whether the owner can be reached now, as far as his calendar and his hours say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from receptionist.model.availability import hours_on
from receptionist.model.busy import Busy
from receptionist.model.client import Client
from receptionist.model.period import Period, merged

LOOKED_AHEAD = timedelta(days=8)


class Presence(StrEnum):
    """In an appointment or event of his, free within his hours, or outside of them."""

    BUSY = "busy"
    FREE = "free"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerNow:
    """`until` is when that changes, as far as it is known; `summary` the title of what he does."""

    presence: Presence
    until: datetime | None = None
    summary: str = ""


def owner_now(client: Client, busy: Sequence[Busy], now: datetime) -> OwnerNow:
    """How it is with the client's owner at `now`.

    `busy` is what keeps him busy for `LOOKED_AHEAD` from now on. What follows without a gap counts
    as one. Without bookable hours he is free whenever nothing keeps him busy.
    """
    counted = [one for one in busy if client.all_day_blocks or not one.all_day]
    runs = [run for run in merged(one.period for one in counted) if run.end > now]
    if runs and runs[0].start <= now:
        current = [one for one in counted if one.period.start <= now < one.period.end]
        nearest = max(current, key=lambda one: (not one.all_day, one.period.start))
        return OwnerNow(presence=Presence.BUSY, until=runs[0].end, summary=nearest.summary)
    following = runs[0].start if runs else None
    if not client.hours:
        return OwnerNow(presence=Presence.FREE, until=following)
    hours = [span for span in _hours_from(client, now) if span.end > now]
    if hours and hours[0].start <= now:
        ends = [hours[0].end] if following is None else [hours[0].end, following]
        return OwnerNow(presence=Presence.FREE, until=min(ends))
    return OwnerNow(presence=Presence.OUTSIDE, until=hours[0].start if hours else None)


def _hours_from(client: Client, now: datetime) -> list[Period]:
    first = now.astimezone(ZoneInfo(client.zone)).date()
    days = (first + timedelta(days=number) for number in range(-1, LOOKED_AHEAD.days))
    return merged(span for day in days for span in hours_on(client, day))
