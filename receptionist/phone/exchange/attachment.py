"""The exchange and its desks: one at a time, and the next one may come whenever it likes."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from receptionist.errors import BadFrame, EngineDown
from receptionist.events import PhoneCommandFailed
from receptionist.phone import wire
from receptionist.phone.wire.rendezvous import Gate
from receptionist.phone.wire.spool import Spool

log = logging.getLogger(__name__)

_HANDSHAKE_S = 15.0
_TURN_S = 3.0
_MOST_UNSENT = 20_000
_LIMITED = (wire.HangUp, wire.Hold, wire.Resume)


class Host(Protocol):
    """What an `Attachment` tells the exchange, on the exchange's own loop."""

    def present(self) -> Iterable[wire.Report]:
        """What a new desk is told first: `Ready`, a `PhoneLive` each call, each line's newest."""

    def attached(self, hello: wire.Hello) -> None:
        """A desk has come, and was told what is `present`."""

    def obey(self, command: wire.Command) -> None:
        """The desk wants something; never `Hello`, `Heard`, `Leave`."""

    def gone(self) -> None:
        """The desk has left, or has died."""


class Attachment:
    """The way to the desk that is there, if any. On the exchange's loop.

    `post` brings a call to that loop from any thread. Reading and writing have threads of their
    own, so a desk that stands still stops nobody. What no desk writes down goes into the spool.
    """

    def __init__(self, host: Host, post: Callable[..., object], data: str) -> None:
        """For the data directory `data`; without one no other desk can come."""
        self._host = host
        self._post = post
        self._data = data
        self._spool = Spool(data)
        self._gate: Gate | None = None
        self._visit: _Visit | None = None
        self._free = threading.Condition()
        self._taken = False
        self.draining = False
        """Whether this desk is of another version: it may only end what there is."""

    @property
    def there(self) -> bool:
        """Whether there is a desk."""
        return self._visit is not None

    @property
    def lasting(self) -> bool:
        """Whether another desk can come when this one is gone."""
        return self._gate is not None

    def open(self) -> None:
        """Let desks in from now on."""
        if not self._data:
            return
        try:
            self._gate = Gate(self._data)
        except OSError as error:
            log.error("no other desk can come: %s", error.strerror)
            return
        threading.Thread(target=self._watch, args=(self._gate,), daemon=True).start()

    def begin(self, link: wire.Link, hello: wire.Hello) -> None:
        """The desk that started this exchange, and its greeting."""
        self._taken = True
        self._came(link, hello)

    def send(self, report: wire.Report) -> None:
        """Tell the desk; what its journal needs is kept until it is there."""
        if self._visit is not None:
            self._spool.told(report)
            self._visit.send(report)
        else:
            self._spool.add(report)

    def close(self) -> None:
        """Let nobody in any more, and say goodbye to who is there once all was sent."""
        if self._gate is not None:
            self._gate.close()
            self._gate = None
        if self._visit is not None:
            self._visit.finish()
            self._spool.desk_gone()

    # ---- on the loop

    def _came(self, link: wire.Link, hello: wire.Hello) -> None:
        self.draining = hello.version != wire.VERSION
        visit = self._visit = _Visit(link, self._hears)
        for report in self._host.present():
            visit.send(report)
        for rest in self._spool.rest():
            self.send(rest)
        self._host.attached(hello)
        visit.begin()

    def _heard(self, visit: _Visit, command: Any) -> None:
        if visit is not self._visit:
            return
        if command is None or isinstance(command, wire.Leave):
            self._left(visit)
        elif isinstance(command, BadFrame):
            log.error("bad frame from the desk: %s", command)
            visit.send(_failed(None, "frame", str(command)))
        elif isinstance(command, wire.Heard):
            self._spool.heard(command.count)
        elif isinstance(command, wire.Hello):
            visit.send(_failed(None, "hello", "hello comes once"))
        elif self.draining and not isinstance(command, (*_LIMITED, wire.Stop)):
            call_id = getattr(command, "call_id", None)
            visit.send(_failed(call_id, wire.command_name(command), "another version"))
        else:
            self._host.obey(command)

    def _left(self, visit: _Visit) -> None:
        self._visit = None
        self.draining = False
        visit.finish()
        self._spool.desk_gone()
        with self._free:
            self._taken = False
            self._free.notify()
        self._host.gone()

    # ---- on other threads

    def _hears(self, visit: _Visit, command: Any) -> None:
        self._to_loop(self._heard, visit, command)

    def _watch(self, gate: Gate) -> None:
        while (connection := gate.wait()) is not None:
            threading.Thread(target=self._greet, args=(gate, connection), daemon=True).start()

    def _greet(self, gate: Gate, connection: Any) -> None:
        """One who knocks. The former desk may have died just now: its end is waited for."""
        try:
            link = gate.admit(connection, wire.COMMANDS)
            hello = link.receive() if link.waits(_HANDSHAKE_S) else None
        except (EngineDown, BadFrame) as error:
            log.warning("somebody did not come in: %s", error)
            connection.close()
            return
        if isinstance(hello, wire.Hello) and self._take_turn():
            self._to_loop(self._came, link, hello)
            return
        with contextlib.suppress(EngineDown):
            link.send(_failed(None, "attach", "another desk is here"))
        link.close()

    def _take_turn(self) -> bool:
        with self._free:
            if not self._free.wait_for(lambda: not self._taken, _TURN_S):
                return False
            self._taken = True
            return True

    def _to_loop(self, function: Callable[..., object], *values: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is over, and so is the exchange
            self._post(function, *values)


class _Visit:
    """One desk while it is there. `send`, `finish` on the loop, `hears` on the reading thread."""

    def __init__(self, link: wire.Link, hears: Callable[[_Visit, Any], None]) -> None:
        self._link = link
        self._hears = hears
        self._outgoing: queue.SimpleQueue[wire.Report | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write, daemon=True)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._writer.start()

    def begin(self) -> None:
        """Listen to it."""
        self._reader.start()

    def send(self, report: wire.Report) -> None:
        """Tell it in its turn; a desk that has not listened for ever so long is given up."""
        if self._outgoing.qsize() > _MOST_UNSENT:
            self._link.hang_up()
        self._outgoing.put(report)

    def finish(self) -> None:
        """Close once all was sent."""
        self._outgoing.put(None)
        self._writer.join(1.0)

    def _write(self) -> None:
        while (report := self._outgoing.get()) is not None:
            try:
                self._link.send(report)
            except EngineDown:
                break
            except BadFrame:
                log.exception("a report could not be sent")
        self._link.hang_up()

    def _read(self) -> None:
        while True:
            try:
                command = self._link.receive()
            except BadFrame as error:
                self._hears(self, error)
            except EngineDown:
                break
            else:
                self._hears(self, command)
        self._hears(self, None)
        self._writer.join()
        self._link.close()


def _failed(call_id: Any, command: str, detail: str) -> PhoneCommandFailed:
    return PhoneCommandFailed(call_id=call_id, command=command, detail=detail)
