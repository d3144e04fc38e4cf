"""How long the window stands still at its worst: 10,000 events are read, 20 calls ring."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.conftest import CLIENTS
from tests.benchmarks.crowded import LARGE, SMALL
from tests.benchmarks.figures import Figure, Target, percentile
from tests.benchmarks.office import client_name, move_in
from tests.benchmarks.owners import fill
from tests.benchmarks.processes import ROOT
from tests.doubles.radicale import PASSWORD, USER, Radicale

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]

EVENTS, CALLS, CALENDARS = 10_000, 20, 20
MOST_MS = 50


def test_window_blocks(
    display: str,
    data_directory: Path,
    tmp_path: Path,
    record: Callable[[Figure], None],
    pytestconfig: pytest.Config,
) -> None:
    folder = tmp_path / "radicale"
    with Radicale(folder) as server:
        for number in range(CALENDARS):
            fill(server, folder, client_name(number), 10 if number else EVENTS)
        move_in(
            data_directory,
            "127.0.0.1:9",
            CLIENTS,
            owners=server.url,
            owner=USER,
            accounts=(SMALL, LARGE),
            account_of=lambda number: (SMALL if number else LARGE) if number < CALENDARS else "",
        )
        told = _crowd(display, data_directory, pytestconfig.getoption("--where"))
    busy, idle, collections = told["busy"], told["idle"], told["collections"]
    print(f"\nreading took {sum(busy) / 1000 + len(busy) / 1000:.1f} s")
    for stop in told["longest"]:
        at_work = f"the window {stop['own']:.0f} ms at work, the rest of us {stop['others']:.0f} ms"
        print(f"{stop['at']:.1f} s: {stop['ms']:.0f} ms, {at_work}", *stop["where"], sep="\n  ")
    name = f"event loop stood still, {EVENTS} events, {CALLS} calls"
    record(Figure(name=name, unit="ms", ours=busy, reference=idle, beside="idle"))
    _record_tail(record, busy, idle)
    _record_tail(record, told["worked"], [], ", our process at work")
    name = "  … longest while the first account is logged in"
    record(Figure(name=name, unit="ms", ours=[max(told["first"])]))
    if collections:
        record(Figure(name="  … garbage collections", unit="ms", ours=collections))


def _record_tail(
    record: Callable[[Figure], None], stops: list[float], idle: list[float], of_what: str = ""
) -> None:
    for percent in (99, 99.9, 100):
        which = "longest" if percent == 100 else f"p{percent:g}"
        record(
            Figure(
                name=f"  … {which}{of_what}",
                unit="ms",
                ours=[percentile(stops, percent)],
                reference=[percentile(idle, percent)] if idle else [],
                beside="idle" if idle else "",
                target=Target(p95=MOST_MS) if percent == 100 else Target(),
            )
        )


def _crowd(display: str, data: Path, where: bool) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.crowded", str(data), str(CALLS)]
    done = subprocess.run(
        [*command, *(["where"] if where else [])],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
        },
        input=PASSWORD,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=600,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told
