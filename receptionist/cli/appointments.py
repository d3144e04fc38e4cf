"""Commands about appointments: `slots`, `book`, `appointments`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from receptionist.cli.arguments import seconds
from receptionist.cli.calendars import bring, health_form, show_health, state_words
from receptionist.cli.command import Command, Exit, Outcome, Payload, Request
from receptionist.cli.counter import Counter
from receptionist.cli.jsonform import appointment_form, known_reason, local
from receptionist.errors import BadInput
from receptionist.i18n import N_, _
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.number import normalised
from receptionist.model.period import Period
from receptionist.model.plain import plain
from receptionist.reasons import sentence

MOST_SLOTS = 200
LISTED = timedelta(days=90)


# ---- slots --------------------------------------------------------------------------------------


def _client_and_kind(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--client", required=True, metavar=_("KEY"), help=_("see `clients`"))
    parser.add_argument("--kind", required=True, metavar=_("KEY"), help=_("see `clients`"))


def _slots_arguments(parser: argparse.ArgumentParser) -> None:
    _client_and_kind(parser)
    parser.add_argument(
        "--from", dest="after", metavar=_("TIME"), help=_("ISO 8601, local to the client")
    )
    parser.add_argument("--count", type=int, default=4, metavar="N", help=_("default: 4"))
    parser.add_argument(
        "--offline", action="store_true", help=_("do not read the owner's calendar first")
    )


def _slots(counter: Counter, request: Request) -> Outcome:
    client = counter.client(str(request["client"]))
    kind = counter.kind(client, str(request["kind"]))
    count = int(request["count"])
    if not 1 <= count <= MOST_SLOTS:
        raise BadInput(_("Ask for 1 to {most} slots.").format(most=MOST_SLOTS), key="count")
    after = instant(str(request["after"]), client.zone, "from") if request["after"] else None
    changed = counter.do(lambda: counter.desk.calendars.health(client.id))
    if not request["offline"]:
        changed = bring(counter, client.id)
    slots: tuple[Period, ...] = counter.ask(
        lambda then, failed: counter.desk.booking.slots(
            client.id, kind.id, count=count, after=after, then=then, failed=failed
        )
    )
    return Outcome(
        {
            "client": client.key,
            "kind": kind.key,
            "zone": client.zone,
            "calendar": health_form(client.key, changed) if changed else None,
            "slots": [
                {"start": local(slot.start, client.zone), "end": local(slot.end, client.zone)}
                for slot in slots
            ],
        }
    )


def _show_slots(payload: Payload) -> Iterator[str]:
    if not payload["slots"]:
        yield _("Nothing is free in the next eight weeks.")
    for slot in payload["slots"]:
        yield f"{slot['start']}  –{slot['end'][11:16]}"
    if payload["calendar"] and payload["calendar"]["reason"]:
        yield show_health(payload["calendar"])


# ---- book ---------------------------------------------------------------------------------------


def _book_arguments(parser: argparse.ArgumentParser) -> None:
    _client_and_kind(parser)
    parser.add_argument(
        "--start", required=True, metavar=_("TIME"), help=_("ISO 8601, local to the client")
    )
    parser.add_argument("--name", required=True, metavar=_("NAME"), help=_("the caller's name"))
    parser.add_argument("--phone", default="", metavar=_("NUMBER"), help=_("to call him back"))
    parser.add_argument("--note", default="", metavar=_("TEXT"), help=_("for the owner"))
    waiting = parser.add_mutually_exclusive_group()
    waiting.add_argument(
        "--no-wait", action="store_true", help=_("do not wait for the owner's calendar")
    )
    waiting.add_argument(
        "--wait-seconds", type=seconds, default=WAIT_S, metavar="S", help=_("default: 30")
    )


def _book(counter: Counter, request: Request) -> Outcome:
    client = counter.client(str(request["client"]))
    kind = counter.kind(client, str(request["kind"]))
    wish: dict[str, Any] = {
        "client_id": client.id,
        "kind_id": kind.id,
        "start": instant(str(request["start"]), client.zone, "start"),
        "caller_name": plain(str(request["name"]), limit=200),
        "caller_number": _number(counter, str(request["phone"])),
        "note": plain(str(request["note"]), lines=True),
    }
    with counter.listening() as heard:
        appointment_id = counter.do(lambda: counter.desk.booking.book(**wish))
        appointment = _booked(heard, appointment_id)
        if not request["no_wait"] and appointment.state is AppointmentState.BOOKED:
            counter.start_outbox()
            appointment = _settled(heard, appointment, float(request["wait_seconds"]))
    code = _EXITS.get(appointment.state, Exit.DELAYED)
    if request["no_wait"] and appointment.state is AppointmentState.BOOKED:
        code = Exit.OK
    return Outcome(appointment_form(counter, appointment), code)


def _number(counter: Counter, text: str) -> str:
    if not text.strip():
        return ""
    number = normalised(text, counter.desk.directory.office.region)
    if not number.lstrip("+").isdigit():
        raise BadInput(
            _("“{number}” is not a telephone number.").format(number=plain(text, limit=60)),
            key="phone",
        )
    return number


# ---- appointments -------------------------------------------------------------------------------


def _appointments_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--client", required=True, metavar=_("KEY"), help=_("see `clients`"))
    parser.add_argument("--from", dest="after", metavar=_("TIME"), help=_("default: now"))
    parser.add_argument("--to", dest="before", metavar=_("TIME"), help=_("default: 90 days later"))


def _appointments(counter: Counter, request: Request) -> Outcome:
    client = counter.client(str(request["client"]))
    start = datetime.now(UTC)
    if request["after"]:
        start = instant(str(request["after"]), client.zone, "from")
    end = start + LISTED
    if request["before"]:
        end = instant(str(request["before"]), client.zone, "to")
    if end <= start:
        raise BadInput(_("--to must be later than --from."), key="to")
    found: tuple[Appointment, ...] = counter.ask(
        lambda then, failed: counter.desk.booking.appointments(client.id, Period(start, end), then)
    )
    return Outcome(
        {"client": client.key, "appointments": [appointment_form(counter, one) for one in found]}
    )


def _show_appointments(payload: Payload) -> Iterator[str]:
    if not payload["appointments"]:
        yield _("There are no appointments.")
    for one in payload["appointments"]:
        reason = sentence(known_reason(one["reason"]))
        yield f"{one['start']}  {state_words(one['state'])}  {one['summary']}  {reason}".rstrip()


COMMANDS = (
    Command(
        name="slots",
        summary=N_("the next free times of a client"),
        arguments=_slots_arguments,
        run=_slots,
        show=_show_slots,
        takes_passwords=True,
    ),
    Command(
        name="book",
        summary=N_("book an appointment and wait until it stands in the owner's calendar"),
        arguments=_book_arguments,
        run=_book,
        show=_show_book,
        takes_passwords=True,
    ),
    Command(
        name="appointments",
        summary=N_("the appointments of a client"),
        arguments=_appointments_arguments,
        run=_appointments,
        show=_show_appointments,
    ),
)
