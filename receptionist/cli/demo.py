"""The command `demo`: here without a window, so always the automatic one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from receptionist import log
from receptionist.bootstrap import AudioMode
from receptionist.cli.answer import Answer, failure
from receptionist.cli.arguments import Service, seconds
from receptionist.cli.command import Command, Exit, Payload
from receptionist.cli.handover import Doorkeeper
from receptionist.cli.place import doorkeeper
from receptionist.cli.signals import on_end
from receptionist.demo.auto import Auto
from receptionist.demo.hearing import speech_seconds
from receptionist.demo.stage import Stage
from receptionist.i18n import N_, _
from receptionist.model.appointment import AppointmentState
from receptionist.threads import MainLoop

GOODBYE_S = 0.5
"""Time for the BYE to be answered before the engines end."""

_EXITS: dict[str, Exit] = {
    AppointmentState.BOOKED: Exit.DELAYED,
    AppointmentState.DELAYED: Exit.DELAYED,
    AppointmentState.CONFLICT: Exit.CONFLICT,
    AppointmentState.PARKED: Exit.PARKED,
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--auto", action="store_true", help=_("one call by itself, without screen and sound card")
    )
    parser.add_argument(
        "--pause-before-booking",
        dest="pause",
        type=seconds,
        default=0.0,
        metavar=_("SECONDS"),
        help=_("with --auto: wait after the call was answered, to break something meanwhile"),
    )
    parser.add_argument(
        "--kill-calendar",
        action="store_true",
        help=_("with --auto: kill the calendar server before the booking"),
    )


def run(options: argparse.Namespace, commands: Mapping[str, Command]) -> Answer:
    """Walk the whole way once; the answer is what happened."""
    if not options.auto:
        print(_("There is no window here, so the demonstration runs by itself."), file=sys.stderr)
    return _Performance(options, commands).run()


class _Performance:
    """One run of `demo --auto`. Main thread."""

    def __init__(self, options: argparse.Namespace, commands: Mapping[str, Command]) -> None:
        self._options = options
        self._commands = commands
        self._loop = MainLoop()
        data: Path | None = options.data.absolute() if options.data else None
        self._stage = Stage(self._loop.post, self._loop.later, data=data, audio=AudioMode.FILES)
        log.set_up(self._stage.data)
        self._auto = Auto(
            self._stage,
            self._loop.post,
            self._loop.later,
            self._done,
            pause_s=options.pause,
            pausing=self._pausing,
            kill_calendar=options.kill_calendar,
        )
        self._result: dict[str, Any] = {}
        self._failure: Exception | None = None
        self._door: Doorkeeper | None = None

    def run(self) -> Answer:
        on_end(self._loop.stop)
        self._stage.start(self._ready, self._failed)
        try:
            self._loop.run()
        finally:
            if self._door is not None:
                self._door.close()
            self._stage.stop()
        try:
            return self._answer()
        finally:
            self._stage.remove()

    def _ready(self) -> None:
        self._door = doorkeeper(
            self._stage.claim, self._stage.desk, self._loop.post, self._commands
        )
        self._auto.start()

    def _pausing(self) -> None:
        words = _("The caller waits {seconds} s. The calendar server is process {pid}.")
        pid = self._stage.server.process_id or "–"
        print(words.format(seconds=self._options.pause, pid=pid), file=sys.stderr, flush=True)

    def _failed(self, error: Exception) -> None:
        self._failure = error
        self._loop.stop()

    def _done(self, result: dict[str, Any]) -> None:
        self._result = result
        self._loop.later(GOODBYE_S, self._loop.stop)

    def _answer(self) -> Answer:
        if self._failure is not None:
            return failure(self._failure)
        interrupted = {"error": _("The demonstration was interrupted.")}
        result = self._result or {**self._auto.result, **interrupted}
        result["heard_s"] = speech_seconds(self._stage.recording)
        if "error" not in result:
            return {"payload": result, "code": int(Exit.OK)}
        if self._auto.pending:
            self._stage.keep()
            result["data"] = str(self._stage.data)
            kept = _("{error} The appointment waits in the outbox, in {data}.")
            result["error"] = kept.format(error=result["error"], data=self._stage.data)
        return {"error": result, "code": int(_EXITS.get(result.get("state", ""), Exit.FAILED))}


def _show(payload: Payload) -> Iterator[str]:
    yield _("Call for {client}: “{greeting}”").format(**payload)
    yield _("{summary}, {start}: in the owner's calendar, read back from {url}").format(**payload)


SERVICE = Service("demo", N_("the whole program at work, on invented calls"), _arguments, _show)
