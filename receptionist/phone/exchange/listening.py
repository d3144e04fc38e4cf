"""Which worker tells how loud it is, and plays the tone that is tried. No sockets, no clock."""

from __future__ import annotations

from collections.abc import Iterable

from receptionist.phone import wire
from receptionist.phone.exchange.calls import Calls
from receptionist.phone.exchange.workers import Worker

_NO_MORE = wire.Listen(on=False)


class Listening:
    """One worker alone listens: that of the call that is spoken, else the first that is ready."""

    def __init__(self, calls: Calls, workers: Iterable[Worker]) -> None:
        self._calls, self._workers = calls, workers
        self._worker: Worker | None = None

    def ask(self, command: wire.Listen) -> None:
        """Listen, or stop it."""
        before, self._worker = self._worker, None
        if command.on:
            spoken = [call.worker for call in self._calls if call.active]
            ready = [worker for worker in self._workers if worker.port]
            self._worker = next(iter(spoken + ready), None)
        if before is not None and before is not self._worker:
            before.child.send(_NO_MORE)
        if self._worker is not None:
            self._worker.child.send(command)
