"""What is free in a week, and that the next free slots never disagree with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.availability import (
    HORIZON,
    free_slots,
    free_starts,
    hours_on,
    is_bookable,
    is_free,
)
from receptionist.model.client import AppointmentKind, BookableHours, Client
from receptionist.model.greeting import Greeting
from receptionist.model.period import Period
from receptionist.model.week import day_period, monday_of, week_period

ZONES = ("Europe/Berlin", "Europe/Lisbon", "Asia/Kathmandu", "Africa/Cairo", "UTC")
CHANGES = (date(2027, 3, 28), date(2026, 10, 25), date(2027, 4, 30), date(2027, 1, 13))
"""Clock changes in Berlin, spring and autumn, one in Cairo at midnight, and an ordinary day."""


def client(*hours: tuple[int, time, time], zone: str = "Europe/Berlin", notice: int = 0) -> Client:
    return Client(
        id=uuid4(),
        key="painter",
        name="Malerbetrieb Muster",
        greeting=Greeting("{client}"),
        zone=zone,
        hours=tuple(BookableHours(weekday=d, start=a, end=b) for d, a, b in hours),
        minimum_notice_min=notice,
    )


def kind(minutes: int = 60, before: int = 0, after: int = 0) -> AppointmentKind:
    return AppointmentKind(
        id=uuid4(),
        key="visit",
        name="Besichtigung",
        minutes=minutes,
        buffer_before=before,
        buffer_after=after,
    )


def at(day: date, hour: int, minute: int = 0, zone: str = "Europe/Berlin") -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


def local(slots: tuple[Period, ...], zone: str = "Europe/Berlin") -> list[str]:
    return [f"{slot.start.astimezone(ZoneInfo(zone)):%a %H:%M}" for slot in slots]


MONDAY = date(2027, 1, 11)
DAILY = tuple((day, time(9), time(11)) for day in range(5))


def starts(
    one: Client, what: AppointmentKind, monday: date, *busy: Period, now: datetime
) -> tuple[Period, ...]:
    return free_starts(one, what, busy, now=now, period=week_period(monday, ZoneInfo(one.zone)))


def test_every_quarter_hour_that_fits_is_free() -> None:
    found = starts(client(DAILY[0]), kind(), MONDAY, now=at(MONDAY, 0))
    assert local(found) == ["Mon 09:00", "Mon 09:15", "Mon 09:30", "Mon 09:45", "Mon 10:00"]


def test_buffers_keep_away_from_what_is_busy() -> None:
    busy = Period(at(MONDAY, 9), at(MONDAY, 9, 30))
    found = starts(client(DAILY[0]), kind(30, before=15), MONDAY, busy, now=at(MONDAY, 0))
    assert local(found) == ["Mon 09:45", "Mon 10:00", "Mon 10:15", "Mon 10:30"]


def test_notice_and_what_is_over_are_not_free() -> None:
    one = client(DAILY[0], DAILY[2], notice=90)
    found = starts(one, kind(60), MONDAY, now=at(MONDAY, 8, 20))
    assert local(found)[:2] == ["Mon 10:00", "Wed 09:00"]
    assert starts(one, kind(60), MONDAY, now=at(MONDAY, 8) + timedelta(days=7)) == ()


def test_a_day_off_blocks_the_whole_day_and_no_other() -> None:
    off = day_period(MONDAY + timedelta(days=1), ZoneInfo("Europe/Berlin"))
    found = starts(client(*DAILY), kind(), MONDAY, off, now=at(MONDAY, 0))
    assert {day[:3] for day in local(found)} == {"Mon", "Wed", "Thu", "Fri"}


@pytest.mark.parametrize(
    ("sunday", "hours_long", "first"),
    [(date(2027, 3, 28), 23, "03:00"), (date(2026, 10, 25), 25, "02:00")],
)
def test_the_night_of_a_clock_change(sunday: date, hours_long: int, first: str) -> None:
    night = client((6, time(2), time(5)))
    zone = ZoneInfo("Europe/Berlin")
    assert day_period(sunday, zone).end - day_period(sunday, zone).start == timedelta(
        hours=hours_long
    )
    monday = monday_of(at(sunday, 12), zone)
    found = starts(night, kind(30), monday, now=at(monday, 0))
    if first == "03:00":
        assert found == (), "hours that begin at a time the clock skips are no hours"
    else:
        assert local(found)[0] == f"Sun {first}"
        assert len(found) == 4 * 4 - 1, "from two to five there are four hours"


def test_a_week_begins_at_local_midnight_even_where_the_clock_skips_it() -> None:
    cairo = ZoneInfo("Africa/Cairo")
    day = day_period(date(2027, 4, 30), cairo)
    assert day.start == datetime(2027, 4, 29, 22, 0, tzinfo=UTC)
    assert day.end - day.start == timedelta(hours=23)


def test_hours_that_overlap_offer_each_start_once_and_in_order() -> None:
    double = client((0, time(9), time(11)), (0, time(9, 30), time(12)))
    found = starts(double, kind(60), MONDAY, now=at(MONDAY, 0))
    assert list(found) == sorted(set(found))


def test_hours_until_midnight() -> None:
    late = client((0, time(22), time(0)))
    (span,) = hours_on(late, MONDAY)
    assert span == Period(at(MONDAY, 22), at(MONDAY + timedelta(days=1), 0))


# ---- the same for any office --------------------------------------------------------------------

spans = st.tuples(st.integers(0, 6), st.integers(0, 90), st.integers(2, 40)).map(
    lambda s: (s[0], _clock(s[1]), _clock(min(s[1] + s[2], 95)))
)
blocks = st.tuples(st.integers(-300, 6000), st.integers(1, 900))


def _clock(quarter: int) -> time:
    return time(quarter // 4, quarter % 4 * 15)


@dataclass(frozen=True)
class Wish:
    """A client, a kind, what is busy, and when somebody asks."""

    client: Client
    kind: AppointmentKind
    busy: list[Period]
    now: datetime


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    zone, minutes = draw(st.sampled_from(ZONES)), st.integers(0, 60)
    hours, around = draw(st.lists(spans, max_size=8)), draw(st.sampled_from(CHANGES))
    monday = monday_of(at(around, 12, zone=zone), ZoneInfo(zone)) - timedelta(days=7)
    now = at(monday, 0, zone=zone) + timedelta(minutes=draw(st.integers(0, 10_000)))
    return Wish(
        client=client(*hours, zone=zone, notice=draw(st.integers(0, 3000))),
        kind=kind(draw(st.integers(5, 180)), draw(minutes), draw(minutes)),
        busy=[
            Period(now + timedelta(minutes=m), now + timedelta(minutes=m + n))
            for m, n in draw(st.lists(blocks, max_size=8))
        ],
        now=now,
    )


@given(wish=wishes(), count=st.integers(1, 8))
def test_the_week_and_the_next_free_slots_never_disagree(wish: Wish, count: int) -> None:
    one, what, busy, now = wish.client, wish.kind, wish.busy, wish.now
    slots = free_slots(one, what, busy, now=now, count=count)
    first = monday_of(now, ZoneInfo(one.zone))
    weeks = [
        slot
        for number in range(10)
        for slot in starts(one, what, first + timedelta(days=7 * number), *busy, now=now)
    ]
    assert weeks == sorted(set(weeks))
    assert set(slots) <= set(weeks)
    assert all(is_bookable(one, what, slot.start, now) for slot in weeks)
    assert all(is_free(one, what, busy, start=slot.start, now=now) for slot in weeks)
    assert not any(_wide(slot, what).overlaps(block) for slot in weeks for block in busy)
    chosen: list[Period] = []
    for slot in weeks:
        near = chosen and _wide(chosen[-1], what).overlaps(_wide(slot, what))
        if not near and slot.start <= now + HORIZON:
            chosen.append(slot)
    assert list(slots[: len(chosen)]) == chosen[:count]


def _wide(slot: Period, what: AppointmentKind) -> Period:
    return slot.widened(timedelta(minutes=what.buffer_before), timedelta(minutes=what.buffer_after))
