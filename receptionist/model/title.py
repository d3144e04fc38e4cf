"""How an appointment is called in the owner's calendar, with a closed list of placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from receptionist.i18n import _
from receptionist.model.appointment import Appointment
from receptionist.model.number import shown

PLACEHOLDERS = ("kind", "caller", "number", "note")
LONGEST = 200
"""Longer titles are cut: a note may be a page, and servers take only so much of a line."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def titled(text: str, appointment: Appointment) -> str:
    """`text` filled in for an appointment; "" where the usual title is meant.

    One pass: what callers say is never expanded again.
    """
    values = {
        "kind": appointment.kind_name,
        "caller": appointment.caller_name,
        "number": shown(appointment.caller_number),
        "note": appointment.note,
    }
    filled = _PLACEHOLDER.sub(lambda match: values.get(match[1].strip(), match[0]), text)
    return " ".join(filled.split())[:LONGEST].rstrip()


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
