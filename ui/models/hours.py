"""Hours of a day as people write them: `9-12, 14-18` is read, `09:00–12:00, 14:00–18:00` shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time

from receptionist.i18n import _
from receptionist.model import checks

Span = tuple[time, time]

_BETWEEN = re.compile(r"\s*(?:[,;/+&\n]|\b(?:und|and)\b)\s*", re.IGNORECASE)
_AT = r"(\d{1,2})(?:[:.h](\d{2}))?(?:\s*(?:uhr|h|o'clock))?"
_SPAN = re.compile(rf"\s*{_AT}\s*(?:-|–|—|−|bis|to|until)\s*{_AT}\s*", re.IGNORECASE)
_GLUED = re.compile(r"(?<=\d)\s+(?=\d{1,2}(?:[:.]\d{2})?\s*[-–])")


def spans(text: str) -> tuple[Span, ...] | str:
    """The spans of a day in their order, none for an empty text; or the sentence what is wrong."""
    found: list[Span] = []
    for part in _BETWEEN.split(_GLUED.sub(", ", text)):
        if not part.strip():
            continue
        match = _SPAN.fullmatch(part)
        span = checks.hours(_canonical(match) if match else part)
        if isinstance(span, str):
            return span
        if any(span[0] < end and start < span[1] for start, end in found):
            message = _("“{text}” overlaps another period of this day.")
            return message.format(text=part.strip()[:60])
        found.append(span)
    return tuple(sorted(found))


def words(day: Sequence[Span]) -> str:
    """The spans of a day as they are shown."""
    return ", ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in day)


def _canonical(match: re.Match[str]) -> str:
    return f"{match[1]}:{match[2] or '00'}-{match[3]}:{match[4] or '00'}"
