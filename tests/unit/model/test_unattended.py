"""Of all rules exactly one wins at every minute, the most specific one."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from receptionist.model.agent import AgentState
from receptionist.model.unattended import (
    Moment,
    Occasion,
    Plan,
    Step,
    StepKind,
    UnattendedRule,
    winner,
)

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2027, 1, 11)
VOICEMAIL = (Step(kind=StepKind.VOICEMAIL),)

clocks = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))
spans = st.tuples(clocks, clocks).filter(lambda two: two[0] != two[1]) | st.just((None, None))
rules = st.builds(
    lambda occasion, days, span: UnattendedRule(
        occasion=occasion, weekdays=tuple(sorted(days)), start=span[0], end=span[1]
    ),
    st.sampled_from(Occasion),
    st.sets(st.integers(0, 6)),
    spans,
)


def minute_by_minute(rule: UnattendedRule, local: datetime) -> bool:
    """The same as `covers`, counted: a rule holds from its start until its end comes."""
    days = set(rule.weekdays) or set(range(7))
    if rule.start is None or rule.end is None:
        return local.weekday() in days
    for back in (0, 1):
        begins = datetime.combine(local.date() - timedelta(days=back), rule.start)
        ends = datetime.combine(begins.date(), rule.end)
        if ends <= begins:
            ends += timedelta(days=1)
        if begins.weekday() in days and begins <= local < ends:
            return True
    return False


@settings(max_examples=400, deadline=None)
@given(rules, st.datetimes(datetime(2027, 1, 1), datetime(2027, 12, 31)))
def test_a_rule_covers_what_counting_says(rule: UnattendedRule, local: datetime) -> None:
    assert rule.covers(local) == minute_by_minute(rule, local)


@settings(max_examples=30, deadline=None)
@given(rules)
def test_a_rule_knows_how_many_minutes_of_a_week_it_covers(rule: UnattendedRule) -> None:
    week = (MONDAY + timedelta(minutes=minute) for minute in range(7 * 24 * 60))
    assert sum(map(rule.covers, week)) == rule.minutes


@pytest.mark.parametrize("day", [datetime(2027, 3, 28), datetime(2027, 10, 31)])
@settings(max_examples=10, deadline=None)
@given(st.lists(rules, min_size=1, max_size=6), st.permutations(range(6)))
def test_exactly_one_wins_at_every_minute_when_the_clock_changes(
    day: datetime, some: list[UnattendedRule], order: list[int]
) -> None:
    first = (day - timedelta(days=1)).replace(tzinfo=UTC)
    for minute in range(0, 3 * 24 * 60):
        _one_wins(some, order, first + timedelta(minutes=minute))


@settings(max_examples=10, deadline=None)
@given(st.lists(rules, min_size=1, max_size=6), st.permutations(range(6)))
def test_exactly_one_wins_the_whole_year(some: list[UnattendedRule], order: list[int]) -> None:
    first = datetime(2027, 1, 1, tzinfo=UTC)
    for minute in range(0, 365 * 24 * 60, 97):  # every minute of an hour comes, at other hours
        _one_wins(some, order, first + timedelta(minutes=minute))


def _one_wins(some: list[UnattendedRule], order: list[int], at: datetime) -> None:
    """Nobody can be as good as the winner but one that says the very same times."""
    local = at.astimezone(BERLIN).replace(tzinfo=None)
    moment = Moment(
        local=local,
        closed=not 8 <= local.hour < 18,
        holiday=local.day == 1,
        state=(None, AgentState.READY, AgentState.BREAK, AgentState.WRAP_UP)[local.hour % 4],
    )
    holding = [one for one in some if moment.is_one(one.occasion) and one.covers(local)]
    won = winner(some, moment)
    if not holding:
        assert won is None
        return
    assert won in holding
    other = winner([some[index] for index in order if index < len(some)], moment)
    assert other is not None
    assert won is not None
    assert (other.minutes, _rank(other)) == (won.minutes, _rank(won))


def _rank(rule: UnattendedRule) -> tuple[bool, bool, Occasion | None]:
    passing = rule.occasion in (Occasion.BREAK, Occasion.WRAP_UP)
    lasting = rule.occasion in (Occasion.CLOSED, Occasion.ABSENT)
    return (
        rule.occasion is Occasion.HOLIDAY,
        passing,
        rule.occasion if lasting else None,
    )


def rule(occasion: Occasion = Occasion.ALWAYS, **more: object) -> UnattendedRule:
    return UnattendedRule(occasion=occasion, steps=VOICEMAIL, **more)  # type: ignore[arg-type]


def at(hour: int, **more: object) -> Moment:
    return Moment(local=MONDAY.replace(hour=hour), **more)  # type: ignore[arg-type]


LUNCH = {"start": time(12), "end": time(13)}
DAY = {"start": time(8), "end": time(18)}


@pytest.mark.parametrize(
    ("better", "worse", "moment"),
    [
        (rule(**LUNCH), rule(**DAY), at(12)),
        (rule(weekdays=(0,)), rule(**DAY), at(12)),
        (rule(weekdays=(0,)), rule(), at(12)),
        (rule(Occasion.BREAK), rule(**LUNCH), at(12, state=AgentState.BREAK)),
        (rule(Occasion.WRAP_UP), rule(**LUNCH), at(12, state=AgentState.WRAP_UP)),
        (
            rule(Occasion.HOLIDAY),
            rule(Occasion.BREAK),
            at(12, holiday=True, state=AgentState.BREAK),
        ),
        (rule(**LUNCH), rule(Occasion.CLOSED), at(12, closed=True)),
        (rule(Occasion.CLOSED), rule(Occasion.ABSENT), at(3, closed=True, state=None)),
        (rule(Occasion.ABSENT), rule(), at(12, state=None)),
        (rule(Occasion.BREAK, **LUNCH), rule(Occasion.BREAK), at(12, state=AgentState.BREAK)),
    ],
)
def test_the_more_specific_wins_wherever_it_stands(
    better: UnattendedRule, worse: UnattendedRule, moment: Moment
) -> None:
    assert winner([better, worse], moment) is better
    assert winner([worse, better], moment) is better


def test_of_equals_the_first_wins() -> None:
    first, second = rule(**LUNCH), rule(**LUNCH, ring_s=3)
    assert winner([first, second], at(12)) is first
    assert winner([second, first], at(12)) is second


def test_a_night_belongs_to_the_day_on_which_it_began() -> None:
    night = rule(weekdays=(6,), start=time(22), end=time(6))
    assert winner([night], at(5)) is night
    assert winner([night], at(6)) is None
    assert winner([night], at(23)) is None


def test_a_break_says_nothing_while_nobody_is_there() -> None:
    assert winner([rule(Occasion.BREAK)], at(12, state=None)) is None


def test_a_rule_without_steps_rings_on() -> None:
    assert UnattendedRule(ring_s=30).plan == Plan()
    assert UnattendedRule(ring_s=0, steps=VOICEMAIL).plan == Plan(ring_s=0, steps=VOICEMAIL)
