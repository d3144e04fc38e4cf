"""The program as its user meets it: child processes, a real Radicale, SQLite on disk."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.doubles.calendar_server import PASSWORD, USER
from tests.doubles.radicale import Radicale

ROOT = Path(__file__).resolve().parents[3]
CEILING_S = 90.0
PASSWORDS = f"maler {PASSWORD}\n"
NUMBER = "+493023125120"

OFFICE = """\
format = 1

[office]
name = "Büro am Park"
greeting = "{{client}}, {{time_of_day}}, mein Name ist {{receptionist}}."

[receptionist]
name = "Erika Muster"

[[line]]
key = "amt"
name = "Amt"
registrar = "127.0.0.1"
user = "office"
register = false

[[calendar_account]]
key = "maler"
url = "{url}"
user = "{user}"

[[client]]
key = "maler"
name = "Malerbetrieb Muster"
numbers = ["{number}"]
greeting = "Malerbetrieb Muster, {{time_of_day}}!"

[client.hours]
monday = ["08:00-18:00"]
tuesday = ["08:00-18:00"]
wednesday = ["08:00-18:00"]
thursday = ["08:00-18:00"]
friday = ["08:00-18:00"]
saturday = ["08:00-18:00"]
sunday = ["08:00-18:00"]

[[client.calendar]]
account = "maler"
name = "Termine"

[[client.kind]]
key = "besichtigung"
name = "Besichtigung"
minutes = 60
"""


@dataclass
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON object it must be."""
        return json.loads(self.out)


class Running:
    """A `serve` that goes on; a thread reads its events as they come."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.events: list[dict[str, Any]] = []
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def until(self, wanted: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """The first event that is wanted, told already or still to come."""
        found: list[dict[str, Any]] = []
        seen = 0

        def look() -> bool:
            nonlocal seen
            for event in self.events[seen:]:
                seen += 1
                if wanted(event):
                    found.append(event)
                    return True
            return not self._reader.is_alive()

        with self._changed:
            self._changed.wait_for(look, CEILING_S)
        assert found, f"no such event among {[event['event'] for event in self.events]}"
        return found[0]

    def end(self, signal_: signal.Signals = signal.SIGTERM) -> int:
        """End it and give back its exit code."""
        self.process.send_signal(signal_)
        code = self.process.wait(CEILING_S)
        self._reader.join(CEILING_S)
        return code

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._changed:
                self.events.append(json.loads(line))
                self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()


class Server(Radicale):
    """A Radicale that can be stopped in the middle of everything, and go on."""

    def freeze(self) -> None:
        """Take connections, and answer nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Run on, or again."""
        if self._process is None:
            self.start()
        else:
            self._process.send_signal(signal.SIGCONT)


class Program:
    """Runs `python -m receptionist` on one data directory."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._running: list[Running] = []

    def __call__(self, *arguments: str, stdin: str = "", cwd: Path | None = None) -> Ran:
        """Run a command to its end."""
        ran = subprocess.run(
            self.command(*arguments),
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=CEILING_S,
            cwd=cwd or self.data.parent,
            env=environment(),
        )
        assert "Traceback" not in ran.stderr, ran.stderr
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    def serve(self, *arguments: str, stdin: str = PASSWORDS) -> Running:
        """Start a desk without a window on loopback and wait until it takes commands."""
        process = subprocess.Popen(
            self.command(
                "serve",
                "--json",
                "--passwords-stdin",
                "--bind=127.0.0.1",
                "--audio=null",
                *arguments,
            ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            bufsize=1,
            env=environment(),
        )
        assert process.stdin is not None
        process.stdin.write(stdin)
        process.stdin.close()
        process.stdin = None
        running = Running(process)
        self._running.append(running)
        running.until(lambda event: event["event"] == "started")
        return running

    def command(self, *arguments: str) -> list[str]:
        """The command line."""
        return [sys.executable, "-m", "receptionist", *arguments, "--data", str(self.data)]

    def stop(self) -> None:
        """End what still runs."""
        for running in self._running:
            if running.process.poll() is None:
                running.process.kill()
            running.process.wait()


def environment() -> dict[str, str]:
    """Ours, so that the package is found from any directory."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


@pytest.fixture
def program(data_directory: Path) -> Iterator[Program]:
    program = Program(data_directory)
    yield program
    program.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One Radicale for all commands."""
    with Server(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture
def radicale(server: Server) -> Iterator[Server]:
    """The server with an empty calendar, running again afterwards."""
    href = f"{server.home}termine/"
    server.owner.request("DELETE", href)
    server.owner.make_calendar(href, "Termine")
    yield server
    server.resume()


@pytest.fixture(scope="session")
def office(server: Server) -> str:
    """The text of an office file that fits the server."""
    return OFFICE.format(url=server.home, user=USER, number=NUMBER)


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory, office: str) -> Path:
    """A data directory with the office in it, to be copied."""
    data = tmp_path_factory.mktemp("imported") / "data"
    ran = Program(data)("import", "-", stdin=office)
    assert ran.code == 0, ran.err
    return data


@pytest.fixture
def open_office(program: Program, imported: Path, radicale: Server) -> Program:
    """The program with the office imported and an empty calendar."""
    shutil.copy(imported / "receptionist.db", program.data)
    return program


def objects(radicale: Server) -> list[str]:
    """The names of the objects in the owner's calendar."""
    status, _, body = radicale.owner.request("PROPFIND", f"{radicale.home}termine/", b"", Depth="1")
    assert status == 207
    return [part.split("<")[0] for part in body.decode().split("<href>") if ".ics<" in part]
