"""The command `ical`: a client's appointments as a file that any calendar reads."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from receptionist import files
from receptionist.cli.arguments import days
from receptionist.cli.command import Command, Outcome, Payload, Request
from receptionist.cli.counter import Counter
from receptionist.cli.following import instant
from receptionist.i18n import N_, _
from receptionist.model.period import Period


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("client", metavar=_("KEY"), help=_("the key of the client"))
    parser.add_argument("--from", dest="start", default="", help=_("default: now"))
    parser.add_argument("--days", type=days, default=365.0, metavar="N", help=_("default: 365"))
    parser.add_argument(
        "file", nargs="?", default="-", metavar=_("FILE"), help=_("default: standard output")
    )


def _ical(counter: Counter, request: Request) -> Outcome:
    client = counter.client(str(request["client"]))
    start = datetime.now(UTC)
    if request["start"]:
        start = instant(str(request["start"]), client.zone, "from")
    period = Period(start, start + timedelta(days=float(request["days"])))

    def begin(then: Callable[[bytes], object], failed: Callable[[Exception], object]) -> None:
        counter.desk.exporting.export(client.id, period, then, failed)

    text = counter.ask(begin)
    return Outcome({"client": client.key, "text": text.decode()})


def _write(options: argparse.Namespace, payload: Payload) -> Payload:
    if options.file == "-":
        return payload
    path = Path(options.file)
    files.write(path, str(payload["text"]).encode())
    return {"client": payload["client"], "file": str(path)}


def _show(payload: Payload) -> Iterator[str]:
    if "text" in payload:
        yield from str(payload["text"]).splitlines()
    else:
        yield _("The appointments are in {file}.").format(file=payload["file"])


COMMANDS = (
    Command(
        name="ical",
        summary=N_("write a client's appointments as an iCalendar file"),
        arguments=_arguments,
        request=lambda options: {
            "client": options.client,
            "start": options.start,
            "days": options.days,
        },
        run=_ical,
        show=_show,
        finish=_write,
    ),
)
