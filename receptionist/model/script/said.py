"""Texts of a script: in one or more languages, with a closed list of placeholders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from receptionist.model.greeting import filled

PLACEHOLDERS = (
    "client",
    "receptionist",
    "office",
    "time_of_day",
    "on_call",
    "caller",
    "caller_number",
)
"""What may stand in braces in what is said, instructed or hinted at."""

UNKNOWN = "…"
"""In the place of what nobody knows yet, such as the caller's name."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is said or shown, as pairs of language and words; the script's usual one comes first."""

    words: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are, the usual one first."""
        return tuple(language for language, _words in self.words)

    def spoken_in(self, language: str) -> str:
        """The language in which it is said to a caller of `language`: his, else the usual one."""
        known = self.languages
        return language if language in known or not known else known[0]

    def to(self, language: str) -> str:
        """The words for a caller of `language`, as they are written."""
        return dict(self.words).get(self.spoken_in(language), "")


NOTHING = Text()
"""Where nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What the placeholders of a script stand for just now; `at` is the client's clock."""

    client: str
    receptionist: str
    office: str
    at: time
    on_call: str = ""
    caller: str = ""
    caller_number: str = ""

    @property
    def values(self) -> Mapping[str, str]:
        """By their names; what is not known is three dots."""
        known = {name: getattr(self, name) for name in PLACEHOLDERS if name != "time_of_day"}
        return {name: value or UNKNOWN for name, value in known.items()}

    def fill(self, text: Text, language: str) -> str:
        """What is said to a caller of `language`. One pass: values are never expanded again."""
        tag = text.spoken_in(language)
        return filled(text.to(language), self.values, language=tag, at=self.at)
