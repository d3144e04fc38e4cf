"""Whether what was heard is what was said: how loud it is, frame by frame of 20 ms."""

from __future__ import annotations

import array
import wave
from collections.abc import Sequence
from pathlib import Path
from statistics import correlation

_FRAMES_A_SECOND = 50


def of_file(path: Path) -> list[int]:
    """The mean of the absolute samples of each frame of a WAV with 16 bits."""
    with wave.open(str(path)) as sound:
        step = sound.getframerate() // _FRAMES_A_SECOND * sound.getnchannels()
        samples = array.array("h", sound.readframes(sound.getnframes()))
    return [sum(map(abs, samples[at : at + step])) // step for at in range(0, len(samples), step)]


def likeness(said: Sequence[float], heard: Sequence[float]) -> float:
    """How well it fits where it fits best, up to 1."""
    starts = range(len(heard) - len(said) + 1)
    return max((correlation(said, heard[at : at + len(said)]) for at in starts), default=0.0)
