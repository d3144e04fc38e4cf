"""The E-model at points that its recommendation and common tables give."""

from __future__ import annotations

import pytest

from receptionist.model.emodel import mean_opinion, mos_tenths, rating


@pytest.mark.parametrize(
    ("r", "mos"),
    [(93.2, 4.41), (90, 4.34), (80, 4.03), (70, 3.60), (60, 3.10), (50, 2.58), (0, 1), (100, 4.5)],
)
def test_a_rating_is_an_opinion(r: float, mos: float) -> None:
    """G.107 annex B, table B.1."""
    assert mean_opinion(r) == pytest.approx(mos, abs=0.01)


def test_nothing_wrong_is_the_default_rating() -> None:
    assert rating("PCMA", 0, 0) == 93.2


def test_loss_costs_what_g107_says() -> None:
    """5 % of G.711 with concealment: 95 * 5 / (5 + 25.1)."""
    assert rating("PCMU", 0.05, 0) == pytest.approx(93.2 - 15.78, abs=0.01)


def test_a_long_way_costs_more_beyond_the_knee() -> None:
    assert rating("PCMA", 0, 150) == pytest.approx(93.2 - 3.6)
    assert rating("PCMA", 0, 400) == pytest.approx(93.2 - 9.6 - 24.497)


def test_codecs_differ_without_loss() -> None:
    assert rating("GSM/8000", 0, 0) == pytest.approx(73.2)


def test_tenths_stay_between_the_ends() -> None:
    assert mos_tenths("PCMA", 0, 0, 0) == 44
    assert mos_tenths("PCMA", 1000, 500, 5000) == 10
    assert 25 <= mos_tenths("PCMA", 100, 20, 100) <= 35
