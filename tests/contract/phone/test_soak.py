"""A working year of calls through one exchange: none lost, none left over, memory flat."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from receptionist.events import PhoneEnded, PhoneIncoming
from receptionist.model.call import Cause
from tests.benchmarks.uac import UserAgentClient
from tests.contract.phone.office import Office, Pace
from tests.contract.phone.world import DIALLED
from tests.doubles.processes import Footprint, footprint

AT_ONCE, IN_A_ROW = 8000, 2000
"""So many come many at a time, to changing workers; so many one by one, to one worker or two."""

MOST = 10
PATIENCE_S = 3000
PACE = Pace(8, MOST, PATIENCE_S)
PLATEAU, PLATEAU_IN_A_ROW = 3000, 1000
"""Calls until the pools of the library have their size: it keeps transactions for 32 s."""

SAMPLES = (100, 1000, 2000, PLATEAU, 5000, AT_ONCE)
SLACK_KB = 2048


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.phone.stop()


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[int, Office], None]:
    """Shows how far it is, and what the processes take."""
    began = time.monotonic()

    def show(calls: int, office: Office) -> None:
        with capsys.disabled():
            print(f"\n{calls} calls in {time.monotonic() - began:.0f} s")
            for process in (office.exchange, *office.workers):
                with suppress(OSError, KeyError):
                    print(f"  {process}: {footprint(process)}", flush=True)

    return show


def _largest(office: Office) -> Footprint:
    """The worker that takes most; one that just ends takes nothing."""
    found = []
    for process in office.workers:
        with suppress(OSError, KeyError):
            found.append(footprint(process))
    return max(found, key=lambda one: one.pss)


def _flat(before: Footprint, after: Footprint) -> None:
    assert after.pss < before.pss * 1.05 + SLACK_KB
    assert after.files <= before.files + MOST


@pytest.mark.soak
def test_ten_thousand_calls(
    office: Office, free_udp_port: Callable[[], int], say: Callable[[int, Office], None]
) -> None:
    exchange = office.exchange
    plateau: list[Footprint] = []

    def after(calls: int) -> None:
        if calls == PLATEAU:
            plateau.extend((footprint(exchange), _largest(office)))
        if calls in SAMPLES:
            say(calls, office)

    with office.sipp("call", free_udp_port(), AT_ONCE, pace=PACE) as sipp:
        office.serve(AT_ONCE, after)
        sipp.finish()
    _flat(plateau[0], footprint(exchange))
    _flat(plateau[1], _largest(office))
    _one_by_one(office)
    say(AT_ONCE + IN_A_ROW, office)
    _flat(plateau[0], footprint(exchange))
    assert office.exchange == exchange, "no exchange died"


def _one_by_one(office: Office) -> None:
    """One after the other, all of which the oldest worker takes, but for when it is slow."""
    office.events.clear()
    oldest = office.workers[0]
    caller = UserAgentClient(office.supervisor.sip_port, PATIENCE_S)

    def answer() -> None:
        office.phone.answer(office.wait(PhoneIncoming, number).call_id)

    for number in range(1, IN_A_ROW + 1):
        caller.talk(DIALLED, answer, 0.05)
        if number == PLATEAU_IN_A_ROW:
            before = footprint(oldest)
    caller.close()
    office.wait(PhoneEnded, IN_A_ROW, cause=Cause.CALLER_HUNG_UP)
    _flat(before, footprint(oldest))
