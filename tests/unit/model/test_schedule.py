"""Of all schedules that hold exactly one wins, at every minute, also when the clock changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from receptionist.model.schedule import ALWAYS, Circumstances, Schedule, Weekly, most_specific
from receptionist.model.script import NOTHING, Script, ScriptGreeting

BERLIN = ZoneInfo("Europe/Berlin")
YEAR = datetime(2027, 1, 1, tzinfo=UTC)
MINUTES = 365 * 24 * 60
HOLIDAYS = frozenset({date(2027, 1, 1), date(2027, 3, 28), date(2027, 5, 1), date(2027, 10, 31)})
CHANGES = (datetime(2027, 3, 28, tzinfo=UTC), datetime(2027, 10, 31, tzinfo=UTC))

clocks = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))
spans = st.tuples(clocks, clocks) | st.just((None, None))
days = st.dates(date(2026, 12, 1), date(2028, 1, 31)) | st.sampled_from(
    [date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31)]
)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    start, end = draw(spans)
    first = draw(st.none() | days)
    last = draw(st.none() | st.integers(0, 60).map(lambda n: (first or YEAR.date()) + n * DAY))
    return Schedule(
        weekdays=tuple(sorted(draw(st.sets(st.integers(0, 6))))),
        start=start,
        end=end,
        first=first,
        last=last,
        holiday=draw(st.sampled_from([None, None, True, False])),
        dialled=draw(st.sampled_from(["", "", "+493023125101"])),
        line=draw(st.sampled_from(["", "", "amt"])),
        language=draw(st.sampled_from(["", "", "de", "en"])),
    )


DAY = timedelta(days=1)


def _with_equals(some: list[Schedule]) -> st.SearchStrategy[list[Schedule]]:
    """Some of them once more: then the order decides."""
    again = st.lists(st.sampled_from(some).map(replace), max_size=2)
    return again.map(lambda more: [*some, *more])


sets = st.lists(schedules(), min_size=1, max_size=4).flatmap(_with_equals)


# ---- another way to say the same: days are laid out one by one, and two are compared by hand


def spells(one: Schedule) -> Iterator[tuple[datetime, datetime]]:
    """From when to when a schedule holds, day by day, on the wall's clock."""
    day = date(2026, 12, 30)
    while day < date(2028, 1, 3):
        early = one.first is not None and day < one.first
        late = one.last is not None and day > one.last
        other = bool(one.weekdays) and day.weekday() not in one.weekdays
        worked = one.holiday is True and day not in HOLIDAYS
        kept = one.holiday is False and day in HOLIDAYS
        if not (early or late or other or worked or kept):
            start = datetime.combine(day, one.start or time())
            end = datetime.combine(day, one.end) if one.end is not None else start
            yield start, end if end > start else end + DAY
        day += DAY


def before(one: Schedule, other: Schedule) -> bool:
    """Whether one is more specific than the other."""

    def length(schedule: Schedule) -> float:
        if schedule.first and schedule.last:
            return (schedule.last - schedule.first).days
        return 1e6 if schedule.first or schedule.last else 1e9

    if length(one) != length(other):
        return length(one) < length(other)
    if (one.holiday is True) != (other.holiday is True):
        return one.holiday is True
    for mine, theirs in (
        (one.dialled, other.dialled),
        (one.line, other.line),
        (one.language, other.language),
    ):
        if bool(mine) != bool(theirs):
            return bool(mine)
    if weekly_minutes(one) != weekly_minutes(other):
        return weekly_minutes(one) < weekly_minutes(other)
    return one.holiday is False and other.holiday is None


def weekly_minutes(one: Weekly) -> int:
    monday = datetime(2027, 1, 11)
    return sum(one.covers(monday + timedelta(minutes=minute)) for minute in range(7 * 24 * 60))


class Oracle:
    """Who wins among schedules, found out by lists of spells and a tournament."""

    def __init__(self, some: list[Schedule]) -> None:
        self._some = some
        self._spells = [{start.date(): (start, end) for start, end in spells(one)} for one in some]
        self._first = {
            (a, b): before(some[a], some[b]) for a in range(len(some)) for b in range(len(some))
        }

    def _lasts(self, number: int, local: datetime) -> bool:
        begun = (self._spells[number].get(local.date() - back * DAY) for back in (0, 1))
        return any(spell and spell[0] <= local < spell[1] for spell in begun)

    def winner(self, at: Circumstances) -> int | None:
        holding = [
            number
            for number, one in enumerate(self._some)
            if one.dialled in ("", at.dialled)
            and one.line in ("", at.line)
            and one.language in ("", at.language)
            and self._lasts(number, at.local)
        ]
        best = None
        for number in holding:
            if best is None or self._first[number, best]:
                best = number
        return best


