"""The day's other side: callers at real telephones, whom they are connected with, and the desk."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from receptionist.model.office import Directory
from receptionist.phone.wire.rendezvous import find
from tests.contract.calendars.conftest import Side
from tests.contract.phone.windows import ROOT, lives
from tests.doubles.sip.baresip import Baresip
from tests.doubles.sip.softphone import Softphone
from tests.e2e.burst.office import move_in, office
from tests.e2e.burst.plan import CALLERS, Day, Fate, Planned, day
from tests.e2e.burst.robot import is_in_the_middle

Found = dict[str, dict[str, str]]
"""What a desk finds typed when it comes, by call and prompt."""
CEILING_S = 300.0
_LOOK_S = 0.2
FATES = tuple(Fate)


@dataclass(frozen=True, slots=True)
class Size:
    """How much comes on a day, and how long is typed at a word."""

    seed: int
    calls: int
    clients: int
    fates: tuple[Fate, ...] = FATES
    word_s: float = 0.0


@dataclass
class Told:
    """What the desks told, oldest first; `wait` waits for one that fits."""

    lines: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.changed = threading.Condition()

    def take(self, line: dict[str, Any]) -> None:
        with self.changed:
            self.lines.append(line)
            self.changed.notify_all()

    def wait(self, fits: Callable[[dict[str, Any]], object], since: int = 0) -> dict[str, Any]:
        """The first line from `since` on that fits."""

        deadline = time.monotonic() + CEILING_S
        with self.changed:
            while (line := next(filter(fits, self.lines[since:]), None)) is None:
                assert time.monotonic() < deadline, self.lines[-5:]
                self.changed.wait(_LOOK_S)  # what fits may depend on a telephone too
        return line


class DeskProcess:
    """The desk of the day, one process after the other on the same data directory."""

    def __init__(self, data: Path, side: Side, size: Size) -> None:
        self._data, self.told, self.port = data, Told(), 0
        self.found: Found = {}
        self.since = 0
        """From which line on the newest desk told something."""
        self._wanted = json.dumps(
            {
                "seed": size.seed,
                "calls": size.calls,
                "clients": size.clients,
                "fates": size.fates,
                "word_s": size.word_s,
                "password": side.password,
            }
        )
        self._process: subprocess.Popen[str] | None = None
        self._reader = threading.Thread()

    def start(self) -> None:
        """Another one, which takes calls and has taken up what was begun when this returns."""
        self.since = since = len(self.told.lines)
        log = (self._data / "desk.log").open("a")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.burst.desk_process", str(self._data), self._wanted],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=ROOT,
        )
        log.close()
        self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True)
        self._reader.start()
        self.port = self.told.wait(lambda one: "ready" in one, since)["ready"]
        self.found = self.told.wait(lambda one: "started" in one, since)["found"]

    def kill(self) -> None:
        """`kill -9`; everything it told is here when this returns."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._ended()

    def settle(self) -> None:
        """Wait until nothing is lacking, and let it end."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write("settle\n")
        self._process.stdin.flush()
        self._ended()
        assert self._process.returncode == 0, (self._data / "desk.log").read_text()[-4000:]

    def close(self) -> None:
        """End what still runs."""
        if self._process is not None and self._process.poll() is None:
            self.kill()
        place = find(str(self._data))
        if place is not None and lives(place.pid):
            with suppress(ProcessLookupError):
                os.kill(place.pid, signal.SIGTERM)

    def _ended(self) -> None:
        assert self._process is not None
        self._process.wait(CEILING_S)
        self._reader.join(CEILING_S)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if line.endswith("}\n"):
                self.told.take(json.loads(line))


class Caller:
    """One telephone, which makes one call after the other as it was planned."""

    def __init__(self, peer: Baresip, number: str, desk: DeskProcess) -> None:
        self.number, self._peer, self._desk, self._made = number, peer, desk, 0

    def makes(self, planned: Planned) -> None:
        """Call, and see it through to its end."""
        self._made += 1
        rang = sum(one["type"] == "CALL_RINGING" for one in list(self._peer.events))
        told = self._desk.told
        since = len(told.lines) - 1  # with one that was told already: what is asked is asked now
        self._peer.dial(f"sip:{planned.dialled}@127.0.0.1:{self._desk.port}")
        if planned.fate is Fate.MISSED:
            self._peer.wait("CALL_RINGING", count=rang + 1)
            self._peer.hang_up()
        elif planned.fate is Fate.CUT_OFF:
            told.wait(lambda one: self._is_over or _is_in_the_middle(one, planned), since)
            self._peer.hang_up()
        self._peer.wait("CALL_CLOSED", count=self._made, ceiling_s=CEILING_S)

    @property
    def _is_over(self) -> bool:
        """Whether the newest call has ended: with a busy tone, while no desk was there."""
        return self._peer.saw("CALL_CLOSED", count=self._made)


class ConnectedCaller:
    """A telephone that goes where it is sent."""

    number = ""

    def __init__(self, caller: Softphone, owner: Softphone, desk: DeskProcess) -> None:
        self._caller, self._owner, self._desk, self._made = caller, owner, desk, 0

    def makes(self, planned: Planned) -> None:
        """Call, be asked to call the owner, talk to him, and hang up."""
        self._made += 1
        caller, new = self._caller, 2 * self._made
        caller.do(f"dial sip:{planned.dialled}@127.0.0.1:{self._desk.port}")
        caller.wait(f"up {new} ")
        caller.wait(f"gone {new - 1} ")
        for phone in (caller, self._owner):
            phone.wait_until(phone.hears_the_newest)
        caller.do("hangup")
        caller.wait(f"gone {new} ")


def _is_in_the_middle(line: dict[str, Any], planned: Planned) -> bool:
    """Whether some words of the last prompt are typed, and not all."""
    prompt, text = planned.typed[-1]
    mine = line.get("dialled") == planned.dialled and line.get("prompt") == prompt
    return mine and line["typed"] != text and is_in_the_middle(line["typed"])


@dataclass
class World:
    """Everything of a day."""

    data: Path
    day: Day
    directory: Directory
    desk: DeskProcess
    callers: tuple[Caller, ...]
    connected: tuple[ConnectedCaller, ...]
    made_by: dict[str, str] = field(default_factory=dict)
    failures: list[BaseException] = field(default_factory=list)

    def passes(self) -> None:
        """Every call is made, a few at a time; returns when all of them are over."""
        threads = []
        for kind in (self.callers, self.connected):
            waiting: queue.SimpleQueue[Planned] = queue.SimpleQueue()
            for planned in self.day.calls:
                if (planned.fate is Fate.CONNECTED) is (kind is self.connected):
                    waiting.put(planned)
            for caller in kind:
                run = threading.Thread(target=self._call, args=(caller, waiting))
                threads.append(run)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.failures:
            raise self.failures[0]

    def _call(self, caller: Caller | ConnectedCaller, waiting: queue.SimpleQueue[Planned]) -> None:
        with suppress(queue.Empty):
            while not self.failures:
                planned = waiting.get_nowait()
                self.made_by[planned.dialled] = caller.number
                try:
                    caller.makes(planned)
                except BaseException as error:
                    self.failures.append(error)


@contextmanager
def opened(data: Path, side: Side, size: Size, port: Callable[[], int]) -> Iterator[World]:
    """A day that may begin: the office has moved in, telephones and desk are there."""
    today = day(size.seed, size.calls, size.clients, size.fates)
    with ExitStack() as stack:
        owner = stack.enter_context(Softphone(port()))
        busy = stack.enter_context(Softphone(port(), answers=486))
        connects = Fate.CONNECTED in size.fates
        moving = [stack.enter_context(Softphone(port()))] if connects else []
        directory = move_in(data, office(today, side, owner.address, busy.address), side)
        desk = DeskProcess(data, side, size)
        stack.callback(desk.close)
        peers = [
            (stack.enter_context(Baresip(data / f"caller{number}", user=number)), number)
            for number in CALLERS
        ]
        yield World(
            data=data,
            day=today,
            directory=directory,
            desk=desk,
            callers=tuple(Caller(peer, number, desk) for peer, number in peers),
            connected=tuple(ConnectedCaller(one, owner, desk) for one in moving),
        )
