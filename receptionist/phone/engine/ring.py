"""The ring between two clocks: sound goes in at the writer's pace and out at the reader's.

A sound card and the engine never agree on what 16,000 samples a second are; 100–500 ppm apart is
usual. The ring steers on how much is left in it and plays very slightly faster or slower: a block
of 5 ms is resampled from 81 or 79 samples to 80, without a seam, as often as needed and no more.
Nothing is dropped or repeated while both sides keep going.
"""

from __future__ import annotations

import math
import threading
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

RATE = 16_000
"""Samples a second, mono, 16 bit signed, everywhere in the bridge."""

BYTES = 2
BLOCK = 80
PAST = 3
AHEAD = 4

_WINDOW = RATE // 2
_SETTLE_S = 4.0
_FASTEST = 0.008
_CAPACITY = RATE * 2 // 5
_MARGIN_STEP = RATE // 100
_MARGIN_MOST = RATE * 6 // 100
_MARGIN_RELEASE = RATE * 30
_NEAR_DRY = RATE // 500
_FADE = 64


def milliseconds(samples: float) -> float:
    """How long `samples` sound."""
    return samples * 1000 / RATE


@dataclass(frozen=True, slots=True)
class RingFigures:
    """What happened in a ring so far; `left_ms` is what was left over after the last read."""

    underruns: int
    overruns: int
    corrections: int
    left_ms: float
    margin_ms: float


def _kernel(phase: int) -> tuple[float, ...]:
    """Windowed sinc that reads `phase`/BLOCK of a sample after the fourth of eight samples."""
    taps = []
    for tap in range(PAST + 1 + AHEAD):
        t = tap - PAST - phase / BLOCK
        sinc = math.sin(math.pi * t) / (math.pi * t) if t else 1.0
        taps.append(sinc * math.cos(math.pi * t / (2 * AHEAD)) ** 2)
    total = sum(taps)
    return tuple(tap / total for tap in taps)


_KERNELS = tuple(_kernel(phase) for phase in range(BLOCK))


def stretched(samples: array[int], step: int) -> array[int]:
    """BLOCK samples that sound like BLOCK + `step` (±1) of the input.

    `samples` starts PAST samples before the block and ends AHEAD after it; the output joins what
    was played before and what comes after without a seam.
    """
    out = array("h", bytes(BLOCK * BYTES))
    for i in range(BLOCK):
        at = i + i * step // BLOCK
        value = sum(map(mul, _KERNELS[i * step % BLOCK], samples[at : at + PAST + 1 + AHEAD]))
        out[i] = max(-32768, min(32767, round(value)))
    return out


@lru_cache(maxsize=8)
def silence(samples: int) -> bytes:
    """So many samples of nothing."""
    return bytes(samples * BYTES)


def _faded(pcm: bytes, *, out: bool) -> bytes:
    """`pcm` rising from silence over its first 4 ms, or falling to it over its last."""
    samples = array("h", pcm)
    length = min(_FADE, len(samples))
    for i in range(length):
        at = len(samples) - 1 - i if out else i
        samples[at] = samples[at] * i // length
    return samples.tobytes()


