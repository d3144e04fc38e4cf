"""How much a source may send."""

from __future__ import annotations

from receptionist.phone.sip.limits import Bucket, Limits, Rubbish


def test_a_bucket_fills_again_up_to_its_brim() -> None:
    bucket = Bucket(rate=2, burst=3, now=0)
    assert [bucket.take(0) for _ in range(4)] == [True, True, True, False]
    assert [bucket.take(1) for _ in range(3)] == [True, True, False]
    assert [bucket.take(100) for _ in range(4)] == [True, True, True, False]


def test_each_source_has_its_own_and_all_share_one() -> None:
    limits = Limits(rate=1, burst=2, overall_rate=1, overall_burst=5)
    assert [limits.admits("a", 0) for _ in range(3)] == [True, True, False]
    assert [limits.admits("b", 0) for _ in range(3)] == [True, True, False]
    assert [limits.admits("c", 0) for _ in range(2)] == [True, False], "all together had five"
    assert limits.admits("c", 10)


def test_sources_are_not_remembered_for_ever() -> None:
    limits = Limits(rate=0, burst=1, overall_rate=1e9, overall_burst=1e9)
    assert limits.admits("first", 0)
    assert not limits.admits("first", 0)
    for number in range(5000):
        limits.admits(str(number), 0)
    assert limits.admits("first", 0)


def test_rubbish_is_told_now_and_then() -> None:
    rubbish = Rubbish(every_s=60)
    assert [rubbish.add(second) for second in (0, 1, 59, 60, 61, 120)] == [1, 0, 0, 3, 0, 2]
    assert rubbish.count == 6
