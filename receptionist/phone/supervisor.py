"""The desk's end of the phone: starts the engine, keeps it up, and speaks for it.

`Supervisor` lives on the main thread. One thread of its own starts the engine, waits for its
reports and starts it again when it dies; everything it learns comes over by `post`.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from receptionist.errors import BadFrame, EngineDown
from receptionist.events import (
    EngineChanged,
    EngineState,
    LineChanged,
    LineState,
    PhoneCommandFailed,
    PhoneEnded,
    PhoneEvent,
    PhoneIncoming,
)
from receptionist.i18n import language
from receptionist.model.call import Cause
from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.paths import runtime_directory
from receptionist.phone import wire
from receptionist.reasons import Reason
from receptionist.threads import Post, assert_main

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


class Supervisor:
    """The phone of the desk (`ports.Phone`). Main thread; every command returns at once.

    Kept in memory for a new engine: the lines with their secrets, and the SIP port. `silence_s` is
    how long an engine may say nothing before it counts as hung and is killed.
    """

    def __init__(
        self,
        post: Post,
        settings: wire.EngineSettings | None = None,
        *,
        command: Sequence[str] | None = None,
        silence_s: float = 10.0,
    ) -> None:
        self._listener: Callable[[PhoneEvent], None] = lambda event: None
        self._lines: dict[UUID, tuple[Line, Secret | None]] = {}
        self._calls: dict[UUID, None] = {}
        self._link: wire.Link | None = None
        self._state = EngineState.STARTING
        self._keeper = _Keeper(
            settings or wire.EngineSettings(),
            tuple(command or engine_command()),
            silence_s,
            lambda link, report: post(self._reported, link, report),
            lambda: post(self._lost),
        )

    @property
    def sip_port(self) -> int:
        """The UDP and TCP port of the engine; 0 until it was ready once."""
        return self._keeper.sip_port

    @property
    def engine_process(self) -> int | None:
        """The process id of the living engine, for tests and the doctor, never for the desk."""
        return self._keeper.process_id

    def start(self, listener: Callable[[PhoneEvent], None]) -> None:
        """Bring the engine up and keep it up; `listener` is called on the main thread."""
        assert_main()
        self._listener = listener
        self._notify(EngineChanged(state=EngineState.STARTING))
        self._keeper.start()

    def register(self, line: Line, secret: Secret | None) -> None:
        """Register `line` now and after every restart of the engine."""
        assert_main()
        self._lines[line.id] = (line, secret)
        if self._link is not None:
            self._send(wire.Register(line=line, secret=secret))

    def unregister(self, line_id: UUID) -> None:
        """Take a line off its registrar and forget its secret."""
        assert_main()
        if self._lines.pop(line_id, None) is not None and self._link is not None:
            self._send(wire.Unregister(line_id=line_id))

    def answer(self, call_id: UUID) -> None:
        """Answer a ringing call."""
        self._command(call_id, wire.Answer(call_id=call_id))

    def decline(self, call_id: UUID, status: int = 486) -> None:
        """Refuse a ringing call with a SIP status."""
        self._command(call_id, wire.Decline(call_id=call_id, status=status))

    def hang_up(self, call_id: UUID) -> None:
        """End a call, whatever its state."""
        self._command(call_id, wire.HangUp(call_id=call_id))

    def dial(
        self, call_id: UUID, line_id: UUID, target: str, *, asserted: str = "", diversion: str = ""
    ) -> None:
        """Call `target`; when it cannot be called, `PhoneCommandFailed` and `PhoneEnded` say so.

        `asserted` and `diversion`: see `wire.Dial`.
        """
        assert_main()
        self._calls[call_id] = None
        if self._link is None:
            self._later(_gone(call_id, "dial"))
            self._later(PhoneEnded(call_id=call_id, cause=Cause.FAILED))
            return
        self._send(
            wire.Dial(
                call_id=call_id,
                line_id=line_id,
                target=target,
                asserted=asserted,
                diversion=diversion,
            )
        )

    def hold(self, call_id: UUID) -> None:
        """Put the other side on hold."""
        self._command(call_id, wire.Hold(call_id=call_id))

    def resume(self, call_id: UUID) -> None:
        """Take the other side off hold."""
        self._command(call_id, wire.Resume(call_id=call_id))

    def mute(self, call_id: UUID, muted: bool) -> None:
        """Cut our microphone off from a call, or join it again."""
        self._command(call_id, wire.Mute(call_id=call_id, muted=muted))

    def send_digits(self, call_id: UUID, digits: str) -> None:
        """Send DTMF (RFC 4733): `0-9*#A-D`."""
        self._command(call_id, wire.SendDigits(call_id=call_id, digits=digits))

    def play(self, call_id: UUID, path: Path) -> None:
        """Play a WAV file (16-bit PCM) into a call that is up, once."""
        self._command(call_id, wire.Play(call_id=call_id, path=str(path)))

    def stop(self) -> None:
        """Hang up, end the engine, wait for it (bounded)."""
        assert_main()
        link, self._link = self._link, None
        self._keeper.stop(link)
        for call_id in list(self._calls):
            self._tell(PhoneEnded(call_id=call_id, cause=Cause.WE_HUNG_UP))

    def _command(self, call_id: UUID, command: wire.Command) -> None:
        assert_main()
        if self._link is None or call_id not in self._calls:
            name = "".join(f"_{c.lower()}" if c.isupper() else c for c in type(command).__name__)
            self._later(_gone(call_id, name.lstrip("_")))
        else:
            self._send(command)

    def _send(self, command: wire.Command) -> None:
        if self._link is None:
            return
        try:
            self._link.send(command)
        except EngineDown:
            log.info("the engine is gone; its keeper will notice")
        except BadFrame as error:
            call_id = getattr(command, "call_id", None)
            self._later(
                PhoneCommandFailed(
                    call_id=call_id, command=type(command).__name__.lower(), detail=str(error)
                )
            )

    def _later(self, event: PhoneEvent) -> None:
        """Tell the listener after the command has returned, as an engine would."""
        self._keeper.told(None, event)

    def _reported(self, link: wire.Link | None, report: wire.Report) -> None:
        if self._keeper.stopping:
            return
        if isinstance(report, wire.Ready):
            self._ready(link, report)
        else:
            self._tell(report)

    def _ready(self, link: wire.Link | None, ready: wire.Ready) -> None:
        self._link = link
        self._state = EngineState.READY
        self._notify(EngineChanged(state=EngineState.READY, audio=ready.audio))
        for line, secret in self._lines.values():
            self._send(wire.Register(line=line, secret=secret))

    def _tell(self, report: wire.Report) -> None:
        if isinstance(report, PhoneIncoming):
            self._calls[report.call_id] = None
        elif isinstance(report, PhoneEnded):
            if report.call_id not in self._calls:
                return
            del self._calls[report.call_id]
        if not isinstance(report, wire.Ready | wire.Alive):
            self._notify(report)

    def _notify(self, event: PhoneEvent) -> None:
        try:
            self._listener(event)
        except Exception:
            log.exception("the desk could not take %s", type(event).__name__)

    def _lost(self) -> None:
        if self._keeper.stopping:
            return
        self._link = None
        if self._state is not EngineState.LOST:
            self._state = EngineState.LOST
            self._notify(EngineChanged(state=EngineState.LOST))
        for line_id in self._lines:
            state, reason = LineState.CONNECTING, Reason.ENGINE_DIED
            self._notify(LineChanged(line_id=line_id, state=state, reason=reason))
        for call_id in list(self._calls):
            self._tell(PhoneEnded(call_id=call_id, cause=Cause.ENGINE_DIED))


def _gone(call_id: UUID, command: str) -> PhoneCommandFailed:
    return PhoneCommandFailed(call_id=call_id, command=command, detail="the call is gone")


class _Keeper:
    """Starts engines, one after the other, on a thread of its own. Knows no calls and no lines."""

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
            env=_environment(),
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


def _environment() -> dict[str, str]:
    """Ours, with the place this package was imported from, whatever the working directory is."""
    root = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, known)))}
