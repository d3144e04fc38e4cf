"""The command `work`: what is open, and what came of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from receptionist.cli.arguments import days
from receptionist.cli.command import Command, Outcome, Payload, Request
from receptionist.cli.counter import Counter
from receptionist.cli.jsonform import local, work_form
from receptionist.cli.people import local_time
from receptionist.errors import BadInput, NotFound
from receptionist.i18n import N_, _
from receptionist.model.number import shown
from receptionist.model.plain import plain
from receptionist.model.worklist import (
    AttemptOutcome,
    Disposition,
    Urgency,
    WorkItem,
    WorkKind,
)
from receptionist.model.workwords import kind_words, outcome_words, said_words
from receptionist.reasons import known_reason, sentence

Verb = Callable[[Counter, Request], dict[str, Any]]
_SHORTEST_ID = 4
_SAID = [one.value for one in Disposition if one is not Disposition.VOID]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verb", choices=tuple(_VERBS), help=_("what to do"))
    parser.add_argument(
        "item", nargs="?", default="", metavar="ID", help=_("of the item, or how it begins")
    )
    parser.add_argument("--client", default="", metavar=_("KEY"), help=_("default: all"))
    parser.add_argument("--closed", action="store_true", help=_("what has left (list)"))
    parser.add_argument("--days", type=days, default=1.0, metavar="N", help=_("default: 1"))
    parser.add_argument(
        "--as", dest="said", choices=_SAID, default="", help=_("what came of it (done, later)")
    )
    parser.add_argument("--until", default="", metavar=_("TIME"), help=_("until when it waits"))
    parser.add_argument("--text", default="", metavar=_("TEXT"), help=_("the result in words"))
    outcomes = [one.value for one in AttemptOutcome]
    parser.add_argument(
        "--outcome", choices=outcomes, default="no-answer", help=_("of an attempt (attempt)")
    )
    parser.add_argument("--number", default="", metavar=_("NUMBER"), help=_("to call (promise)"))
    parser.add_argument("--name", default="", metavar=_("NAME"), help=_("whom to call (promise)"))


def _run(counter: Counter, request: Request) -> Outcome:
    """What is found is looked for first where nobody else does."""
    if not counter.running:
        counter.complete(lambda then, failed: counter.desk.lookout.look(then, failed))
    verb = str(request["verb"])
    zone = counter.desk.directory.office.zone
    return Outcome({"verb": verb, "zone": zone, **_VERBS[verb](counter, request)})


# ---- verbs


def _list(counter: Counter, request: Request) -> dict[str, Any]:
    key = str(request["client"])
    client_id = counter.client(key).id if key else None
    items = _closed(counter, request, client_id) if request["closed"] else _open(counter)
    items = tuple(one for one in items if client_id in (None, one.client_id))
    work = counter.desk.work
    counts = counter.do(lambda: work.counts if client_id is None else work.counts_of(client_id))
    return {
        "counts": asdict(counts) | {"total": counts.total},
        "closed": bool(request["closed"]),
        "items": [_form(counter, one) for one in items],
    }


def _done(counter: Counter, request: Request) -> dict[str, Any]:
    return _disposed(counter, request, Disposition(request["said"] or Disposition.DONE))


def _later(counter: Counter, request: Request) -> dict[str, Any]:
    if not request["until"]:
        raise BadInput(_("Say until when it waits."), key="until")
    return _disposed(counter, request, Disposition(request["said"] or Disposition.FOLLOW_UP))


def _attempt(counter: Counter, request: Request) -> dict[str, Any]:
    item, work = _item(counter, request), counter.desk.work
    outcome, text = AttemptOutcome(request["outcome"]), str(request["text"])
    until = _until(counter, request) if request["until"] else None
    return _changed(
        counter, lambda then, failed: work.attempt(item.id, outcome, text, until, then, failed)
    )


def _reopen(counter: Counter, request: Request) -> dict[str, Any]:
    item = _named(request, _closed(counter, request, None))
    return _changed(counter, lambda then, failed: counter.desk.work.reopen(item.id, then, failed))


def _promise(counter: Counter, request: Request) -> dict[str, Any]:
    if not request["client"] or not request["until"]:
        raise BadInput(_("A promise needs --client, --number and --until."))
    client = counter.client(str(request["client"]))
    due = _until(counter, request)
    number, name, text = (str(request[one]) for one in ("number", "name", "text"))

    def ask() -> UUID:
        return counter.desk.owing.promise_by_hand(client.id, number, name, due, text)

    item_id = counter.do(ask)
    _open(counter)  # behind what is to be written: it is there now
    return {"item": _form(counter, counter.do(lambda: counter.desk.work.get(item_id)))}


_VERBS: Mapping[str, Verb] = {
    "list": _list,
    "done": _done,
    "later": _later,
    "attempt": _attempt,
    "reopen": _reopen,
    "promise": _promise,
}


# ---- what they share


def _disposed(counter: Counter, request: Request, said: Disposition) -> dict[str, Any]:
    item, work, text = _item(counter, request), counter.desk.work, str(request["text"])
    until = _until(counter, request) if request["until"] else None
    return _changed(
        counter, lambda then, failed: work.dispose(item.id, said, text, until, then, failed)
    )


def _changed(
    counter: Counter,
    start: Callable[[Callable[[WorkItem], object], Callable[[Exception], object]], object],
) -> dict[str, Any]:
    changed: WorkItem = counter.ask(start)
    return {"item": _form(counter, changed)}


def _open(counter: Counter) -> tuple[WorkItem, ...]:
    found: tuple[WorkItem, ...] = counter.ask(counter.desk.work.read)
    return found


def _closed(counter: Counter, request: Request, client_id: UUID | None) -> tuple[WorkItem, ...]:
    since = datetime.now(UTC) - timedelta(days=float(request["days"]))
    work = counter.desk.work
    found: tuple[WorkItem, ...] = counter.ask(
        lambda then, failed: work.closed(since, then, client_id, failed)
    )
    return found


def _item(counter: Counter, request: Request) -> WorkItem:
    return _named(request, _open(counter))


def _named(request: Request, items: tuple[WorkItem, ...]) -> WorkItem:
    """The one item whose id begins so."""
    begins = str(request["item"]).strip().lower()
    if len(begins) < _SHORTEST_ID:
        raise BadInput(_("Name the item: four characters of its id at least."), key="item")
    found = [one for one in items if str(one.id).startswith(begins)]
    if len(found) != 1:
        message = _("“{id}” is not on the list.") if not found else _("“{id}” may be several.")
        raise NotFound(message.format(id=plain(begins, limit=60)))
    return found[0]


def _until(counter: Counter, request: Request) -> datetime:
    """On the office's clock, as the list shows it."""
    return local_time(str(request["until"]), counter.desk.directory.office.zone, "until")


