"""Makes what callers hear while nobody answers: music, beep and busy tone.

python packaging/waiting.py resources/sounds/waiting
"""

from __future__ import annotations

import math
import sys
import wave
from array import array
from collections.abc import Callable
from pathlib import Path

RATE = 16_000
BEAT_S = 0.5
CHORDS = (
    (130.81, (261.63, 329.63, 392.00, 523.25)),
    (110.00, (220.00, 261.63, 329.63, 440.00)),
    (87.31, (174.61, 220.00, 261.63, 349.23)),
    (98.00, (196.00, 246.94, 293.66, 392.00)),
)
WALK = (0, 1, 2, 3, 2, 1, 2, 1)
MELODY = (
    (659.26, 0.0, 3),
    (587.33, 3.0, 1),
    (523.25, 4.0, 4),
    (659.26, 8.0, 2),
    (783.99, 10.0, 2),
    (880.00, 12.0, 4),
    (698.46, 16.0, 3),
    (659.26, 19.0, 1),
    (523.25, 20.0, 4),
    (587.33, 24.0, 3),
    (493.88, 27.0, 1),
    (587.33, 28.0, 4),
)
"""Pitch, first beat, beats."""


def struck(at: float, pitch: float, fall: float) -> float:
    """A soft bar `at` seconds after the stroke."""
    rise = min(1.0, at / 0.008)
    tone = math.sin(2 * math.pi * pitch * at) + 0.2 * math.sin(4 * math.pi * pitch * at)
    return rise * math.exp(-fall * at) * tone


def music() -> array[int]:
    """Four chords walked through, with a melody above; its end rings into its beginning."""
    beats = len(CHORDS) * len(WALK)
    length = round(beats * BEAT_S * RATE)
    mix = [0.0] * length
    for bar, (root, chord) in enumerate(CHORDS):
        start = bar * len(WALK)
        _add(mix, root, start, 0.5, 0.9)
        for step, note in enumerate(WALK):
            _add(mix, chord[note], start + step, 0.45, 2.2)
    for pitch, beat, beats_long in MELODY:
        _add(mix, pitch, beat, 0.55, 1.6 / beats_long + 0.5)
    loudest = max(abs(value) for value in mix)
    return array("h", (round(9000 * value / loudest) for value in mix))


def _add(mix: list[float], pitch: float, beat: float, volume: float, fall: float) -> None:
    start = round(beat * BEAT_S * RATE)
    for i in range(round(4.0 * RATE)):
        mix[(start + i) % len(mix)] += volume * struck(i / RATE, pitch, fall)


def tone(pitch: float, heard: Callable[[float], bool], seconds: float) -> array[int]:
    """A tone where it is `heard`, with soft edges of 5 ms."""
    samples, volume = array("h"), 0.0
    for i in range(round(seconds * RATE)):
        target = 1.0 if heard(i / RATE) else 0.0
        volume += max(-1.0, min(1.0, (target - volume) * 200)) / (0.005 * RATE)
        volume = max(0.0, min(1.0, volume))
        samples.append(round(7000 * volume * math.sin(2 * math.pi * pitch * i / RATE)))
    return samples


def write(path: Path, samples: array[int]) -> None:
    """Write a WAV file: mono, 16 bit."""
    if sys.byteorder == "big":
        samples.byteswap()
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(samples.tobytes())


if __name__ == "__main__":
    directory = Path(sys.argv[1])
    write(directory / "music.wav", music())
    write(directory / "beep.wav", tone(1000.0, lambda at: 0.2 <= at < 0.5, 0.6))
    write(directory / "busy.wav", tone(425.0, lambda at: at % 0.96 < 0.48, 3.84))
