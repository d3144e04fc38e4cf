"""Two headsets on one null sink of four channels, so that what is said and heard has one clock.

What is played into a mouth comes out of its microphone; recorded are both mouths and both ears.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import miniaudio
import numpy as np
import numpy.typing as npt

from tests.doubles.pulse import RATE, Pulse

Sound = npt.NDArray[np.float64]

CHANNELS = {
    "near_mouth": "front-left",
    "near_ear": "front-right",
    "far_mouth": "rear-left",
    "far_ear": "rear-right",
}
_MAP = ",".join(CHANNELS.values())
_FORM = ["--raw", "--format=s16le", f"--rate={RATE}"]
_SINK_RATE = 50_000
"""A frame is 20 µs. A null sink counts in whole ones, and at 48,000 runs fast by 450 ppm."""

_LONGEST_DELAY_S = 1.0
_BEFORE_S, _AFTER_S = 0.3, 1.2
_FRAME = RATE // 100
_AROUND = 4
"""So many hundredths on each side of a loud one are loud too where it counts as missing."""

_LOUD, _GONE = 500.0, 0.02


class Rig:
    """The sound system with both headsets, as a context manager."""

    def __init__(self) -> None:
        self.pulse = Pulse()

    def __enter__(self) -> Self:
        self.pulse.__enter__()
        load = self.pulse.load
        load(
            "module-null-sink",
            f"sink_name=rig rate={_SINK_RATE} channels=4 norewinds=1",
            f"channel_map={_MAP}",
        )
        for name, channel in CHANNELS.items():
            part = f"channels=1 master_channel_map={channel} channel_map=mono remix=no"
            words = f"device.description={name}"
            load(
                "module-remap-sink",
                f"sink_name={name} master=rig {part}",
                f"sink_properties={words}",
            )
            load(
                "module-remap-source",
                f"source_name={name}_mic master=rig.monitor {part}",
                f"source_properties={words}_mic",
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.pulse.close()

    def say(self, speech: bytes, mouth: str) -> dict[str, Sound]:
        """Say it at one side; what was to be heard everywhere meanwhile, by channel."""
        command = ["parec", *_FORM, "--channels=4", f"--channel-map={_MAP}", "--no-remix"]
        with tempfile.TemporaryFile() as file:
            recorder = subprocess.Popen(
                [*command, "--device=rig.monitor", "--latency-msec=20"],
                env=self.pulse.environment,
                stdout=file,
            )
            time.sleep(_BEFORE_S)
            self.pulse.play(speech, mouth).wait()
            time.sleep(_AFTER_S)
            recorder.kill()
            recorder.wait()
            file.seek(0)
            raw = file.read()
        frames = np.frombuffer(raw[: len(raw) // 8 * 8], np.int16).reshape(-1, 4)
        return {name: frames[:, at].astype(np.float64) for at, name in enumerate(CHANNELS)}


@dataclass(frozen=True)
class Passage:
    """What became of a sentence: how late it came, and how alike it is (1: the same)."""

    delay_ms: float
    likeness: float
    said: Sound
    heard: Sound

    @property
    def missing_ms(self) -> float:
        """How long nothing was heard where it was loud before and after."""
        said, heard = _loudness(self.said), _loudness(self.heard)
        around = np.lib.stride_tricks.sliding_window_view(said, 2 * _AROUND + 1).min(axis=1)
        gone = heard[_AROUND:-_AROUND] < _GONE * around
        return 10.0 * int(np.count_nonzero(gone & (around > _LOUD)))


def _loudness(sound: Sound) -> Sound:
    """By hundredths of a second."""
    frames = sound[: len(sound) // _FRAME * _FRAME].reshape(-1, _FRAME)
    return np.asarray(np.sqrt((frames**2).mean(axis=1)))


def passage(said: Sound, heard: Sound) -> Passage:
    """Find what was said again in what was heard."""
    loud = np.flatnonzero(np.abs(said) > 200)
    assert loud.size, "nothing was said"
    begin, end = int(loud[0]), int(loud[-1]) + 1
    voice = said[begin:end]
    window = heard[begin : end + int(_LONGEST_DELAY_S * RATE)]
    size = 1 << (len(window) + len(voice)).bit_length()
    both = np.fft.irfft(np.fft.rfft(window, size) * np.conj(np.fft.rfft(voice, size)))
    late = int(np.argmax(both[: int(_LONGEST_DELAY_S * RATE)]))
    aligned = window[late : late + len(voice)]
    strength = float(np.linalg.norm(voice) * np.linalg.norm(aligned)) or 1.0
    return Passage(late * 1000 / RATE, float(voice @ aligned) / strength, voice, aligned)


def sentences(directory: Path, texts: Sequence[str]) -> list[bytes]:
    """Spoken by espeak-ng, mono, 16 bit."""
    spoken = []
    for number, text in enumerate(texts):
        path = directory / f"sentence-{number}.wav"
        subprocess.run(["espeak-ng", "-v", "de", "-s", "150", "-w", str(path), text], check=True)
        form = miniaudio.SampleFormat.SIGNED16
        sound = miniaudio.decode_file(str(path), form, nchannels=1, sample_rate=RATE)
        spoken.append(sound.samples.tobytes())
    return spoken
