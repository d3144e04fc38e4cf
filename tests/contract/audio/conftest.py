"""A private sound system, and engines with nothing but the audio bridge."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.doubles.pulse import RATE, Pulse

PEER = Path(__file__).with_name("peer.py")
ROOT = Path(__file__).parents[3]
PATIENCE_S = 30.0


class Bridge:
    """Talks to peer.py; its docstring lists the commands, which are methods here."""

    def __init__(self, environment: dict[str, str], settings: dict[str, str | bool]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(PEER), json.dumps(settings)],
            env={**environment, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, name: str, *values: Any) -> Any:
        """One command and its answer. A peer that is gone fails the test."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([name, *values]) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, f"the bridge ended: {self.process.wait(PATIENCE_S)}"
        return json.loads(answer)

    def state(self) -> dict[str, Any]:
        """Description and counts."""
        return dict(self.ask("state"))

    def hears(self, pitch: int) -> bool:
        """Whether the last 100 ms the caller heard are this tone."""
        return pitched(self.ask("heard", 0.1), pitch)

    def close(self) -> None:
        """End it; it must end well."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        try:
            assert self.process.wait(PATIENCE_S) == 0
        finally:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()


def tone(pitch: int, seconds: float) -> bytes:
    """So many seconds of a tone, mono, 16 bit."""
    turn = 2 * math.pi * pitch / RATE
    wave = (round(9000 * math.sin(turn * i)) for i in range(round(seconds * RATE)))
    return array("h", wave).tobytes()


def strength(sound: Sequence[int], pitch: int) -> float:
    """The amplitude of a tone in the sound (one line of a Fourier transform)."""
    turn = 2 * math.pi * pitch / RATE
    real = sum(value * math.cos(turn * i) for i, value in enumerate(sound))
    imaginary = sum(value * math.sin(turn * i) for i, value in enumerate(sound))
    return 2 * math.hypot(real, imaginary) / max(1, len(sound))


def pitched(sound: Sequence[int], pitch: int) -> bool:
    """Whether this tone is what there is to hear."""
    loud = math.sqrt(2 * sum(value * value for value in sound) / max(1, len(sound)))
    return loud > 1000 and strength(sound, pitch) > 0.8 * loud


def eventually(true: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """Ask again and again until it is true; fail after so long."""
    until = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < until, f"never: {what}"
        time.sleep(0.05)


@pytest.fixture
def pulse() -> Iterator[Pulse]:
    """A fresh sound system."""
    with Pulse() as daemon:
        yield daemon


@pytest.fixture
def bridge(pulse: Pulse) -> Iterator[Callable[..., Bridge]]:
    """Starts bridges: `bridge(microphone="Mic", headset="Ear")`; they clean nothing unless told."""
    started: list[Bridge] = []

    def start(**settings: str | bool) -> Bridge:
        raw: dict[str, str | bool] = {"denoise": False, "cancel_echo": False}
        started.append(Bridge(pulse.environment, raw | settings))
        return started[-1]

    yield start
    for one in started:
        one.close()
