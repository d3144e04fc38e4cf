"""Who calls, whom to call and over which line, as the switchboard needs it. Pure; main thread."""

from __future__ import annotations

import re
from collections.abc import Mapping
from uuid import UUID

from receptionist.errors import BadInput, NotFound
from receptionist.events import LineChanged, LineState, PhoneIncoming, PhoneRefused
from receptionist.i18n import _
from receptionist.model.call import Caller
from receptionist.model.dialled import user_part
from receptionist.model.number import normalised
from receptionist.model.office import Line

_LABEL = re.compile(
    r"(tel(efon|ephone)?|(tele)?fon|phone|mobile?|mobil|handy|fax|durchwahl|zentrale|[tmf])"
    r"\s*(\.\s*:?|:)\s*|tel(efon)?\s+(?=[+0-9(])",
    re.IGNORECASE,
)
_TRUNK_ZERO = re.compile(r"(?<=[0-9\s])\(0\)")
_LONGEST = 17


def target_of(number: str, region: str) -> str:
    """What was typed or pasted as the phone is to call it; `BadInput` for what is no number."""
    text = number.strip()
    if text.lower().startswith("sip:"):
        return text
    target = normalised(_cleaned(text), region)
    if any(c.isalpha() for c in target):
        message = _("“{number}” has letters in it. Type the digits of the telephone number.")
        raise BadInput(message.format(number=number))
    if not target or not target.lstrip("+").isdigit():
        raise BadInput(_("“{number}” is not a telephone number.").format(number=number))
    if len(target) > _LONGEST:
        message = _("“{number}” is too long for one telephone number.")
        raise BadInput(message.format(number=number))
    return target


def _cleaned(text: str) -> str:
    """The number alone of what was copied from a letter, a page or a link."""
    if text.lower().startswith("tel:"):
        text = user_part(text)
    text = _LABEL.sub("", text, count=1) if _LABEL.match(text) else text
    return _TRUNK_ZERO.sub("", text) if text.startswith(("+", "00")) else text


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
