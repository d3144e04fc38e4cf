"""What is left of noise, of echo and of the voice: simulated, so the same everywhere."""

from __future__ import annotations

import math
import random
from array import array
from collections.abc import Sequence

import pytest

from receptionist.model.sound import Sound
from receptionist.phone.engine import treatment
from receptionist.phone.engine.cleaning import FRAME, Cleaner
from receptionist.phone.engine.ring import RATE
from receptionist.phone.engine.treatment import Treatment, amplified

NOISE = 300
UNEVEN = 7 * FRAME // 3
"""Devices give blocks of any size."""


def speech(seconds: float, pitch: float, seed: int) -> list[float]:
    """Something like a voice: a buzz of harmonics in syllables of random length and height."""
    luck = random.Random(seed)
    out: list[float] = []
    while len(out) < seconds * RATE:
        length = int(RATE * luck.uniform(0.1, 0.25))
        base = 2 * math.pi * pitch * luck.uniform(0.8, 1.3) / RATE
        tilt = luck.uniform(0.8, 1.6)
        for i in range(length):
            swell = math.sin(math.pi * i / length)
            out.append(
                swell * sum(math.sin(base * h * i + h) / h**tilt for h in range(1, 14)) * 2500
            )
        out += [0.0] * int(RATE * luck.uniform(0.03, 0.2))
    return out[: int(seconds * RATE)]


def decibels(sound: Sequence[float]) -> float:
    return 10 * math.log10(sum(one * one for one in sound) / len(sound) + 1e-9)


def pcm(sound: Sequence[float]) -> bytes:
    return array("h", (max(-32768, min(32767, round(one))) for one in sound)).tobytes()


def cleaned(cleaner: Cleaner, near: Sequence[float], far: Sequence[float] = ()) -> array[int]:
    """What comes out, in blocks of which a frame is no part; the rest of a frame stays inside."""
    out = b""
    for at in range(0, len(near), UNEVEN):
        if far:
            cleaner.played(pcm(far[at : at + UNEVEN]))
        out += cleaner.cleaned(pcm(near[at : at + UNEVEN]))
    return array("h", out)


def test_noise_goes_and_the_voice_stays() -> None:
    luck = random.Random(3)
    voice = [0.0] * (4 * RATE) + speech(6, 140, 1)
    near = [one + luck.gauss(0, NOISE) for one in voice]
    out = cleaned(Cleaner(denoise=True, cancel_echo=False), near)
    assert len(near) - len(out) < FRAME
    pause, speaks = slice(2 * RATE, 4 * RATE), slice(6 * RATE, 10 * RATE)
    assert decibels(near[pause]) - decibels(out[pause]) >= 10
    assert decibels(out[speaks]) == pytest.approx(decibels(voice[speaks]), abs=3)


@pytest.mark.parametrize("delay_ms", [30, 150])
def test_what_the_headset_plays_does_not_go_back(delay_ms: int) -> None:
    luck = random.Random(5)
    far = speech(8, 180, 2)
    late = delay_ms * RATE // 1000
    near = [one * 0.3 + luck.gauss(0, 3) for one in [0.0] * late + far[:-late]]
    out = cleaned(Cleaner(denoise=False, cancel_echo=True), near, far)
    settled = slice(4 * RATE, 8 * RATE - FRAME)
    assert decibels(near[settled]) - decibels(out[settled]) >= 20


def test_who_answers_what_the_headset_played_is_not_taken_for_its_echo() -> None:
    luck = random.Random(5)
    pause, far, voice = [0.0] * RATE, list[float](), list[float]()
    for turn in range(4):
        far += speech(1, 180, turn) + pause
        voice += pause + speech(1, 120, 9 + turn)
    near = [one + luck.gauss(0, 3) for one in voice]
    out = cleaned(Cleaner(denoise=False, cancel_echo=True), near, far)
    settled = slice(4 * RATE, 8 * RATE - FRAME)
    assert decibels(out[settled]) == pytest.approx(decibels(voice[settled]), abs=3)


@pytest.mark.parametrize(("plays", "late"), [(True, 128 + 96), (False, 64 + 96)])
def test_where_nothing_is_to_be_cleaned_the_voice_stays_whole(plays: bool, late: int) -> None:
    """Its low end too, which the library takes away."""
    luck = random.Random(5)
    voice = [0.0] * RATE + speech(4, 90, 4)
    near = [one + luck.gauss(0, 3) for one in voice]
    cleaner = Cleaner(denoise=True, cancel_echo=True)
    out = cleaned(cleaner, near, [0.0] * len(near) if plays else ())
    speaks = range(2 * RATE, 4 * RATE)
    wrong = [out[at + late] - voice[at] for at in speaks]
    assert decibels([voice[at] for at in speaks]) - decibels(wrong) >= 12


def test_gain_clips_instead_of_turning_over() -> None:
    assert array("h", amplified(pcm([100, -20_000, 20_000]), 200)).tolist() == [200, -32768, 32767]
    assert array("h", amplified(pcm([100, -100]), 50)).tolist() == [50, -50]


def test_a_library_that_is_not_there_leaves_the_sound_as_it_is(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, errors_expected: None
) -> None:
    def missing(**wanted: bool) -> Cleaner:
        raise ImportError("no such library")

    monkeypatch.setattr(treatment, "Cleaner", missing)
    sound = Treatment(Sound())
    sound.prepare()
    assert sound.spoken(pcm([1, 2, 3])) == pcm([1, 2, 3])
    assert "no such library" in caplog.text


def test_cleaning_is_switched_in_the_middle() -> None:
    sound = Treatment(Sound(denoise=False, cancel_echo=False))
    sound.prepare()
    block = pcm([1000.0] * 80)
    assert sound.spoken(block) == block
    sound.use(Sound())
    sound.prepare()
    assert sound.spoken(block) == b"", "half a frame waits for its other half"
    sound.use(Sound(denoise=False, cancel_echo=False))
    sound.prepare()
    assert sound.spoken(block) == block
