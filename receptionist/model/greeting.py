"""Greetings: the sentence said when a call is answered, with a closed list of placeholders."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

PLACEHOLDERS = ("client", "receptionist", "time_of_day")
LANGUAGES = ("de", "en")

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SENTENCE_STARTS = re.compile(r"(?:^|[.!?])[\s\"„“»«‚‘]*\Z")
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
        return tuple(name for name in placeholders(self.text) if name not in PLACEHOLDERS)

    def has_stray_brace(self) -> bool:
        """Whether a brace stands alone, as in `{client` or `client}`."""
        return has_stray_brace(self.text)

    def spoken(self, *, client: str, receptionist: str, at: time) -> str:
        """The sentence to say at local time `at`. One pass: values are never expanded again.

        The time of day gets a capital where a sentence begins; names stay as they are written.
        """
        values = {"client": client, "receptionist": receptionist}
        return filled(self.text, values, language=self.language, at=at)


def placeholders(text: str) -> tuple[str, ...]:
    """What stands in braces."""
    return tuple(_PLACEHOLDER.findall(text))


def has_stray_brace(text: str) -> bool:
    """Whether a brace stands alone, as in `{client` or `client}`."""
    rest = _PLACEHOLDER.sub("", text)
    return "{" in rest or "}" in rest


def filled(text: str, values: Mapping[str, str], *, language: str, at: time) -> str:
    """`text` with its placeholders replaced, in one pass: values are never expanded again.

    The time of day is that of local time `at`; what is in braces and has no value stays.
    """

    def value(match: re.Match[str]) -> str:
        if match[1] == "time_of_day":
            words = time_of_day(at, language)
            begins = _SENTENCE_STARTS.search(text, 0, match.start())
            return words[:1].upper() + words[1:] if begins else words
        return values.get(match[1], match[0])

    return _PLACEHOLDER.sub(value, text)


def time_of_day(at: time, language: str) -> str:
    """The words of greeting at local time `at` in `language`."""
    tag = language if language in _TIMES_OF_DAY else "en"
    morning, day, evening = _TIMES_OF_DAY[tag]
    if time(4) <= at < _MORNING_ENDS[tag]:
        return morning
    return day if _MORNING_ENDS[tag] <= at < _EVENING_STARTS else evening
