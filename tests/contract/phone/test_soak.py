"""A working week of calls through one engine: none lost, none left over, memory flat."""

from __future__ import annotations

from pathlib import Path

import pytest

from receptionist.events import PhoneEnded, PhoneIncoming
from receptionist.model.call import Cause
from tests.benchmarks.uac import UserAgentClient
from tests.contract.phone.world import DIALLED, RealWorld

CALLS = 2000
PLATEAU = 1200
"""Calls until the pools of the library have their size: it keeps transactions for 32 s."""


def resident_kb(process: int) -> int:
    """The resident memory of a process, in kB (proc(5))."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


@pytest.mark.soak
def test_two_thousand_calls(real: RealWorld) -> None:
    engine = real.phone.engine_process
    assert engine is not None
    caller = UserAgentClient(real.phone.sip_port)
    memory = 0

    def answer() -> None:
        ringing = real.desk.wait(PhoneIncoming, number + 1)
        real.phone.answer(ringing.call_id)

    for number in range(CALLS):
        caller.talk(DIALLED, answer, 0.05)
        if number == PLATEAU:
            memory = resident_kb(engine)
    caller.close()
    real.desk.wait(PhoneEnded, CALLS, cause=Cause.CALLER_HUNG_UP)
    assert real.phone.engine_process == engine, "no engine died"
    assert resident_kb(engine) < memory * 1.05
