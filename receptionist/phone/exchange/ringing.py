"""Whether, how and at which worker it rings. No sockets, no clock."""

from __future__ import annotations

from collections.abc import Callable

from receptionist.phone import wire
from receptionist.phone.exchange.calls import Calls
from receptionist.phone.exchange.workers import Worker

_SILENCE = wire.Ring(on=False)


class Ringing:
    """Rings at the worker of the newest call that nobody has answered."""

    def __init__(self, calls: Calls, send: Callable[[Worker, wire.Ring], None]) -> None:
        self._calls = calls
        self._send = send
        self._worker: Worker | None = None
        self._ring = _SILENCE

    def look(self) -> None:
        """Something has changed: tell those workers that have to know."""
        ringing = [call for call in self._calls if call.rings]
        worker, ring = None, _SILENCE
        if ringing:
            quiet = any(call.active for call in self._calls)
            worker = ringing[-1].worker
            ring = wire.Ring(on=True, tone=ringing[-1].tone, quiet=quiet)
        if self._worker is not None and self._worker is not worker:
            self._send(self._worker, _SILENCE)
        if worker is not None and (worker is not self._worker or ring != self._ring):
            self._send(worker, ring)
        self._worker, self._ring = worker, ring
