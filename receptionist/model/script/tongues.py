"""A script with each of its texts changed: in fewer languages, or with another one first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from receptionist.model.schedule import Schedule
from receptionist.model.script.said import Text
from receptionist.model.script.script import Script


def tongues(script: Script) -> tuple[str, ...]:
    """The languages in which anything is said or asked, the usual one first."""
    return tuple(dict.fromkeys((script.language, *_spoken(script))))


def in_tongues(script: Script, languages: Sequence[str]) -> Script:
    """The script in these languages, the usual one first; a text in none of them is gone."""

    def kept(text: Text) -> Text:
        words = dict(text.words)
        return Text(tuple((one, words[one]) for one in languages if one in words))

    return with_texts(replace(script, language=languages[0]), kept)


def with_texts(script: Script, change: Callable[[Text], Text]) -> Script:
    """The script with whatever `change` makes of its texts."""
    parts = {one.name: _changed(getattr(script, one.name), change) for one in fields(Script)}
    return replace(script, **parts)


def _changed(value: Any, change: Callable[[Text], Text]) -> Any:
    """Whatever a script consists of, with the texts inside of it changed."""
    if isinstance(value, Text):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(one, change) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        made = {one.name: _changed(getattr(value, one.name), change) for one in fields(value)}
        return replace(value, **made)
    return value


def _spoken(value: Any) -> Iterator[str]:
    """The languages of whatever a script consists of, text by text."""
    if isinstance(value, Text):
        yield from value.languages
    elif isinstance(value, Schedule):
        yield from filter(None, (value.language,))
    elif isinstance(value, tuple):
        for one in value:
            yield from _spoken(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _spoken(getattr(value, field.name))
