"""Other devices, gains and tones while the engine runs, and how loud it is."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.audio.conftest import Bridge, eventually, pitched, strength, tone
from tests.doubles.pulse import RATE, Pulse

pytestmark = pytest.mark.alone

Start = Callable[..., Bridge]
RAW = {"denoise": False, "cancel_echo": False}
DEVICES = {"microphone": "Mic", "headset": "Ear", "ringing": "Bell"}
TRIES = 2


def heard_at(pulse: Pulse, source: str, pitch: int = 1000) -> bool:
    return pitched(pulse.record(0.1, source), pitch)


def test_another_headset_is_taken_in_the_middle_of_a_call(pulse: Pulse, bridge: Start) -> None:
    call = bridge(**DEVICES)
    call.ask("talk", True)
    call.ask("say", 1000)
    eventually(lambda: heard_at(pulse, "ear.monitor"), "the caller is heard")
    call.ask("use", {**RAW, **DEVICES, "headset": "Bell"})
    eventually(lambda: heard_at(pulse, "bell.monitor"), "heard in the other headset")
    eventually(lambda: max(pulse.record(0.2)) < 10, "and no more in the first")
    assert call.state()["description"] == "Microphone: Mic, headset: Bell"


def test_another_choice_is_told_while_nothing_is_open(pulse: Pulse, bridge: Start) -> None:
    call = bridge(**DEVICES)
    call.ask("use", {**RAW, "microphone": "Nowhere", "headset": "Bell"})
    told = "Microphone: the system's default (Nowhere is missing), headset: Bell"
    eventually(lambda: call.state()["description"] == told, "the new devices are told")
    assert pulse.streams() == 0


def test_gains_change_at_once(pulse: Pulse, bridge: Start) -> None:
    call = bridge(**DEVICES)
    call.ask("talk", True)
    call.ask("say", 1000)
    eventually(lambda: heard_at(pulse, "ear.monitor"), "the caller is heard")
    plain = strength(pulse.record(0.2), 1000)
    call.ask("use", {**RAW, **DEVICES, "headset_gain": 50, "microphone_gain": 200})
    eventually(
        lambda: strength(pulse.record(0.2), 1000) == pytest.approx(plain / 2, rel=0.1),
        "half as loud",
    )
    player = pulse.play(tone(700, 30))
    try:
        eventually(
            lambda: strength(call.ask("heard", 0.1), 700) == pytest.approx(18_000, rel=0.1),
            "twice as loud",
        )
    finally:
        player.kill()
        player.wait()


def test_unplugged_again_and_again_the_call_stays(pulse: Pulse, bridge: Start) -> None:
    call = bridge(**DEVICES)
    call.ask("talk", True)
    call.ask("say", 1000)
    for _time in range(TRIES):
        eventually(lambda: heard_at(pulse, "ear.monitor"), "heard in the headset")
        pulse.unplug("ear")
        eventually(lambda: heard_at(pulse, "mouth.monitor"), "heard at the default")
        missing = "Microphone: Mic, headset: the system's default (Ear is missing)"
        assert call.state()["description"] == missing
        pulse.plug("ear")
    eventually(lambda: heard_at(pulse, "ear.monitor"), "and in the headset at last")
    assert call.state()["description"] == "Microphone: Mic, headset: Ear"


def test_a_microphone_that_goes_and_comes_back_is_heard_again(pulse: Pulse, bridge: Start) -> None:
    call = bridge(**DEVICES)
    call.ask("talk", True)
    there = "Microphone: Mic, headset: Ear"
    missing = "Microphone: the system's default (Mic is missing), headset: Ear"
    player = pulse.play(tone(700, 120))
    try:
        for _time in range(TRIES):
            eventually(lambda: call.hears(700), "the caller hears the microphone")
            pulse.unplug("mic")
            eventually(lambda: call.state()["description"] == missing, "people are told")
            pulse.plug("mic")
            eventually(lambda: call.state()["description"] == there, "it is taken again")
        eventually(lambda: call.hears(700), "the caller hears it at last")
    finally:
        player.kill()
        player.wait()


def test_a_call_rings_with_its_own_tone(pulse: Pulse, bridge: Start, tmp_path: Path) -> None:
    path = tmp_path / "own.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, RATE, 0, "NONE", ""))
        sound.writeframes(tone(600, 1.0))
    call = bridge(**DEVICES)
    call.ask("ring", True, str(path))
    eventually(lambda: heard_at(pulse, "bell.monitor", 600), "its own tone")
    call.ask("ring", True, str(path), True)
    eventually(lambda: 0 < max(pulse.record(0.2, "bell.monitor")) < 1000, "only a hint")
    call.ask("ring", True, str(tmp_path / "gone.wav"))
    eventually(
        lambda: (
            max(pulse.record(0.3, "bell.monitor")) > 3000
            and not heard_at(pulse, "bell.monitor", 600)
        ),
        "the usual tone where the file is gone",
    )
    call.ask("ring", True, "none")
    eventually(lambda: max(pulse.record(0.3, "bell.monitor")) < 10, "silence")


def test_listening_tells_how_loud_it_is(pulse: Pulse, bridge: Start) -> None:
    call = bridge(**DEVICES)
    idle = pulse.streams("source-outputs"), pulse.streams()
    call.ask("listen", True)
    eventually(lambda: call.ask("levels") == [0, 0], "it is silent")
    player = pulse.play(tone(700, 30))
    try:
        eventually(lambda: 75 < (call.ask("levels") or [0])[0] < 95, "the microphone is loud")
    finally:
        player.kill()
        player.wait()
    call.ask("listen", True, "headset")
    eventually(lambda: max(pulse.record(0.3)) > 3000, "the tone in the headset")
    eventually(lambda: (call.ask("levels") or [0, 0])[1] > 50, "and its level")
    assert max(pulse.record(0.3, "bell.monitor")) < 10
    call.ask("listen", True, "ringing")
    eventually(lambda: max(pulse.record(0.3, "bell.monitor")) > 3000, "the tone that rings")
    assert max(pulse.record(0.3)) < 10
    call.ask("listen", False)
    eventually(
        lambda: (pulse.streams("source-outputs"), pulse.streams()) == idle, "every device closed"
    )
    assert call.ask("levels") is None
