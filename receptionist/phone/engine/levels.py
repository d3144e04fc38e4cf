"""How loud sound is: its power over a tenth of a second, on a scale that ears would draw."""

from __future__ import annotations

import math
import threading
from array import array
from operator import mul

_FULL = 32_768
_RANGE_DB = 60
"""So much below the loudest there is counts as silence."""


def level(mean_square: float) -> int:
    """0 for silence, 100 for as loud as can be; even steps of decibels between."""
    if mean_square <= 0:
        return 0
    below = 10 * math.log10(_FULL * _FULL / mean_square)
    return max(0, min(100, round(100 * (1 - below / _RANGE_DB))))


class Meter:
    """Measures what goes by while `on`. `take` and `read` are for two threads."""

    def __init__(self) -> None:
        self.on = False
        self._lock = threading.Lock()
        self._power = 0
        self._samples = 0

    def take(self, pcm: bytes) -> None:
        """Sound went by."""
        if not self.on:
            return
        samples = array("h", pcm)
        power = sum(map(mul, samples, samples))
        with self._lock:
            self._power += power
            self._samples += len(samples)

    def read(self) -> int:
        """How loud it was since the last time, 0 to 100."""
        with self._lock:
            power, samples = self._power, self._samples
            self._power = self._samples = 0
        return level(power / samples) if samples else 0
