"""The command `task`: work for clients beside calls, with its timer; and what is agreed."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from receptionist.cli.command import Command, Outcome, Payload, Request
from receptionist.cli.counter import Counter
from receptionist.cli.jsonform import utc
from receptionist.desk.errands import Errands
from receptionist.errors import BadInput, NotFound, ReceptionistError
from receptionist.events import ErrandChanged
from receptionist.i18n import N_, _
from receptionist.model.errand import Errand, ErrandState
from receptionist.model.plain import plain
from receptionist.model.service import Service, ServiceKind
from receptionist.reportpage import length_words

Verb = Callable[[Counter, Request], dict[str, Any]]
_LONGEST_MIN = 60 * 24 * 31


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verb", choices=tuple(_VERBS), help=_("what to do"))
    parser.add_argument(
        "client", nargs="?", default="", metavar=_("CLIENT"), help=_("the key of the client")
    )
    kinds = [one.value for one in ServiceKind]
    parser.add_argument(
        "kind",
        nargs="?",
        default="",
        choices=("", *kinds),
        metavar=_("KIND"),
        help=", ".join(kinds),
    )
    parser.add_argument("--title", default="", metavar=_("TEXT"), help=_("its own title (begin)"))
    parser.add_argument("--text", default=None, metavar=_("TEXT"), help=_("what is to be done"))
    parser.add_argument("--result", default=None, metavar=_("TEXT"), help=_("what came of it"))
    parser.add_argument("--call", default="", metavar="ID", help=_("out of which call it comes"))
    parser.add_argument(
        "--task", default="", metavar="ID", help=_("the beginning is enough; default: the only one")
    )
    parser.add_argument(
        "--minutes", type=float, default=None, metavar="N", help=_("how long it was (confirm)")
    )


def _run(counter: Counter, request: Request) -> Outcome:
    verb = str(request["verb"])
    if verb in _TIMER and not counter.running:
        message = _("No desk runs here. Start the window or `serve` first.")
        raise ReceptionistError(message)
    counter.complete(counter.desk.errands.open)
    found = _VERBS[verb](counter, request)
    counter.complete(counter.desk.errands.open)  # behind what is to be written: it is there now
    return Outcome({"verb": verb, **found})


# ---- verbs


def _list(counter: Counter, request: Request) -> dict[str, Any]:
    client = counter.client(str(request["client"])) if request["client"] else None

    def forms() -> list[dict[str, Any]]:
        errands = counter.desk.errands
        mine = [one for one in errands.all if client is None or one.client_id == client.id]
        return [_form(counter, one, errands.worked_s(one.id)) for one in mine]

    return {"tasks": counter.do(forms)}


def _agreed(counter: Counter, request: Request) -> dict[str, Any]:
    client = counter.client(str(request["client"]))
    services = counter.do(lambda: counter.desk.services.offered(client.id))
    return {
        "client": client.key,
        "agreed": bool(client.services),
        "services": [_service_form(one) for one in services],
    }


def _begin(counter: Counter, request: Request) -> dict[str, Any]:
    client = counter.client(str(request["client"]))
    if not request["kind"]:
        raise BadInput(_("Say what is done, for example “research”."), key="kind")
    kind, title = ServiceKind(str(request["kind"])), str(request["title"])
    call_id = _call_id(str(request["call"]))
    text = str(request["text"] or "")
    errand_id = counter.do(
        lambda: counter.desk.errands.begin(client.id, kind, title, text=text, call_id=call_id)
    )
    return _told(counter, errand_id)


def _pause(counter: Counter, request: Request) -> dict[str, Any]:
    running = counter.do(lambda: counter.desk.errands.running)
    counter.do(counter.desk.errands.pause)
    return _told(counter, running.id) if running else {}


def _resume(counter: Counter, request: Request) -> dict[str, Any]:
    one = _meant(counter, request)
    counter.do(lambda: counter.desk.errands.resume(one.id))
    return _told(counter, one.id)


def _write(counter: Counter, request: Request) -> dict[str, Any]:
    one, text, result = _meant(counter, request), request["text"], request["result"]
    counter.do(lambda: counter.desk.errands.type(one.id, text=text, result=result))
    return _told(counter, one.id)


def _finish(counter: Counter, request: Request) -> dict[str, Any]:
    one, result = _meant(counter, request), request["result"]
    with counter.listening() as heard:
        counter.do(lambda: counter.desk.errands.finish(one.id, result))
        while (event := heard.next(0.0)) is not None:
            if isinstance(event, ErrandChanged) and event.errand.id == one.id:
                one = event.errand
    return {"task": _form(counter, one, one.worked_s)}


def _discard(counter: Counter, request: Request) -> dict[str, Any]:
    one = _meant(counter, request)
    counter.do(lambda: counter.desk.errands.discard(one.id))
    return {"task": _form(counter, one, one.worked_s) | {"state": "removed"}}


def _confirm(counter: Counter, request: Request) -> dict[str, Any]:
    one, minutes = _meant(counter, request), request["minutes"]
    if minutes is not None and not 0 <= float(minutes) <= _LONGEST_MIN:
        raise BadInput(_("So much time has not passed since then."), key="minutes")
    seconds = None if minutes is None else 60 * float(minutes)
    counter.do(lambda: counter.desk.errands.confirm(one.id, seconds))
    return _told(counter, one.id)


_VERBS: Mapping[str, Verb] = {
    "list": _list,
    "agreed": _agreed,
    "begin": _begin,
    "pause": _pause,
    "resume": _resume,
    "write": _write,
    "finish": _finish,
    "discard": _discard,
    "confirm": _confirm,
}
_TIMER = ("begin", "pause", "resume")
"""A timer runs in a desk that runs."""


# ---- what they share


def _meant(counter: Counter, request: Request) -> Errand:
    """The errand whose id begins so; without one the only one, or the one that runs."""
    errands: Errands = counter.desk.errands
    said = str(request["task"]).strip().lower()
    running, all_ = counter.do(lambda: (errands.running, errands.all))
    found = [one for one in all_ if str(one.id).startswith(said)]
    if not said and running is not None:
        return running
    if len(found) != 1:
        raise NotFound(_("Say which task is meant with --task. `task list` shows them."))
    return found[0]


def _call_id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        message = _("“{text}” is no id.").format(text=plain(text, limit=60))
        raise BadInput(message, key="call") from None


def _told(counter: Counter, errand_id: UUID) -> dict[str, Any]:
    errands = counter.desk.errands
    one, worked = counter.do(lambda: (errands.get(errand_id), errands.worked_s(errand_id)))
    return {"task": _form(counter, one, worked)}


def _form(counter: Counter, one: Errand, worked_s: float) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "client": counter.client_key(one.client_id),
        **_service_form(one.service),
        "state": one.state.value,
        "why": one.why.value,
        "seconds": worked_s,
        "created": utc(one.created),
        "seen": utc(one.stretches[-1].seen) if one.stretches else None,
        "call_id": str(one.call_id) if one.call_id else None,
        "text": one.text,
        "result": one.result,
    }


def _service_form(one: Service) -> dict[str, str]:
    return {"kind": one.kind.value, "title": one.title}


def _name(one: Mapping[str, Any]) -> str:
    return plain(Service(kind=ServiceKind(one["kind"]), title=one["title"]).name)


# ---- in words


def _show(payload: Payload) -> Iterator[str]:
    if "services" in payload:
        if not payload["agreed"]:
            yield _("No list is agreed: everything is offered.")
        yield from (f"{one['kind']}  {_name(one)}" for one in payload["services"])
    elif "tasks" in payload:
        if not payload["tasks"]:
            yield _("No task is open.")
        yield from (_row(one) for one in payload["tasks"])
    else:
        yield _row(payload["task"])


def _row(one: Mapping[str, Any]) -> str:
    states = {
        ErrandState.RUNNING.value: _("runs"),
        ErrandState.PAUSED.value: _("paused"),
        ErrandState.INTERRUPTED.value: _("interrupted: say how long it was"),
        ErrandState.FINISHED.value: _("done"),
        "removed": _("taken out"),
    }
    text = plain(one["result"] or one["text"], limit=80)
    parts = (one["id"][:8], one["client"], _name(one), length_words(one["seconds"]))
    return "  ".join(filter(None, (*parts, states[one["state"]], text)))


COMMANDS = (
    Command(
        name="task",
        summary=N_("work for clients beside calls, with its timer; what is agreed with them"),
        arguments=_arguments,
        run=_run,
        show=_show,
    ),
)
