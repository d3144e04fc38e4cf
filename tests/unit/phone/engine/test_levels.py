"""How loud sound is, on a scale of 0 to 100."""

from __future__ import annotations

import math
from array import array

import pytest

from receptionist.phone.engine.levels import Meter, level


def tone(loudest: int) -> bytes:
    return array("h", (round(loudest * math.sin(i * 0.4)) for i in range(1600))).tobytes()


@pytest.mark.parametrize(
    ("decibels", "shown"), [(0, 100), (-6, 90), (-30, 50), (-60, 0), (-90, 0), (3, 100)]
)
def test_the_scale_is_even_in_decibels(decibels: int, shown: int) -> None:
    assert level(32768**2 * 10 ** (decibels / 10)) == shown


def test_silence_is_nothing() -> None:
    assert level(0) == 0


def test_a_meter_measures_what_went_by_since_it_was_read() -> None:
    meter = Meter()
    meter.on = True
    assert meter.read() == 0
    meter.take(tone(32767))
    assert meter.read() == 95
    meter.take(tone(328))
    assert meter.read() == 28
    assert meter.read() == 0


def test_a_meter_that_is_off_measures_nothing() -> None:
    meter = Meter()
    meter.take(tone(32767))
    assert meter.read() == 0
