"""The command `sync`, and how a calendar's health is told."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from receptionist.cli.arguments import seconds
from receptionist.cli.command import Command, Exit, Outcome, Payload, Request
from receptionist.cli.counter import Counter, Heard
from receptionist.cli.jsonform import appointment_form, utc
from receptionist.events import (
    AppointmentCancelled,
    AppointmentConfirmed,
    BookingConflict,
    CalendarChanged,
    CalendarHealth,
    ChangeRefused,
    DeskEvent,
    OwnerChanged,
    PushDelayed,
)
from receptionist.i18n import N_, _
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.reasons import known_reason, sentence

REFRESH_S = 20.0
SYNC_S = 60.0

_DONE = (CalendarHealth.GOOD, CalendarHealth.WAITING, CalendarHealth.STOPPED)
_OUTCOMES = (
    AppointmentConfirmed
    | AppointmentCancelled
    | BookingConflict
    | ChangeRefused
    | OwnerChanged
    | PushDelayed
)
_SETTLED = (AppointmentState.CONFIRMED, AppointmentState.CANCELLED)
_LOOK_AGAIN_S = 0.2


def bring(counter: Counter, client_id: UUID) -> CalendarChanged | None:
    """Read a client's calendar now, unless its account must wait; None without a calendar."""
    calendars = counter.desk.calendars
    with counter.listening() as heard:
        before = counter.do(lambda: calendars.health(client_id))
        if before is None:
            return None
        counter.do(lambda: calendars.refresh(client_id))
        if before.health not in (CalendarHealth.WAITING, CalendarHealth.STOPPED):
            heard.until(partial(_is_read, counter, client_id), REFRESH_S)
    return counter.do(lambda: calendars.health(client_id))


def _is_read(counter: Counter, client_id: UUID, event: DeskEvent) -> bool:
    """Whether an event tells that the last of a client's calendars was read, or could not be."""
    if not isinstance(event, CalendarChanged) or event.client_id != client_id:
        return False
    return not counter.do(lambda: counter.desk.calendars.is_reading(client_id))


def health_form(client: str, changed: CalendarChanged) -> dict[str, Any]:
    """The state of a client's calendar."""
    return {
        "client": client,
        "health": changed.health.value,
        "reason": changed.reason.value,
        "checked": utc(changed.checked),
        "unreadable": changed.unreadable,
    }


def show_health(form: Payload) -> str:
    """The state of a client's calendar in words."""
    words = {
        CalendarHealth.UNKNOWN: _("not checked yet"),
        CalendarHealth.CHECKING: _("being checked"),
        CalendarHealth.GOOD: _("up to date"),
        CalendarHealth.WAITING: _("not reachable"),
        CalendarHealth.STOPPED: _("waits for you"),
    }[CalendarHealth(form["health"])]
    reason = sentence(known_reason(form["reason"]))
    line = _("Calendar of {client}: {state}. {reason}")
    return line.format(client=form["client"], state=words, reason=reason).rstrip()


def state_words(state: str) -> str:
    """The state of an appointment in words."""
    return {
        AppointmentState.HOLD: _("held"),
        AppointmentState.BOOKED: _("booked"),
        AppointmentState.CONFIRMED: _("confirmed"),
        AppointmentState.CONFLICT: _("conflict"),
        AppointmentState.DELAYED: _("delayed"),
        AppointmentState.PARKED: _("waits for a person"),
        AppointmentState.WITHDRAWN: _("withdrawn"),
        AppointmentState.CANCELLED: _("cancelled"),
    }[AppointmentState(state)]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--wait-seconds", type=seconds, default=SYNC_S, metavar="S", help=_("default: 60")
    )


