"""What is typed into calls, as it is jotted down until the journal has it. Pure; any thread."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from receptionist.desk.jotter import Jotting
from receptionist.model.call import Call, Caller, CallState, Cause, Direction, Segment
from receptionist.model.script import Answer

log = logging.getLogger(__name__)

Texts = Mapping[str, Any]
"""Values of JSON by the names of their fields."""

ABOUT = "call/"
_TEXTS = (
    "caller_name",
    "caller_number",
    "caller_email",
    "caller_address",
    "note",
    "reason",
    "language",
)
_IDS = ("client_id", "script_id")
_ANSWERS = "answers"
_TOGETHER = {*_IDS, "reason", _ANSWERS}
_WAS, _CAME = "was", "call"


def about(call_id: UUID) -> str:
    """The name under which the texts of a call are jotted down."""
    return f"{ABOUT}{call_id}"


def call_of(name: str) -> UUID | None:
    """The call whose texts have this name; None for what is no call's."""
    return UUID(name.removeprefix(ABOUT)) if name.startswith(ABOUT) else None


def texts_of(call: Call, journal: Sequence[Call] = ()) -> Texts:
    """All that is typed and chosen in a call, and when it came.

    `journal` is how the journal may have the call by now: what is typed counts against that.
    """
    fields = _fields(call)
    texts = {**fields, "started": call.started.isoformat(), _CAME: _came(call)}
    if journal:
        had = [_fields(one) for one in journal]
        was = {name: [one[name] for one in had] for name in fields}
        texts[_WAS] = {
            name: values
            for name, values in was.items()
            if any(value != fields[name] for value in values)
        }
    return texts


def started(texts: Texts) -> datetime:
    """When the call came; now where that cannot be read."""
    try:
        return datetime.fromisoformat(texts["started"])
    except (KeyError, TypeError, ValueError):
        return datetime.now(UTC)


def lost(call_id: UUID, jotted: Jotting, workstation_id: UUID) -> Call:
    """A call of which nothing is left but what was jotted down: it was over by then."""
    texts = jotted.texts
    begun, came = started(texts), texts.get(_CAME, {})
    incoming = came.get("direction") != Direction.OUTGOING.value
    state = CallState.RINGING if incoming else CallState.DIALLING
    call = Call(
        id=call_id,
        direction=Direction.INCOMING if incoming else Direction.OUTGOING,
        line_id=None,
        dialled=str(came.get("dialled", "")),
        caller=Caller(
            number=str(came.get("number", "")),
            name=str(came.get("name", "")),
            anonymous=bool(came.get("anonymous")),
        ),
        workstation_id=workstation_id,
        segments=(Segment(state=state, start=begun),),
    )
    lasted = max(0.0, (jotted.at - begun).total_seconds())
    return call.advanced(CallState.ENDED, max(jotted.at, begun), lasted, Cause.ENGINE_DIED)


def typed_into(call: Call, texts: Texts, *, read: bool = True) -> Call:
    """A call with what was jotted down of it; as it is where that cannot be read.

    What the journal says otherwise by now than when it was typed is newer: it stays. `read` says
    whether the call is as the journal has it.
    """
    try:
        values: dict[str, Any] = {name: str(texts[name]) for name in _TEXTS}
        for name in _IDS:
            values[name] = UUID(texts[name]) if texts[name] else None
        values[_ANSWERS] = tuple(Answer(**answer) for answer in texts[_ANSWERS])
        newer = _newer(call, texts) if read else set()
    except (AttributeError, KeyError, TypeError, ValueError):
        log.error("what was typed into a call cannot be read any more")
        return call
    return replace(call, **{name: values[name] for name in values if name not in newer})


def _fields(call: Call) -> dict[str, Any]:
    ids = {name: getattr(call, name) for name in _IDS}
    return {
        **{name: getattr(call, name) for name in _TEXTS},
        **{name: str(value) if value else None for name, value in ids.items()},
        _ANSWERS: [asdict(answer) for answer in call.answers],
    }


def _came(call: Call) -> Mapping[str, Any]:
    signalled = asdict(call.caller)
    return {**signalled, "direction": call.direction.value, "dialled": call.dialled}


def _newer(call: Call, texts: Texts) -> set[str]:
    """What was changed in the journal since; answers belong to their script, it to its client."""
    was = texts.get(_WAS)
    if was is None:
        return set()
    now = _fields(call)
    newer = {name for name, value in now.items() if value not in was.get(name, [texts[name]])}
    return newer | _TOGETHER if newer & _TOGETHER else newer
