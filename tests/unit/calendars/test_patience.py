"""An end to endless computations."""

from __future__ import annotations

import sys
import time

import pytest

from receptionist.calendars.patience import TooSlow, at_most


def _forever() -> None:
    while True:
        abs(-1)


def test_an_endless_block_ends() -> None:
    former = sys.getprofile()
    with pytest.raises(TooSlow), at_most(0.05):
        _forever()
    assert sys.getprofile() is former


def test_a_short_block_is_left_alone() -> None:
    former = sys.getprofile()
    with at_most(60):
        time.monotonic()
    assert sys.getprofile() is former


def test_other_errors_pass() -> None:
    former = sys.getprofile()
    with pytest.raises(KeyError), at_most(60):
        {}["x"]
    assert sys.getprofile() is former
