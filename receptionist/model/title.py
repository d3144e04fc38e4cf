"""How an appointment is called in the owner's calendar, with a closed list of placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from receptionist.i18n import _
from receptionist.model.appointment import Appointment
from receptionist.model.number import shown

PLACEHOLDERS = ("kind", "caller", "number", "note")
LONGEST = 200
"""Longer titles are cut: a note may be a page, and servers take only so much of a line."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_IN_BRACKETS = re.compile(r"\(\s*\{([^{}]*)\}\s*\)|\[\s*\{([^{}]*)\}\s*\]")
_BETWEEN = " \t\n,;:|/–—-·"


def titled(text: str, appointment: Appointment) -> str:
    """`text` filled in for an appointment; "" where the usual title is meant.

    One pass: what callers say is never expanded again. Nothing is left around what nobody said: no
    empty brackets, and no dash or comma at an end.
    """
    values = {
        "kind": appointment.kind_name,
        "caller": appointment.caller_name,
        "number": shown(appointment.caller_number),
        "note": appointment.note,
    }
    text = _IN_BRACKETS.sub(
        lambda match: match[0] if values.get((match[1] or match[2]).strip(), "?") else "", text
    )
    said = _without_ends(text, values)
    filled = _PLACEHOLDER.sub(lambda match: values.get(match[1].strip(), match[0]), said)
    return " ".join(filled.split())[:LONGEST].rstrip()


def _without_ends(text: str, values: Mapping[str, str]) -> str:
    """`text` without placeholders of nothing at its ends, nor what joins them to the rest."""
    parts = _PLACEHOLDER.split(text.strip())  # text and names take turns
    while len(parts) > 1 and not parts[-1] and not values.get(parts[-2].strip(), "?"):
        parts[-3:] = [parts[-3].rstrip(_BETWEEN)]
    while len(parts) > 1 and not parts[0] and not values.get(parts[1].strip(), "?"):
        parts[:3] = [parts[2].lstrip(_BETWEEN)]
    return "".join(f"{{{one}}}" if place % 2 else one for place, one in enumerate(parts))


def faults(text: str) -> Iterator[str]:
    """What is wrong with the wording of a title, as sentences."""
    allowed = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    for name in _PLACEHOLDER.findall(text):
        if name.strip() not in PLACEHOLDERS:
            message = _("“{name}” is no placeholder. Possible are: {allowed}.")
            yield message.format(name=f"{{{name[:40]}}}", allowed=allowed)
    rest = _PLACEHOLDER.sub("", text)
    if "{" in rest or "}" in rest:
        message = _("A brace is left over. Placeholders are written so: {allowed}.")
        yield message.format(allowed=allowed)
