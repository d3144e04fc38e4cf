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
from receptionist.phone.engine.conference import Conference
from receptionist.phone.engine.edge import Edge
from receptionist.phone.engine.edge_lines import EdgeLines
from receptionist.phone.engine.hearing import Hearing
from receptionist.phone.engine.holding import Holding
from receptionist.phone.engine.lines import Lines
from receptionist.phone.engine.orders import Dialogs, Hearings, Table
from receptionist.phone.engine.recording import Recordings
from receptionist.phone.engine.sounding import Sounding
from receptionist.phone.engine.sounds import Sounds
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
        self._hearing = Hearing(
            self._voice,
            Sounds(self._report, self._queue),
            Conference(self._report),
            Recordings(self._report, self._queue),
        )
        self._holding = Holding(self._report, self._hearing.join)
        self._transfers = Transfers(self._report, settings.transfer_s)
        self._calls = Calls(
            self._lines,
            self._hearing,
            self._holding,
            self._transfers,
            self._report,
            self._queue,
        )
        self._sounding = Sounding(self._voice, self._report, behind_edge=bool(settings.edge))
        self._commands = self._all_commands()
        self._reactions = self._all_reactions()

    def _made_lines(self, settings: wire.EngineSettings) -> Lines | EdgeLines:
        media = media_place(settings)
        if settings.edge:
            return EdgeLines(self._stack, media, Edge(settings.edge), self._queue, self._catch_up)
        return Lines(self._stack, media, self._report, self._queue)

    def _all_commands(self) -> Table:
        report = self._report
        dialogs = Dialogs(self._lines, self._calls, self._hearing, self._transfers, report)
        hearings = Hearings(self._calls, self._hearing, self._holding, report)
        return {
            **dialogs.table,
            **hearings.table,
            wire.Register: lambda c: self._lines.register(c.line, c.secret, c.relay, c.way),
            wire.Unregister: lambda c: self._lines.unregister(c.line_id),
            Sound: self._sounding.use,
            wire.Listen: self._sounding.listen,
            wire.Ring: self._sounding.ring,
            wire.RingTone: self._sounding.ring_tone,
            wire.Stop: lambda c: self._stop(),
        }

    def _all_reactions(self) -> dict[str, Callable[..., None]]:
        registrations: dict[str, Callable[..., None]] = {}
        if isinstance(self._lines, Lines):
            registrations["registration"] = self._lines.registered
            registrations["resolved"] = self._lines.resolved
        return {
            **registrations,
            "invite": self._calls.invited,
            "rejected": self._calls.rejected,
            "state": self._calls.state,
            "media": self._calls.media,
            "invited": self._holding.answered,
            "digit": self._calls.digit,
            "asked": self._transfers.asked,
            "refer": self._transfers.answered,
            "notified": self._transfers.notified,
            "played": self._hearing.sounds.played,
            "recorded": self._hearing.recordings.completed,
        }

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
        self._hearing.close()
        self._stack.close()


def _unknown(command: Any) -> None:
    raise PhoneError("nothing that can be done here")
