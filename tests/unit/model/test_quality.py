"""The worst of what was measured."""

from __future__ import annotations

from receptionist.model.quality import Quality


def test_each_figure_by_itself() -> None:
    one = Quality(codec="G722", encrypted=True, loss_permille=5, jitter_ms=40, mos_tenths=41)
    two = Quality(codec="PCMA", encrypted=True, loss_permille=90, round_trip_ms=12, mos_tenths=28)
    worst = Quality(
        codec="PCMA",
        encrypted=True,
        loss_permille=90,
        jitter_ms=40,
        round_trip_ms=12,
        mos_tenths=28,
    )
    assert one.worst(two) == worst == two.worst(one)


def test_a_stretch_in_the_open_makes_the_call_one_in_the_open() -> None:
    assert not Quality(encrypted=True).worst(Quality()).encrypted


def test_an_estimate_that_is_not_known_is_not_the_worst() -> None:
    known = Quality(codec="G722", mos_tenths=40)
    assert known.worst(Quality(codec="PCMA")).mos_tenths == 40
    assert Quality(codec="PCMA").worst(known).codec == "G722"
