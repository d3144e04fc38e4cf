"""Whether somebody was heard: speech in what an engine has recorded."""

from __future__ import annotations

import array
import sys
from pathlib import Path

_HEADER = 44
_HZ = 16_000
_FRAME = _HZ // 50
_LOUD = 500
"""Mean amplitude of a 20 ms frame that is no silence (of 32,767)."""


def speech_seconds(recording: Path) -> float | None:
    """Seconds that are not silent in a 16-bit mono WAV of 16 kHz; None without a recording."""
    try:
        raw = recording.read_bytes()[_HEADER:]
    except OSError:
        return None
    samples = array.array("h", raw[: len(raw) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    frames = (samples[at : at + _FRAME] for at in range(0, len(samples), _FRAME))
    loud = sum(1 for frame in frames if sum(map(abs, frame)) > _LOUD * len(frame))
    return round(loud * 0.02, 2)
