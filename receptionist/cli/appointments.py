"""Commands about booking: `slots`, `hold`, `release`, `book`, `appointments`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from receptionist.cli.calendars import bring, health_form, show_health, state_words
from receptionist.cli.command import Command, Exit, Outcome, Payload, Request
from receptionist.cli.counter import Counter, Heard
from receptionist.cli.following import (
    answered,
    appointment_of,
    event_form,
    followed,
    id_of,
    instant,
    number_of,
    show,
    waiting_arguments,
)
from receptionist.cli.jsonform import appointment_form, local
from receptionist.errors import BadInput
from receptionist.events import BookingConflict
from receptionist.i18n import N_, _
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.client import Client
from receptionist.model.period import Period
from receptionist.model.plain import plain
from receptionist.model.slot import Slot
from receptionist.reasons import known_reason, sentence

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
    _staff_argument(parser)
    parser.add_argument(
        "--postcode", default="", metavar=_("POSTCODE"), help=_("where the caller lives")
    )
    parser.add_argument(
        "--offline", action="store_true", help=_("do not read the owner's calendar first")
    )


def _staff_argument(parser: argparse.ArgumentParser) -> None:
    words = _("of the staff; default: whoever is free")
    parser.add_argument("--staff", default="", metavar=_("KEY"), help=words)


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
    asked: dict[str, Any] = {
        "count": count,
        "after": after,
        "staff_id": counter.staff(client, str(request["staff"])),
        "postcode": str(request["postcode"]),
    }
    slots: tuple[Slot, ...] = counter.ask(
        lambda then, failed: counter.desk.booking.slots(
            client.id, kind.id, **asked, then=then, failed=failed
        )
    )
    return Outcome(
        {
            "client": client.key,
            "kind": kind.key,
            "zone": client.zone,
            "calendar": health_form(client.key, changed) if changed else None,
            "slots": [_slot_form(client, slot) for slot in slots],
        }
    )


def _slot_form(client: Client, slot: Slot) -> dict[str, Any]:
    member = client.member(slot.staff_id)
    return {
        "start": local(slot.start, client.zone),
        "end": local(slot.end, client.zone),
        "staff": member.key if member else "",
        "travel_min": slot.travel_min,
    }


def _show_slots(payload: Payload) -> Iterator[str]:
    if not payload["slots"]:
        yield _("Nothing is free as far ahead as the client plans.")
    for slot in payload["slots"]:
        yield f"{slot['start']}  –{slot['end'][11:16]}  {slot['staff']}".rstrip()
    if payload["calendar"] and payload["calendar"]["reason"]:
        yield show_health(payload["calendar"])


# ---- book ---------------------------------------------------------------------------------------


def _book_arguments(parser: argparse.ArgumentParser) -> None:
    _wish_arguments(parser)
    parser.add_argument("--name", required=True, metavar=_("NAME"), help=_("the caller's name"))
    parser.add_argument("--phone", default="", metavar=_("NUMBER"), help=_("to call him back"))
    parser.add_argument("--email", default="", metavar=_("ADDRESS"), help=_("of the caller"))
    parser.add_argument("--note", default="", metavar=_("TEXT"), help=_("for the owner"))
    parser.add_argument("--hold", default="", metavar=_("ID"), help=_("what was held for him"))
    parser.add_argument("--times", type=int, default=1, metavar="N", help=_("default: 1"))
    parser.add_argument("--every-days", type=int, default=7, metavar="N", help=_("default: 7"))
    waiting_arguments(parser)


def _wish_arguments(parser: argparse.ArgumentParser) -> None:
    _client_and_kind(parser)
    parser.add_argument(
        "--start", required=True, metavar=_("TIME"), help=_("ISO 8601, local to the client")
    )
    _staff_argument(parser)
    parser.add_argument("--location", default="", metavar=_("ADDRESS"), help=_("where it is"))


def _wish(counter: Counter, request: Request) -> dict[str, Any]:
    client = counter.client(str(request["client"]))
    kind = counter.kind(client, str(request["kind"]))
    return {
        "client_id": client.id,
        "kind_id": kind.id,
        "start": instant(str(request["start"]), client.zone, "start"),
        "staff_id": counter.staff(client, str(request["staff"])),
        "location": plain(str(request["location"]), limit=200),
        "caller_name": plain(str(request["name"]), limit=200),
    }


def _book(counter: Counter, request: Request) -> Outcome:
    wish = _wish(counter, request) | {
        "caller_number": number_of(counter, str(request["phone"])),
        "caller_email": str(request["email"]),
        "note": plain(str(request["note"]), lines=True),
        "hold_id": id_of(str(request["hold"]), "hold") if request["hold"] else None,
        "times": int(request["times"]),
        "every_days": int(request["every_days"]),
    }
    with counter.listening() as heard:
        appointment_id = counter.do(lambda: counter.desk.booking.book(**wish))
        return followed(counter, request, heard, appointment_id)


# ---- hold ---------------------------------------------------------------------------------------


def _hold_arguments(parser: argparse.ArgumentParser) -> None:
    _wish_arguments(parser)
    parser.add_argument("--name", default="", metavar=_("NAME"), help=_("the caller's name"))


def _hold(counter: Counter, request: Request) -> Outcome:
    wish = _wish(counter, request)
    with counter.listening() as heard:
        return _answer(counter, heard, counter.do(lambda: counter.desk.booking.hold(**wish)))


def _release_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--id", required=True, metavar=_("ID"), help=_("what was held"))


def _release(counter: Counter, request: Request) -> Outcome:
    held = appointment_of(counter, request)
    if held.state is not AppointmentState.HOLD:
        raise BadInput(_("This is not held any more."), key="id")
    with counter.listening() as heard:
        counter.do(lambda: counter.desk.booking.release(held.id))
        return _answer(counter, heard, held.id)


def _answer(counter: Counter, heard: Heard, appointment_id: UUID) -> Outcome:
    event = answered(heard, appointment_id)
    code = Exit.CONFLICT if isinstance(event, BookingConflict) else Exit.OK
    return Outcome(event_form(counter, event), code)


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
        show=show,
        takes_passwords=True,
    ),
    Command(
        name="hold",
        summary=N_("keep a time for some minutes while a caller thinks"),
        arguments=_hold_arguments,
        run=_hold,
        show=show,
    ),
    Command(
        name="release",
        summary=N_("give up a time that was held"),
        arguments=_release_arguments,
        run=_release,
        show=show,
    ),
    Command(
        name="appointments",
        summary=N_("the appointments of a client"),
        arguments=_appointments_arguments,
        run=_appointments,
        show=_show_appointments,
    ),
)
