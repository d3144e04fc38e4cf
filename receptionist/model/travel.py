"""How long the way to a caller takes, and the time it takes of the owner. Pure."""

from __future__ import annotations

import re
from datetime import timedelta

from receptionist.model.client import AppointmentKind, Client
from receptionist.model.period import Period

_GROUP = re.compile(r"(?<![\w.+/-])(?:D-|A-|AT-|CH-|DE-)?(\d{4,5})(?![\w/-])")


def postcode_in(address: str) -> str:
    """The postcode in an address as it was typed, or "".

    Five digits (Germany) count more than four (Austria, Switzerland), which may be a house; of
    several groups the last counts, because a town follows its street.
    """
    groups = _GROUP.findall(address)
    longest = max(map(len, groups), default=0)
    return next((group for group in reversed(groups) if len(group) == longest), "")


def minutes_to(client: Client, postcode: str) -> int:
    """Minutes one way: of the zone that says most of the postcode, else the client's usual ones."""
    fitting = [one for one in client.travel_zones if postcode.startswith(one.postcode)]
    if not postcode or not fitting:
        return client.travel_min
    return max(fitting, key=lambda zone: len(zone.postcode)).minutes


def travel_minutes(client: Client, kind: AppointmentKind, postcode: str) -> int:
    """Minutes one way that an appointment of `kind` reserves before and after it."""
    return minutes_to(client, postcode) if kind.at_caller else 0


def carried(way: Period, before: Period, now: Period) -> Period:
    """The way there or back moved by as much as its appointment was: its start, or its end."""
    by = now.end - before.end if way.start >= before.end else now.start - before.start
    return Period(way.start + by, way.end + by)


def ways(period: Period, kind: AppointmentKind, minutes: int) -> tuple[Period, ...]:
    """The way there and the way back, outside the buffers of an appointment; none of no length."""
    if minutes <= 0:
        return ()
    way = timedelta(minutes=minutes)
    leaves = period.start - timedelta(minutes=kind.buffer_before)
    returns = period.end + timedelta(minutes=kind.buffer_after)
    return Period(leaves - way, leaves), Period(returns, returns + way)
