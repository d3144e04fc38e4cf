"""What a command waits for: a time as it is typed, and what comes of an appointment."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.cli.arguments import seconds
from receptionist.cli.command import Exit, Outcome, Payload, Request
from receptionist.cli.counter import Counter, Heard
from receptionist.cli.jsonform import appointment_form
from receptionist.errors import BadInput, NotFound, ReceptionistError
from receptionist.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentChanged,
    AppointmentConfirmed,
    AppointmentHeld,
    AppointmentReleased,
    BookingConflict,
    ChangeRefused,
    DeskEvent,
    PushDelayed,
    StoreFailed,
)
from receptionist.i18n import _
from receptionist.model.appointment import NEVER, Appointment, AppointmentState
from receptionist.model.hours import utc
from receptionist.model.number import normalised
from receptionist.model.plain import plain
from receptionist.reasons import Reason, known_reason, sentence

WAIT_S = 30.0
_YEARS = (1970, 2200)
"""What may be written as a time: Python's calendar ends, and its sums must not."""


_SAFE = (
    AppointmentBooked
    | AppointmentHeld
    | AppointmentReleased
    | AppointmentChanged
    | BookingConflict
    | ChangeRefused
)
"""What is told once our book has answered."""
_OVER = AppointmentConfirmed | AppointmentCancelled | BookingConflict | ChangeRefused | PushDelayed
"""What is told once the owner's calendar has."""
_REFUSED = BookingConflict | ChangeRefused
_HOPELESS_NOW = (
    Reason.PASSWORD_MISSING,
    Reason.PASSWORD_REFUSED,
    Reason.SERVER_NOT_FOUND,
    Reason.NOTHING_LISTENS,
    Reason.NOT_ENCRYPTED,
)
"""Reasons for a delay that the next seconds do not mend."""
_TRIES = 2
"""After so many delays it takes longer: each time the outbox waits longer for the next one."""


def instant(text: str, zone: str, key: str) -> datetime:
    """An ISO 8601 date or time as UTC; without an offset it is local in `zone`.

    Raises `BadInput` also for a local time that the clock skips.
    """
    try:
        given = datetime.fromisoformat(text.strip())
        if not _YEARS[0] <= given.year <= _YEARS[1]:
            raise ValueError
    except ValueError:
        raise BadInput(
            _("“{text}” is no time. Write it like 2026-11-23 or 2026-11-23T09:30.").format(
                text=plain(text, limit=60)
            ),
            key=key,
        ) from None
    if given.tzinfo is not None:
        return given.astimezone(UTC)
    found = utc(given, ZoneInfo(zone))
    if found is None:
        raise BadInput(
            _("{text} does not exist in {zone}: the clock skips it.").format(text=text, zone=zone),
            key=key,
        )
    return found


def number_of(counter: Counter, text: str) -> str:
    """A telephone number as it is kept; `BadInput` when it is none."""
    if not text.strip():
        return ""
    number = normalised(text, counter.desk.directory.office.region)
    if not number.lstrip("+").isdigit():
        raise BadInput(
            _("“{number}” is not a telephone number.").format(number=plain(text, limit=60)),
            key="phone",
        )
    return number


def id_of(text: str, key: str) -> UUID:
    """An id as `appointments` tells it."""
    try:
        return UUID(text.strip())
    except ValueError:
        message = _("“{text}” is no id. See `appointments --json`.")
        raise BadInput(message.format(text=plain(text, limit=60)), key=key) from None


def appointment_of(counter: Counter, request: Request) -> Appointment:
    """The appointment that a command is about."""
    wanted = id_of(str(request["id"]), "id")

    def look(
        then: Callable[[Appointment | None], object], failed: Callable[[Exception], object]
    ) -> None:
        counter.desk.booking.appointment(wanted, then)

    found = counter.ask(look)
    if found is None:
        raise NotFound(_("There is no appointment with this id. See `appointments --json`."))
    return found


def waiting_arguments(parser: argparse.ArgumentParser) -> None:
    """How long a command waits for the owner's calendar."""
    waiting = parser.add_mutually_exclusive_group()
    waiting.add_argument(
        "--no-wait", action="store_true", help=_("do not wait for the owner's calendar")
    )
    waiting.add_argument(
        "--wait-seconds", type=seconds, default=WAIT_S, metavar="S", help=_("default: 30")
    )


