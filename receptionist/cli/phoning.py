"""The command `call`: see, make and handle the calls of a desk that runs."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from receptionist import files
from receptionist.cli.command import Command, Outcome, Payload, Request
from receptionist.cli.counter import Counter, Heard
from receptionist.cli.jsonform import call_form
from receptionist.cli.verbs import PAIRED, VERBS, Verb
from receptionist.desk.redial import LastDialled
from receptionist.errors import BadInput, NotFound, ReceptionistError
from receptionist.events import CallFailed, DeskEvent, TraceReady
from receptionist.i18n import N_, _
from receptionist.model.call import Call, CallState
from receptionist.model.number import shown
from receptionist.model.plain import plain

ANSWER_S = 60.0
"""How long a verb may take that waits for somebody outside, such as a transfer."""

_WITHOUT_A_CALL = ("list", "dial", "offer", "redial", "recall")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verb", choices=(*_WITHOUT_A_CALL, *VERBS), help=_("what to do"))
    parser.add_argument(
        "word",
        nargs="?",
        default="",
        metavar=_("WORD"),
        help=_("a number to call, a parking number, a note, or a reason to decline"),
    )
    parser.add_argument("--call", default="", metavar="ID", help=_("default: the only one"))
    parser.add_argument("--client", default="", metavar=_("KEY"), help=_("in whose name"))
    parser.add_argument("--line", default="", metavar=_("KEY"), help=_("default: the best way"))
    parser.add_argument("--to", default="", metavar=_("FILE"), help=_("write a trace there"))


def _call(counter: Counter, request: Request) -> Outcome:
    if not counter.running and request["verb"] != "offer":
        message = _("No desk runs here. Start the window or `serve` first.")
        raise ReceptionistError(message)
    verb = VERBS.get(str(request["verb"]))
    if verb is not None:
        return _on_a_call(counter, request, verb)
    return {
        "list": _list,
        "dial": _dial,
        "offer": _offer,
        "redial": _redial,
        "recall": _recall,
    }[str(request["verb"])](counter, request)


# ---- without a call


def _list(counter: Counter, request: Request) -> Outcome:
    calls: tuple[Call, ...] = counter.do(lambda: counter.desk.switchboard.calls)
    return Outcome({"calls": [call_form(counter, call) for call in calls]})


def _dial(counter: Counter, request: Request) -> Outcome:
    desk, number = counter.desk, _word(request)
    client_id, line_id = _client_id(counter, request), _line_id(counter, request)
    call_id = counter.do(
        lambda: desk.switchboard.dial(number, line_id=line_id, client_id=client_id)
    )
    return _told(counter, call_id)


def _offer(counter: Counter, request: Request) -> Outcome:
    desk, number = counter.desk, _word(request)
    client_id = _client_id(counter, request)
    target, ways = counter.do(lambda: desk.switchboard.dialling.offer(number, client_id))
    return Outcome(
        {
            "number": target,
            "ways": [
                {
                    "line": line.key if (line := desk.directory.line(way.line_id)) else "",
                    "why": way.why.value,
                    "cents": None if way.cents is None else str(way.cents),
                    "currency": way.currency,
                }
                for way in ways
            ],
        }
    )


def _redial(counter: Counter, request: Request) -> Outcome:
    """With a word nothing is called: `list` tells the last numbers."""
    redial, client_id = counter.desk.redial, _client_id(counter, request)
    if request["word"] == "list":

        def ask(then: Callable[[tuple[LastDialled, ...]], object], failed: object) -> None:
            redial.numbers(client_id, then)

        last = counter.ask(ask)
        return Outcome({"numbers": [{"number": one.number, "name": one.name} for one in last]})

    def again(then: Callable[[UUID], object], failed: Callable[[Exception], object]) -> None:
        redial.again(client_id, then, failed)

    return _told(counter, counter.ask(again))


def _recall(counter: Counter, request: Request) -> Outcome:
    parking, word = counter.desk.parking, str(request["word"])
    parked = counter.do(lambda: parking.parked)
    if not word and len(parked) == 1:
        word = str(parked[0].parked)
    if not word.isdigit():
        places = ", ".join(str(one.parked) for one in parked) or "–"
        raise BadInput(_("Which parking number? There are: {places}").format(places=places))
    verb = VERBS["resume"]
    return _carried_out(counter, verb, lambda: parking.recall(int(word)))


# ---- on a call


def _on_a_call(counter: Counter, request: Request, verb: Verb) -> Outcome:
    call = _chosen(counter, request, verb)
    word = _word(request) if verb.needs_word else str(request["word"])
    return _carried_out(counter, verb, lambda: verb.do(counter.desk, call.id, word) or call.id)


def _carried_out(counter: Counter, verb: Verb, do: Callable[[], UUID]) -> Outcome:
    """Ask the desk, and wait for what becomes of it."""
    with counter.listening() as heard:
        call_id = counter.do(do)
        event = _outcome(heard, verb, call_id)
    if isinstance(event, CallFailed):
        raise ReceptionistError(event.message)
    if event is None:
        told = _told(counter, call_id)
        return Outcome({**told.payload, "waiting": True})
    told = _told(counter, call_id)
    trace = {"trace": event.text} if isinstance(event, TraceReady) else {}
    return Outcome({**told.payload, **trace})


def _outcome(heard: Heard, verb: Verb, call_id: UUID) -> DeskEvent | None:
    deadline = time.monotonic() + ANSWER_S
    while (event := heard.next(deadline - time.monotonic())) is not None:
        failed = isinstance(event, CallFailed) and event.call_id in (None, call_id)
        if failed or verb.done(event, call_id):
            return event
    return None


def _chosen(counter: Counter, request: Request, verb: Verb) -> Call:
    """The call that is meant: by the beginning of its id, or the only one that fits."""
    wanted = str(request["call"])
    calls: tuple[Call, ...] = counter.do(lambda: counter.desk.switchboard.calls)
    if wanted:
        found = [one for one in calls if str(one.id).startswith(wanted)]
        if len(found) != 1:
            raise NotFound(_("No single call begins with “{id}”.").format(id=wanted))
        return found[0]
    fitting = [one for one in calls if verb.fits(one)]
    if not fitting:
        raise NotFound(_("There is no call with which this can be done."))
    if len(fitting) > 1 and request["verb"] not in PAIRED:
        known = ", ".join(f"{str(one.id)[:8]} {shown(one.number)}" for one in fitting)
        raise BadInput(_("Which call? Name one with --call: {known}").format(known=plain(known)))
    return fitting[-1]


def _told(counter: Counter, call_id: UUID) -> Outcome:
    call: Call = counter.do(lambda: counter.desk.switchboard.call(call_id))
    return Outcome({"calls": [call_form(counter, call)]})


def _word(request: Request) -> str:
    word = str(request["word"])
    if not word:
        raise BadInput(_("Which number?"))
    return word


def _client_id(counter: Counter, request: Request) -> UUID | None:
    return counter.client(str(request["client"])).id if request["client"] else None


def _line_id(counter: Counter, request: Request) -> UUID | None:
    if not request["line"]:
        return None
    lines = counter.desk.directory.lines
    found = next((line for line in lines if line.key == request["line"]), None)
    if found is None:
        known = ", ".join(line.key for line in lines) or "–"
        message = _("There is no line “{key}”. There are: {known}")
        raise NotFound(message.format(key=request["line"], known=known))
    return found.id


# ---- in words


def _write(options: argparse.Namespace, payload: Payload) -> Payload:
    if "trace" not in payload or not options.to:
        return payload
    files.write(Path(options.to), str(payload["trace"]).encode())
    return {"calls": payload["calls"], "file": options.to}


def _show(payload: Payload) -> Iterator[str]:
    if "trace" in payload:
        yield from map(plain, str(payload["trace"]).splitlines())
        return
    if "file" in payload:
        yield _("The messages of the call are in {file}.").format(file=payload["file"])
        return
    if "ways" in payload:
        yield from _ways(payload)
        return
    if "numbers" in payload:
        for one in payload["numbers"]:
            yield f"{plain(shown(one['number']))}  {plain(one['name'])}".rstrip()
        return
    if not payload["calls"]:
        yield _("There are no calls.")
    for call in payload["calls"]:
        yield _line(call)
    if payload.get("waiting"):
        yield _("Nothing has been heard of it yet.")


def _line(call: Payload) -> str:
    states = {
        CallState.RINGING: _("rings"),
        CallState.DIALLING: _("is being called"),
        CallState.ACTIVE: _("speaks"),
        CallState.HELD: _("on hold"),
        CallState.ENDED: _("over"),
    }
    state = states[CallState(call["state"])]
    if call["parked"]:
        state = _("parked as {n}").format(n=call["parked"])
    note = f"  {plain(call['parked_for'])}" if call["parked_for"] else ""
    number = plain(shown(call["number"])) or _("anonymous")
    client = call["client"] or plain(call["dialled"])
    return f"{call['id'][:8]}  {state}  {client}  {number}{note}"


def _ways(payload: Payload) -> Iterator[str]:
    yield plain(shown(str(payload["number"])))
    for way in payload["ways"]:
        yield f"  {way['line']}  {_price(way)}"


def _price(way: dict[str, Any]) -> str:
    words = {
        "emergency": _("emergency call"),
        "on-net": _("same network, free"),
        "flat": _("flat rate"),
        "unknown": _("price not known"),
    }
    if way["why"] in words:
        return words[way["why"]]
    return _("{cents} hundredths of {currency} a minute").format(
        cents=way["cents"], currency=way["currency"]
    )


COMMANDS = (
    Command(
        name="call",
        summary=N_("see, make and handle the calls of a desk that runs"),
        arguments=_arguments,
        request=lambda options: {
            name: getattr(options, name) for name in ("verb", "word", "call", "client", "line")
        },
        run=_call,
        show=_show,
        finish=_write,
    ),
)
