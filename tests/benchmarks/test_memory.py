"""Memory of console and engine, idle and after calls, beside baresip."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.benchmarks.figures import Figure
from tests.benchmarks.office import dialled
from tests.benchmarks.processes import Console, memory_mib
from tests.benchmarks.uac import UserAgentClient
from tests.doubles.sip.baresip import Baresip

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

CALLS = 50
TALK_S = 0.2
SETTLE_S = 3.0


def answer(console: Console, number: str) -> None:
    """Let the desk answer the call to this number."""
    console.wait("ringing", number)
    console.say("answer")


def accept(peer: Baresip, count: int) -> None:
    """Let baresip answer its call, which is the `count`-th."""
    peer.wait("CALL_INCOMING", count=count)
    peer.accept()


def test_memory(
    console: Callable[[], Console], tmp_path: Path, record: Callable[[Figure], None]
) -> None:
    one = console()
    told = one.up()
    client = UserAgentClient(told["port"])
    with Baresip(tmp_path / "peer") as peer:
        theirs = UserAgentClient(int(peer.address.rpartition(":")[2]))
        pids = {"console": one.pid, "engine": told["engine"], "baresip": peer.pid}
        time.sleep(SETTLE_S)
        before = {name: memory_mib(pid) for name, pid in pids.items()}
        for number in range(CALLS):
            client.talk(dialled(number), partial(answer, one, dialled(number)), TALK_S)
            theirs.talk("peer", partial(accept, peer, number + 1), TALK_S)
        time.sleep(SETTLE_S)
        after = {name: memory_mib(pid) for name, pid in pids.items()}
        theirs.close()
    client.close()
    for when, found in (("idle", before), (f"after {CALLS} calls", after)):
        for name in ("console", "engine"):
            for column, kind in enumerate(("RSS", "PSS")):
                record(
                    Figure(
                        name=f"{name}, {when}, {kind}",
                        unit="MiB",
                        ours=[found[name][column]],
                        reference=[found["baresip"][column]],
                        beside="baresip",
                    )
                )
