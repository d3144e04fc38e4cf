"""The command `report`: what was handled for a client, and who was missed."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from receptionist import files
from receptionist.cli.command import Command, Outcome, Payload, Request
from receptionist.cli.counter import Counter
from receptionist.cli.jsonform import local
from receptionist.errors import BadInput
from receptionist.i18n import N_, _
from receptionist.model.call import Cause
from receptionist.model.handled import HandledKind, Missed, kind_name
from receptionist.model.number import shown
from receptionist.model.plain import plain
from receptionist.model.report import Report, ReportLine
from receptionist.model.service import Service, ServiceKind
from receptionist.reportpage import busiest_words, length_words, letterhead, missed_words, page


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("client", metavar=_("CLIENT"), help=_("the key of the client"))
    parser.add_argument(
        "--from",
        dest="first",
        default="",
        metavar=_("DAY"),
        help=_("default: the first of the month"),
    )
    parser.add_argument("--to", dest="last", default="", metavar=_("DAY"), help=_("default: today"))
    parser.add_argument(
        "--html", default="", metavar=_("FILE"), help=_("write a page that the client can read")
    )


def _request(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "client": options.client,
        "first": options.first,
        "last": options.last,
        "html": bool(options.html),
    }


def _report(counter: Counter, request: Request) -> Outcome:
    client = counter.client(str(request["client"]))
    today = datetime.now(UTC).astimezone(ZoneInfo(client.zone)).date()
    last = _day(str(request["last"]), "to", today)
    first = _day(str(request["first"]), "from", last.replace(day=1))

    def ask(then: Callable[[Report], object], failed: Callable[[Exception], object]) -> None:
        counter.desk.services.report(client.id, first, last, then, failed)

    report = counter.ask(ask)
    payload = {"client": client.key, "first": str(first), "last": str(last), **_form(report)}
    if request["html"]:
        head = letterhead(client, counter.desk.directory.office, datetime.now(UTC))
        payload["page"] = page(report, head)
    return Outcome(payload)


def _day(text: str, key: str, usual: date) -> date:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else usual
    except ValueError:
        message = _("“{text}” is no day. Write it like 2027-01-31.")
        raise BadInput(message.format(text=plain(text, limit=60)), key=key) from None


# ---- as JSON


def _form(report: Report) -> dict[str, Any]:
    return {
        "from": local(report.period.start, report.zone),
        "to": local(report.period.end, report.zone),
        "zone": report.zone,
        "answered_share": report.answered_share,
        "total": asdict(report.total),
        "kinds": [_line_form(one) for one in report.kinds],
        "lines": [_line_form(one) for one in report.lines],
        "missed": [_missed_form(one, report.zone) for one in report.missed],
        "missed_grid": report.missed_grid,
    }


def _line_form(line: ReportLine) -> dict[str, Any]:
    service = line.service.value if line.service else ""
    return {"kind": line.kind.value, "service": service, "title": line.title, **asdict(line.tally)}


def _missed_form(one: Missed, zone: str) -> dict[str, Any]:
    return {
        "call_id": str(one.call_id),
        "at": local(one.at, zone),
        "number": one.number,
        "name": one.name,
        "cause": one.cause.value,
        "left_message": one.left_message,
        "connected_to": one.connected_to,
        "called_back": local(one.called_back, zone) if one.called_back else None,
    }


# ---- in words


def _in_words(payload: Payload) -> Iterator[str]:
    yield f"{payload['first']} – {payload['last']}"
    for kind in payload["kinds"]:
        yield _line_words(kind_name(HandledKind(kind["kind"])), kind)
        for one in payload["lines"]:
            if one["kind"] == kind["kind"] and (name := _name(one)):
                yield f"  {_line_words(name, one)}"
    if not payload["kinds"]:
        yield _("Nothing was handled in this time.")
    yield _("Missed: {count}").format(count=len(payload["missed"]))
    yield from map(_missed_row, payload["missed"])


def _name(one: Mapping[str, Any]) -> str:
    service = one["service"]
    return one["title"] or (Service(kind=ServiceKind(service)).name if service else "")


def _line_words(name: str, one: Mapping[str, Any]) -> str:
    words = _("{name}: {count}, in all {total}, usually {usual}, mostly {when}")
    return words.format(
        name=plain(name),
        count=one["count"],
        total=length_words(one["total_s"] if one["measured"] else None),
        usual=length_words(one["median_s"]),
        when=busiest_words(one["grid"]),
    )


def _missed_row(one: Mapping[str, Any]) -> str:
    at = datetime.fromisoformat(one["at"])
    number = shown(one["number"]) or _("anonymous")
    what = missed_words(Cause(one["cause"]), one["left_message"], one["connected_to"])
    told = (f"{at:%Y-%m-%d %H:%M}", plain(number), plain(one["name"]), what)
    return f"  {'  '.join(filter(None, told))}"


def _finish(options: argparse.Namespace, payload: Payload) -> Payload:
    """Write the page where the command was typed; whole or not at all."""
    if "page" not in payload:
        return payload
    path = Path(options.html)
    files.write(path.absolute(), str(payload["page"]).encode())
    return {**{name: payload[name] for name in payload if name != "page"}, "file": str(path)}


def _show(payload: Payload) -> Iterator[str]:
    if "file" in payload:
        yield _("It is in {file}.").format(file=payload["file"])
    else:
        yield from _in_words(payload)


COMMANDS = (
    Command(
        name="report",
        summary=N_("what was handled for a client, how often, when and how long; who was missed"),
        arguments=_arguments,
        request=_request,
        run=_report,
        show=_show,
        finish=_finish,
    ),
)
