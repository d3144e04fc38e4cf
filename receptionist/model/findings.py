"""What is found to be done before anybody complains: nobody on call, warnings that end. Pure.

The same finding is the same item each time it is looked for: its id is made of what it is about,
and `gaps.py` knows a gap again that was cut.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from receptionist.model.localtime import instant
from receptionist.model.period import Period
from receptionist.model.rota import OnCallRota, gaps
from receptionist.model.script import ScriptWarning
from receptionist.model.worklist import EXPIRING_CLOCK, GAP_LEAD, WorkItem, WorkKind

GAPS_AHEAD = timedelta(days=7)
"""A week ahead somebody can still be found."""
EXPIRING_AHEAD = timedelta(days=2)
"""Two days before a warning ends: sooner nobody knows whether it goes on."""
LOOKED_BACK = timedelta(days=14)
"""So far before now and behind the week is looked for where a gap begins and ends."""
LOOKED_ON = GAPS_AHEAD + LOOKED_BACK


def gaps_of(rota: OnCallRota, zone: str, now: datetime) -> tuple[WorkItem, ...]:
    """When nobody of a rota is on call within the next week, and now; by time.

    A gap that began before it was looked for, or does not end, has no beginning or no end: so it
    stays the same item from day to day.
    """
    looked = Period(now - LOOKED_BACK, now + LOOKED_ON)
    return tuple(
        _gap(rota, one, looked, now)
        for one in gaps(rota, looked, zone)
        if one.end > now and one.start < now + GAPS_AHEAD
    )


def _gap(rota: OnCallRota, gap: Period, looked: Period, now: datetime) -> WorkItem:
    begins = gap.start if gap.start > looked.start else None
    ends = gap.end if gap.end < looked.end else None
    return WorkItem(
        id=uuid5(rota.id, f"gap {begins} {ends}"),
        client_id=rota.client_id,
        kind=WorkKind.GAP,
        created=now,
        due=gap.start - GAP_LEAD if begins else now,
        text=rota.name,
        begins=begins,
        ends=ends,
        about_id=rota.id,
    )


def expiring_of(
    client_id: UUID, language: str, zone: str, warnings: Iterable[ScriptWarning], now: datetime
) -> tuple[WorkItem, ...]:
    """Warnings of a client's script that end, as items; those without a last day do not."""
    return tuple(
        _expiring(client_id, one.text.to(language), one, ZoneInfo(zone), now)
        for one in warnings
        if one.when.last is not None
    )


def _expiring(
    client_id: UUID, words: str, warning: ScriptWarning, zone: ZoneInfo, now: datetime
) -> WorkItem:
    last = warning.when.last
    assert last is not None
    return WorkItem(
        id=uuid5(client_id, f"warning {last} {words}"),
        client_id=client_id,
        kind=WorkKind.EXPIRING,
        created=now,
        due=instant(last, EXPIRING_CLOCK, zone),
        text=words,
        ends=instant(last + timedelta(days=1), time(), zone),
    )
