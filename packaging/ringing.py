"""Makes resources/sounds/ringing.wav: two soft bells a fifth apart, then a pause.

python packaging/ringing.py resources/sounds/ringing.wav
"""

from __future__ import annotations

import math
import sys
import wave
from array import array

RATE = 16_000
SECONDS = 3.2
STRIKES = ((0.0, 523.25), (0.16, 784.0), (0.55, 523.25), (0.71, 784.0))
PARTIALS = ((1.0, 1.0, 4.5), (2.0, 0.25, 7.0), (3.01, 0.08, 11.0))
LOUDNESS = 7000


def bell(at: float, pitch: float) -> float:
    """A struck bar `at` seconds after the stroke: it rises in 6 ms and dies away."""
    if at < 0:
        return 0.0
    rise = min(1.0, at / 0.006)
    return rise * sum(
        part * math.exp(-fall * at) * math.sin(2 * math.pi * pitch * times * at)
        for times, part, fall in PARTIALS
    )


def ringing() -> array[int]:
    """One ring and its pause, faded so that it may be repeated without a click."""
    samples = array("h")
    for i in range(round(SECONDS * RATE)):
        at = i / RATE
        fade = max(0.0, min(1.0, (2.4 - at) / 0.4))
        value = sum(bell(at - start, pitch) for start, pitch in STRIKES)
        samples.append(round(LOUDNESS * fade * value))
    return samples


def write(path: str) -> None:
    """Write the ring as a WAV file: mono, 16 bit."""
    samples = ringing()
    if sys.byteorder == "big":
        samples.byteswap()
    with wave.open(path, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(samples.tobytes())


if __name__ == "__main__":
    write(sys.argv[1])
