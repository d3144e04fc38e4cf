"""The command `journal`: the calls, and who is to be called back."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from receptionist.cli.arguments import days
from receptionist.cli.command import Command, Outcome, Payload, Request
from receptionist.cli.counter import Counter
from receptionist.cli.jsonform import call_form, local, work_form
from receptionist.i18n import N_, _
from receptionist.model.call import Call
from receptionist.model.number import shown
from receptionist.model.plain import plain
from receptionist.model.worklist import WorkItem
from receptionist.reasons import known_reason, sentence


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--client", default="", metavar=_("KEY"), help=_("default: all"))
    parser.add_argument("--days", type=days, default=1.0, metavar="N", help=_("default: 1"))


def _journal(counter: Counter, request: Request) -> Outcome:
    client = counter.client(str(request["client"])) if request["client"] else None
    since = datetime.now(UTC) - timedelta(days=float(request["days"]))
    journal = counter.desk.journal
    calls: tuple[Call, ...] = counter.ask(
        lambda then, failed: journal.since(since, then, client.id if client else None)
    )
    work: tuple[WorkItem, ...] = counter.ask(counter.desk.work.read)
    return Outcome(
        {
            "zone": counter.desk.directory.office.zone,
            "calls": [call_form(counter, call) for call in calls],
            "call_backs": [
                work_form(counter, one)
                for one in work
                if one.owes_call and (client is None or one.client_id == client.id)
            ],
        }
    )


def _show(payload: Payload) -> Iterator[str]:
    if not payload["calls"]:
        yield _("There were no calls.")
    for call in payload["calls"]:
        number = shown(call["number"]) if call["number"] else _("anonymous")
        name = plain(call["name"] or call["caller_name"])
        client = call["client"] or plain(call["dialled"])
        answered = _("{seconds} s").format(seconds=call["talk_s"]) if call["answered"] else "–"
        arrow = "←" if call["direction"] == "incoming" else "→"
        started = local(datetime.fromisoformat(call["started"]), payload["zone"])
        yield f"{started}  {arrow} {client}  {plain(number)}  {name}  {answered}".rstrip()
        if call["note"]:
            yield f"    {plain(call['note'])}"
        yield from _answers(call["answers"])
    if payload["call_backs"]:
        yield _("To be called back:")
    for one in payload["call_backs"]:
        reason = sentence(known_reason(one["reason"]))
        yield f"  {plain(shown(one['number']))}  {plain(one['name'])}  {one['client']}  {reason}"


def _answers(answers: list[Mapping[str, Any]]) -> Iterator[str]:
    """What was answered to the prompts of a script, and what of it was read back."""
    for one in filter(lambda answer: answer["typed"], answers):
        words = f"    {plain(one['label'])}: {plain(one['shown'] or one['typed'])}"
        ticked = _("read back")
        yield f"{words}  ({ticked})" if one["verified"] else words


COMMANDS = (
    Command(
        name="journal",
        summary=N_("the calls, and who is to be called back"),
        arguments=_arguments,
        run=_journal,
        show=_show,
    ),
)
