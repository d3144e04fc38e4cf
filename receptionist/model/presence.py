"""Whether the owner can be reached now, as far as his calendar and his hours say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from receptionist.model.busy import Busy
from receptionist.model.client import Client, OwnerRule
from receptionist.model.hours import hours_on
from receptionist.model.period import Period, merged
from receptionist.model.steering import steering

LOOKED_AHEAD = timedelta(days=8)


class Presence(StrEnum):
    """In an appointment or event of his, free within his hours, or outside of them."""

    BUSY = "busy"
    FREE = "free"
    OUTSIDE = "outside"


class Reachability(StrEnum):
    """Whether callers may be connected with the owner: yes, only urgent ones, no, or who knows."""

    YES = "yes"
    URGENT = "urgent"
    NO = "no"
    UNKNOWN = "unknown"


_SAID = {
    OwnerRule.AWAY: Reachability.NO,
    OwnerRule.DO_NOT_DISTURB: Reachability.NO,
    OwnerRule.URGENT_ONLY: Reachability.URGENT,
    OwnerRule.REACHABLE: Reachability.YES,
}
"""The strictest first: of two words that count alike that one is heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerNow:
    """`until` is when that changes, as far as it is known; `summary` the title of what he does.

    `rule` is what he says by an agreed word in an event of now, until `rule_until`; whether callers
    may be connected follows from it, and without it from whether he is free.
    """

    presence: Presence
    until: datetime | None = None
    summary: str = ""
    rule: OwnerRule | None = None
    rule_until: datetime | None = None

    @property
    def reachability(self) -> Reachability:
        """Whether callers may be connected with him now."""
        if self.rule is not None:
            return _SAID[self.rule]
        return Reachability.YES if self.presence is Presence.FREE else Reachability.UNKNOWN


def owner_now(client: Client, events: Sequence[Busy], now: datetime) -> OwnerNow:
    """How it is with the client's owner at `now`.

    `events` are his for `LOOKED_AHEAD` from now on. What follows without a gap counts as one.
    Without bookable hours he is free whenever nothing keeps him busy. Of several words that count
    now, that of the shortest time is heard: "reachable" for an hour of a holiday.
    """
    steers = steering(client)
    counted = [one for one in events if steers.blocks(one, client.all_day_blocks)]
    rule, until = _said(client, events, now)
    runs = [run for run in merged(one.period for one in counted) if run.end > now]
    if runs and runs[0].start <= now:
        current = [one for one in counted if one.period.start <= now < one.period.end]
        nearest = max(current, key=lambda one: (not one.all_day, one.period.start))
        return OwnerNow(
            presence=Presence.BUSY,
            until=runs[0].end,
            summary=nearest.summary,
            rule=rule,
            rule_until=until,
        )
    presence, changes = _without_events(client, events, runs[0].start if runs else None, now)
    return OwnerNow(presence=presence, until=changes, rule=rule, rule_until=until)


def said_by_word(client: Client, events: Iterable[Busy], now: datetime) -> Reachability | None:
    """What the owner says by an agreed word in an event of now; None when he says nothing."""
    rule, _until = _said(client, events, now)
    return None if rule is None else _SAID[rule]


def _without_events(
    client: Client, events: Iterable[Busy], following: datetime | None, now: datetime
) -> tuple[Presence, datetime | None]:
    if not client.hours and not client.bookable_only:
        return Presence.FREE, following
    hours = [span for span in _hours_from(client, events, now) if span.end > now]
    if hours and hours[0].start <= now:
        return Presence.FREE, min(filter(None, (hours[0].end, following)))
    return Presence.OUTSIDE, hours[0].start if hours else None


def _said(
    client: Client, events: Iterable[Busy], now: datetime
) -> tuple[OwnerRule | None, datetime | None]:
    steers, strictest = steering(client), list(_SAID)
    said = [
        (one.period.end - one.period.start, strictest.index(rule), one.period.end)
        for one in events
        if one.period.start <= now < one.period.end
        for rule in steers.rules(one)
        if rule in _SAID
    ]
    if not said:
        return None, None
    _length, which, end = min(said)
    return strictest[which], end


def _hours_from(client: Client, events: Iterable[Busy], now: datetime) -> list[Period]:
    opened = [one for one in events if OwnerRule.BOOKABLE in steering(client).rules(one)]
    first = now.astimezone(ZoneInfo(client.zone)).date()
    days = (first + timedelta(days=number) for number in range(-1, LOOKED_AHEAD.days))
    return merged(span for day in days for span in hours_on(client, day, opened=opened))
