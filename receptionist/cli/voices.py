"""The commands `messages`, `recordings`, `listen` and `record`: voices that are kept, encrypted."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from receptionist.cli.command import Command, Outcome, Payload, Request
from receptionist.cli.counter import Counter
from receptionist.cli.jsonform import local, utc
from receptionist.errors import BadInput, NotFound, ReceptionistError
from receptionist.i18n import N_, _
from receptionist.model.call import UP, Call
from receptionist.model.number import shown
from receptionist.model.plain import plain
from receptionist.model.voice import Consent, Voice, VoiceKind

_LONGEST_CALL = timedelta(days=1)


def _messages(counter: Counter, request: Request) -> Outcome:
    return _kept(counter, VoiceKind.MESSAGE)


def _recordings(counter: Counter, request: Request) -> Outcome:
    return _kept(counter, VoiceKind.RECORDING)


def _kept(counter: Counter, kind: VoiceKind) -> Outcome:
    desk = counter.desk
    found = _voices(counter, kind)
    first = min((voice.at for voice in found), default=datetime.now(UTC)) - _LONGEST_CALL
    calls: tuple[Call, ...] = counter.ask(lambda then, failed: desk.journal.since(first, then))
    by_id = {call.id: call for call in calls}
    return Outcome(
        {
            "zone": desk.directory.office.zone,
            "kept": [_form(counter, voice, by_id.get(voice.call_id)) for voice in found],
        }
    )


def _voices(counter: Counter, kind: VoiceKind) -> tuple[Voice, ...]:
    found: tuple[Voice, ...] = counter.ask(
        lambda then, failed: counter.desk.voices.kept(kind, then, failed)
    )
    return found


def _form(counter: Counter, voice: Voice, call: Call | None) -> dict[str, Any]:
    return {
        "id": str(voice.id),
        "call_id": str(voice.call_id),
        "client": counter.client_key(voice.client_id),
        "number": call.number if call else "",
        "name": (call.caller_name or call.caller.name) if call else "",
        "at": utc(voice.at),
        "seconds": voice.seconds,
        "heard": utc(voice.heard),
        "expires": utc(voice.expires),
    }


def _show(payload: Payload) -> Iterator[str]:
    if not payload["kept"]:
        yield _("There is nothing.")
    for one in payload["kept"]:
        at = local(datetime.fromisoformat(one["at"]), payload["zone"])
        number = shown(one["number"]) if one["number"] else _("anonymous")
        lasts = "–" if one["seconds"] is None else _("{seconds} s").format(seconds=one["seconds"])
        heard = _("heard") if one["heard"] else _("new")
        who = f"{plain(number)}  {plain(one['name'])}".rstrip()
        yield f"{one['id'][:8]}  {at}  {one['client']}  {who}  {lasts}  {heard}"


# ---- a WAV file of one of them


def _listen_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help=_("its beginning, as the lists show it"))
    parser.add_argument("file", metavar=_("FILE"), help=_("the WAV file to be written"))


def _listen(counter: Counter, request: Request) -> Outcome:
    desk, file = counter.desk, Path(str(request["file"]))
    voice = _chosen(counter, str(request["id"]))
    counter.complete(lambda then, failed: desk.voices.export(voice.id, file, then, failed))
    return Outcome({"id": str(voice.id), "file": str(file)})


def _chosen(counter: Counter, beginning: str) -> Voice:
    every = (voice for kind in VoiceKind for voice in _voices(counter, kind))
    found = [voice for voice in every if str(voice.id).startswith(beginning)]
    if len(found) != 1:
        message = _("No single message or recording begins with “{id}”.")
        raise NotFound(message.format(id=beginning))
    return found[0]


def _show_file(payload: Payload) -> Iterator[str]:
    yield _("The sound is in {file}. It is not encrypted there.").format(file=payload["file"])


# ---- recording a call


def _record_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verb", choices=("start", "stop"), help=_("what to do"))
    parser.add_argument("--call", default="", metavar="ID", help=_("default: the only one"))
    parser.add_argument("--who", default="", metavar=_("NAME"), help=_("who has agreed"))
    parser.add_argument("--words", default="", metavar=_("TEXT"), help=_("in which words"))


def _record(counter: Counter, request: Request) -> Outcome:
    if not counter.running:
        raise ReceptionistError(_("No desk runs here. Start the window or `serve` first."))
    recordings, call_id = counter.desk.recordings, _call_id(counter, str(request["call"]))
    if request["verb"] == "stop":
        counter.do(lambda: recordings.stop(call_id))
        return Outcome({"call_id": str(call_id), "recording": False})
    who, words = str(request["who"]), str(request["words"])
    if who or words or counter.do(lambda: recordings.consent_of(call_id)) is None:

        def agree(then: Callable[[Consent], object], failed: Callable[[Exception], object]) -> None:
            recordings.consent(call_id, who, words, then, failed)

        counter.ask(agree)
    counter.complete(lambda then, failed: recordings.start(call_id, then, failed))
    return Outcome({"call_id": str(call_id), "recording": True})


def _call_id(counter: Counter, beginning: str) -> UUID:
    calls: tuple[Call, ...] = counter.do(lambda: counter.desk.switchboard.calls)
    found = [one for one in calls if one.state in UP and str(one.id).startswith(beginning)]
    if not found:
        raise NotFound(_("There is no call with which this can be done."))
    if len(found) > 1:
        known = ", ".join(f"{str(one.id)[:8]} {shown(one.number)}" for one in found)
        raise BadInput(_("Which call? Name one with --call: {known}").format(known=plain(known)))
    return found[0].id


def _show_recording(payload: Payload) -> Iterator[str]:
    yield (
        _("This call is being recorded.")
        if payload["recording"]
        else _("This call is not being recorded.")
    )


COMMANDS = (
    Command(
        name="messages",
        summary=N_("the messages that callers left"),
        run=_messages,
        show=_show,
    ),
    Command(
        name="recordings",
        summary=N_("the recorded calls"),
        run=_recordings,
        show=_show,
    ),
    Command(
        name="listen",
        summary=N_("write a message or a recording as a WAV file"),
        arguments=_listen_arguments,
        request=lambda options: {"id": options.id, "file": str(Path(options.file).absolute())},
        run=_listen,
        show=_show_file,
    ),
    Command(
        name="record",
        summary=N_("record a call whose caller has agreed"),
        arguments=_record_arguments,
        run=_record,
        show=_show_recording,
    ),
)
