"""An exchange that was there before this desk: its calls go on, and are taken over."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import threading
from collections.abc import Callable

from receptionist.errors import EngineDown
from receptionist.events import PhoneCommandFailed, PhoneLive
from receptionist.phone import wire
from receptionist.phone.wire.rendezvous import Rendezvous

log = logging.getLogger(__name__)

_CONNECT_S = 5.0
_HANDSHAKE_S = 15.0


class Occupied(EngineDown):
    """It has a desk already."""


class Found:
    """One exchange from the attaching to its end. Keeper's thread; `stop` and `leave` on any."""

    def __init__(
        self,
        place: Rendezvous,
        hello: wire.Hello,
        silence_s: float,
        resumed: Callable[[wire.Ready, tuple[PhoneLive, ...]], None],
        told: Callable[[wire.Report], None],
    ) -> None:
        self._place = place
        self._hello = hello
        self._silence_s = silence_s
        self._resumed = resumed
        self._told = told
        self._ready: wire.Ready | None = None
        self._living: list[PhoneLive] = []
        self._handed = False
        self._stopping = False
        self.link: wire.Link | None = None

    @property
    def process_id(self) -> int:
        """Its process."""
        return self._place.pid

    @property
    def was_there(self) -> bool:
        """Whether it could be used at all."""
        return self._ready is not None

    def live(self) -> None:
        """Attach, and listen until its end; `Occupied` when another desk is at it."""
        try:
            self.link = self._connect()
            self.link.send(self._hello)
            if self._stopping:
                self.link.send(wire.Stop())
            wire.listen(self.link, _HANDSHAKE_S, self._silence_s, self._take)
        except Occupied:
            raise
        except EngineDown as error:
            if not self._stopping:
                log.warning("the exchange that was there is gone: %s", error)
            if str(error) == wire.HANGS:
                self.kill()
        finally:
            if self.link is not None:
                self.link.close()

    def stop(self) -> None:
        """Ask it to hang up and end."""
        self._stopping = True
        if self.link is not None:
            with contextlib.suppress(EngineDown):
                self.link.send(wire.Stop())

    def leave(self) -> None:
        """Let it go on by itself."""
        self._stopping = True

    def kill(self) -> None:
        """End it where it hangs. Only while it holds its end of the link, so it is the one."""
        with contextlib.suppress(OSError):
            os.kill(self._place.pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    def _connect(self) -> wire.Link:
        """One that hangs would let us wait for ever: it is ended."""
        came: list[wire.Link] = []

        def connect() -> None:
            with contextlib.suppress(EngineDown):
                came.append(wire.connect(self._place.address, self._place.key, wire.REPORTS))

        thread = threading.Thread(target=connect, daemon=True)
        thread.start()
        thread.join(_CONNECT_S)
        if thread.is_alive():
            log.error("the exchange that is there hangs")
            self.kill()
            thread.join(_CONNECT_S)
        if not came:
            raise EngineDown("nobody is there")
        return came[0]

    def _take(self, report: wire.Report) -> None:
        """`Ready` and the calls it names come first."""
        if isinstance(report, PhoneCommandFailed) and report.command == "attach":
            raise Occupied(report.detail)
        if isinstance(report, wire.Ready):
            self._ready = report
        elif isinstance(report, PhoneLive):
            self._living.append(report)
        else:
            self._hand_over()
            self._told(report)
            return
        if self._ready is not None and len(self._living) >= self._ready.calls:
            self._hand_over()

    def _hand_over(self) -> None:
        """Also when one of them could not be read: the others are not kept waiting."""
        if self._ready is not None and not self._handed:
            self._handed = True
            self._resumed(self._ready, tuple(self._living))
