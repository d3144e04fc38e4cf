"""The edge: every SIP message between outside and the workers comes through here.

Towards outside it is one address, towards each worker the only one there is. Loop thread only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from receptionist.phone.exchange.dialogs import Dialogs
from receptionist.phone.exchange.farewell import Farewell
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.inward import Inside, Inward
from receptionist.phone.exchange.outside import Outside
from receptionist.phone.exchange.outward import Outward
from receptionist.phone.exchange.workers import Worker, Workers
from receptionist.phone.sip.message import BadSip, Message, parse

log = logging.getLogger(__name__)

_SWEEP_S = 16.0


class Edge:
    """Puts the ways in and out together. `report` takes what the desk is to hear."""

    def __init__(
        self,
        workers: Workers,
        inside: Inside,
        outside: Outside,
        report: Callable[[Any], None],
    ) -> None:
        self.dialogs = Dialogs()
        self._workers = workers
        self._inward = Inward(self.dialogs, workers, inside, outside, report)
        self._outward = Outward(self.dialogs, workers, inside, outside)
        self._farewell = Farewell(outside, self._inward.bury)
        self._sweep()

    def from_outside(self, message: Message, source: Hop) -> None:
        """A message came from the network; nothing in it may harm another call."""
        try:
            if message.is_request:
                self._inward.request(message, source)
            elif not self._outward.answer(message):
                self._farewell.answer(message)
        except BadSip as error:
            log.info("a message was dropped: %s", error)
        except Exception:
            log.exception("a message from outside could not be taken")

    def from_worker(self, data: bytes, port: int) -> None:
        """A message came from loopback; only workers are heard."""
        worker = self._workers.at(port)
        if worker is None or not data.strip():
            return
        try:
            message = parse(data)
            if message.is_request:
                self._outward.request(message, worker)
            else:
                self._inward.answer(message, worker)
        except BadSip as error:
            log.warning("a worker's message was dropped: %s", error)
        except Exception:
            log.exception("a worker's message could not be passed on")

    def lost(self, way: Hop) -> None:
        """A connection to outside broke, or never stood."""
        self._outward.lost(way)

    def began(self, worker: Worker, call_id: UUID, incoming: bool) -> None:
        """The desk knows a worker's newest call, or its next one, by this id."""
        self.dialogs.called(worker, call_id, incoming=incoming)

    def ended(self, worker: Worker, call_id: UUID) -> None:
        """A worker's call is over, and may never have come to an INVITE."""
        self.dialogs.not_called(worker, call_id)

    def died(self, worker: Worker) -> None:
        """Nobody is left in silence: its peers are told in its place that it is over."""
        self._farewell.speak_for(self.dialogs.of(worker))
        self.dialogs.forget(worker)

    def _sweep(self) -> None:
        self.dialogs.sweep()
        self._inward.sweep()
        asyncio.get_running_loop().call_later(_SWEEP_S, self._sweep)
