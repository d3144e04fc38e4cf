"""Drawing appointments up: what is wanted, where it is written, and the travel that goes with it.

Pure but for new ids; any thread.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from receptionist.i18n import _
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.client import (
    NO_ALARM,
    AppointmentKind,
    Cancellation,
    Client,
    OwnerCalendar,
)
from receptionist.model.hours import utc
from receptionist.model.merging import EMPTIED
from receptionist.model.title import titled
from receptionist.model.travel import carried, postcode_in, travel_minutes, ways
from receptionist.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """For whom, of which kind, when, and in which calendar."""

    client: Client
    kind: AppointmentKind
    calendar: OwnerCalendar
    start: datetime
    now: datetime
    staff_id: UUID | None = None
    location: str = ""
    calendars: tuple[OwnerCalendar, ...] = ()
    """All of the client that say when somebody is busy."""

    @property
    def postcode(self) -> str:
        """Where the owner goes; "" where nobody has said it."""
        return postcode_in(self.location)


def drawn_up(proposal: Proposal, appointment_id: UUID | None = None) -> Appointment:
    """An appointment as it is wanted, still without its caller and title."""
    client, kind = proposal.client, proposal.kind
    appointment_id = appointment_id or uuid4()
    return Appointment(
        id=appointment_id,
        client_id=client.id,
        calendar_id=proposal.calendar.id,
        kind_id=kind.id,
        kind_name=kind.name,
        start=proposal.start,
        end=proposal.start + timedelta(minutes=kind.minutes),
        zone=client.zone,
        caller_name="",
        buffer_before=kind.buffer_before,
        buffer_after=kind.buffer_after,
        staff_id=proposal.staff_id,
        location=proposal.location or ("" if kind.at_caller else client.address),
        alarm_min=client.alarm_min,
        marks_cancellation=client.cancellation is Cancellation.MARK,
        uid=str(appointment_id),
        href=place_in(proposal.calendar, appointment_id),
        created=proposal.now,
    )


def minutes_of(appointment: Appointment) -> int:
    """How long it is, which may be other than its kind says."""
    return int((appointment.end - appointment.start).total_seconds()) // 60


def place_in(calendar: OwnerCalendar, appointment_id: UUID) -> str:
    """The address of a new object in a calendar; "" while that was not discovered."""
    return f"{calendar.href.rstrip('/')}/{appointment_id}.ics" if calendar.href else ""


def entitled(appointment: Appointment, client: Client, before: Appointment | None = None) -> str:
    """The title of an appointment as its client prefers it.

    What is called otherwise by now, by the owner or because he preferred it so, stays that but for
    the names in it that are others than `before`.
    """
    if before is None or before.title == titled(client.title, before):
        return titled(client.title, appointment)
    title = appointment.title
    for was, now in (
        (before.caller_name, appointment.caller_name),
        (before.kind_name, appointment.kind_name),
    ):
        title = title.replace(was, now) if was else title
    return title


def worded(appointment: Appointment, before: Appointment) -> str:
    """The text of an appointment in whose place the owner has written his own words: "" if none.

    What is other than `before` takes its old place where those lines stand there, else it comes
    below them.
    """
    if not before.text:
        return ""
    text = f"\n{before.text}\n"
    for was, now in zip(before.lines, appointment.lines, strict=True):
        if was == now:
            continue
        if was and f"\n{was}\n" in text:
            text = text.replace(f"\n{was}\n", f"\n{now}\n" if now else "\n", 1)
        elif now:
            text = f"{text.rstrip()}\n{now}\n"
    return text.strip() or EMPTIED


def with_travel(
    appointment: Appointment,
    client: Client,
    kind: AppointmentKind,
    now: datetime,
    known: Iterable[Appointment] = (),
) -> tuple[Appointment, ...]:
    """The way there and back of an appointment; of what is `known` the ids are kept."""
    minutes = travel_minutes(client, kind, postcode_in(appointment.location))
    own = (one for one in known if one.part_of == appointment.id)
    by_time = sorted(own, key=lambda one: one.start)
    names = (_("Way to the caller"), _("Way back"))
    travel = []
    for number, period in enumerate(ways(appointment.period, kind, minutes)):
        way = by_time[number] if number < len(by_time) else _new(appointment, now)
        travel.append(
            replace(
                way,
                **_as_travel(appointment),
                kind_name=names[number],
                start=period.start,
                end=period.end,
                location="" if number else appointment.location,
            )
        )
    return tuple(travel)


def along(way: Appointment, before: Appointment, now: Appointment) -> Appointment:
    """The way there or back moved by as much as its appointment was."""
    period = carried(way.period, before.period, now.period)
    return replace(way, start=period.start, end=period.end, staff_id=now.staff_id)


def _new(appointment: Appointment, now: datetime) -> Appointment:
    """The same in no calendar yet, with an id and a place of its own beside it."""
    new_id = uuid4()
    folder = appointment.href.rpartition("/")[0]
    href = f"{folder}/{new_id}.ics" if folder else ""
    return replace(appointment, id=new_id, uid=str(new_id), href=href, created=now, **_UNTOLD)


def _as_travel(appointment: Appointment) -> dict[str, Any]:
    """What the travel of an appointment has of it, and what is none of its business."""
    names = ("calendar_id", "kind_id", "staff_id", "caller_name", "state", "held_until")
    of_it = {name: getattr(appointment, name) for name in names}
    empty = dict.fromkeys(("caller_number", "caller_email", "note", "title", "text"), "")
    plain = {"buffer_before": 0, "buffer_after": 0, "alarm_min": NO_ALARM, "restores": None}
    return {**of_it, **empty, **plain, "part_of": appointment.id}


_UNTOLD: dict[str, Any] = {
    "etag": "",
    "sequence": 0,
    "attempts": 0,
    "next_attempt": None,
    "confirmed": None,
    "told_start": None,
    "told_end": None,
    "told_summary": "",
    "told_text": "",
    "told_location": "",
}
"""What an appointment has that never stood in a calendar."""


def anew(appointment: Appointment, proposal: Proposal) -> Appointment:
    """Another appointment in the place of one that was called off, at its old time."""
    elsewhere = replace(appointment, href=place_in(proposal.calendar, appointment.id))
    return replace(
        _new(elsewhere, proposal.now),
        calendar_id=proposal.calendar.id,
        state=AppointmentState.BOOKED,
        reason=Reason.NONE,
        held_until=None,
        restores=appointment.id,
        alarm_min=proposal.client.alarm_min,
        marks_cancellation=proposal.client.cancellation is Cancellation.MARK,
    )


def repeated(start: datetime, zone: str, times: int, every_days: int) -> tuple[datetime, ...]:
    """The starts of a series: at the same time of day by the clock on the wall of `zone`.

    One that the clock skips is missing.
    """
    here = ZoneInfo(zone)
    local = start.astimezone(here).replace(tzinfo=None)
    days = (timedelta(days=every_days * number) for number in range(1, times))
    later = (utc(local + day, here) for day in days)
    return (start, *(one for one in later if one is not None))
