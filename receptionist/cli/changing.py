"""Commands about what was booked: `move`, `change`, `cancel`, `restore`."""

from __future__ import annotations

import argparse
from typing import Any
from uuid import UUID

from receptionist.cli.command import Command, Outcome, Request
from receptionist.cli.counter import Counter
from receptionist.cli.following import (
    appointment_of,
    followed,
    instant,
    number_of,
    show,
    waiting_arguments,
)
from receptionist.errors import BadInput
from receptionist.i18n import N_, _
from receptionist.model.plain import plain


def _of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--id", required=True, metavar=_("ID"), help=_("see `appointments --json`"))


def _staff_of(counter: Counter, client_id: UUID, key: str) -> UUID | None:
    client = counter.client(counter.client_key(client_id))
    return counter.staff(client, key)


# ---- move ---------------------------------------------------------------------------------------


def _move_arguments(parser: argparse.ArgumentParser) -> None:
    _of(parser)
    parser.add_argument(
        "--start", default="", metavar=_("TIME"), help=_("ISO 8601, local to the client")
    )
    parser.add_argument(
        "--end", default="", metavar=_("TIME"), help=_("to make it longer or shorter")
    )
    parser.add_argument("--staff", default="", metavar=_("KEY"), help=_("of the staff"))
    waiting_arguments(parser)


def _move(counter: Counter, request: Request) -> Outcome:
    one = appointment_of(counter, request)
    start, end, staff = (str(request[name]) for name in ("start", "end", "staff"))
    if bool(end) == bool(start or staff):
        raise BadInput(_("Say either a new --start or --staff, or a new --end."), key="start")
    changing = counter.desk.changing
    with counter.listening() as heard:
        if end:
            to = instant(end, one.zone, "end")
            counter.do(lambda: changing.resize(one, to))
        else:
            at = instant(start, one.zone, "start") if start else one.start
            staff_id = _staff_of(counter, one.client_id, staff)
            counter.do(lambda: changing.move(one, at, staff_id))
        return followed(counter, request, heard, one.id)


# ---- change -------------------------------------------------------------------------------------


def _change_arguments(parser: argparse.ArgumentParser) -> None:
    _of(parser)
    parser.add_argument("--name", metavar=_("NAME"), help=_("the caller's name"))
    parser.add_argument("--phone", metavar=_("NUMBER"), help=_("to call him back"))
    parser.add_argument("--email", metavar=_("ADDRESS"), help=_("of the caller"))
    parser.add_argument("--note", metavar=_("TEXT"), help=_("for the owner"))
    parser.add_argument("--location", metavar=_("ADDRESS"), help=_("where it is"))
    parser.add_argument("--kind", metavar=_("KEY"), help=_("see `clients`"))
    waiting_arguments(parser)


def _change(counter: Counter, request: Request) -> Outcome:
    one = appointment_of(counter, request)
    given = {name: request[name] for name in _TEXTS if request[name] is not None}
    wish: dict[str, Any] = {
        _TEXTS[name]: plain(str(text), lines=name == "note") for name, text in given.items()
    }
    if "phone" in given:
        wish["caller_number"] = number_of(counter, str(given["phone"]))
    if request["kind"] is not None:
        client = counter.client(counter.client_key(one.client_id))
        wish["kind_id"] = counter.kind(client, str(request["kind"])).id
    if not wish:
        raise BadInput(_("Say what is to be changed."))
    with counter.listening() as heard:
        counter.do(lambda: counter.desk.changing.change(one, **wish))
        return followed(counter, request, heard, one.id)


_TEXTS = {
    "name": "caller_name",
    "phone": "caller_number",
    "email": "caller_email",
    "note": "note",
    "location": "location",
}


# ---- cancel and restore -------------------------------------------------------------------------


def _cancel_arguments(parser: argparse.ArgumentParser) -> None:
    _of(parser)
    parser.add_argument(
        "--series", action="store_true", help=_("also what was booked with it and comes later")
    )
    waiting_arguments(parser)


def _cancel(counter: Counter, request: Request) -> Outcome:
    one = appointment_of(counter, request)
    series = bool(request["series"])
    with counter.listening() as heard:
        counter.do(lambda: counter.desk.changing.cancel(one, series))
        return followed(counter, request, heard, one.id)


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    _of(parser)
    waiting_arguments(parser)


def _restore(counter: Counter, request: Request) -> Outcome:
    one = appointment_of(counter, request)
    with counter.listening() as heard:
        restored = counter.do(lambda: counter.desk.changing.restore(one))
        return followed(counter, request, heard, restored)


COMMANDS = (
    Command(
        name="move",
        summary=N_("move an appointment, or make it longer or shorter"),
        arguments=_move_arguments,
        run=_move,
        show=show,
        takes_passwords=True,
    ),
    Command(
        name="change",
        summary=N_("change the texts, the place or the kind of an appointment"),
        arguments=_change_arguments,
        run=_change,
        show=show,
        takes_passwords=True,
    ),
    Command(
        name="cancel",
        summary=N_("call an appointment off"),
        arguments=_cancel_arguments,
        run=_cancel,
        show=show,
        takes_passwords=True,
    ),
    Command(
        name="restore",
        summary=N_("book once more what was called off"),
        arguments=_restore_arguments,
        run=_restore,
        show=show,
        takes_passwords=True,
    ),
)
