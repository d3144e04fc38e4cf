"""Reading what can be booked: the next free slots and a whole week, at one and the same moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.model.appointment import OCCUPYING, Appointment, AppointmentState
from receptionist.model.availability import (
    HORIZON,
    blocking,
    free_slots,
    free_starts,
    hours_on,
    is_free,
)
from receptionist.model.busy import Busy
from receptionist.model.client import AppointmentKind, Client
from receptionist.model.period import Period, merged
from receptionist.model.presence import LOOKED_AHEAD
from receptionist.model.week import (
    DAYS,
    Day,
    Outlook,
    Week,
    day_period,
    of_the_owner,
    week_period,
)
from receptionist.ports import Store

_LAST_DAY = timedelta(days=1)
"""The last day of the horizon is offered to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is wanted: `count` slots after `after`, the week from `monday` on, and whether the
    start `wanted` is still free. Without a kind nothing is free, nor while one of `calendars` was
    never read to its end."""

    client: Client
    kind: AppointmentKind | None
    now: datetime
    monday: date
    after: datetime | None = None
    count: int = 4
    wanted: datetime | None = None
    calendars: tuple[UUID, ...] = ()


def all_read(store: Store, calendars: Iterable[UUID]) -> bool:
    """Whether each calendar was read to its end at least once: only then is it known when its
    owner is busy."""
    return all(store.sync_state(one, etags=False).checked is not None for one in calendars)


def taken(
    store: Store, client: Client, spans: list[Period], now: datetime
) -> tuple[tuple[Busy, ...], tuple[Appointment, ...]]:
    """What keeps the owner busy in `spans`, and our appointments that keep their time there."""
    busy = [one for span in spans for one in store.busy(client.id, span)]
    ours = [one for span in spans for one in store.appointments(client.id, span)]
    kept = (one for one in dict.fromkeys(ours) if occupies(one, now))
    return tuple(dict.fromkeys(busy)), tuple(kept)


def ahead(kind: AppointmentKind, now: datetime, after: datetime | None = None) -> Period:
    """What has to be read to find the next free slots."""
    length = timedelta(minutes=kind.minutes)
    reach = Period(now, (after or now) + HORIZON + _LAST_DAY + length)
    return _widened(reach, kind)


def read(store: Store, question: Question) -> Outlook:
    """The answer, on the store's worker."""
    complete = all_read(store, question.calendars)
    question = question if complete else replace(question, kind=None)
    client, kind, now = question.client, question.kind, question.now
    week = week_period(question.monday, ZoneInfo(client.zone))
    coming = Period(now, now + LOOKED_AHEAD)
    spans = [coming, week]
    if kind is not None:
        length = timedelta(minutes=kind.minutes)
        spans = [coming, _widened(Period(week.start, week.end + length), kind)]
        spans.append(ahead(kind, now, question.after))
        if question.wanted is not None:
            spans.append(_widened(Period(question.wanted, question.wanted + length), kind))
    busy, ours = taken(store, client, merged(spans), now)
    blocks = blocking(busy, client) + [one.blocked for one in ours]
    return Outlook(
        week=_week(question, week, busy, ours, blocks),
        slots=_slots(question, blocks),
        kept=_kept(question, blocks),
        coming=tuple(one for one in busy + _as_busy(ours) if one.period.overlaps(coming)),
        read=complete,
    )


def occupies(appointment: Appointment, now: datetime) -> bool:
    """Whether an appointment keeps its time: not when it is a hold that ran out."""
    expired = (
        appointment.state is AppointmentState.HOLD
        and appointment.held_until is not None
        and appointment.held_until <= now
    )
    return appointment.state in OCCUPYING and not expired


def _week(
    question: Question,
    period: Period,
    busy: tuple[Busy, ...],
    ours: tuple[Appointment, ...],
    blocks: list[Period],
) -> Week:
    client, kind = question.client, question.kind
    zone = ZoneInfo(client.zone)
    dates = [question.monday + timedelta(days=number) for number in range(DAYS)]
    appointments = tuple(one for one in ours if one.period.overlaps(period))
    return Week(
        client_id=client.id,
        zone=client.zone,
        kind=kind,
        period=period,
        days=tuple(
            Day(date=day, period=day_period(day, zone), hours=hours_on(client, day))
            for day in dates
        ),
        busy=tuple(one for one in of_the_owner(busy, ours) if one.period.overlaps(period)),
        appointments=appointments,
        free=()
        if kind is None
        else free_starts(client, kind, blocks, now=question.now, period=period),
    )


def _slots(question: Question, blocks: list[Period]) -> tuple[Period, ...]:
    if question.kind is None:
        return ()
    return free_slots(
        question.client,
        question.kind,
        blocks,
        now=question.now,
        after=question.after,
        count=question.count,
    )


def _kept(question: Question, blocks: list[Period]) -> bool:
    if question.wanted is None:
        return True
    kind = question.kind
    return kind is not None and is_free(
        question.client, kind, blocks, start=question.wanted, now=question.now
    )


def _as_busy(appointments: tuple[Appointment, ...]) -> tuple[Busy, ...]:
    return tuple(Busy(period=one.period, uid=one.uid, summary=one.summary) for one in appointments)


def _widened(period: Period, kind: AppointmentKind) -> Period:
    before, behind = (timedelta(minutes=m) for m in (kind.buffer_before, kind.buffer_after))
    return period.widened(before, behind)
