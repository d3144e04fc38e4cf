"""Between the desk and the workers: whose call a command is for, and what the desk is told.

Loop thread only.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from receptionist.errors import PhoneError
from receptionist.events import (
    EngineChanged,
    EngineState,
    LineChanged,
    PhoneCommandFailed,
    PhoneEnded,
    PhoneIncoming,
    PhoneRefused,
    PhoneTransferred,
)
from receptionist.model.call import Cause
from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.model.sound import Sound
from receptionist.phone import wire
from receptionist.phone.exchange.calls import Calls
from receptionist.phone.exchange.connecting import Connecting
from receptionist.phone.exchange.listening import Listening
from receptionist.phone.exchange.ringing import Ringing
from receptionist.phone.exchange.workers import Worker, Workers

log = logging.getLogger(__name__)

_PATIENCE_S = 15.0
_NOT_FOR_DESKS = (wire.Hello, wire.Attend, wire.Ring, wire.DialogOf)


class Registrar(Protocol):
    """What keeps the lines registered."""

    def register(self, line: Line, secret: Secret | None) -> None:
        """Register a line, or change it; `PhoneError` when it cannot even be tried."""

    def unregister(self, line_id: UUID) -> None:
        """Take a line away; `PhoneError` when there is none."""

    def line(self, line_id: UUID) -> Line | None:
        """A line as it is just now."""


class Switchboard:
    """`report` takes what the desk is to hear; `began` and `ended` hear of every call and its
    worker.
    """

    def __init__(
        self, workers: Workers, registrar: Registrar, report: Callable[[Any], None]
    ) -> None:
        self.calls = Calls()
        self.audio: tuple[str, bool] | None = None
        self.began: Callable[[Worker, UUID, bool], None] = lambda worker, call_id, incoming: None
        self.ended: Callable[[Worker, UUID], None] = lambda worker, call_id: None
        self._workers = workers
        self._registrar = registrar
        self._report = report
        self._ringing = Ringing(self.calls, lambda worker, ring: worker.child.send(ring))
        self._listening = Listening(self.calls, workers)
        self._connecting = Connecting(time.monotonic)
        self._lines: dict[UUID, wire.Register] = {}
        self._sound: tuple[Sound, ...] = ()
        self._dialling: set[UUID] = set()
        workers.greet = lambda: (*self._lines.values(), *self._sound)

    # ---- what the desk asks ------------------------------------------------------------------

    def obey(self, command: Any) -> None:
        """Carry a command out; what does not work is reported."""
        try:
            self._obey(command)
        except PhoneError as error:
            self._failed(command, str(error))
        except Exception as error:
            log.exception("%s failed", type(command).__name__)
            self._failed(command, type(error).__name__)

    def obey_inside(self, command: Any) -> None:
        """The same for what only the exchange may ask for."""
        if isinstance(command, wire.Dial):
            self.obey(command)
            return
        try:
            self.pass_on(command)
        except PhoneError as error:
            self._failed(command, str(error))

    def _obey(self, command: Any) -> None:
        match command:
            case wire.Register():
                self._register(command)
            case wire.Unregister():
                self._registrar.unregister(command.line_id)
                self._lines.pop(command.line_id, None)
                self._workers.send_all(command)
            case wire.Dial():
                self._dial(command)
            case wire.Record():
                self.pass_on(command)
                self._records(command.call_id)
            case wire.TransferTo():
                self._transfer_to(command)
            case Sound():
                self._sound = (command,)
                self._workers.send_all(command)
            case wire.Listen():
                self._listening.ask(command)
            case _ if isinstance(command, _NOT_FOR_DESKS):
                raise PhoneError("nothing that can be asked for here")
            case _:
                self.pass_on(command)

    def _register(self, command: wire.Register) -> None:
        try:
            self._registrar.register(command.line, command.secret)
        except PhoneError:
            line_id = command.line.id
            if self._registrar.line(line_id) is None and self._lines.pop(line_id, None) is not None:
                self._workers.send_all(wire.Unregister(line_id=line_id))
            raise
        former = self._lines.get(command.line.id)
        if former is not None:
            command = replace(command, way=former.way)
        self._lines[command.line.id] = command
        self._workers.send_all(command)

    def goes(self, line_id: UUID, way: wire.MediaWay) -> None:
        """The voice of a line takes another way from now on."""
        known = self._lines.get(line_id)
        if known is not None:
            self._lines[line_id] = replace(known, way=way)
            self._workers.send_all(self._lines[line_id])

    def pass_on(self, command: Any) -> None:
        """To the worker that has the call; `PhoneError` if nobody has."""
        call_id = getattr(command, "call_id", None)
        call = self.calls.get(call_id)
        if isinstance(command, wire.HangUp) and command.call_id in self._dialling:
            self._dialling.discard(command.call_id)
            self._report(PhoneEnded(call_id=command.call_id, cause=Cause.WE_HUNG_UP))
        elif call is None:
            raise PhoneError("the call is gone")
        elif isinstance(command, wire.RingTone):
            call.tone = command.tone
            self._ringing.look()
        else:
            call.worker.child.send(command)

    def desk_gone(self, ours: Callable[[UUID], bool]) -> None:
        """What only that desk knew the purpose of is over; not the exchange's own calls (`ours`).

        A recording is completed: a new desk can ask again. A test call, which nobody hears, ends,
        and so does a call that waits for a worker.
        """
        for waiting in tuple(self._dialling):
            self.pass_on(wire.HangUp(call_id=waiting))
        for call in self.calls:
            call_id = call.live.call_id
            if call.recorded:
                call.worker.child.send(wire.StopRecording(call_id=call_id))
            if not call.heard and not ours(call_id):
                call.worker.child.send(wire.HangUp(call_id=call_id))

    def _records(self, call_id: UUID) -> None:
        """A caller who leaves a message is none of the desk's to record."""
        call = self.calls.get(call_id)
        if call is not None and call.live.step is None:
            call.recorded = True

    def _dial(self, command: wire.Dial) -> None:
        beside = self.calls.get(command.beside)
        if command.line_id not in self._lines:
            self._cannot_dial(command, "no such line")
        elif self.calls.get(command.call_id) is not None:
            raise PhoneError("this call exists already")
        elif beside is not None:
            self._dial_at(beside.worker, command)
        else:
            self._dialling.add(command.call_id)
            self._workers.take(lambda worker: self._taken(worker, command), _PATIENCE_S)

    def _taken(self, worker: Worker | None, command: wire.Dial) -> None:
        """A worker is there for a call, or none can be had; the desk may have given it up."""
        wanted = command.call_id in self._dialling
        self._dialling.discard(command.call_id)
        if worker is not None and wanted:
            self._dial_at(worker, command)
        elif wanted:
            self._cannot_dial(command, "all workers are taken")
        if worker is not None:
            self._workers.settle(worker)

    def _dial_at(self, worker: Worker, command: wire.Dial) -> None:
        self.calls.dialled(command, worker, datetime.now(UTC))
        self.began(worker, command.call_id, False)
        worker.child.send(command)

    def _cannot_dial(self, command: wire.Dial, detail: str) -> None:
        self._failed(command, detail)
        self._report(PhoneEnded(call_id=command.call_id, cause=Cause.FAILED))

    def _transfer_to(self, command: wire.TransferTo) -> None:
        """One worker knows both; else that of the other says what to put into Refer-To."""
        call, other = self.calls.get(command.call_id), self.calls.get(command.other_id)
        if call is not None and other is not None and call.worker is not other.worker:
            self._connecting.begin(command.call_id, command.other_id)
            other.worker.child.send(wire.DialogOf(call_id=command.other_id))
        else:
            self.pass_on(command)

    def _failed(self, command: Any, detail: str) -> None:
        call_id = getattr(command, "call_id", None)
        name = wire.command_name(command)
        self._report(PhoneCommandFailed(call_id=call_id, command=name, detail=detail))

    # ---- what the workers report -------------------------------------------------------------

    def reported(self, worker: Worker, report: Any) -> None:
        """A worker said something. Lines and refusals are our own affair."""
        match report:
            case wire.Ready() | EngineChanged():
                self._sounds_like(report.audio, report.silent)
            case wire.Dialog():
                self._connect(report)
            case LineChanged() | PhoneRefused():
                log.debug("a worker says %s", type(report).__name__)
            case PhoneIncoming():
                self.calls.rang(report, worker)
                self.began(worker, report.call_id, True)
                self._workers.settle(worker)
                self._told(report)
            case PhoneCommandFailed(call_id=None):
                log.warning("a worker could not %s: %s", report.command, report.detail)
            case _:
                self._told(report)

    def tick(self) -> None:
        """Look at the clock."""
        for one in self._connecting.late():
            self._report(one)

    def died(self, worker: Worker) -> None:
        """Its calls are over; nobody else's."""
        for call_id in self.calls.of(worker):
            self._told(PhoneEnded(call_id=call_id, cause=Cause.ENGINE_DIED))

    def _told(self, report: Any) -> None:
        for one in self._connecting.told(report):
            self._report(one)
        call = self.calls.get(getattr(report, "call_id", None))
        self.calls.note(report, datetime.now(UTC))
        self._ringing.look()
        if isinstance(report, PhoneTransferred):
            for other in filter(None, map(self.calls.get, self._connecting.to_hang_up())):
                other.worker.child.send(wire.HangUp(call_id=other.live.call_id))
        if isinstance(report, PhoneEnded) and call is not None:
            self.ended(call.worker, report.call_id)
            self._workers.freed(call.worker)

    def _connect(self, dialog: wire.Dialog) -> None:
        call_id = self._connecting.dialog_came(dialog.call_id)
        call = self.calls.get(call_id)
        if call is not None and call_id is not None:
            call.worker.child.send(
                wire.TransferTo(call_id=call_id, other_id=dialog.call_id, replaces=dialog.replaces)
            )

    def _sounds_like(self, audio: str, silent: bool) -> None:
        """Told once, not by each worker. The first is told by `Ready`."""
        before, self.audio = self.audio, (audio, silent)
        if before is not None and before != self.audio:
            self._report(EngineChanged(state=EngineState.READY, audio=audio, silent=silent))
