"""A real call over SIP and RTP: from the microphone to the peer, from the peer to the headset."""

from __future__ import annotations

from pathlib import Path

import pytest

from receptionist.events import EngineChanged, EngineState, PhoneAnswered, PhoneIncoming
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import EngineSettings
from tests.contract.audio.conftest import eventually, pitched, tone
from tests.contract.phone.world import DIALLED, Desk, trunk
from tests.doubles.pulse import Pulse
from tests.doubles.sip.baresip import Baresip

pytestmark = pytest.mark.alone

PEER_SPEAKS_HZ = 400
LOUD = 1000


def test_caller_and_receptionist_hear_each_other(
    pulse: Pulse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", pulse.environment["PULSE_SERVER"])
    settings = EngineSettings(
        bind="127.0.0.1",
        microphone="Mic",
        headset="Ear",
        ringing="Bell",
        denoise=False,
        cancel_echo=False,
    )
    desk = Desk(lambda pump: Supervisor(pump.post, settings))
    phone = desk.phone
    assert isinstance(phone, Supervisor)
    try:
        with Baresip(tmp_path / "peer") as peer:
            ready = desk.wait(EngineChanged, state=EngineState.READY)
            assert ready.audio == "Microphone: Mic, headset: Ear"
            desk.takes(trunk(peer.address))
            peer.dial(f"sip:{DIALLED}@127.0.0.1:{phone.sip_port}")
            call_id = desk.wait(PhoneIncoming).call_id
            desk.until(lambda: max(pulse.record(0.2, "bell.monitor")) > LOUD)
            phone.answer(call_id)
            desk.wait(PhoneAnswered, call_id=call_id)
            eventually(lambda: pitched(pulse.record(0.1), PEER_SPEAKS_HZ), "the caller is heard")
            eventually(lambda: max(pulse.record(0.2, "bell.monitor")) < 10, "it rings no more")
            pulse.play(tone(700, 1.5)).wait(20)
            phone.hang_up(call_id)
            peer.wait("CALL_CLOSED")
            assert sum(level > LOUD for level in peer.heard()) >= 5, peer.heard()
    finally:
        phone.stop()
