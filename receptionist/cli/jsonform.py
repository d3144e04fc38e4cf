"""Values of the desk as JSON: the same names in every command and in every event."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.cli.counter import Counter
from receptionist.events import DeskEvent
from receptionist.model.appointment import Appointment
from receptionist.model.call import Call
from receptionist.model.client import Client
from receptionist.model.worklist import WorkItem


def local(instant: datetime, zone: str) -> str:
    """An instant in ISO 8601 with the offset of `zone`."""
    return instant.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def utc(instant: datetime | None) -> str | None:
    """A UTC instant in ISO 8601, to the millisecond."""
    return instant.isoformat(timespec="milliseconds") if instant else None


def appointment_form(counter: Counter, appointment: Appointment) -> dict[str, Any]:
    """An appointment; `start` and `end` in the owner's zone."""
    client = counter.desk.directory.remembered(appointment.client_id)
    kinds = client.kinds if client else ()
    kind = next((kind.key for kind in kinds if kind.id == appointment.kind_id), "")
    member = client.member(appointment.staff_id) if client else None
    return {
        "id": str(appointment.id),
        "client": client.key if client else "",
        "kind": kind,
        "staff": member.key if member else "",
        "summary": appointment.summary,
        "start": local(appointment.start, appointment.zone),
        "end": local(appointment.end, appointment.zone),
        "zone": appointment.zone,
        "name": appointment.caller_name,
        "phone": appointment.caller_number,
        "email": appointment.caller_email,
        "location": appointment.location,
        "note": appointment.note,
        "state": appointment.state.value,
        "reason": appointment.reason.value,
        "uid": appointment.uid,
        "url": appointment.href,
        "attempts": appointment.attempts,
        "next_attempt": utc(appointment.next_attempt),
        "held_until": utc(appointment.held_until),
        "created": utc(appointment.created),
        "confirmed": utc(appointment.confirmed),
        "call_id": _id(appointment.call_id),
        "travel_of": _id(appointment.part_of),
        "restores": _id(appointment.restores),
        "series": _id(appointment.series_id),
    }


def call_form(counter: Counter, call: Call) -> dict[str, Any]:
    """A call with its segments; `client` is a key, "" for an unknown dialled number."""
    return {
        "id": str(call.id),
        "direction": call.direction.value,
        "client": counter.client_key(call.client_id),
        "dialled": call.dialled,
        "caller_number": call.caller.number,
        "caller_name": call.caller.name,
        "anonymous": call.caller.anonymous,
        "name": call.caller_name,
        "number": call.number,
        "note": call.note,
        "started": utc(call.started),
        "state": call.state.value,
        "cause": call.cause.value,
        "consults_for": str(call.consults_for) if call.consults_for else None,
        "connected_to": call.connected_to,
        "parked": call.parked,
        "parked_for": call.parked_for,
        "answered": call.answered,
        "talk_s": round(call.talk_s, 1),
        "step": call.step.value if call.step else "",
        "quality": _fields(call.quality) if call.quality else None,
        "worst": _fields(call.worst) if call.worst else None,
        "language": call.language,
        "reason": call.reason,
        "answers": [_fields(one) for one in call.answers],
        "segments": [
            {"state": one.state.value, "start": utc(one.start), "seconds": one.seconds}
            for one in call.segments
        ],
    }


def work_form(counter: Counter, item: WorkItem) -> dict[str, Any]:
    """An item of the work list with its attempts; the client by his key."""
    return {**_fields(item), "client": counter.client_key(item.client_id)}


def event_form(event: DeskEvent) -> dict[str, Any]:
    """Any event: its class as `event` (`call-incoming`, …) and its fields; a client in short."""
    return {"event": _dashed(type(event).__name__), **_fields(event)}


def _id(value: UUID | None) -> str | None:
    return str(value) if value else None


def _fields(value: Any) -> dict[str, Any]:
    return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}


def _plain(value: Any) -> Any:
    if isinstance(value, Client):
        return {"id": str(value.id), "key": value.key, "name": value.name}
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return utc(value)
    return str(value) if isinstance(value, UUID) else value


def _dashed(name: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")
