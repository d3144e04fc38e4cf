"""A caller on hold and one the phone looks after leave microphone and headset shut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from receptionist.events import PhoneAnswered, PhoneAttended, PhoneHeld
from receptionist.model.unattended import StepKind
from receptionist.phone import wire
from tests.contract.audio.conftest import eventually
from tests.contract.phone.engine_process import EngineProcess
from tests.contract.phone.world import DIALLED, trunk
from tests.doubles.pulse import Pulse
from tests.doubles.sip.baresip import Baresip

pytestmark = pytest.mark.alone


@pytest.fixture
def engine(
    pulse: Pulse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[EngineProcess]:
    """An engine with microphone, headset and ringing device."""
    monkeypatch.setenv("PULSE_SERVER", pulse.environment["PULSE_SERVER"])
    devices = {"microphone": "Mic", "headset": "Ear", "ringing": "Bell"}
    with EngineProcess(tmp_path, audio=wire.AudioMode.DEVICES, **devices) as engine:
        yield engine


def opened(pulse: Pulse) -> tuple[bool, bool]:
    """Whether there is a stream from the microphone, and one to a speaker."""
    # The microphone of the sound system itself is a stream from its master.
    return pulse.streams("source-outputs") > 1, pulse.streams() > 0


def test_the_devices_are_open_only_for_who_is_spoken_with(
    pulse: Pulse, engine: EngineProcess, tmp_path: Path
) -> None:
    with Baresip(tmp_path / "peer") as peer:
        engine.register(trunk(peer.address))
        peer.dial(f"sip:{DIALLED}@127.0.0.1:{engine.sip_port}")
        call_id = engine.rings()
        engine.tell(wire.Attend(call_id=call_id, step=StepKind.QUEUE, place=1))
        engine.wait(PhoneAttended, call_id=call_id)
        eventually(lambda: opened(pulse) == (False, False), "shut while he is looked after")
        engine.tell(wire.Answer(call_id=call_id))
        engine.wait(PhoneAnswered, call_id=call_id)
        eventually(lambda: opened(pulse) == (True, True), "open while he is spoken with")
        engine.tell(wire.Hold(call_id=call_id))
        engine.wait(PhoneHeld, call_id=call_id, held=True)
        eventually(lambda: opened(pulse) == (False, False), "shut while he hears music")
        engine.tell(wire.Resume(call_id=call_id))
        engine.wait(PhoneHeld, call_id=call_id, held=False)
        eventually(lambda: opened(pulse) == (True, True), "open again")
