"""The engine's one loop: let the library work, take what happened, bury, take commands, report.

One thread owns every pjsua2 object. Callbacks queue what they saw in `_happened`; nothing is
answered, hung up or dropped inside one.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import pjsua2 as pj

from receptionist.errors import BadFrame, EngineDown, PhoneError
from receptionist.events import PhoneCommandFailed
from receptionist.model.sound import Sound
from receptionist.phone import wire
from receptionist.phone.engine.accounts import media_place
from receptionist.phone.engine.calls import Calls, now
from receptionist.phone.engine.edge import Edge
from receptionist.phone.engine.edge_lines import EdgeLines
from receptionist.phone.engine.lines import Lines
from receptionist.phone.engine.sounding import Sounding
from receptionist.phone.engine.stack import Stack
from receptionist.phone.engine.transfers import Transfers
from receptionist.phone.engine.voice import Voice

log = logging.getLogger(__name__)

_TURN_MS = 10
_ALIVE_S = 2.0
_FAREWELL_S = 1.0


class Loop:
    """The engine after its handshake. `run` returns when the desk says so or is gone."""

    def __init__(self, link: wire.Link, hello: wire.Hello) -> None:
        self._link = link
        self._happened: deque[tuple[str, tuple[Any, ...]]] = deque()
        self._inbox: deque[Any] = deque()
        self._running = True
        self._alive_at = 0.0
        settings = hello.settings
        self._stack = Stack(self._queue)
        self._stack.open(settings, hello.kept_port)
        self._voice = Voice(settings)
        self._lines = self._made_lines(settings)
        self._transfers = Transfers(self._report, settings.transfer_s)
        self._calls = Calls(self._lines, self._voice, self._report, self._queue, self._transfers)
        self._sounding = Sounding(self._voice, self._report, behind_edge=bool(settings.edge))
        self._commands = _command_table(self._lines, self._calls, self._stop)
        self._commands |= _sound_commands(self._sounding)
        self._reactions = _reaction_table(self._lines, self._calls, self._transfers)

    def _made_lines(self, settings: wire.EngineSettings) -> Lines | EdgeLines:
        media = media_place(settings)
        if settings.edge:
            return EdgeLines(self._stack, media, Edge(settings.edge), self._queue, self._catch_up)
        return Lines(self._stack, media, self._report, self._queue)

    def run(self) -> None:
        """Turn until the end, then say goodbye to every caller and registrar."""
        port = self._stack.sip_port
        self._report(
            wire.Ready(
                version=wire.VERSION,
                audio=self._voice.description,
                sip_port=port,
                silent=self._voice.silent,
            )
        )
        while self._running:
            self._turn()
            self._take_commands()
            self._sounding.poll([leg.call_id for leg in self._calls.legs if leg.ringing])
            self._show_life()
        self._farewell()

    def _turn(self) -> None:
        self._stack.poll(_TURN_MS)
        while self._happened:
            kind, values = self._happened.popleft()
            self._attempt(kind, self._reactions[kind], *values)
        self._calls.tick()
        self._lines.bury({leg.line_id for leg in self._calls.legs})

    def _take_commands(self) -> None:
        self._fetch()
        while self._running and self._inbox:
            self._obey(self._inbox.popleft())

    def _fetch(self) -> None:
        while self._running and self._link.waits(0):
            try:
                self._inbox.append(self._link.receive())
            except EngineDown:
                log.info("the desk is gone")
                self._running = False
            except BadFrame as error:
                log.error("bad frame from the desk: %s", error)
                self._report(PhoneCommandFailed(call_id=None, command="frame", detail=str(error)))

    def _catch_up(self) -> None:
        """An INVITE has overtaken the line that it is for; other commands wait for their turn."""
        self._fetch()
        for command in [one for one in self._inbox if isinstance(one, wire.Register)]:
            self._inbox.remove(command)
            self._obey(command)

    def _obey(self, command: Any) -> None:
        name = type(command).__name__
        detail = self._attempt(name, self._commands.get(type(command), _unknown), command)
        if detail:
            call_id = getattr(command, "call_id", None)
            self._report(
                PhoneCommandFailed(
                    call_id=call_id, command=wire.command_name(command), detail=detail
                )
            )

    def _attempt(self, name: str, function: Callable[..., None], *values: Any) -> str:
        """Run it; why it did not work, or nothing. One bad call must not end the others."""
        try:
            function(*values)
        except PhoneError as error:
            return str(error)
        except pj.Error as error:
            log.warning("%s: %s", name, error.reason)
            return str(error.reason)
        except Exception as error:
            log.exception("%s failed", name)
            return type(error).__name__
        return ""

    def _show_life(self) -> None:
        if time.monotonic() - self._alive_at >= _ALIVE_S:
            self._alive_at = time.monotonic()
            self._report(wire.Alive())

    def _queue(self, kind: str, *values: Any) -> None:
        """For callbacks, on any thread. Adds the time of an INVITE."""
        stamped = (*values, now()) if kind in ("invite", "rejected") else values
        self._happened.append((kind, stamped))

    def _report(self, report: Any) -> None:
        try:
            self._link.send(report)
        except EngineDown:
            self._running = False
        except BadFrame:
            log.exception("a report could not be sent")

    def _stop(self) -> None:
        self._running = False

    def _farewell(self) -> None:
        self._stack.hangupAllCalls()
        self._lines.leave()
        until = time.monotonic() + _FAREWELL_S
        while time.monotonic() < until:
            if not self._calls.legs and not self._lines.registered_somewhere:
                break
            self._turn()
        self._lines.close()
        self._stack.stop_the_clock()
        self._voice.close()
        self._stack.close()


def _unknown(command: Any) -> None:
    raise PhoneError("nothing that can be done here")


def _command_table(
    lines: Lines | EdgeLines, calls: Calls, stop: Callable[[], None]
) -> dict[type, Callable[[Any], None]]:
    def hello(command: wire.Hello) -> None:
        raise PhoneError("hello comes once")

    return {
        wire.Hello: hello,
        wire.Register: lambda c: lines.register(c.line, c.secret),
        wire.Unregister: lambda c: lines.unregister(c.line_id),
        wire.Answer: lambda c: calls.answer(c.call_id),
        wire.Decline: lambda c: calls.decline(c.call_id, c.status),
        wire.HangUp: lambda c: calls.hang_up(c.call_id),
        wire.Dial: lambda c: calls.dial(
            c.call_id,
            c.line_id,
            c.target,
            {"P-Asserted-Identity": c.asserted, "Diversion": c.diversion},
        ),
        wire.Hold: lambda c: calls.hold(c.call_id, True),
        wire.Resume: lambda c: calls.hold(c.call_id, False),
        wire.Transfer: lambda c: calls.transfer(c.call_id, c.target),
        wire.TransferTo: lambda c: calls.transfer_to(c.call_id, c.other_id),
        wire.Mute: lambda c: calls.mute(c.call_id, c.muted),
        wire.SendDigits: lambda c: calls.send_digits(c.call_id, c.digits),
        wire.Play: lambda c: calls.play(c.call_id, c.path),
        wire.Stop: lambda c: stop(),
    }


def _sound_commands(sounding: Sounding) -> dict[type, Callable[[Any], None]]:
    return {
        Sound: sounding.use,
        wire.Listen: sounding.listen,
        wire.Ring: sounding.ring,
        wire.RingTone: sounding.ring_tone,
    }


def _reaction_table(
    lines: Lines | EdgeLines, calls: Calls, transfers: Transfers
) -> dict[str, Callable[..., None]]:
    registrations: dict[str, Callable[..., None]] = {}
    if isinstance(lines, Lines):
        registrations = {"registration": lines.registered, "resolved": lines.resolved}
    return {
        **registrations,
        "invite": calls.invited,
        "rejected": calls.rejected,
        "state": calls.state,
        "media": calls.media,
        "invited": calls.reinvited,
        "digit": calls.digit,
        "notified": transfers.notified,
    }
