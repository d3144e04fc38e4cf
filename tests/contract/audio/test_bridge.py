"""The audio bridge on a real sound system, with a real conference bridge behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.contract.audio.conftest import Bridge, eventually, pitched, tone
from tests.doubles.pulse import RATE, Pulse

pytestmark = pytest.mark.alone

Start = Callable[..., Bridge]


def test_both_hear_each_other(pulse: Pulse, bridge: Start) -> None:
    call = bridge(microphone="Mic", headset="Ear")
    assert call.state()["description"] == "Microphone: Mic, headset: Ear"
    call.ask("talk", True)
    call.ask("say", 1000)
    eventually(lambda: pitched(pulse.record(0.1), 1000), "the caller is heard in the headset")
    player = pulse.play(tone(700, 30))
    try:
        eventually(lambda: call.hears(700), "the caller hears the microphone")
        eventually(lambda: pitched(pulse.record(0.1), 1000), "both at once")
    finally:
        player.kill()
        player.wait()


def test_what_the_headset_plays_comes_back_through_a_microphone_beside_it(
    bridge: Start, record_property: Callable[[str, object], None]
) -> None:
    call = bridge(microphone="Monitor of Ear", headset="Ear")
    call.ask("talk", True)
    echo = call.ask("echo")
    assert echo is not None
    record_property("round trip through both rings and the sound system, ms", round(1000 * echo))


def test_devices_are_open_only_while_somebody_talks(pulse: Pulse, bridge: Start) -> None:
    call = bridge(microphone="Mic", headset="Ear")
    idle = pulse.streams("source-outputs"), pulse.streams()
    call.ask("talk", True)
    eventually(
        lambda: (pulse.streams("source-outputs"), pulse.streams()) == (idle[0] + 1, idle[1] + 1),
        "one microphone and one headset open",
    )
    call.ask("talk", False)
    eventually(
        lambda: (pulse.streams("source-outputs"), pulse.streams()) == idle, "both closed again"
    )


def test_no_connection_is_left_behind_a_conversation(pulse: Pulse, bridge: Start) -> None:
    """A sound system takes only so many: 64 are PulseAudio's."""
    call = bridge(microphone="Mic", headset="Ear")
    idle = pulse.streams("clients")
    call.ask("talk", True)
    eventually(lambda: pulse.streams("clients") > idle, "connected")
    call.ask("talk", False)
    eventually(lambda: pulse.streams("clients") == idle, "nothing is left")


def test_it_rings_on_the_speaker_chosen_for_it_and_stops(pulse: Pulse, bridge: Start) -> None:
    call = bridge(microphone="Mic", headset="Ear", ringing="Bell")
    idle = pulse.streams()
    call.ask("ring", True)
    eventually(lambda: max(pulse.record(0.3, "bell.monitor")) > 3000, "it rings")
    assert max(pulse.record(0.3, "ear.monitor")) < 10, "not in the headset"
    call.ask("ring", False)
    eventually(lambda: max(pulse.record(0.3, "bell.monitor")) < 10, "silence")
    eventually(lambda: pulse.streams() == idle, "every device closed")


def test_without_a_speaker_for_it_the_headset_rings(pulse: Pulse, bridge: Start) -> None:
    call = bridge(microphone="Mic", headset="Ear")
    call.ask("ring", True)
    eventually(lambda: max(pulse.record(0.3, "ear.monitor")) > 3000, "it rings")


def test_beside_a_conversation_it_rings_softly(pulse: Pulse, bridge: Start) -> None:
    call = bridge(microphone="Mic", headset="Ear", ringing="Bell")
    call.ask("talk", True)
    call.ask("ring", True)
    eventually(lambda: max(pulse.record(0.3, "bell.monitor")) > 200, "it rings")
    assert max(pulse.record(1.0, "bell.monitor")) < 2000
    call.ask("talk", False)
    eventually(lambda: max(pulse.record(0.3, "bell.monitor")) > 3000, "it rings aloud")


