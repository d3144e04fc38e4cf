"""The keeper of the engine's process: starts it, waits for its reports, starts it again.

It knows no calls and no lines, and runs on a thread of its own.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from receptionist.errors import BadFrame, EngineDown
from receptionist.i18n import language
from receptionist.paths import runtime_directory
from receptionist.phone import wire

log = logging.getLogger(__name__)

_LONG_LIFE_S = 10.0
_LONGEST_PAUSE_S = 30.0
_HANDSHAKE_S = 15.0
_STOP_S = 4.0


def engine_command() -> tuple[str, ...]:
    """How this program starts itself as an engine, frozen or from a checkout."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "engine")
    return (sys.executable, "-m", "receptionist.phone.engine")


def pause_s(short_lives: int) -> float:
    """How long to wait before the next engine, after so many that died at once, in seconds."""
    if short_lives < 2:
        return 0.0
    return min(0.25 * 2.0 ** min(short_lives - 2, 10), _LONGEST_PAUSE_S)


class Keeper:
    """Starts engines, one after the other. `start` and `stop` are for the main thread."""

    def __init__(
        self,
        settings: wire.EngineSettings,
        command: tuple[str, ...],
        silence_s: float,
        told: Callable[[wire.Link | None, wire.Report], None],
        lost: Callable[[], None],
    ) -> None:
        self.sip_port = 0
        self.told = told
        self._settings = settings
        self._command = command
        self._silence_s = silence_s
        self._lost = lost
        self._stop = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="phone", daemon=True)

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    @property
    def process_id(self) -> int | None:
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def start(self) -> None:
        self._thread.start()

    def stop(self, link: wire.Link | None) -> None:
        self._stop.set()
        if link is not None:
            with contextlib.suppress(EngineDown):
                link.send(wire.Stop())
        elif self._process is not None:
            self._process.kill()
        if self._thread.is_alive():
            self._thread.join(_STOP_S)
        if self._thread.is_alive() and self._process is not None:
            self._process.kill()
            self._thread.join(_STOP_S)

    def _run(self) -> None:
        short_lives = 0
        while not self.stopping:
            born = time.monotonic()
            self._live()
            short_lives = short_lives + 1 if time.monotonic() - born < _LONG_LIFE_S else 0
            self._stop.wait(pause_s(short_lives))

    def _live(self) -> None:
        """One engine from its start to its death."""
        link = doorway = None
        try:
            doorway = wire.Doorway(runtime_directory())
            link = self._open(doorway)
            self._listen(link)
        except EngineDown as error:
            if not self.stopping:
                log.warning("the phone engine is gone: %s", error)
        except OSError as error:
            log.error("the phone engine cannot be started: %s", error.strerror)
        except Exception:
            log.exception("the phone engine's keeper stumbled")
        finally:
            if doorway is not None:
                doorway.close()
            self._reap()
            if link is not None:
                link.close()
        self._lost()

    def _open(self, doorway: wire.Doorway) -> wire.Link:
        process = self._process = subprocess.Popen(
            (*self._command, doorway.address),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=engine_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        if self.stopping:
            process.kill()
        threading.Thread(target=_wake_when_dead, args=(process, doorway), daemon=True).start()
        assert process.stdin is not None
        with contextlib.suppress(OSError), process.stdin as pipe:
            pipe.write(doorway.key.hex().encode() + b"\n")
        link = doorway.accept(wire.REPORTS)
        doorway.close()
        hello = wire.Hello(
            version=wire.VERSION,
            settings=self._settings,
            language=language(),
            kept_port=self.sip_port,
        )
        link.send(hello)
        return link

    def _listen(self, link: wire.Link) -> None:
        patience = _HANDSHAKE_S
        while link.waits(patience):
            try:
                report = link.receive()
            except BadFrame as error:
                log.error("bad frame from the engine: %s", error)
                continue
            patience = self._silence_s
            if isinstance(report, wire.Ready):
                if report.version != wire.VERSION:
                    raise EngineDown(f"it speaks version {report.version} of the protocol")
                self.sip_port = report.sip_port
            if not isinstance(report, wire.Alive):
                self.told(link, report)
        raise EngineDown("it hangs")

    def _reap(self) -> None:
        process = self._process
        if process is None:
            return
        if not self.stopping:
            process.kill()
        try:
            process.wait(_STOP_S / 2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wake_when_dead(process: subprocess.Popen[bytes], doorway: wire.Doorway) -> None:
    process.wait()
    doorway.wake()


def engine_environment() -> dict[str, str]:
    """Ours, with the place this package was imported from, whatever the working directory is."""
    root = str(Path(__file__).resolve().parents[3])
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, known)))}
