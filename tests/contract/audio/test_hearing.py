"""Messages are heard in the headset alone, and no longer than somebody wants to hear them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.doubles.pulse import Pulse

HEARER, ROOT = Path(__file__).with_name("hearer.py"), Path(__file__).parents[3]
CEILING_S = 60.0
Hearer = subprocess.Popen[str]


@pytest.fixture
def hearer(pulse: Pulse) -> Iterator[Callable[[str], Hearer]]:
    """Plays a tone into the device of a name. The loudspeaker is the system's default."""
    pulse.prefer("bell")
    begun: list[Hearer] = []

    def play(name: str) -> Hearer:
        environment = {**pulse.environment, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
        pipe = subprocess.PIPE
        begun.append(
            subprocess.Popen(
                [sys.executable, str(HEARER), name],
                env=environment,
                stdin=pipe,
                stdout=pipe,
                text=True,
            )
        )
        return begun[-1]

    yield play
    for one in begun:
        one.kill()
        one.communicate()


def told(hearer: Hearer) -> str:
    """The next line it writes."""
    assert hearer.stdout is not None
    return hearer.stdout.readline().strip()


def loud(pulse: Pulse, sink: str) -> bool:
    """Whether something comes out of a sink."""
    return max(map(abs, pulse.record(0.3, f"{sink}.monitor"))) > 1000


def until(condition: Callable[[], object], what: str) -> None:
    """Wait until it is so; fails after a generous ceiling."""
    deadline = time.monotonic() + CEILING_S
    while not condition():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.05)


def test_a_message_is_heard_in_the_headset_until_it_is_stopped(
    pulse: Pulse, hearer: Callable[[str], Hearer]
) -> None:
    plays = hearer("ear")
    assert told(plays) == "playing"
    until(lambda: loud(pulse, "ear"), "a tone in the headset")
    assert not loud(pulse, "bell")
    assert plays.stdin is not None
    plays.stdin.write("stop\n")
    plays.stdin.flush()
    assert told(plays) == "stopped"
    until(lambda: not loud(pulse, "ear"), "silence in the headset")


def test_it_never_comes_out_of_the_loudspeaker_instead(
    pulse: Pulse, hearer: Callable[[str], Hearer]
) -> None:
    nowhere = hearer("Nowhere")
    assert told(nowhere) == "playing"
    assert told(nowhere).startswith("ended The headset “Nowhere” is not there.")
    plays = hearer("Ear")
    assert told(plays) == "playing"
    until(lambda: loud(pulse, "ear"), "a tone in the headset")
    pulse.unplug("ear")
    assert told(plays).startswith("ended The headset “Ear” is not there.")
    until(lambda: not loud(pulse, "bell"), "silence in the loudspeaker")
