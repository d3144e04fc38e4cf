"""The command `serve`: the desk without a window."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from receptionist import bootstrap, log
from receptionist.bootstrap import AudioMode, Claim
from receptionist.cli.answer import Answer, failure, print_json
from receptionist.cli.arguments import Service, add_passwords, address, port, seconds
from receptionist.cli.command import Command, Exit, Payload
from receptionist.cli.handover import Doorkeeper
from receptionist.cli.jsonform import event_form, utc
from receptionist.cli.passwords import owner_of
from receptionist.cli.place import doorkeeper
from receptionist.cli.signals import on_end
from receptionist.desk.desk import Desk
from receptionist.errors import NotFound
from receptionist.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentConfirmed,
    BookingConflict,
    CallEnded,
    CallFailed,
    CallIncoming,
    CallParked,
    CallRecalled,
    ChangeRefused,
    ConferenceChanged,
    DeskEvent,
    EngineChanged,
    EngineState,
    ErrandChanged,
    ErrandWaits,
    ForwardingTested,
    HoldReminder,
    LetterDelayed,
    LetterSent,
    LineChanged,
    LineState,
    OwnerChanged,
    PushDelayed,
    WayTaken,
    WorkAdded,
)
from receptionist.i18n import N_, _
from receptionist.model.call import Call
from receptionist.model.number import shown
from receptionist.model.office import Line
from receptionist.model.plain import plain
from receptionist.model.secret import Secret
from receptionist.reasons import sentence
from receptionist.threads import MainLoop


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--auto-answer", action="store_true", help=_("answer every call at once"))
    parser.add_argument(
        "--for", dest="seconds", type=seconds, metavar=_("SECONDS"), help=_("end by itself")
    )
    add_phone(parser)
    add_passwords(parser)


def _show(payload: Payload) -> Iterator[str]:
    yield _("The desk is closed.")


SERVICE = Service(
    "serve", N_("answer the telephone without a window, until it is ended"), _arguments, _show
)


def add_phone(parser: argparse.ArgumentParser) -> None:
    """The options of the phone."""
    parser.add_argument(
        "--bind",
        type=address,
        default="",
        metavar=_("ADDRESS"),
        help=_("IPv4 address for SIP and media"),
    )
    parser.add_argument(
        "--sip-port", type=port, default=0, metavar="N", help=_("default: as the settings say")
    )
    parser.add_argument(
        "--audio",
        choices=(AudioMode.DEVICES.value, AudioMode.NULL.value),
        default=AudioMode.DEVICES.value,
        help=_("the headset, or silence"),
    )


def run(
    options: argparse.Namespace,
    data: Path,
    passwords: Mapping[str, str] | None,
    commands: Mapping[str, Command],
) -> Answer:
    """Serve until asked to end; the answer is what to tell at last."""
    with bootstrap.claim(data, "serve") as claim:
        log.set_up(data)
        return _Service(options, claim, passwords, commands).run()


class _Service:
    """One run of `serve`. Main thread."""

    def __init__(
        self,
        options: argparse.Namespace,
        claim: Claim,
        passwords: Mapping[str, str] | None,
        commands: Mapping[str, Command],
    ) -> None:
        self._options = options
        self._claim = claim
        self._passwords = passwords
        self._commands = commands
        self._loop = MainLoop()
        self._door: Doorkeeper | None = None
        self._answer: Answer = {"payload": {"event": "ended"}, "code": int(Exit.OK)}
        self._desk = self._composed()

    def run(self) -> Answer:
        on_end(self._loop.stop)
        self._desk.subscribe(self._heard)
        self._desk.open(self._opened, self._failed)
        try:
            self._loop.run()
        finally:
            if self._door is not None:
                self._door.close()
            self._desk.stop()
        return self._answer

    def _composed(self) -> Desk:
        options = self._options
        usual = bootstrap.phone_settings(self._claim.data)
        engine = replace(
            usual,
            bind=options.bind or usual.bind,
            sip_port=options.sip_port or usual.sip_port,
            audio=AudioMode(options.audio),
        )
        return bootstrap.compose(
            self._claim.data,
            post=self._loop.post,
            later=self._loop.later,
            credentials=None if self._passwords is None else bootstrap.memory_credentials(),
            phone=bootstrap.new_phone(self._loop.post, engine),
        )

    def _opened(self) -> None:
        """Passwords first, so that no line or calendar is tried without."""
        try:
            waiting = [
                (owner_of(self._desk.directory, key), Secret(text))
                for key, text in (self._passwords or {}).items()
            ]
        except NotFound as error:
            self._failed(error)
            return
        for secret_id, secret in waiting:
            self._desk.passwords.keep(secret_id, secret, failed=self._failed)
        self._desk.start(self._started, self._failed)

    def _started(self) -> None:
        self._door = doorkeeper(self._claim, self._desk, self._loop.post, self._commands)
        lines = [line.key for line in self._desk.directory.lines]
        started = {"event": "started", "pid": os.getpid(), "lines": lines}
        if self._options.seconds is not None:
            self._loop.later(self._options.seconds, self._loop.stop)
        self._tell(started, _("Ready. Lines: {lines}").format(lines=", ".join(lines) or "–"))

    def _failed(self, error: Exception) -> None:
        self._answer = failure(error)
        self._loop.stop()

    def _heard(self, event: DeskEvent) -> None:
        self._tell(event_form(event), in_words(event, self._desk.directory.lines))
        if isinstance(event, CallIncoming) and self._options.auto_answer:
            self._desk.switchboard.answer(event.call.id)

    def _tell(self, form: Mapping[str, Any], words: str) -> None:
        try:
            if self._options.json:
                print_json({"at": utc(datetime.now(UTC)), **form})
            elif words:
                print(words, flush=True)
        except BrokenPipeError:
            self._loop.stop()


def in_words(event: DeskEvent, lines: Iterable[Line] = ()) -> str:
    """An event as one line; "" for what needs no line. `lines` have the names."""
    match event:
        case CallIncoming(call=call, client=client):
            name = client.name if client else plain(shown(call.dialled)) or "?"
            caller = plain(shown(call.caller.number)) or _("anonymous")
            return _("Call for {client} from {caller}").format(client=name, caller=caller)
        case CallEnded(call=call):
            return _("Call ended after {seconds} s").format(seconds=round(call.talk_s))
        case WorkAdded(item=one) if one.owes_call:
            who = plain(f"{shown(one.number)} {one.name}")
            return _("To be called back: {who}").format(who=who)
        case AppointmentBooked(appointment=one):
            return _("Booked: {what}").format(what=plain(one.summary))
        case AppointmentConfirmed(appointment=one):
            return _("In the owner's calendar: {what}").format(what=plain(one.summary))
        case BookingConflict(appointment=one) | PushDelayed(appointment=one):
            return f"{plain(one.summary)}: {sentence(one.reason)}"
        case LineChanged():
            return _line_in_words(event, lines)
        case EngineChanged(state=state):
            return {
                EngineState.STARTING: _("The phone is starting."),
                EngineState.READY: _("The phone is ready."),
                EngineState.LOST: _("The phone has stopped. It is being started again by itself."),
            }[state]
        case _:
            return _of_calls(event)


def _of_calls(event: DeskEvent) -> str:
    match event:
        case ConferenceChanged(joined=joined):
            return _("The conference has begun.") if joined else _("The conference is over.")
        case HoldReminder(call=call, seconds=seconds):
            return _("{who} has been waiting for {seconds} s").format(
                who=_other(call), seconds=seconds
            )
        case CallParked(call=call):
            words = _("{who} is parked as {n}. {note}")
            note = plain(call.parked_for)
            return words.format(who=_other(call), n=call.parked, note=note).rstrip()
        case CallRecalled(call=call):
            return _("{who} is no longer parked").format(who=_other(call))
        case CallFailed(message=message) | WayTaken(message=message):
            return message
        case ForwardingTested(message=message):
            return message
        case ErrandChanged(message=message) | ErrandWaits(message=message):
            return message
        case _:
            return _news(event)


def _other(call: Call) -> str:
    return plain(shown(call.number)) or _("anonymous")


def _news(event: DeskEvent) -> str:
    match event:
        case AppointmentCancelled(appointment=one):
            return _("Out of the owner's calendar: {what}").format(what=plain(one.summary))
        case (
            ChangeRefused(wanted=one, reason=reason) | OwnerChanged(appointment=one, reason=reason)
        ):
            return f"{plain(one.summary)}: {sentence(reason)}"
        case LetterSent(letter=letter):
            return _("Sent to {address}").format(address=plain(letter.address))
        case LetterDelayed(letter=letter, message=message):
            return f"{plain(letter.address)}: {message}"
        case _:
            return ""


def _line_in_words(event: LineChanged, lines: Iterable[Line]) -> str:
    words = {
        LineState.CONNECTING: _("connecting"),
        LineState.READY: _("ready"),
        LineState.REFUSED: _("refused"),
        LineState.UNREACHABLE: _("not reachable"),
        LineState.STOPPED: _("switched off"),
    }[event.state]
    name = next((line.key for line in lines if line.id == event.line_id), "")
    sentences = _("Line {name}: {state}. {reason}")
    return sentences.format(name=name, state=words, reason=sentence(event.reason)).rstrip()
