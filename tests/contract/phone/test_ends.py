"""Legs that end beside a caller take nothing of his with them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from receptionist.events import PhoneAnswered, PhoneEnded
from receptionist.phone import wire
from tests.contract.phone.engine_process import EngineProcess, in_call
from tests.contract.phone.world import trunk
from tests.doubles.sip.raw import RawPhone

LEGS = 200
BUSY = "import time\nend = time.monotonic() + 60\nwhile time.monotonic() < end: pass"


@pytest.fixture
def load() -> Iterator[None]:
    """More to do for the machine than it can."""
    busy = [subprocess.Popen(["nice", sys.executable, "-c", BUSY]) for _ in range(4)]
    yield
    for one in busy:
        one.kill()
        one.wait()


@pytest.mark.soak
@pytest.mark.usefixtures("load")
def test_hundreds_of_legs_end_beside_a_caller(tmp_path: Path) -> None:
    """By us and by the other side in turn, while the clock of the bridge comes late."""
    with EngineProcess(tmp_path) as engine, RawPhone() as caller:
        line = engine.register(trunk(caller.place))
        call_id = in_call(engine, caller)
        for number in range(LEGS):
            with RawPhone() as other:
                leg = engine.dials(line, f"sip:owner@{other.place}", beside=call_id)
                other.wait("INVITE")
                other.take("200 OK", body=True)
                engine.wait(PhoneAnswered, call_id=leg)
                other.wait_heard("q")
                if number % 2:
                    engine.tell(wire.HangUp(call_id=leg))
                    other.wait("BYE")
                else:
                    other.request("BYE")
                engine.wait(PhoneEnded, call_id=leg)
        assert not engine.all(PhoneEnded, call_id=call_id)
        caller.wait_heard("q")
