"""Who calls, whom to call and over which line, as the switchboard needs it. Pure; main thread."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from receptionist.errors import BadInput, NotFound
from receptionist.events import LineChanged, LineState, PhoneIncoming, PhoneRefused
from receptionist.i18n import _
from receptionist.model.call import Caller
from receptionist.model.dialled import user_part
from receptionist.model.number import normalised
from receptionist.model.office import Line


def target_of(number: str, region: str) -> str:
    """What was typed as the phone is to call it; `BadInput` for what is no number."""
    if number.strip().lower().startswith("sip:"):
        return number.strip()
    target = normalised(number, region)
    if not target or not target.lstrip("+").isdigit():
        raise BadInput(_("“{number}” is not a telephone number.").format(number=number))
    return target


def line_out(
    lines: tuple[Line, ...], states: Mapping[UUID, LineChanged], line_id: UUID | None
) -> Line:
    """The line that was asked for, whatever its state; else the first that is ready, or the first.

    `NotFound` when there is none.
    """
    possible = [line for line in lines if line_id in (None, line.id)]
    if not possible:
        raise NotFound(_("There is no line to call out. Add one to the office file."))
    ready = (one for one in possible if one.id in states and _is_ready(states[one.id]))
    return next(ready, possible[0])


def caller_of(event: PhoneIncoming | PhoneRefused, region: str) -> Caller:
    """Who calls, as he was signalled."""
    number = normalised(user_part(event.caller_uri), region)
    anonymous = not number or "anonymous" in (number, event.caller_name.lower())
    return Caller(number="" if anonymous else number, name=event.caller_name, anonymous=anonymous)


def _is_ready(state: LineChanged) -> bool:
    return state.state is LineState.READY