class Ring:
    """Sound between a writer and a reader on two threads; a short lock, no waiting.

    Holds one block of the writer and a margin for its lateness. The level is counted as if the
    writer trickled instead of coming in blocks, so it does not jump when the two sides' blocks
    slip past each other. The margin grows when the ring nearly ran dry and shrinks in quiet times.
    `clock` gives seconds and is read at every call.
    """

    def __init__(self, margin_ms: float = 5.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._lock = threading.Lock()
        self._clock = clock
        self._pcm = bytearray()
        self._past = silence(PAST)
        self._flowing = False
        self._spilled = False
        self._written = 0
        self._written_at = 0.0
        self._least_margin = self._margin = round(margin_ms * RATE / 1000)
        self._quiet = 0
        self._rate = self._owed = 0.0
        self._left = self._low = self._seen = self._reads = 0
        self._level = 0.0
        self._underruns = self._overruns = self._corrections = 0

    @property
    def figures(self) -> RingFigures:
        """A snapshot; any thread."""
        return RingFigures(
            self._underruns,
            self._overruns,
            self._corrections,
            milliseconds(self._left),
            milliseconds(self._margin),
        )

    def write(self, pcm: bytes | bytearray | memoryview) -> None:
        """Put sound in. What nobody reads for 0.4 s gives way to what is newer."""
        with self._lock:
            self._pcm += pcm
            self._written = len(pcm) // BYTES
            self._written_at = self._clock()
            if len(self._pcm) > _CAPACITY * BYTES:
                self._spilled = True
                del self._pcm[: len(self._pcm) - _CAPACITY * BYTES // 2]

    def read(self, samples: int) -> bytes:
        """Exactly `samples` of sound, or of silence until enough has come in."""
        with self._lock:
            if self._spilled:
                self._overruns += self._flowing
                self._flowing = self._spilled = False
            starting = not self._flowing
            if starting and not self._start(samples):
                return silence(samples)
            have = len(self._pcm) // BYTES
            if have < samples:
                return self._dry(samples, have)
            pcm = self._take(samples, self._correction(samples, have))
            self._steer(samples)
            return _faded(pcm, out=False) if starting else pcm

    def restart(self) -> None:
        """Forget what is in it: one side was away, and what is old is of no use."""
        with self._lock:
            self._pcm.clear()
            self._flowing = self._spilled = False

    def _start(self, samples: int) -> bool:
        """Begin to flow when there is enough, with the newest of what there is."""
        enough = (samples + self._written + self._margin) * BYTES
        if len(self._pcm) < enough:
            return False
        del self._pcm[: len(self._pcm) - enough]
        self._flowing = True
        self._past = silence(PAST)
        self._rate = self._owed = 0.0
        self._open_window()
        return True

    def _dry(self, samples: int, have: int) -> bytes:
        """Not enough: fade out with what is there, and keep more in the ring from now on."""
        self._underruns += 1
        self._widen(_MARGIN_STEP)
        self._flowing = False
        self._left = 0
        rest = _faded(bytes(self._pcm), out=True)
        self._pcm.clear()
        return rest + silence(samples - have)

    def _correction(self, samples: int, have: int) -> int:
        """How many samples more (or fewer) to take now: at most one a block."""
        self._owed += self._rate * samples
        most = samples // BLOCK
        step = max(-most, min(most, int(self._owed)))
        if step and have < samples + step + AHEAD:
            return 0
        self._owed -= step
        return step

    def _take(self, samples: int, correction: int) -> bytes:
        step = 1 if correction > 0 else -1
        parts = []
        for _block in range(abs(correction)):
            ahead = bytes(self._pcm[: (BLOCK + step + AHEAD) * BYTES])
            parts.append(stretched(array("h", self._past + ahead), step).tobytes())
            self._consume(BLOCK + step)
        parts.append(self._consume(samples - BLOCK * abs(correction)))
        self._corrections += abs(correction)
        return b"".join(parts)

    def _consume(self, samples: int) -> bytes:
        pcm = bytes(self._pcm[: samples * BYTES])
        del self._pcm[: samples * BYTES]
        self._past = (self._past + pcm)[-PAST * BYTES :]
        return pcm

    def _steer(self, samples: int) -> None:
        """Watch what is left; every half second choose the pace that brings the level right."""
        self._left = len(self._pcm) // BYTES
        self._low = min(self._low, self._left)
        due = min(self._written, (self._clock() - self._written_at) * RATE)
        self._level += self._left + due
        self._reads += 1
        self._seen += samples
        if self._seen < _WINDOW:
            return
        if self._low < _NEAR_DRY:
            self._widen(_NEAR_DRY - self._low)
        self._relax()
        excess = self._level / self._reads - self._written - self._margin
        self._rate = max(-_FASTEST, min(_FASTEST, excess / (RATE * _SETTLE_S)))
        self._open_window()

    def _open_window(self) -> None:
        self._low, self._level, self._reads, self._seen = _CAPACITY, 0.0, 0, 0

    def _widen(self, samples: int) -> None:
        self._margin = min(self._margin + samples, _MARGIN_MOST)
        self._quiet = 0

    def _relax(self) -> None:
        self._quiet += _WINDOW
        if self._quiet >= _MARGIN_RELEASE and self._margin > self._least_margin:
            self._quiet = 0
            self._margin -= RATE // 1000
