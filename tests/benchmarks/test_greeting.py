"""INVITE → the greeting painted, in a real window with 1,000 clients in the directory."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.benchmarks.conftest import CLIENTS
from tests.benchmarks.figures import Figure, Target
from tests.benchmarks.office import client_name, dialled
from tests.benchmarks.processes import Console
from tests.benchmarks.uac import UserAgentClient

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

CALLS = 200
STEP = 7
"""From client to client, so that neighbours are not each other's next."""
PAUSE_S = 0.05
WARM = 5


def invite_to_greeting(console: Console, client: UserAgentClient, number: int) -> float:
    """Milliseconds until what to say to this client's callers stands there."""
    painted: list[float] = []

    def read() -> None:
        painted.append(console.wait("greeting", client_name(number))[0])

    ring = client.ring(dialled(number), read)
    time.sleep(PAUSE_S)
    return (painted[0] - ring.sent) * 1000


def test_invite_to_greeting(
    console: Callable[[], Console], record: Callable[[Figure], None]
) -> None:
    one = console()
    client = UserAgentClient(one.up()["port"])
    found = [invite_to_greeting(one, client, turn * STEP % CLIENTS) for turn in range(CALLS + WARM)]
    client.close()
    name = f"INVITE → greeting painted, {CLIENTS} clients"
    record(Figure(name=name, unit="ms", ours=found[WARM:], target=Target(p95=60)))