def _sync(counter: Counter, request: Request) -> Outcome:
    """Refresh every calendar, release the outbox, and wait for each of them once."""
    deadline = time.monotonic() + float(request["wait_seconds"])
    desk = counter.desk
    clients = [one for one in desk.directory.clients if desk.directory.calendar(one.id)]
    with counter.listening() as heard:
        for client in clients:
            counter.do(partial(desk.calendars.refresh, client.id, insist=True))
        awaited = {client.id for client in clients}
        changed, early = _refreshed(counter, heard, awaited, deadline)
        waiting = _waiting(counter)
        counter.do(desk.outbox.release)
        mains = {one.id for one in waiting if one.part_of is None}
        settled = _settled(heard, mains, early, deadline)
        while _on_their_way(counter) and time.monotonic() < deadline:
            heard.next(_LOOK_AGAIN_S)  # nothing is told of travel
    appointments = [settled.get(one.id, one) for one in waiting]
    unknown = [desk.calendars.health(client.id) for client in clients if client.id not in changed]
    healths = [*changed.values(), *(one for one in unknown if one)]
    payload = {
        "calendars": [
            health_form(counter.client_key(health.client_id), health) for health in healths
        ],
        "appointments": [appointment_form(counter, one) for one in appointments],
        "waiting": len(_waiting(counter)),
    }
    return Outcome(payload, _exit(payload))


def _waiting(counter: Counter) -> tuple[Appointment, ...]:
    return counter.ask(lambda then, failed: counter.desk.booking.waiting(then))


def _on_their_way(counter: Counter) -> bool:
    """Whether travel is being written that was not delayed yet."""
    return any(one.part_of and one.next_attempt is None for one in _waiting(counter))


def _refreshed(
    counter: Counter, heard: Heard, awaited: set[UUID], deadline: float
) -> tuple[dict[UUID, CalendarChanged], dict[UUID, Appointment]]:
    """The newest health of every awaited client, and what became of appointments meanwhile."""
    changed: dict[UUID, CalendarChanged] = {}
    early: dict[UUID, Appointment] = {}

    def complete(event: DeskEvent) -> bool:
        if isinstance(event, CalendarChanged) and event.health in _DONE:
            if _is_read(counter, event.client_id, event):
                changed[event.client_id] = event
        elif isinstance(event, _OUTCOMES):
            early[event.appointment.id] = event.appointment
        return awaited <= changed.keys()

    if awaited:
        heard.until(complete, deadline - time.monotonic())
    return changed, early


def _settled(
    heard: Heard, awaited: set[UUID], early: dict[UUID, Appointment], deadline: float
) -> dict[UUID, Appointment]:
    settled = {one.id: one for one in early.values() if one.state in _SETTLED}

    def complete(event: DeskEvent) -> bool:
        if isinstance(event, _OUTCOMES):
            settled[event.appointment.id] = event.appointment
        return awaited <= settled.keys()

    if awaited - settled.keys():
        heard.until(complete, deadline - time.monotonic())
    return settled


def _exit(payload: Payload) -> Exit:
    states = {one["state"] for one in payload["appointments"]}
    if AppointmentState.CONFLICT in states:
        return Exit.CONFLICT
    if AppointmentState.PARKED in states:
        return Exit.PARKED
    if payload["waiting"]:
        return Exit.DELAYED
    healths = {one["health"] for one in payload["calendars"]}
    return Exit.OK if healths <= {CalendarHealth.GOOD} else Exit.FAILED


def _show(payload: Payload) -> Iterator[str]:
    if not payload["calendars"]:
        yield _("There is no calendar yet. Add one to the office file.")
    for form in payload["calendars"]:
        yield show_health(form)
    for one in payload["appointments"]:
        reason = sentence(known_reason(one["reason"]))
        what = f"{one['client']}  {one['start']}  {one['summary']}"
        yield f"{what}: {state_words(one['state'])}. {reason}".rstrip()
    if payload["waiting"]:
        yield _("Not in their calendars yet: {count}").format(count=payload["waiting"])


COMMANDS = (
    Command(
        name="sync",
        summary=N_("read every calendar and push every appointment that waits"),
        arguments=_arguments,
        run=_sync,
        show=_show,
        takes_passwords=True,
    ),
)
