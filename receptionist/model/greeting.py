"""Greetings: the sentence said when a call is answered, with a closed list of placeholders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

PLACEHOLDERS = ("client", "receptionist", "time_of_day")

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_TIMES_OF_DAY = {
    "de": ("guten Morgen", "guten Tag", "guten Abend"),
    "en": ("good morning", "good afternoon", "good evening"),
}
_MORNING_ENDS = {"de": time(11), "en": time(12)}
_EVENING_STARTS = time(18)


@dataclass(frozen=True, slots=True)
class Greeting:
    """`text` is said in `language` (`de`, `en`); it may hold the placeholders above in braces."""

    text: str
    language: str = "de"

    def unknown_placeholders(self) -> tuple[str, ...]:
        """What stands in braces and is not one of `PLACEHOLDERS`."""
        return tuple(name for name in _PLACEHOLDER.findall(self.text) if name not in PLACEHOLDERS)

    def spoken(self, *, client: str, receptionist: str, at: time) -> str:
        """The sentence to say at local time `at`. One pass: values are never expanded again."""
        values = {
            "client": client,
            "receptionist": receptionist,
            "time_of_day": time_of_day(at, self.language),
        }

        def value(match: re.Match[str]) -> str:
            return values.get(match[1], match[0])

        text = _PLACEHOLDER.sub(value, self.text)
        return text[:1].upper() + text[1:]


def time_of_day(at: time, language: str) -> str:
    """The words of greeting at local time `at` in `language`."""
    tag = language if language in _TIMES_OF_DAY else "en"
    morning, day, evening = _TIMES_OF_DAY[tag]
    if time(4) <= at < _MORNING_ENDS[tag]:
        return morning
    return day if _MORNING_ENDS[tag] <= at < _EVENING_STARTS else evening
