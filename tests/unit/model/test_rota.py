"""Who is on call: against a clock on the wall that is read minute by minute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from receptionist.model.period import Period
from receptionist.model.rota import (
    NeededHours,
    OnCallRota,
    OtherDays,
    Shift,
    duties,
    gaps,
    next_shift,
    on_call,
)

BERLIN = "Europe/Berlin"
SPRING, AUTUMN, PLAIN = date(2027, 3, 28), date(2027, 10, 31), date(2027, 6, 16)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def rota(**more: object) -> OnCallRota:
    return OnCallRota(id=uuid4(), client_id=uuid4(), key="notdienst", name="Notdienst", **more)  # type: ignore[arg-type]


def at(day: date, clock: str, zone: str = BERLIN) -> datetime:
    """The first instant at which the clock shows it."""
    local = datetime.combine(day, time.fromisoformat(clock))
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


NIGHTS = rota(
    shifts=(
        Shift(weekdays=(0, 1, 2, 3, 4), start=time(18), end=time(8), contacts=("anna",)),
        Shift(weekdays=(5, 6), start=time(8), end=time(8), contacts=("bernd", "anna")),
    ),
    fallbacks=("chef",),
)


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    friday, saturday = date(2027, 6, 18), date(2027, 6, 19)
    assert on_call(NIGHTS, at(friday, "17:59"), BERLIN) == ("chef",)
    assert on_call(NIGHTS, at(friday, "18:00"), BERLIN) == ("anna", "chef")
    assert on_call(NIGHTS, at(saturday, "07:59"), BERLIN) == ("anna", "chef")
    assert on_call(NIGHTS, at(saturday, "08:00"), BERLIN) == ("bernd", "anna", "chef")
    assert on_call(NIGHTS, at(date(2027, 6, 21), "07:59"), BERLIN) == ("bernd", "anna", "chef")


def test_other_days_win_and_those_with_times_win_over_whole_ones() -> None:
    holidays = rota(
        shifts=NIGHTS.shifts,
        others=(
            OtherDays(first=date(2027, 12, 24), last=date(2027, 12, 26), contacts=("dora",)),
            OtherDays(
                first=date(2027, 12, 25),
                last=date(2027, 12, 25),
                start=time(20),
                end=time(2),
                contacts=("emil",),
            ),
        ),
    )
    assert on_call(holidays, at(date(2027, 12, 24), "00:00"), BERLIN) == ("dora",)
    assert on_call(holidays, at(date(2027, 12, 23), "23:59"), BERLIN) == ("anna",)
    assert on_call(holidays, at(date(2027, 12, 26), "01:59"), BERLIN) == ("emil",)
    assert on_call(holidays, at(date(2027, 12, 26), "02:00"), BERLIN) == ("dora",)
    assert on_call(holidays, at(date(2027, 12, 27), "00:00"), BERLIN) == ("bernd", "anna")


def test_whose_hour_comes_twice_or_never_is_on_call_once() -> None:
    early, late = Shift(end=time(2, 30), contacts=("a",)), Shift(start=time(2, 30), contacts=("b",))
    both = rota(shifts=(early, late))
    for day, minutes in ((SPRING, 23 * 60), (AUTUMN, 25 * 60)):
        whole = Period(at(day, "00:00"), at(day + DAY, "00:00"))
        found = duties(both, whole, BERLIN)
        assert [one.chain for one in found] == [("a",), ("b",)]
        assert sum((one.period.duration for one in found), timedelta()) == minutes * MINUTE
        assert gaps(both, whole, BERLIN) == ()
    assert duties(both, Period(at(SPRING, "00:00"), at(SPRING, "23:00")), BERLIN)[
        1
    ].period.start == at(SPRING, "03:00")


def test_a_gap_is_seen_although_there_is_a_fallback() -> None:
    week = Period(at(date(2027, 6, 14), "00:00"), at(date(2027, 6, 21), "00:00"))
    found = gaps(NIGHTS, week, BERLIN)
    assert len(found) == 5
    assert found[0] == Period(at(date(2027, 6, 14), "08:00"), at(date(2027, 6, 14), "18:00"))
    needed = rota(
        shifts=NIGHTS.shifts,
        needed=(
            NeededHours(weekdays=(0, 1, 2, 3, 4), start=time(18), end=time(8)),
            NeededHours(weekdays=(5, 6)),
        ),
    )
    assert gaps(needed, week, BERLIN) == ()
    nobody = rota(
        shifts=needed.shifts,
        needed=needed.needed,
        others=(OtherDays(first=date(2027, 6, 19), last=date(2027, 6, 19)),),
    )
    saturday = Period(at(date(2027, 6, 19), "00:00"), at(date(2027, 6, 20), "00:00"))
    assert gaps(nobody, week, BERLIN) == (saturday,)


def test_what_comes_next() -> None:
    following = next_shift(NIGHTS, at(PLAIN, "12:00"), BERLIN)
    assert following is not None
    assert (following.period.start, following.chain) == (at(PLAIN, "18:00"), ("anna", "chef"))
    assert next_shift(rota(shifts=(Shift(contacts=("a",)),)), at(PLAIN, "12:00"), BERLIN) is None


# ---- the oracle: a wall clock, and a finger that goes from minute to minute

clocks = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
people = st.lists(st.sampled_from("abcd"), max_size=2, unique=True).map(tuple)
weekdays = st.sets(st.integers(0, 6), max_size=4).map(lambda days: tuple(sorted(days)))
shifts = st.builds(Shift, weekdays=weekdays, start=clocks, end=clocks, contacts=people)
needs = st.builds(NeededHours, weekdays=weekdays, start=clocks, end=clocks)
middles = st.sampled_from([SPRING, AUTUMN, PLAIN, date(2027, 12, 31)])


@st.composite
def other_days(draw: st.DrawFn, middle: date) -> OtherDays:
    first = middle + draw(st.integers(-2, 2)) * DAY
    times = draw(st.one_of(st.just((None, None)), st.tuples(clocks, clocks)))
    last = first + draw(st.integers(0, 2)) * DAY
    return OtherDays(first=first, last=last, start=times[0], end=times[1], contacts=draw(people))


@st.composite
def cases(draw: st.DrawFn) -> tuple[OnCallRota, date, str]:
    middle = draw(middles)
    made = rota(
        shifts=tuple(draw(st.lists(shifts, max_size=3))),
        others=tuple(draw(st.lists(other_days(middle), max_size=2))),
        fallbacks=draw(people),
        needed=tuple(draw(st.lists(needs, max_size=2))),
    )
    return made, middle, draw(st.sampled_from([BERLIN, "America/St_Johns", "UTC"]))


class Wall:
    """Minutes of some days with what the clock shows, in the order in which they pass."""

    def __init__(self, middle: date, zone: str) -> None:
        start = datetime.combine(middle - 3 * DAY, time(), ZoneInfo(zone)).astimezone(UTC)
        self.minutes = [start + number * MINUTE for number in range(6 * 24 * 60)]
        where = ZoneInfo(zone)
        self.shown = [one.astimezone(where).replace(tzinfo=None) for one in self.minutes]

    def first(self, day: date, clock: time) -> int:
        """The place of the first minute at which the clock shows this or more."""
        wanted = datetime.combine(day, clock)
        return next((n for n, shown in enumerate(self.shown) if shown >= wanted), 1 << 30)

    def covered(self, day: date, start: time, end: time) -> range:
        last = day + DAY if end <= start else day
        return range(self.first(day, start), self.first(last, end))


def told(case: OnCallRota, middle: date, wall: Wall) -> Iterator[tuple[tuple[str, ...], bool]]:
    """For each minute of the two middle days who is on call, and whether there must be one."""
    days = [middle + number * DAY for number in range(-3, 3)]
    layers: list[list[tuple[range, tuple[str, ...]]]] = []
    for one in sorted(case.others, key=lambda one: one.start is None):
        mine = [day for day in days if one.first <= day <= one.last]
        spans = [wall.covered(day, one.start or time(), one.end or time()) for day in mine]
        layers.append([(span, one.contacts) for span in spans])
    for shift in case.shifts:
        mine = [day for day in days if not shift.weekdays or day.weekday() in shift.weekdays]
        layers.append([(wall.covered(d, shift.start, shift.end), shift.contacts) for d in mine])
    needed = [
        wall.covered(day, one.start, one.end)
        for one in case.needed
        for day in days
        if not one.weekdays or day.weekday() in one.weekdays
    ]
    for minute in range(wall.first(middle - DAY, time()), wall.first(middle + DAY, time())):
        who = [contacts for layer in layers for span, contacts in layer if minute in span]
        must = not case.needed or any(minute in span for span in needed)
        yield (who[0] if who else ()), must


@settings(max_examples=60, deadline=None)
@given(cases())
def test_every_minute_has_the_people_that_the_wall_clock_says(
    case: tuple[OnCallRota, date, str],
) -> None:
    made, middle, zone = case
    wall = Wall(middle, zone)
    first = wall.first(middle - DAY, time())
    minutes = list(told(made, middle, wall))
    whole = Period(wall.minutes[first], wall.minutes[first + len(minutes)])
    pieces, holes = duties(made, whole, zone), gaps(made, whole, zone)
    assert pieces[0].period.start == whole.start
    assert pieces[-1].period.end == whole.end
    place = 0
    for number, (who, must) in enumerate(minutes):
        now = wall.minutes[first + number]
        if now >= pieces[place].period.end:
            place += 1
        chain = tuple(dict.fromkeys((*who, *made.fallbacks)))
        assert pieces[place].period.start <= now < pieces[place].period.end
        assert (pieces[place].chain, pieces[place].covered) == (chain, bool(who)), now
        assert any(one.start <= now < one.end for one in holes) == (must and not who), now
        if number % 37 == 0:
            assert on_call(made, now, zone) == chain
