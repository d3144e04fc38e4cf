"""What is typed into calls, as it is jotted down until the journal has it. Pure; any thread."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from receptionist.model.call import Call
from receptionist.model.script import Answer

log = logging.getLogger(__name__)

Texts = Mapping[str, Any]
"""Values of JSON by the names of their fields."""

_ABOUT = "call/"
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


def about(call_id: UUID) -> str:
    """The name under which the texts of a call are jotted down."""
    return f"{_ABOUT}{call_id}"


def call_of(name: str) -> UUID | None:
    """The call whose texts have this name; None for what is no call's."""
    return UUID(name.removeprefix(_ABOUT)) if name.startswith(_ABOUT) else None


def texts_of(call: Call) -> Texts:
    """All that is typed and chosen in a call, and when it came."""
    ids = {name: getattr(call, name) for name in _IDS}
    return {
        **{name: getattr(call, name) for name in _TEXTS},
        **{name: str(value) if value else None for name, value in ids.items()},
        "answers": [asdict(answer) for answer in call.answers],
        "started": call.started.isoformat(),
    }


def started(texts: Texts) -> datetime:
    """When the call came; now where that cannot be read."""
    try:
        return datetime.fromisoformat(texts["started"])
    except (KeyError, TypeError, ValueError):
        return datetime.now(UTC)


def typed_into(call: Call, texts: Texts) -> Call:
    """A call with what was jotted down of it; as it is where that cannot be read."""
    try:
        values: dict[str, Any] = {name: str(texts[name]) for name in _TEXTS}
        for name in _IDS:
            values[name] = UUID(texts[name]) if texts[name] else None
        values["answers"] = tuple(Answer(**answer) for answer in texts["answers"])
    except (KeyError, TypeError, ValueError):
        log.error("what was typed into a call cannot be read any more")
        return call
    return replace(call, **values)
