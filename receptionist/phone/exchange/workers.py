"""The workers: who is free, who has whom, and who comes after one that died. Loop thread only.

A caller has a worker of his own, with those who are called for him. One spare is always warm.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from receptionist.phone import wire

log = logging.getLogger(__name__)

_IDLE = 3
_SHORT_LIVES = 3
_PAUSE_S = 1.0
_RESERVED_S = 10.0
_SILENCE_S = 10.0
_AT_ONCE = max(2, os.cpu_count() or 1)
"""Processes that start side by side take as long together, and the first caller waits for all."""

Taker = Callable[["Worker | None"], None]


@dataclass(eq=False)
class Worker:
    """One process with pjsua2. `port` is where it takes SIP on loopback, 0 until it is ready.

    It is free without a call and without `reserved`, which is until one of the call it was taken
    for is heard.
    """

    number: int
    child: wire.Child
    port: int = 0
    calls: set[UUID] = field(default_factory=set)
    reserved: float = 0.0
    leaving: bool = False

    @property
    def free(self) -> bool:
        """Whether somebody can be given to it."""
        return bool(self.port) and not (self.calls or self.reserved or self.leaving)


class Workers:
    """All of them, each greeted by a `hello`; at most so many.

    `told` gets what they report, `lost` one that died; `greet` gives what a new one has to know.
    """

    def __init__(self, hello: Callable[[], wire.Hello], most: int) -> None:
        self._hello = hello
        self._most = most
        self._loop = asyncio.get_running_loop()
        self._all: dict[int, Worker] = {}
        self._waiting: dict[int, Taker] = {}
        self._number = 0
        self._short_lives = 0
        self._stopping = False
        self.closed = False
        """Whether no new call is given to any, and the ones there are go on."""
        self.told: Callable[[Worker, Any], None] = lambda worker, report: None
        self.lost: Callable[[Worker], None] = lambda worker: None
        self.greet: Callable[[], tuple[wire.Command, ...]] = lambda: ()
        self.hopeless: Callable[[str], None] = lambda detail: None

    def __iter__(self) -> Any:
        return iter(tuple(self._all.values()))

    @property
    def full(self) -> bool:
        """Whether all are taken and there may be no more."""
        unfit = [one for one in self._all.values() if one.port and not one.free]
        return self.closed or len(unfit) + len(self._waiting) >= self._most

    def at(self, port: int) -> Worker | None:
        """The worker that takes SIP at a port of loopback."""
        return next((one for one in self._all.values() if one.port == port), None)

    def get(self, number: int) -> Worker | None:
        """The worker of this number, if it still lives."""
        return self._all.get(number)

    def send_all(self, command: wire.Command) -> None:
        """Tell every worker that is ready; the others hear it by `greet`."""
        for worker in self._all.values():
            if worker.port:
                worker.child.send(command)

    def take(self, taker: Taker, patience_s: float) -> None:
        """Reserve a free worker and give it to `taker`, at once if there is one.

        Nothing is given when all are taken and there may be no more, when none came in time, or
        when all of them are to end.
        """
        none = self.closed or self._stopping
        worker = next((one for one in self._all.values() if one.free and not none), None)
        if worker is None and (self.full or self._stopping):
            taker(None)
        elif worker is None:
            self._number += 1
            ticket = self._number
            self._waiting[ticket] = taker
            self._loop.call_later(patience_s, self._give_up, ticket)
            self._refill()
        else:
            self._give(worker, taker)

    def settle(self, worker: Worker) -> None:
        """The call it was reserved for is among its calls now, or will never be."""
        worker.reserved = 0.0
        self.freed(worker)

    def freed(self, worker: Worker) -> None:
        """A call of it is over: it may have room for who waits, or be one too many."""
        if not worker.free:
            return
        if self._waiting:
            self._give(worker, self._waiting.pop(next(iter(self._waiting))))
        elif sum(one.free for one in self._all.values()) > _IDLE:
            worker.leaving = True
            worker.child.stop()

    def start(self) -> None:
        """Bring the first ones up."""
        self._refill()

    def stop(self) -> None:
        """Ask all of them to hang up and end; who waits for one is told at once."""
        self._stopping = True
        for ticket in tuple(self._waiting):
            self._give_up(ticket)
        for worker in self:
            worker.child.stop()

    async def gone(self, seconds: float) -> None:
        """Wait until all of them have ended, and kill those that have not in time."""
        threads = [asyncio.to_thread(worker.child.join, seconds) for worker in self]
        await asyncio.gather(*threads)

    # ---- inside ------------------------------------------------------------------------------

    def _give(self, worker: Worker, taker: Taker) -> None:
        worker.reserved = self._loop.time()
        self._loop.call_later(_RESERVED_S, self._expire, worker, worker.reserved)
        taker(worker)
        self._refill()

    def _expire(self, worker: Worker, since: float) -> None:
        if worker.reserved == since:
            self.settle(worker)

    def _give_up(self, ticket: int) -> None:
        taker = self._waiting.pop(ticket, None)
        if taker is not None:
            taker(None)

    def _refill(self) -> None:
        """Start as many as are waited for, and one to spare, a few at a time."""
        starting = sum(not one.port for one in self._all.values())
        free = sum(one.free for one in self._all.values())
        staying = sum(not one.leaving for one in self._all.values())
        lacking = len(self._waiting) + 1 - free - starting
        wanted = min(lacking, self._most - staying, _AT_ONCE - starting)
        for _ in range(wanted if not self._stopping else 0):
            self._start()

    def _start(self) -> None:
        self._number += 1
        number, post = self._number, self._loop.call_soon_threadsafe
        child = wire.Child(
            wire.program("engine"),
            self._hello(),
            _SILENCE_S,
            lambda report: _posted(post, self._heard, worker, report),
            lambda: _posted(post, self._died, worker),
        )
        worker = self._all[number] = Worker(number, child)
        child.start()

    def _heard(self, worker: Worker, report: Any) -> None:
        if isinstance(report, wire.Ready):
            self._short_lives = 0
            for command in self.greet():
                worker.child.send(command)
            worker.port = report.sip_port
            self.told(worker, report)
            self.freed(worker)
            self._refill()
        else:
            self.told(worker, report)

    def _died(self, worker: Worker) -> None:
        self._all.pop(worker.number, None)
        if self._stopping:
            return
        self.lost(worker)
        if worker.port:
            self._refill()
            return
        self._short_lives += 1
        if self._short_lives >= _SHORT_LIVES:
            self.hopeless("no worker can be started")
        self._loop.call_later(_PAUSE_S, self._refill)


def _posted(post: Callable[..., Any], function: Callable[..., None], *values: Any) -> None:
    """To the loop, unless it has ended."""
    try:
        post(function, *values)
    except RuntimeError:
        log.debug("the loop has ended")
