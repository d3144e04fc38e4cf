"""Half-open periods."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.period import Period, merged, pieces

MIDNIGHT = datetime(2027, 3, 1, tzinfo=UTC)


def hours(start: int, end: int) -> Period:
    return Period(MIDNIGHT + timedelta(hours=start), MIDNIGHT + timedelta(hours=end))


def test_touching_is_not_overlapping() -> None:
    assert not hours(8, 9).overlaps(hours(9, 10))
    assert hours(8, 10).overlaps(hours(9, 10))
    assert hours(8, 12).overlaps(hours(9, 10))


def test_widened() -> None:
    assert hours(8, 9).widened(timedelta(hours=1), timedelta(hours=2)) == hours(7, 11)


periods = st.tuples(st.integers(0, 40), st.integers(1, 10)).map(lambda p: hours(p[0], sum(p)))


@given(st.lists(periods))
def test_merged_holds_the_same_hours_apart(many: list[Period]) -> None:
    result = merged(many)
    assert all(a.end < b.start for a, b in pairwise(result))
    for hour in range(51):
        at = hours(hour, hour + 1)
        assert any(p.overlaps(at) for p in many) == any(p.overlaps(at) for p in result)


@given(periods, st.integers(1, 60))
def test_pieces_follow_each_other_and_are_the_whole(whole: Period, longest: int) -> None:
    found = list(pieces(whole, timedelta(hours=longest)))
    assert (found[0].start, found[-1].end) == (whole.start, whole.end)
    assert all(before.end == after.start for before, after in pairwise(found))
    assert all(timedelta() < one.duration <= timedelta(hours=longest) for one in found)


def test_nothing_has_no_pieces() -> None:
    assert list(pieces(hours(8, 8), timedelta(hours=1))) == []