def test_an_unplugged_headset_gives_way_to_the_default_and_comes_back(
    pulse: Pulse, bridge: Start
) -> None:
    call = bridge(microphone="Mic", headset="Ear")
    call.ask("talk", True)
    call.ask("say", 1000)
    eventually(lambda: pitched(pulse.record(0.1), 1000), "the caller is heard")
    pulse.unplug("ear")
    default = "mouth.monitor"
    eventually(lambda: pitched(pulse.record(0.1, default), 1000), "heard at the default")
    pulse.plug("ear")
    call.ask("talk", False)
    eventually(lambda: not pulse.streams(), "closed after the call")
    call.ask("talk", True)
    eventually(lambda: pitched(pulse.record(0.1), 1000), "heard in the headset again")


def test_a_headset_that_comes_late_is_taken_into_the_call(pulse: Pulse, bridge: Start) -> None:
    pulse.unplug("ear")
    call = bridge(microphone="Mic", headset="Ear")
    missing = "Microphone: Mic, headset: the system's default (Ear is missing)"
    assert call.state()["description"] == missing
    call.ask("talk", True)
    call.ask("say", 1000)
    eventually(lambda: pitched(pulse.record(0.1, "mouth.monitor"), 1000), "heard at the default")
    pulse.plug("ear")
    eventually(lambda: pitched(pulse.record(0.1), 1000), "heard in the headset")
    assert call.state()["description"] == "Microphone: Mic, headset: Ear"


def test_the_sound_system_dies_in_a_call_and_comes_back(pulse: Pulse, bridge: Start) -> None:
    call = bridge(microphone="Mic", headset="Ear")
    call.ask("talk", True)
    call.ask("say", 1000)
    eventually(lambda: pitched(pulse.record(0.1), 1000), "the caller is heard")
    pulse.stop()
    none = "Microphone: none, connect one, headset: none, connect one"
    eventually(lambda: call.state()["description"] == none, "people are told")
    pulse.start()
    eventually(lambda: pitched(pulse.record(0.1), 1000), "the caller is heard again")
    assert call.state()["description"] == "Microphone: Mic, headset: Ear"


def test_a_sound_system_that_hangs_does_not_hold_up_the_engine(pulse: Pulse, bridge: Start) -> None:
    call = bridge(microphone="Mic", headset="Ear")
    call.ask("talk", True)
    call.ask("say", 1000)
    eventually(lambda: pitched(pulse.record(0.1), 1000), "the caller is heard")
    pulse.freeze(True)
    late = bridge()
    hangs = "The sound system does not answer. Check the microphone and headset."
    assert late.state()["description"] == hangs
    call.ask("ring", True)
    call.ask("ring", False)
    pulse.freeze(False)
    eventually(lambda: pitched(pulse.record(0.1), 1000), "the caller is heard again")
    eventually(lambda: late.state()["description"] != hangs, "people are told")


def test_without_a_sound_system_there_is_silence_and_a_sentence(
    pulse: Pulse, bridge: Start
) -> None:
    pulse.stop()
    call = bridge()
    none = "Microphone: none, connect one, headset: none, connect one"
    assert call.state()["description"] == none
    call.ask("talk", True)
    call.ask("ring", True)
    eventually(lambda: len(call.ask("heard", 0.2)) >= RATE // 5, "frames keep coming")
    assert not any(call.ask("heard", 0.2))


def test_switched_off_it_opens_nothing(pulse: Pulse, bridge: Start) -> None:
    call = bridge(audio="null")
    assert call.state()["description"] == "No sound (switched off)"
    call.ask("talk", True)
    call.ask("ring", True)
    eventually(lambda: len(call.ask("heard", 0.2)) >= RATE // 5, "frames keep coming")
    assert not any(call.ask("heard", 0.2))
    assert pulse.streams() == 0
