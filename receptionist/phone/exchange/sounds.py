"""The sounds that ship with the program for callers nobody answers."""

from __future__ import annotations

from receptionist.i18n import language
from receptionist.paths import resources


def shipped(name: str) -> str:
    """The file of a sound; one that speaks does so in the language of the office, else English."""
    for file in (f"{name}.wav", f"{name}-{language()}.wav"):
        path = resources("sounds", "waiting", file)
        if path.is_file():
            return str(path)
    return str(resources("sounds", "waiting", f"{name}-en.wav"))