def _form(counter: Counter, item: WorkItem) -> dict[str, Any]:
    return work_form(counter, item) | {"urgency": counter.desk.work.urgency(item).value}


# ---- in words


def _show(payload: Payload) -> Iterator[str]:
    zone = payload["zone"]
    if payload["verb"] != "list":
        yield from _row(payload["item"], zone)
        return
    if not payload["items"]:
        yield _("Nothing has left the list.") if payload["closed"] else _("Nothing is open.")
    for item in payload["items"]:
        yield from _row(item, zone)
    if not payload["closed"] and payload["items"]:
        counts = payload["counts"]
        yield _("{overdue} due, {today} later today, {later} later").format(**counts)


def _row(item: Mapping[str, Any], zone: str) -> Iterator[str]:
    mark = "!" if item["urgency"] == Urgency.OVERDUE.value and not item["done"] else " "
    at = local(datetime.fromisoformat(item["done"] or item["due"]), zone)
    said = said_words(Disposition(item["disposition"])) if item["disposition"] else ""
    number = plain(shown(item["number"])) if item["number"] else ""
    parts = (kind_words(WorkKind(item["kind"])), number, plain(item["name"]), said)
    told = "  ".join(part for part in parts if part)
    yield f"{mark} {item['id'][:8]}  {at}  {item['client'] or '–'}  {told}"
    void = item["disposition"] == Disposition.VOID
    result = sentence(known_reason(item["result"])) if void else item["result"]
    for text in filter(None, (item["text"], result)):
        yield f"    {plain(text)}"
    for one in item["attempts"]:
        tried = outcome_words(AttemptOutcome(one["outcome"]))
        words = f"{local(datetime.fromisoformat(one['at']), zone)}  {tried}  {plain(one['text'])}"
        yield f"    {words.rstrip()}"


COMMANDS = (
    Command(
        name="work",
        summary=N_("the work list: what is open, and what came of it"),
        arguments=_arguments,
        run=_run,
        show=_show,
    ),
)
