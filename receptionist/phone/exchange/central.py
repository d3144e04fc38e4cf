"""All parts of the exchange, put together: sockets, workers, lines, the desk, and who looks after
callers nobody answers. Loop thread only.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from receptionist.errors import PhoneError
from receptionist.events import LineChanged, PhoneTrace
from receptionist.model.unattended import Plans
from receptionist.phone import wire
from receptionist.phone.exchange.absence import Absence
from receptionist.phone.exchange.attachment import Attachment
from receptionist.phone.exchange.attendant import Attendant
from receptionist.phone.exchange.edge import Edge
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.loopback import HOST, Loopback
from receptionist.phone.exchange.outside import Outside
from receptionist.phone.exchange.registrations import Registrations
from receptionist.phone.exchange.sounds import shipped
from receptionist.phone.exchange.switchboard import Switchboard
from receptionist.phone.exchange.trace import Traces
from receptionist.phone.exchange.transports import Transports
from receptionist.phone.exchange.trust import client_context
from receptionist.phone.exchange.ways import Ways
from receptionist.phone.exchange.workers import Worker, Workers
from receptionist.phone.sip.message import Message
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

_ALIVE_S = 2.0
_TICK_S = 0.2
_FAREWELL_S = 1.5
_ELSEWHERE = "192.0.2.1"
"""An address that nobody has (RFC 5737): the way there is the usual way out."""


class Central:
    """`begin`, then `run` until the desk says so, or nobody has been there for long."""

    def __init__(self, hello: wire.Hello, link: wire.Link) -> None:
        self._hello = hello
        self._link = link
        self._over = asyncio.Event()
        self._ready = asyncio.Event()
        self._hopeless = ""
        self._lines: dict[UUID, LineChanged] = {}
        loop = asyncio.get_running_loop()
        settings = hello.settings
        self._attachment = Attachment(self, loop.call_soon_threadsafe, settings.log_directory)
        self._absence = Absence(time.monotonic, settings.linger_s)
        trust = partial(client_context, settings.authorities, settings.revocations)
        self._transports = Transports(self._from_outside, self._flow_lost, trust)
        self._registrations = Registrations(self._transports, self._line_changed)
        self._traces = Traces()
        self._outside = Outside(self._transports, self._registrations, self._traces)
        self._loopback = Loopback()
        self._workers = Workers(self._worker_hello, settings.workers)
        self._switchboard = Switchboard(self._workers, self._registrations, self._report)
        self._ways = Ways(settings, self._registrations.local, self._switchboard.goes)
        self._edge = Edge(self._workers, self._loopback, self._outside, self._report)
        self._attendant = Attendant(
            self._switchboard.obey_inside, self._attachment.send, time.monotonic, shipped
        )
        self._workers.told, self._workers.lost = self._worker_told, self._worker_lost
        self._workers.hopeless = self._give_up
        self._switchboard.began, self._switchboard.ended = self._edge.began, self._edge.ended
        self._loopback.heard = self._edge.from_worker

    async def run(self) -> None:
        """Serve; `PhoneError` when it cannot even begin."""
        await self._open()
        self._attachment.open()
        self._attachment.begin(self._link, self._hello)
        beats = [asyncio.create_task(self._beat()), asyncio.create_task(self._tick())]
        beats.append(asyncio.create_task(self._ways.watch()))
        await self._over.wait()
        for task in beats:
            task.cancel()
        await self._farewell()

    async def _open(self) -> None:
        settings = self._hello.settings
        await self._loopback.open()
        wanted = settings.sip_port or self._hello.kept_port
        port = await self._transports.open(settings.bind, wanted)
        if settings.sip_port and port != settings.sip_port:
            raise PhoneError(f"port {settings.sip_port} is in use")
        self._workers.start()
        while not self._ready.is_set():
            self._link.send(wire.Alive())
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ready.wait(), _ALIVE_S)
        if self._hopeless:
            raise PhoneError(self._hopeless)

    async def _farewell(self) -> None:
        """Every caller hears a BYE, every registrar that we go, within a second or so."""
        self._workers.stop()
        leaving = asyncio.wait_for(self._registrations.leave(), _FAREWELL_S)
        await asyncio.gather(self._workers.gone(_FAREWELL_S), leaving, return_exceptions=True)
        self._attachment.close()
        await self._transports.close()
        self._loopback.close()

    # ---- the desk (`attachment.Host`)

    def present(self) -> Iterator[wire.Report]:
        """What a new desk is told first."""
        audio, silent = self._switchboard.audio or ("", True)
        calls = [c for c in self._switchboard.calls if not self._attendant.owns(c.live.call_id)]
        yield wire.Ready(
            version=wire.VERSION,
            audio=audio,
            sip_port=self._transports.port,
            silent=silent,
            calls=len(calls),
        )
        for call in calls:
            yield replace(call.live, step=self._attendant.step(call.live.call_id))
        yield from self._lines.values()

    def attached(self, hello: wire.Hello) -> None:
        """A desk has come; one of another version can take no new calls."""
        self._workers.closed = self._attachment.draining
        self._look_for_desk()

    def obey(self, command: wire.Command) -> None:
        """The desk wants something."""
        match command:
            case wire.Stop():
                self._over.set()
            case wire.Trace():
                text = self._traces.text(self._edge.dialogs.call_id(command.call_id))
                self._report(PhoneTrace(call_id=command.call_id, text=text))
            case Plans():
                self._attendant.follow(command)
            case _:
                self._attendant.obeyed(command)
                self._switchboard.obey(command)

    def gone(self) -> None:
        """The desk has left or died. Where no other can come, that is the end."""
        log.info("the desk is gone")
        self._workers.closed = False
        self._switchboard.desk_gone(self._attendant.owns)
        if not self._attachment.lasting:
            self._over.set()
        self._look_for_desk()

    def _look_for_desk(self) -> None:
        self._absence.look(self._attachment.there, len(self._switchboard.calls))
        self._attendant.desk_is(not self._absence.absent)
        if self._absence.over:
            self._over.set()

    # ---- what is reported

    def _report(self, report: Any) -> None:
        if not self._attendant.heard(report):
            self._attachment.send(report)

    def _line_changed(self, report: LineChanged) -> None:
        self._lines[report.line_id] = report
        self._ways.look(report.line_id)
        self._report(report)

    def _worker_told(self, worker: Worker, report: Any) -> None:
        self._switchboard.reported(worker, report)
        if isinstance(report, wire.Ready):
            self._ready.set()

    def _worker_lost(self, worker: Worker) -> None:
        self._edge.died(worker)
        self._switchboard.died(worker)

    def _give_up(self, detail: str) -> None:
        if not self._ready.is_set():
            self._hopeless = detail
            self._ready.set()

    # ---- messages

    def _from_outside(self, message: Message, source: Hop) -> None:
        self._traces.add(message, source, sent=False)
        if message.is_request or not self._registrations.heard(message):
            self._edge.from_outside(message, source)

    def _flow_lost(self, hop: Hop, reason: Reason) -> None:
        self._registrations.lost(hop, reason)
        self._edge.lost(hop)

    def _worker_hello(self) -> wire.Hello:
        """A worker speaks SIP on loopback, and RTP where the lines can hear it."""
        settings = self._hello.settings
        media = settings.bind or self._transports.address_towards(_ELSEWHERE) or HOST
        inside = replace(settings, bind=HOST, sip_port=0, edge=self._loopback.place, media=media)
        return wire.Hello(version=wire.VERSION, settings=inside, language=self._hello.language)

    # ---- time

    async def _beat(self) -> None:
        while True:
            if self._attachment.there:
                self._attachment.send(wire.Alive())
            await asyncio.sleep(_ALIVE_S)

    async def _tick(self) -> None:
        while True:
            self._attendant.tick()
            self._switchboard.tick()
            self._look_for_desk()
            await asyncio.sleep(_TICK_S)
