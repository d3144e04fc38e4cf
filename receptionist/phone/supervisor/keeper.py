"""The keeper of the engine: finds the one that is there, else starts one, and again when it dies.

It knows no calls and no lines, and runs on a thread of its own.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from receptionist.events import PhoneLive
from receptionist.i18n import language
from receptionist.phone import wire
from receptionist.phone.supervisor.found import Found, Occupied
from receptionist.phone.wire.rendezvous import Rendezvous, find
from receptionist.phone.wire.spool import Kept, kept

_LONG_LIFE_S = 10.0
_LONGEST_PAUSE_S = 30.0
_OCCUPIED_S = 1.0
_STOP_S = 4.0


def engine_command() -> tuple[str, ...]:
    """How this program starts itself as the phone's exchange, frozen or from a checkout."""
    return wire.program("exchange")


def pause_s(short_lives: int) -> float:
    """How long to wait before the next engine, after so many that died at once, in seconds."""
    if short_lives < 2:
        return 0.0
    return min(0.25 * 2.0 ** min(short_lives - 2, 10), _LONGEST_PAUSE_S)


class Keeper:
    """Lives of engines, one after the other. `start`, `stop`, `leave` are for the main thread.

    `found` is called before the first report of each: which calls live, and what no desk heard.
    """

    def __init__(
        self,
        settings: wire.EngineSettings,
        command: tuple[str, ...],
        silence_s: float,
        found: Callable[[tuple[PhoneLive, ...], tuple[Kept, ...]], None],
        told: Callable[[wire.Link | None, wire.Report], None],
        lost: Callable[[], None],
    ) -> None:
        self.sip_port = 0
        self.told = told
        self._settings = settings
        self._command = command
        self._silence_s = silence_s
        self._found = found
        self._lost = lost
        self._stop = threading.Event()
        self._life: wire.Child | Found | None = None
        self._thread = threading.Thread(target=self._run, name="phone", daemon=True)

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    @property
    def process_id(self) -> int | None:
        life = self._life
        return life.process_id or None if life is not None else None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Have the engine hang up and end, and wait for that."""
        self._stop.set()
        if self._life is not None:
            self._life.stop()
        if self._thread.is_alive():
            self._thread.join(_STOP_S)
        if self._thread.is_alive() and self._life is not None:
            self._life.kill()
            self._thread.join(_STOP_S)

    def leave(self) -> None:
        """Care for it no more: it was told, and goes on by itself."""
        self._stop.set()
        if self._life is not None:
            self._life.leave()

    def _run(self) -> None:
        short_lives = 0
        while not self.stopping:
            born = time.monotonic()
            if not self._there():
                self._found((), kept(self._settings.log_directory))
                self._stop.wait(pause_s(short_lives))
                born = time.monotonic()
                self._begin()
            self._life = None
            short_lives = short_lives + 1 if time.monotonic() - born < _LONG_LIFE_S else 0
            if not self.stopping:
                self._lost()

    def _begin(self) -> None:
        """A new one, until its death."""
        if not self.stopping:
            life = self._life = wire.Child(
                self._command,
                self._hello(),
                self._silence_s,
                lambda report: self._hear(life.link, report),
                lambda: None,
                detached=bool(self._settings.log_directory),
            )
            if self.stopping:
                life.stop()
            life.live()

    def _there(self) -> bool:
        """The one that is there, until its death; false if there was none."""
        data = self._settings.log_directory
        while data and not self.stopping:
            place = find(data)
            if place is None:
                break
            try:
                return self._attach(place, data)
            except Occupied:
                self._stop.wait(_OCCUPIED_S)
        return False

    def _attach(self, place: Rendezvous, data: str) -> bool:
        def resumed(ready: wire.Ready, living: tuple[PhoneLive, ...]) -> None:
            self._found(living, kept(data))
            self._hear(life.link, ready)

        life = self._life = Found(
            place,
            self._hello(),
            self._silence_s,
            resumed,
            lambda report: self._hear(life.link, report),
        )
        life.live()
        return life.was_there

    def _hear(self, link: wire.Link | None, report: wire.Report) -> None:
        if isinstance(report, wire.Ready):
            self.sip_port = report.sip_port
        self.told(link, report)

    def _hello(self) -> wire.Hello:
        return wire.Hello(
            version=wire.VERSION,
            settings=self._settings,
            language=language(),
            kept_port=self.sip_port,
        )
