"""The desk's end of the phone: starts the engine, keeps it up, and speaks for it.

`Supervisor` lives on the main thread. The keeper's thread starts the engine, waits for its reports
and starts it again when it dies; everything it learns comes over by `post`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
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
    PhoneLive,
    PhoneResumed,
)
from receptionist.model.call import Cause
from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.phone import wire
from receptionist.phone.supervisor.keeper import Keeper, engine_command
from receptionist.phone.supervisor.receipts import Receipts
from receptionist.phone.supervisor.service import Service
from receptionist.phone.wire.spool import Kept
from receptionist.reasons import Reason
from receptionist.threads import Post, assert_main

__all__ = ["Supervisor"]

log = logging.getLogger(__name__)

_INSIDE = (wire.Ready, wire.Alive, wire.PhonePlayed, wire.Dialog, PhoneLive)
"""Reports that are not for the desk."""


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
        self._lines: dict[UUID, wire.Register] = {}
        self._calls: dict[UUID, None] = {}
        self._undialled: set[UUID] = set()
        self._link: wire.Link | None = None
        self._state = EngineState.STARTING
        settings = settings or wire.EngineSettings()
        self._receipts = Receipts(settings.log_directory, self._journalled)
        self._told_once = False
        self._old = False
        self._left = False
        self._keeper = Keeper(
            settings,
            tuple(command or engine_command()),
            silence_s,
            lambda living, missed: post(self._found, living, missed),
            lambda link, report: post(self._reported, link, report),
            lambda: post(self._lost),
        )
        self.service = Service(self._command, self._send, self._receipts.receipt)

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

    def register(self, line: Line, secret: Secret | None, relay: Secret | None = None) -> None:
        """Register `line` now and after every restart of the engine."""
        assert_main()
        self._lines[line.id] = wire.Register(line=line, secret=secret, relay=relay)
        if self._link is not None:
            self._register(self._lines[line.id])

    def unregister(self, line_id: UUID) -> None:
        """Take a line off its registrar and forget its secret."""
        assert_main()
        if self._lines.pop(line_id, None) is not None and self._link is not None:
            self._send(wire.Unregister(line_id=line_id))

    def answer(self, call_id: UUID) -> None:
        """Answer a ringing call."""
        self._command(call_id, wire.Answer(call_id=call_id))

    def decline(self, call_id: UUID, status: int = 486, reason: str = "") -> None:
        """Refuse a ringing call with a SIP status, and words for the other side."""
        self._command(call_id, wire.Decline(call_id=call_id, status=status, reason=reason))

    def redirect(self, call_id: UUID, target: str) -> None:
        """Send a ringing caller to another number."""
        self._command(call_id, wire.Redirect(call_id=call_id, target=target))

    def hang_up(self, call_id: UUID) -> None:
        """End a call, whatever its state."""
        self._command(call_id, wire.HangUp(call_id=call_id))

    def dial(
        self,
        call_id: UUID,
        line_id: UUID,
        target: str,
        *,
        shown_as: str = "",
        beside: UUID | None = None,
        headset: bool = True,
        asserted: str = "",
        diversion: str = "",
    ) -> None:
        """Call `target`; when it cannot be called, `PhoneCommandFailed` and `PhoneEnded` say so.

        `shown_as`, `beside`, `headset`, `asserted` and `diversion`: see `wire.Dial`.
        """
        assert_main()
        if self._link is None:
            self._undialled.add(call_id)
            self._later(_gone(call_id, "dial"))
            self._later(PhoneEnded(call_id=call_id, cause=Cause.FAILED))
            return
        self._calls[call_id] = None
        self._send(
            wire.Dial(
                call_id=call_id,
                line_id=line_id,
                target=target,
                shown_as=shown_as,
                beside=beside,
                headset=headset,
                asserted=asserted,
                diversion=diversion,
            )
        )

    def hold(self, call_id: UUID, music: str = "") -> None:
        """Put the other side on hold, with music."""
        self._command(call_id, wire.Hold(call_id=call_id, music=music))

    def resume(self, call_id: UUID) -> None:
        """Take the other side off hold."""
        self._command(call_id, wire.Resume(call_id=call_id))

    def transfer(self, call_id: UUID, target: str) -> None:
        """Ask the other side to call `target` in our place."""
        self._command(call_id, wire.Transfer(call_id=call_id, target=target))

    def transfer_to(self, call_id: UUID, other_id: UUID) -> None:
        """Connect the other sides of two calls with each other."""
        self._command(call_id, wire.TransferTo(call_id=call_id, other_id=other_id))

    def join(self, call_id: UUID, other_id: UUID) -> None:
        """A conference of both calls and the headset."""
        self._command(call_id, wire.Join(call_id=call_id, other_id=other_id))

    def part(self, call_id: UUID, other_id: UUID) -> None:
        """The two calls hear each other no more."""
        self._command(call_id, wire.Part(call_id=call_id, other_id=other_id))

    def mute(self, call_id: UUID, muted: bool) -> None:
        """Cut our microphone off from a call, or join it again."""
        self._command(call_id, wire.Mute(call_id=call_id, muted=muted))

    def send_digits(self, call_id: UUID, digits: str) -> None:
        """Send DTMF (RFC 4733): `0-9*#A-D`."""
        self._command(call_id, wire.SendDigits(call_id=call_id, digits=digits))

    def leave(self) -> None:
        """The desk goes while calls go on. Nothing is heard of them any more; `stop` ends none."""
        assert_main()
        self._left = True
        self._keeper.leave()
        self._send(wire.Leave())
        self._link = None

    def stop(self) -> None:
        """Hang up, end the engine, wait for it (bounded)."""
        assert_main()
        if self._left:
            return
        self._link = None
        self._keeper.stop()
        for call_id in list(self._calls):
            self._tell(PhoneEnded(call_id=call_id, cause=Cause.WE_HUNG_UP))

    def _command(self, call_id: UUID, command: wire.Command) -> None:
        assert_main()
        if self._link is None or call_id not in self._calls:
            self._later(_gone(call_id, wire.command_name(command)))
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
                    call_id=call_id, command=wire.command_name(command), detail=str(error)
                )
            )

    def _journalled(self, heard: wire.Command) -> None:
        """One of before an update would not understand it."""
        if not self._old:
            self._send(heard)

    def _later(self, event: PhoneEvent) -> None:
        """Tell the listener after the command has returned, as an engine would."""
        self._keeper.told(None, event)

    def _reported(self, link: wire.Link | None, report: wire.Report) -> None:
        if self._keeper.stopping:
            return
        if link is not None:
            self._receipts.told(report)
        if isinstance(report, wire.Ready):
            self._ready(link, report)
        else:
            self._tell(report)

    def _found(self, living: tuple[PhoneLive, ...], missed: tuple[Kept, ...]) -> None:
        """An engine was there, or is about to be started; of the calls of before these live."""
        if self._keeper.stopping:
            return
        missed = self._receipts.begin(missed)
        over = {event.call_id for _, event in missed if isinstance(event, PhoneEnded)}
        alive = {live.call_id: None for live in living}
        gone = [call_id for call_id in self._calls if call_id not in alive]
        for call_id in gone:
            if call_id not in over:
                self._tell(PhoneEnded(call_id=call_id, cause=Cause.ENGINE_DIED))
        self._calls = alive
        if living or missed or not self._told_once:
            self._told_once = True
            self._notify(PhoneResumed(living=living, missed=missed))

    def _ready(self, link: wire.Link | None, ready: wire.Ready) -> None:
        self._link = link
        self._state = EngineState.READY
        self._old = ready.version != wire.VERSION
        self._notify(EngineChanged(state=EngineState.READY, audio=ready.audio, silent=ready.silent))
        for register in self._lines.values():
            self._register(register)
        if not self._old:
            self.service.again()
        self._end_the_old_one()

    def _register(self, register: wire.Register) -> None:
        """An engine of before an update takes no lines: it is waited for its end."""
        if self._old:
            state, reason = LineState.CONNECTING, Reason.ENGINE_OLD
            self._notify(LineChanged(line_id=register.line.id, state=state, reason=reason))
        elif self._link is not None:
            self._send(register)

    def _end_the_old_one(self) -> None:
        if self._old and not self._calls:
            self._send(wire.Stop())

    def _tell(self, report: wire.Report) -> None:
        if isinstance(report, PhoneIncoming):
            self._calls[report.call_id] = None
        elif isinstance(report, PhoneEnded):
            if report.call_id in self._undialled:
                self._undialled.discard(report.call_id)
            elif report.call_id not in self._calls:
                return
            self._calls.pop(report.call_id, None)
        if isinstance(report, LineChanged) and self._old:
            return
        if not isinstance(report, _INSIDE):
            self._notify(report)
        self._end_the_old_one()

    def _notify(self, event: PhoneEvent) -> None:
        try:
            self._listener(event)
        except Exception:
            log.exception("the desk could not take %s", type(event).__name__)

    def _lost(self) -> None:
        """Its calls are over unless it is found again, which is told by `_found` at once."""
        if self._keeper.stopping:
            return
        self._link = None
        self._old = False
        if self._state is not EngineState.LOST:
            self._state = EngineState.LOST
            self._notify(EngineChanged(state=EngineState.LOST))
        for line_id in self._lines:
            state, reason = LineState.CONNECTING, Reason.ENGINE_DIED
            self._notify(LineChanged(line_id=line_id, state=state, reason=reason))


def _gone(call_id: UUID, command: str) -> PhoneCommandFailed:
    return PhoneCommandFailed(call_id=call_id, command=command, detail="the call is gone")
