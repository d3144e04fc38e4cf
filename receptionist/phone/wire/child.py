"""One process of this program that works for another: started, greeted, listened to, buried."""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from receptionist.errors import BadFrame, EngineDown
from receptionist.paths import runtime_directory
from receptionist.phone.wire.commands import Command, Hello, Stop
from receptionist.phone.wire.link import Doorway, Link
from receptionist.phone.wire.reports import REPORTS, VERSION, Alive, Ready, Report

log = logging.getLogger(__name__)

_HANDSHAKE_S = 30.0
_STOP_S = 2.0
HANGS = "it hangs"


def program(part: str) -> tuple[str, ...]:
    """How this program starts one of its parts, frozen or from a checkout."""
    if getattr(sys, "frozen", False):
        return (sys.executable, part)
    return (sys.executable, "-m", f"receptionist.phone.{part}")


def environment() -> dict[str, str]:
    """Ours, with the place this package was imported from, whatever the working directory is."""
    root = str(Path(__file__).resolve().parents[3])
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, known)))}


class Child:
    """One life of a process, on a thread of its own. `send` is for one thread, the rest for any.

    `told` gets every report but `Alive`, and `lost` is called once at the end, both on that thread.
    One that is `detached` does not end with the terminal or the process group of who started it.
    """

    def __init__(
        self,
        command: tuple[str, ...],
        hello: Hello,
        silence_s: float,
        told: Callable[[Report], None],
        lost: Callable[[], None],
        detached: bool = False,
    ) -> None:
        self._command = command
        self._detached = detached
        self._hello = hello
        self._silence_s = silence_s
        self._told = told
        self._lost = lost
        self._link: Link | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = self._leaving = self._hung = False
        self._thread = threading.Thread(target=self.live, name=command[-1], daemon=True)

    @property
    def process_id(self) -> int:
        """Its process, 0 before its start."""
        return self._process.pid if self._process is not None else 0

    @property
    def link(self) -> Link | None:
        """The way to it, once it has been greeted."""
        return self._link

    def start(self) -> None:
        """Begin its life."""
        self._thread.start()

    def send(self, command: Command) -> None:
        """Send a command; one that does not arrive is told by `lost`."""
        if self._link is None:
            return
        with contextlib.suppress(EngineDown):
            self._link.send(command)

    def stop(self) -> None:
        """Ask it to end, or end it if it cannot be asked yet."""
        self._stopping = True
        if self._link is not None:
            self.send(Stop())
        elif self._process is not None:
            self._process.kill()

    def leave(self) -> None:
        """Let it go on by itself: the end of the link is not its end."""
        self._stopping = self._leaving = True

    def kill(self) -> None:
        """End it without asking."""
        if self._process is not None:
            self._process.kill()

    def join(self, seconds: float) -> None:
        """Wait for its end, and kill it then."""
        self._thread.join(seconds)
        if self._thread.is_alive():
            self.kill()
            self._thread.join(_STOP_S)

    def live(self) -> None:
        """Its whole life, on this thread; `start` has one of its own."""
        doorway = None
        try:
            doorway = Doorway(runtime_directory())
            self._link = self._open(doorway)
            listen(self._link, _HANDSHAKE_S, self._silence_s, self._tell)
        except EngineDown as error:
            self._hung = str(error) == HANGS
            if not self._stopping:
                log.warning("%s is gone: %s", self._command[-1], error)
        except OSError as error:
            log.error("%s cannot be started: %s", self._command[-1], error.strerror)
        except Exception:
            log.exception("the keeper of %s stumbled", self._command[-1])
        finally:
            if doorway is not None:
                doorway.close()
            if self._link is not None:
                self._link.close()
            if not self._goes_on():
                self._reap()
            self._lost()

    def _open(self, doorway: Doorway) -> Link:
        process = self._process = subprocess.Popen(
            (*self._command, doorway.address),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=environment(),
            start_new_session=self._detached,
            creationflags=_creation(self._detached),
        )
        if self._stopping:
            process.kill()
        threading.Thread(target=_wake_when_dead, args=(process, doorway), daemon=True).start()
        assert process.stdin is not None
        with contextlib.suppress(OSError), process.stdin as pipe:
            pipe.write(doorway.key.hex().encode() + b"\n")
        link = doorway.accept(REPORTS)
        doorway.close()
        link.send(self._hello)
        return link

    def _tell(self, report: Report) -> None:
        if isinstance(report, Ready) and report.version != VERSION:
            raise EngineDown(f"it speaks version {report.version} of the protocol")
        self._told(report)

    def _goes_on(self) -> bool:
        """Whether one that is detached only lost its link, and can be found again."""
        process = self._process
        if process is None or not self._detached or self._hung or not self._link:
            return False
        if self._leaving:
            return True
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_S)
        return process.poll() is None and not self._stopping

    def _reap(self) -> None:
        process = self._process
        if process is None:
            return
        if not self._stopping:
            process.kill()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def listen(
    link: Link, handshake_s: float, silence_s: float, told: Callable[[Report], None]
) -> None:
    """Hand on every report but `Alive` until the end, or until nothing more comes: `EngineDown`."""
    patience = handshake_s
    while link.waits(patience):
        try:
            report: Any = link.receive()
        except BadFrame as error:
            log.error("bad frame from the engine: %s", error)
            continue
        patience = silence_s
        if not isinstance(report, Alive):
            told(report)
    raise EngineDown(HANGS)


def _creation(detached: bool) -> int:
    """How Windows starts it: without a window, and on its own where it is to outlive us."""
    own = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) if detached else 0
    return own | int(getattr(subprocess, "CREATE_NO_WINDOW", 0))


def _wake_when_dead(process: subprocess.Popen[bytes], doorway: Doorway) -> None:
    process.wait()
    doorway.wake()
