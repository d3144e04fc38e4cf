"""For any office: what is free is what counting minutes says, and all who are asked agree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from receptionist.model.agenda import Agenda
from receptionist.model.appointment import Appointment
from receptionist.model.availability import Wish, free_slots, free_starts, hindrance
from receptionist.model.busy import Busy
from receptionist.model.client import (
    AppointmentKind,
    BookableHours,
    Client,
    HoursException,
    Staff,
)
from receptionist.model.hours import day_period
from receptionist.model.period import Period
from receptionist.model.when import When
from receptionist.reasons import Reason
from tests.unit.model.minutes import HOLIDAYS, MINUTE, Minutes
from tests.unit.model.times import appointment, at, client, event, kind, whole_day

ZONES = ("Europe/Berlin", "Europe/Lisbon", "Asia/Kathmandu", "Africa/Cairo", "UTC")
AROUND = (
    date(2027, 3, 28),
    date(2026, 10, 25),
    date(2027, 4, 30),
    date(2027, 1, 6),
    date(2028, 2, 29),
)
"""Clock changes in Berlin, spring and autumn, one in Cairo at midnight, Epiphany, a leap day."""
DAYS = 9
MEMBERS = tuple(UUID(int=n) for n in (11, 12))
CALENDARS = tuple(UUID(int=n) for n in (21, 22, 23))
WORDS = ("", "Baustelle", "Sprechstunde", "Urlaub", "erreichbar", "Sprechstunde Urlaub")


@dataclass(frozen=True)
class Case:
    """Somebody asks at `now`, and the days from `first` on are looked at."""

    agenda: Agenda
    wish: Wish
    now: datetime
    first: date

    @property
    def period(self) -> Period:
        zone = ZoneInfo(self.agenda.client.zone)
        last = self.first + timedelta(days=DAYS - 1)
        return Period(day_period(self.first, zone).start, day_period(last, zone).end)


def _clock(quarter: int) -> time:
    return time(quarter % 96 // 4, quarter % 4 * 15)


def _spans() -> st.SearchStrategy[tuple[time, time]]:
    both = st.tuples(st.integers(0, 90), st.integers(2, 40))
    return both.map(lambda s: (_clock(s[0]), _clock(min(s[0] + s[1], 96))))


@dataclass(frozen=True)
class Ground:
    """What a case is made on: days from `first` on, and who is there."""

    zone: str
    first: date
    members: tuple[UUID, ...]

    @property
    def instants(self) -> st.SearchStrategy[datetime]:
        """Half of them on quarters of an hour, so that things touch."""
        start, some = at(self.first, 0, zone=self.zone), st.integers(-1500, DAYS * 1440)
        minutes = st.one_of(some, some.map(lambda m: m // 15 * 15))
        return minutes.map(lambda m: start + m * MINUTE)

    @property
    def whose(self) -> st.SearchStrategy[UUID | None]:
        return st.sampled_from((None, *self.members))


grounds = st.builds(
    lambda zone, around, back, staff: Ground(zone, around - timedelta(days=back), MEMBERS[:staff]),
    st.sampled_from(ZONES),
    st.sampled_from(AROUND),
    st.integers(0, 6),
    st.sampled_from((0, 0, 1, 2)),
)
kinds = st.builds(
    lambda minutes, before, after, limit: kind(minutes, before, after, daily_limit=limit),
    st.one_of(st.integers(5, 180), st.sampled_from((15, 30, 60))),
    st.sampled_from((0, 0, 10, 60)),
    st.sampled_from((0, 0, 7, 30)),
    st.sampled_from((0, 0, 1, 2)),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    ground, what = draw(grounds), draw(kinds)
    return Case(
        agenda=Agenda(
            client=draw(clients(ground)),
            events=tuple(draw(st.lists(events(ground), max_size=8))),
            appointments=tuple(draw(st.lists(appointments(ground, what), max_size=5))),
            staff_of=dict(zip(CALENDARS, ground.members, strict=False)),
        ),
        wish=Wish(
            kind=what,
            minutes=draw(st.sampled_from((None, None, 45))),
            staff_id=draw(ground.whose),
            travel_min=draw(st.sampled_from((0, 0, 35))),
            when=draw(st.sampled_from((None, When(earliest=time(12))))),
        ),
        now=draw(ground.instants),
        first=ground.first,
    )


@st.composite
def clients(draw: st.DrawFn, ground: Ground) -> Client:
    hours = draw(st.lists(st.tuples(st.integers(0, 6), _spans(), ground.whose), max_size=6))
    if draw(st.booleans()):
        hours += [(day, (time(7), time(19)), None) for day in range(7)]
    one = client(
        zone=ground.zone,
        notice=draw(st.sampled_from((0, 0, 0, 90, 3000))),
        horizon_days=draw(st.sampled_from((20, 20, 20, 3, 0))),
        daily_limit=draw(st.sampled_from((0, 0, 0, 1, 3))),
        holidays=draw(st.sampled_from(tuple(HOLIDAYS))),
        bookable_only=draw(st.integers(0, 3)) == 0,
        all_day_blocks=draw(st.booleans()),
        staff=tuple(Staff(id=x, key=str(x), name=str(x)) for x in ground.members),
        exceptions=draw(exceptions(ground.first)),
    )
    return replace(
        one,
        hours=tuple(
            BookableHours(weekday=day, start=a, end=b, staff_id=whose)
            for day, (a, b), whose in hours
        ),
    )


@st.composite
def events(draw: st.DrawFn, ground: Ground) -> Busy:
    words, blocks = draw(st.sampled_from(WORDS)), draw(st.booleans())
    if draw(st.integers(0, 4)) == 0:
        day = ground.first + timedelta(days=draw(st.integers(0, DAYS)))
        return whole_day(day, words, ground.zone, blocks=blocks)
    length = draw(st.one_of(st.integers(1, 900), st.sampled_from((15, 60))))
    calendar = draw(st.sampled_from((None, *CALENDARS)))
    return event(draw(ground.instants), length, words, blocks=blocks, calendar_id=calendar)


@st.composite
def appointments(draw: st.DrawFn, ground: Ground, what: AppointmentKind) -> Appointment:
    return appointment(
        draw(ground.instants),
        draw(st.integers(5, 120)),
        of=draw(st.sampled_from((what, None))),
        staff_id=draw(ground.whose),
        buffer_before=draw(st.sampled_from((0, 10))),
        buffer_after=draw(st.sampled_from((0, 25))),
        part_of=draw(st.sampled_from((None, None, UUID(int=99)))),
    )


@st.composite
def exceptions(draw: st.DrawFn, first: date) -> tuple[HoursException, ...]:
    found = []
    for _ in range(draw(st.integers(0, 2))):
        begin = first + timedelta(days=draw(st.integers(0, DAYS)))
        end = begin + timedelta(days=draw(st.integers(0, 3)))
        start, until = draw(st.one_of(st.just((None, None)), _spans()))
        found.append(HoursException(first=begin, last=end, start=start, end=until))
    return tuple(found)


def slowly(case: Case) -> dict[datetime, UUID | None]:
    """Every free start with the first who is free then."""
    found: dict[datetime, UUID | None] = {}
    for member, minutes in members_of(case):
        for start in minutes.free(case.wish, *limits(case)):
            found.setdefault(start, member)
    return dict(sorted(found.items()))


def members_of(case: Case) -> list[tuple[UUID | None, Minutes]]:
    staff = [one.id for one in case.agenda.client.staff] or [None]
    wished = case.wish.staff_id
    return [
        (one, Minutes(case.agenda, one, case.first, DAYS))
        for one in staff
        if wished is None or wished == one
    ]


def limits(case: Case) -> tuple[datetime, date]:
    one = case.agenda.client
    today = case.now.astimezone(ZoneInfo(one.zone)).date()
    earliest = case.now + one.minimum_notice_min * MINUTE
    return earliest, today + timedelta(days=one.horizon_days)


@settings(max_examples=120, deadline=None)
@given(case=cases())
def test_what_is_free_is_what_counting_minutes_says(case: Case) -> None:
    found = free_starts(case.agenda, case.wish, now=case.now, period=case.period)
    assert {slot.start: slot.staff_id for slot in found} == slowly(case)
    assert list(found) == sorted(found, key=lambda slot: slot.start)
    assert all(slot.end - slot.start == case.wish.length for slot in found)


@settings(max_examples=100, deadline=None)
@given(case=cases(), starts=st.lists(st.integers(0, DAYS * 1440), max_size=10))
def test_whoever_asks_for_one_time_hears_the_same(case: Case, starts: list[int]) -> None:
    asked = {case.period.start + number * MINUTE for number in starts}
    minutes, bounds = members_of(case), limits(case)
    for _member, one in minutes:
        asked.update(start for day in one.dates for start in one.starts(day))
    for start in asked:
        is_free = any(one.is_free(case.wish, start, *bounds) for _member, one in minutes)
        reason = hindrance(case.agenda, case.wish, start, now=case.now)
        assert (reason is Reason.NONE) == is_free, (start, reason)


@settings(max_examples=100, deadline=None)
@given(case=cases(), count=st.integers(1, 8))
def test_the_next_times_are_the_first_that_do_not_overlap(case: Case, count: int) -> None:
    now = max(case.now, case.period.start)
    case = replace(case, now=now)
    last = case.first + timedelta(days=DAYS - 1)
    found = free_slots(case.agenda, case.wish, now=now, count=count, last=last)
    zone, chosen = ZoneInfo(case.agenda.client.zone), list[datetime]()
    gap = case.wish.length + (case.wish.kind.buffer_before + case.wish.kind.buffer_after) * MINUTE
    for start in slowly(case):
        local = start.astimezone(zone).replace(tzinfo=None)
        admitted = case.wish.when is None or case.wish.when.admits(local)
        if admitted and (not chosen or start >= chosen[-1] + gap):
            chosen.append(start)
    assert [slot.start for slot in found] == chosen[:count]
