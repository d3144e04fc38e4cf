"""The command `forwarding`: the codes a client dials to forward to us, and whether it works."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from receptionist.cli.command import Command, Exit, Outcome, Payload, Request
from receptionist.cli.counter import Counter
from receptionist.desk import codes as shipped
from receptionist.errors import BadInput, ReceptionistError
from receptionist.events import DeskEvent, ForwardingTested, LineChanged, LineState
from receptionist.i18n import N_, _
from receptionist.model.client import Client
from receptionist.model.forwarding import (
    CERTAINTIES,
    KINDS,
    Certainty,
    ForwardingKind,
    ForwardingOutcome,
    ForwardingProvider,
    codes,
)
from receptionist.model.number import normalised, shown
from receptionist.model.plain import plain

_LINE_S = 20.0
_TEST_S = 90.0


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("client", metavar=_("KEY"), help=_("the key of the client"))
    parser.add_argument("--test", action="store_true", help=_("call him and see what arrives"))
    parser.add_argument(
        "--number", default="", metavar=_("NUMBER"), help=_("his number; default: the first")
    )
    parser.add_argument(
        "--provider", default="", metavar=_("KEY"), help=_("his network, provider or router")
    )
    parser.add_argument("--to", default="", metavar=_("NUMBER"), help=_("our number for him"))
    parser.add_argument("--seconds", type=int, default=0, metavar="N", help=_("ring so long first"))


def _forwarding(counter: Counter, request: Request) -> Outcome:
    client = counter.client(str(request["client"]))
    if request["test"]:
        return _tested(counter, client, str(request["number"]))
    if request["provider"]:
        return Outcome(_codes(counter, client, request))
    return Outcome(
        {
            "client": client.key,
            "providers": [_entry(one) for one in shipped.providers()],
        }
    )


def _entry(one: ForwardingProvider) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "certainty": one.certainty.value,
        "source": one.source,
        "note": one.note,
    }


def _codes(counter: Counter, client: Client, request: Request) -> dict[str, Any]:
    one, region = shipped.provider(str(request["provider"])), counter.desk.directory.office.region
    target = normalised(str(request["to"]), region)
    if one.kinds and not target:
        raise BadInput(_("Name the number he forwards to with --to."))
    listed = {}
    for kind in one.kinds:
        seconds = int(request["seconds"]) if kind is ForwardingKind.NO_ANSWER else 0
        listed[kind.value] = asdict(codes(one, kind, target, region, seconds))
    return {"client": client.key, "to": target, "provider": _entry(one), "codes": listed}


def _tested(counter: Counter, client: Client, number: str) -> Outcome:
    desk = counter.desk
    with counter.listening() as heard:
        counter.start_phone()
        ready = LineState.READY

        def one_is_ready(event: DeskEvent | None = None) -> bool:
            states = counter.do(lambda: list(desk.switchboard.line_states.values()))
            return any(isinstance(one, LineChanged) and one.state is ready for one in states)

        if not one_is_ready() and not heard.until(one_is_ready, _LINE_S):
            raise ReceptionistError(_("No line is ready, so nothing can be called."))
        counter.do(lambda: desk.forwarding.test(client.id, number))
        told: list[ForwardingTested] = []

        def is_outcome(event: DeskEvent) -> bool:
            if isinstance(event, ForwardingTested) and event.client_id == client.id:
                told.append(event)
            return bool(told)

        if not heard.until(is_outcome, _TEST_S):
            raise ReceptionistError(_("The desk gave no answer. Please try again."))
    return _outcome(counter, client, told[0])


def _outcome(counter: Counter, client: Client, event: ForwardingTested) -> Outcome:
    arrived = asdict(event.arrived) if event.arrived else None
    payload = {
        "client": client.key,
        "number": event.number,
        "outcome": event.outcome.value,
        "message": event.message,
        "dialled": event.dialled,
        "found": counter.client_key(event.found_client_id),
        "arrived": arrived,
    }
    good = event.outcome is ForwardingOutcome.MATCHED
    return Outcome(payload, Exit.OK if good else Exit.FAILED)


def _show(payload: Payload) -> Iterator[str]:
    if "outcome" in payload:
        yield from _show_test(payload)
    elif "codes" in payload:
        yield from _show_codes(payload)
    else:
        for one in payload["providers"]:
            yield f"{one['key']}  {one['name']}  ({_(CERTAINTIES[Certainty(one['certainty'])])})"


def _show_test(payload: Payload) -> Iterator[str]:
    yield plain(payload["message"])
    arrived = payload["arrived"] or {}
    names = {
        "to": "To",
        "p_called_party_id": "P-Called-Party-ID",
        "diversion": "Diversion",
        "history": "History-Info",
        "request_uri": "Request-URI",
    }
    for key, name in names.items():
        values = arrived.get(key) or ()
        for value in (values,) if isinstance(values, str) else values:
            yield f"    {name}: {plain(value)}"


def _show_codes(payload: Payload) -> Iterator[str]:
    one = payload["provider"]
    yield f"{one['name']}  →  {plain(shown(payload['to']))}" if payload["codes"] else one["name"]
    for kind, found in payload["codes"].items():
        yield _("{kind}: {set}   off: {clear}   ask: {query}").format(
            kind=_(KINDS[ForwardingKind(kind)]), **found
        )
    yield one["note"]
    yield _(CERTAINTIES[Certainty(one["certainty"])])
    yield _("Source: {source}").format(source=one["source"])


COMMANDS = (
    Command(
        name="forwarding",
        summary=N_("the codes a client forwards with, and a test whether calls arrive"),
        arguments=_arguments,
        run=_forwarding,
        show=_show,
        takes_passwords=True,
    ),
)
