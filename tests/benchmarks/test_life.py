"""`kill -9` of the window in a call: what each side misses, and how soon the call is back."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from receptionist.events import EngineChanged, EngineState, PhoneEnded, PhoneResumed
from tests.benchmarks.figures import Figure, Target
from tests.contract.phone.windows import Office, goes_on, in_call, longest_silence
from tests.doubles.sip.talker import longest_gap

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

TURNS = 10


def test_a_window_that_is_killed(tmp_path: Path, record: Callable[[Figure], None]) -> None:
    gaps, silences, back = [], [], []
    for turn in range(TURNS):
        home = tmp_path / str(turn)
        home.mkdir()
        office = Office(home)
        try:
            in_call(office)
            before = len(office.caller.packets)
            died = office.window_dies()
            desk = office.desk()
            (live,) = desk.wait(PhoneResumed).living
            desk.wait(EngineChanged, state=EngineState.READY)
            back.append((time.monotonic() - died) * 1000)
            goes_on(office, 100)
            gaps.append(longest_gap(office.caller.packets[before:]) * 1000)
            desk.phone.hang_up(live.call_id)
            desk.wait(PhoneEnded)
            desk.phone.stop()
            silences.append(longest_silence(office.heard_here) * 1000)
        finally:
            office.close()
    record(
        Figure(
            name="window killed: back at the call", unit="ms", ours=back, target=Target(p95=2000)
        )
    )
    record(
        Figure(
            name="window killed: gap at the caller", unit="ms", ours=gaps, target=Target(p95=100)
        )
    )
    here = Target(p95=100)
    record(
        Figure(name="window killed: silence at the headset", unit="ms", ours=silences, target=here)
    )
