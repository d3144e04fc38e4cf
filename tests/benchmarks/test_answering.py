"""INVITE → 180: the engine behind the supervisor of a real console, beside baresip."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.benchmarks.figures import Figure, Target
from tests.benchmarks.office import dialled
from tests.benchmarks.processes import Console
from tests.benchmarks.uac import UserAgentClient
from tests.doubles.sip.baresip import Baresip

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

ROUNDS = 10
BLOCK = 20
RINGING_S = 0.01
PAUSE_S = 0.02
"""More than fifty calls a second are more than the library bears."""


@pytest.fixture
def baresip(tmp_path: Path) -> Iterator[Baresip]:
    with Baresip(tmp_path / "peer") as peer:
        yield peer


def block(client: UserAgentClient, user: str) -> list[float]:
    """Milliseconds of a block of calls, one after the other."""
    found = []
    for _ in range(BLOCK):
        found.append(client.ring(user, lambda: time.sleep(RINGING_S)).ms)
        time.sleep(PAUSE_S)
    return found


def test_invite_to_180(
    console: Callable[[], Console], baresip: Baresip, record: Callable[[Figure], None]
) -> None:
    one = console()
    ours = UserAgentClient(one.up()["port"])
    theirs = UserAgentClient(int(baresip.address.rpartition(":")[2]))
    idle: list[float] = []
    busy: list[float] = []
    beside: list[float] = []
    beside_busy: list[float] = []
    for turn in range(ROUNDS + 1):
        found = [block(ours, dialled(turn)), block(theirs, "peer")]
        one.say("busy")
        one.wait("busy")
        found += [block(ours, dialled(turn)), block(theirs, "peer")]
        one.say("rest")
        one.wait("rest")
        if turn:  # the first round warms up
            for samples, some in zip((idle, beside, busy, beside_busy), found, strict=True):
                samples += some
    ours.close()
    theirs.close()
    target = Target(ratio=3, p95=20)
    rows = (
        ("INVITE → 180", idle, beside, "baresip", target),
        ("INVITE → 180, window busy", busy, beside_busy, "baresip", target),
        ("INVITE → 180, window busy", busy, idle, "ours, idle", Target(ratio=1.25)),
    )
    for name, samples, reference, peer, wanted in rows:
        record(
            Figure(
                name=name, unit="ms", ours=samples, reference=reference, beside=peer, target=wanted
            )
        )