def circumstances(at: datetime) -> Circumstances:
    local = at.astimezone(BERLIN).replace(tzinfo=None)
    today = (local.date(), local.date() - DAY)
    return Circumstances(
        local=local,
        holidays=HOLIDAYS & set(today),
        line="amt" if at.minute % 2 else "",
        dialled="+493023125101" if at.minute % 3 else "",
        language=("", "de", "en")[at.minute % 5 % 3],
    )


def one_wins(some: list[Schedule], minutes: Iterator[int], since: datetime) -> None:
    oracle = Oracle(some)
    for minute in minutes:
        at = circumstances(since + timedelta(minutes=minute))
        expected = oracle.winner(at)
        holding = [one for one in some if one.holds(at)]
        won = most_specific(holding, lambda one: one.rank)
        assert won is (None if expected is None else some[expected]), at


@settings(max_examples=12, deadline=None)
@given(sets)
def test_exactly_one_wins_the_whole_year(some: list[Schedule]) -> None:
    one_wins(some, iter(range(0, MINUTES, 487)), YEAR)  # every minute of an hour comes


def edges(some: list[Schedule]) -> Iterator[int]:
    """The minutes of a year in which hours begin and end, and those beside, on a day in six."""
    for clock in {one for schedule in some for one in (schedule.start, schedule.end) if one}:
        for beside in (-1, 0, 1):
            for behind_utc in (60, 120):
                minute = clock.hour * 60 + clock.minute + beside - behind_utc
                yield from range(minute % (24 * 60), MINUTES, 6 * 24 * 60)


@settings(max_examples=12, deadline=None)
@given(sets)
def test_exactly_one_wins_where_hours_begin_and_end(some: list[Schedule]) -> None:
    one_wins(some, edges(some), YEAR)


@pytest.mark.parametrize("change", CHANGES)
@settings(max_examples=6, deadline=None)
@given(sets)
def test_exactly_one_wins_at_every_minute_when_the_clock_changes(
    change: datetime, some: list[Schedule]
) -> None:
    one_wins(some, iter(range(24 * 60)), change - timedelta(hours=10))


@pytest.mark.soak
@pytest.mark.timeout(3600)
@settings(max_examples=10, deadline=None)
@given(sets)
def test_exactly_one_wins_at_every_minute_of_a_year(some: list[Schedule]) -> None:
    one_wins(some, iter(range(MINUTES)), YEAR)


@settings(max_examples=60, deadline=None)
@given(sets, st.datetimes(datetime(2027, 1, 1), datetime(2027, 12, 31)))
def test_a_script_says_exactly_one_greeting(some: list[Schedule], local: datetime) -> None:
    greetings = tuple(ScriptGreeting(text=NOTHING, when=one) for one in (*some, ALWAYS))
    said = Script(greetings=greetings).greeting(Circumstances(local=local))
    assert said in greetings


def test_of_equals_the_first_wins_wherever_the_others_stand() -> None:
    night = Schedule(start=time(22), end=time(6))
    at = Circumstances(local=datetime(2027, 1, 11, 23))
    one, other = (ScriptGreeting(text=NOTHING, when=when) for when in (night, replace(night)))
    assert Script(greetings=(one, other)).greeting(at) is one
    assert Script(greetings=(other, one)).greeting(at) is other


MONDAY = datetime(2027, 1, 11, 12)
CHRISTMAS = {"first": date(2027, 1, 4), "last": date(2027, 1, 17)}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Schedule(**CHRISTMAS), Schedule(holiday=True)),  # type: ignore[arg-type]
        (Schedule(first=date(2027, 1, 11), last=date(2027, 1, 11)), Schedule(**CHRISTMAS)),  # type: ignore[arg-type]
        (Schedule(**CHRISTMAS), Schedule(first=date(2027, 1, 1))),  # type: ignore[arg-type]
        (Schedule(first=date(2027, 1, 1)), Schedule(holiday=True)),
        (Schedule(holiday=True), Schedule(dialled="1")),
        (Schedule(dialled="1"), Schedule(line="amt")),
        (Schedule(line="amt"), Schedule(language="en")),
        (Schedule(language="en"), Schedule(start=time(12), end=time(12, 1))),
        (Schedule(start=time(12), end=time(13)), Schedule(weekdays=(0,))),
        (Schedule(holiday=False), ALWAYS),
    ],
)
def test_the_more_specific_comes_first(better: Schedule, worse: Schedule) -> None:
    assert better.rank < worse.rank


def test_a_night_is_of_the_day_on_which_it_began() -> None:
    eve = Schedule(start=time(22), end=time(6), first=date(2027, 1, 10), last=date(2027, 1, 10))
    assert eve.holds(Circumstances(local=datetime(2027, 1, 11, 5, 59)))
    assert not eve.holds(Circumstances(local=datetime(2027, 1, 10, 5)))
    feast = Schedule(start=time(22), end=time(6), holiday=True)
    after = Circumstances(local=datetime(2027, 1, 2, 3), holidays=frozenset({date(2027, 1, 1)}))
    assert feast.holds(after)
    assert not feast.holds(replace(after, local=datetime(2027, 1, 1, 3)))