def followed(counter: Counter, request: Request, heard: Heard, appointment_id: UUID) -> Outcome:
    """What came of an appointment: in our book, and where that is waited for in the owner's."""
    safe = answered(heard, appointment_id)
    event: _SAFE | _OVER = safe
    if not request["no_wait"] and not isinstance(safe, _REFUSED):
        counter.start_outbox()
        event = _settled(heard, safe, float(request["wait_seconds"]))
    return Outcome(event_form(counter, event), _code(event, bool(request["no_wait"])))


def answered(heard: Heard, appointment_id: UUID) -> _SAFE:
    """What our book says of an appointment: it is safe there, or refused."""
    found: list[_SAFE] = []

    def ours(event: DeskEvent) -> bool:
        if isinstance(event, StoreFailed):
            raise ReceptionistError(event.message)
        if isinstance(event, _SAFE) and appointment_id in _ids(event):
            found.append(event)
        return bool(found)

    if not heard.until(ours, WAIT_S):
        raise ReceptionistError(_("The desk gave no answer. Please try again."))
    return found[0]


def event_form(counter: Counter, event: _SAFE | _OVER) -> Payload:
    """The appointment as it stands; a refused change says so with its own reason."""
    form = appointment_form(counter, event.appointment)
    if isinstance(event, ChangeRefused):
        form |= {"refused": True, "reason": event.reason.value}
    return form


def _settled(heard: Heard, safe: _SAFE, wait_s: float) -> _SAFE | _OVER:
    """What is told within `wait_s`, or once it is known that it takes longer."""
    newest: list[_SAFE | _OVER] = [safe]
    delays = 0
    end = datetime.now(UTC) + timedelta(seconds=wait_s)

    def over(event: DeskEvent) -> bool:
        nonlocal delays
        if not isinstance(event, _OVER) or event.appointment.id != safe.appointment.id:
            return False
        newest.append(event)
        if not isinstance(event, PushDelayed) or _is_parked(event.appointment):
            return True
        delays += 1
        again = event.appointment.next_attempt
        too_late = again is not None and again > end
        return delays == _TRIES or too_late or event.appointment.reason in _HOPELESS_NOW

    deadline = time.monotonic() + wait_s
    heard.until(over, deadline - time.monotonic())
    return newest[-1]


def _ids(event: _SAFE) -> tuple[UUID, ...]:
    before = (event.before.id,) if isinstance(event, AppointmentChanged) else ()
    return (event.appointment.id, *before)


def _code(event: _SAFE | _OVER, no_wait: bool) -> Exit:
    if isinstance(event, _REFUSED):
        return Exit.CONFLICT
    if isinstance(event, AppointmentConfirmed | AppointmentCancelled):
        return Exit.OK
    if isinstance(event, PushDelayed) and _is_parked(event.appointment):
        return Exit.PARKED
    return Exit.OK if no_wait else Exit.DELAYED


def _is_parked(appointment: Appointment) -> bool:
    return appointment.next_attempt == NEVER


def show(payload: Payload) -> Iterator[str]:
    """What came of an appointment, in words."""
    state = AppointmentState(payload["state"])
    words = {
        AppointmentState.HOLD: _("Held: {summary}, {start}"),
        AppointmentState.CONFIRMED: _("In the owner's calendar: {summary}, {start}"),
        AppointmentState.CONFLICT: _("Not booked: {summary}, {start}"),
        AppointmentState.BOOKED: _(
            "Booked, on its way to the owner's calendar: {summary}, {start}"
        ),
        AppointmentState.DELAYED: _(
            "Booked, but not in the owner's calendar yet: {summary}, {start}"
        ),
        AppointmentState.PARKED: _(
            "Booked, but the owner's calendar refuses it: {summary}, {start}"
        ),
        AppointmentState.WITHDRAWN: _("Free again: {start}"),
        AppointmentState.CANCELLED: _("Called off: {summary}, {start}"),
    }
    said = _("Not changed: {summary}, {start}") if payload.get("refused") else words[state]
    yield said.format(summary=payload["summary"], start=payload["start"])
    if payload["reason"]:
        yield sentence(known_reason(payload["reason"]))
