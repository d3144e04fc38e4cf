"""Ports leave the bridge at a tick of its clock, and what they write to waits for that."""

from __future__ import annotations

import subprocess
import sys

import pytest

from receptionist.phone.engine import clock
from receptionist.phone.engine.clock import until_removed

SLOW_CLOCK = """
import os, time
from types import SimpleNamespace
from uuid import uuid4
import pjsua2 as pj
from receptionist.model.office import Srtp
from receptionist.phone.engine import clock
from receptionist.phone.engine.leg import Leg
from receptionist.phone.engine.stack import CLOCK_HZ, Stack
from receptionist.phone.wire import AudioMode, EngineSettings

clock.CEILING_S = 60.0
MANY = 2
legs, answered, gone = [], [], []


class Ends(Leg):
    def __init__(self, account, number):
        named = {"call_id": uuid4(), "line_id": uuid4(), "incoming": number >= 0}
        super().__init__(account, number, happened=lambda *seen: None, **named)
        legs.append(self)

    def onStreamDestroyed(self, prm):
        before = clock.ports()
        super().onStreamDestroyed(prm)
        gone.append(len(before - clock.ports()))


class Account(pj.Account):
    line = SimpleNamespace(srtp=Srtp.OFF)

    def onIncomingCall(self, prm):
        Ends(self, prm.callId)


class Slow(pj.AudioMediaPort):
    def onFrameRequested(self, frame):
        time.sleep(0.1)


def turn(until):
    while not until():
        stack.poll(10)


stack = Stack(lambda *seen: None)
stack.open(EngineSettings(bind="127.0.0.1", audio=AudioMode.NULL), 0)
form = pj.MediaFormatAudio()
form.init(pj.PJMEDIA_FORMAT_PCM, CLOCK_HZ, 1, 20_000, 16)
slow = Slow()
slow.createPort("slow", form)
account, config = Account(), pj.AccountConfig()
config.idUri = "sip:desk@127.0.0.1"
config.mediaConfig.transportConfig.boundAddress = "127.0.0.1"
account.create(config)
Ends(account, pj.PJSUA_INVALID_ID).makeCall(
    f"sip:desk@127.0.0.1:{stack.sip_port}", pj.CallOpParam(True)
)
turn(lambda: len(legs) == MANY)
accepted = pj.CallOpParam(True)
accepted.statusCode = 200
legs[1].answer(accepted)
turn(lambda: all(leg.isActive() and leg.hasMedia() for leg in legs))
for leg in legs:
    slow.startTransmit(leg.getAudioMedia(-1))
turn(lambda: legs[0].getInfo().state == pj.PJSIP_INV_STATE_CONFIRMED)
legs[0].hangup(pj.CallOpParam(True))
turn(lambda: len(gone) == MANY)
print("gone", *gone, flush=True)
os._exit(0)
"""


def test_a_stream_that_ends_is_off_the_bridge_first() -> None:
    """Of who hangs up and of who is hung up on, at a clock that ticks ten times a second."""
    ended = subprocess.run(
        [sys.executable, "-c", SLOW_CLOCK], capture_output=True, text=True, timeout=120
    )
    assert "gone 1 1" in ended.stdout.splitlines(), ended.stdout + ended.stderr


def test_it_is_waited_for_until_the_port_is_gone() -> None:
    looks = iter([{0, 1, 2}, {0, 1, 2}, {0, 1}])
    assert until_removed(2, lambda: next(looks))
    assert next(looks, None) is None


def test_nothing_is_waited_for_where_there_is_no_port() -> None:
    looks = iter([{0, 1}])
    assert until_removed(-1, lambda: next(looks))


def test_a_clock_that_stands_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(clock, "CEILING_S", 0.02)
    assert not until_removed(2, lambda: {0, 2})
    assert "keeps port 2" in caplog.text
