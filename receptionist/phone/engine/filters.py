"""The two filters of a `Cleaner`, and what keeps them from spoiling a voice that needs neither.

Importing this loads WebRTC's audio processing. Sound is mono at RATE, 16 bit, in frames of 10 ms.
"""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt
from livekit.rtc import AudioFrame
from livekit.rtc.apm import AudioProcessingModule

from receptionist.phone.engine.ring import RATE

FRAME = RATE // 100
Sound = npt.NDArray[np.float64]

_HIGH_PASS = (
    ((0.87735394207, -1.75468392075, 0.87735394207), (-1.88168731786, 0.88805846446)),
    ((1.0, -1.99981014346, 1.0), (-1.97603541717, 0.97797086447)),
    ((1.0, -1.99966923139, 1.0), (-1.99426586776, 0.99548615946)),
)
"""What the canceller always takes away below 100 Hz: the ground of a deep voice."""

_OFFSET = ((0.99804, -0.99804, 0.0), (-0.99607, 0.0))
"""Below 10 Hz nobody speaks."""

_LOW_TAPS = RATE // 10
_CANCELLER_DELAY, _CANCELLER_DELAY_ALONE, _SUPPRESSOR_DELAY = 128, 64, 96
"""Samples a voice takes through the library, less before anything was ever played."""

_SOFT = 32_768.0**2 * 10**-5
"""The power of what is 50 dB below the loudest there is: too soft a playback for an echo."""

_QUIET = 32_768.0**2 * 10**-6
"""60 dB below: the pauses of a room in which noise need not be suppressed."""

_ECHO_FRAMES = 30
_LOOK_FRAMES, _LOOKS = 50, 3
_NO_LIMIT = float("inf")


def _biquad(sound: Sound, b: tuple[float, ...], a: tuple[float, ...]) -> Sound:
    first = second = 0.0
    out = []
    for value in sound.tolist():
        result = b[0] * value + first
        first = b[1] * value - a[0] * result + second
        second = b[2] * value - a[1] * result
        out.append(result)
    return np.array(out)


def _taken_away() -> Sound:
    """The impulse response of what the high-pass takes, but for what nobody hears."""
    impulse = np.zeros(_LOW_TAPS)
    impulse[0] = 1.0
    passed = impulse
    for b, a in _HIGH_PASS:
        passed = _biquad(passed, b, a)
    return _biquad(impulse - passed, *_OFFSET)


def _floats(frame: bytes) -> Sound:
    return np.frombuffer(frame, np.int16).astype(np.float64)


def _pcm(sound: Sound) -> bytes:
    return np.clip(np.rint(sound), -32_768, 32_767).astype(np.int16).tobytes()


def _power(sound: Sound) -> float:
    return float(sound @ sound) / len(sound)


def _audio_frame(frame: bytes) -> AudioFrame:
    return AudioFrame(bytearray(frame), RATE, 1, FRAME)


def _processed(library: AudioProcessingModule, frame: bytes) -> Sound:
    audio = _audio_frame(frame)
    library.process_stream(audio)
    return _floats(bytes(audio.data.cast("B")))


class Canceller:
    """Takes out what the headset plays. While it plays nothing, the voice keeps its low end.

    `played` and `cleaned` may come on two threads.
    """

    def __init__(self) -> None:
        self._library = AudioProcessingModule(echo_cancellation=True, high_pass_filter=True)
        self._low = _taken_away()
        self._before = np.zeros(len(self._low) - 1 + _CANCELLER_DELAY)
        self._delay = _CANCELLER_DELAY_ALONE
        self._sounds = 0
        self._share = 1.0

    def played(self, frame: bytes) -> None:
        """The headset plays this."""
        loud = _power(_floats(frame)) > _SOFT
        self._sounds = _ECHO_FRAMES if loud else max(0, self._sounds - 1)
        self._delay = _CANCELLER_DELAY
        self._library.process_reverse_stream(_audio_frame(frame))

    def cleaned(self, frame: bytes) -> bytes:
        """The microphone's sound without it."""
        self._library.set_stream_delay_ms(0)
        out = _processed(self._library, frame)
        recent = np.concatenate([self._before, _floats(frame)])
        self._before = recent[FRAME:]
        share, self._share = self._share, 0.0 if self._sounds else 1.0
        if share or self._share:
            early, late = _CANCELLER_DELAY - self._delay, len(recent) - self._delay
            low = np.convolve(recent[early:late], self._low, "valid")
            out += low * np.linspace(share, self._share, FRAME)
        return _pcm(out)


class Suppressor:
    """Takes out noise where there is any, judged by how quiet it gets in between. One thread."""

    def __init__(self) -> None:
        self._library = AudioProcessingModule(noise_suppression=True, high_pass_filter=True)
        self._before = np.zeros(_SUPPRESSOR_DELAY)
        self._quietest = deque([_NO_LIMIT], maxlen=_LOOKS)
        self._looked = 0
        self._share = 1.0

    def cleaned(self, frame: bytes) -> bytes:
        """The sound without noise; where there is none, as it is."""
        out = _processed(self._library, frame)
        recent = np.concatenate([self._before, _floats(frame)])
        self._before = recent[FRAME:]
        share, self._share = self._share, 1.0 if self._noisy(recent[-FRAME:]) else 0.0
        mix = np.linspace(share, self._share, FRAME)
        return _pcm(out * mix + recent[:FRAME] * (1 - mix))

    def _noisy(self, sound: Sound) -> bool:
        self._quietest[-1] = min(self._quietest[-1], _power(sound))
        quiet = min(self._quietest) < (_QUIET / 2 if self._share else _QUIET)
        self._looked += 1
        if self._looked == _LOOK_FRAMES:
            self._looked = 0
            self._quietest.append(_NO_LIMIT)
        return not quiet
