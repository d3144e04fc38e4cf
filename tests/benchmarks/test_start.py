"""Starting: the window, the registered line, and a command, all warm."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.figures import Figure
from tests.benchmarks.office import LINE_USER
from tests.benchmarks.processes import ROOT, Console
from tests.benchmarks.registrar import Registrar
from tests.doubles.sip.baresip import Baresip

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

STARTS = 10
BARE = Path(__file__).with_name("bare_window.py")


def bare_window_ms(display: str) -> float:
    """A window of nothing but Qt, until it is painted."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(BARE)],
        env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return (float(done.stdout) - begun) * 1000


def baresip_ms(home: Path, registrar: Registrar) -> float:
    """baresip until the registrar has taken it."""
    with Baresip(home, registrar=registrar.place) as peer:
        return (registrar.wait("peer", peer.started) - peer.started) * 1000


def command_ms(*words: str) -> float:
    """A command from its start to its end."""
    begun = time.monotonic()
    subprocess.run(
        [sys.executable, *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=60,
    )
    return (time.monotonic() - begun) * 1000


def test_start_of_the_console(
    console: Callable[[], Console],
    registrar: Registrar,
    display: str,
    tmp_path: Path,
    record: Callable[[Figure], None],
) -> None:
    window: list[float] = []
    opened: list[float] = []
    registered: list[float] = []
    bare: list[float] = []
    peer: list[float] = []
    samples_of_all = (window, opened, registered, bare, peer)
    imported: set[str] = set()
    for turn in range(STARTS + 1):
        with console() as one:
            times = {word: one.wait(word) for word in ("painted", "opened", "registered")}
        found = [(at - one.started) * 1000 for at, _ in times.values()]
        imported |= set(times["painted"][1])
        found += [bare_window_ms(display), baresip_ms(tmp_path / f"peer{turn}", registrar)]
        if turn:
            for samples, value in zip(samples_of_all, found, strict=True):
                samples.append(value)
    assert {name for name, _ in registrar.taken} == {LINE_USER, "peer"}
    print("\nheavy modules before the first painting:", ", ".join(sorted(imported)) or "none")
    for name, ours, reference, beside in (
        ("start → window painted", window, bare, "bare QMainWindow"),
        ("start → office on the screen", opened, bare, "bare QMainWindow"),
        ("start → registered (console)", registered, peer, "baresip"),
    ):
        record(Figure(name=name, unit="ms", ours=ours, reference=reference, beside=beside))


def test_start_of_a_command(
    console: Callable[[], Console], data_directory: Path, record: Callable[[Figure], None]
) -> None:
    words = ("-m", "receptionist", "clients", "--json", "--data", str(data_directory))
    ways: dict[str, tuple[list[float], tuple[str, ...]]] = {
        "nothing": ([], ("-c", "pass")),
        "clients": ([], words),
        "help": ([], ("-m", "receptionist", "--help")),
    }
    for turn in range(STARTS + 1):
        for samples, command in ways.values():
            taken = command_ms(*command)
            if turn:
                samples.append(taken)
    nothing = ways["nothing"][0]
    for name, key in (("clients --json, 1000 clients", "clients"), ("--help", "help")):
        record(Figure(name=name, unit="ms", ours=ways[key][0], reference=nothing, beside="python"))
