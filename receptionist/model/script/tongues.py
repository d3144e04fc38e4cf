"""A script in fewer languages, or with another one first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from receptionist.model.script.said import Text
from receptionist.model.script.script import Script


def in_tongues(script: Script, languages: Sequence[str]) -> Script:
    """The script in these languages, the usual one first; a text in none of them is gone."""
    spoken = replace(script, language=languages[0])
    return Script(
        **{one.name: _kept(getattr(spoken, one.name), languages) for one in fields(Script)}
    )


def _kept(value: Any, languages: Sequence[str]) -> Any:
    """Whatever a script consists of, with the texts inside of it in these languages."""
    if isinstance(value, Text):
        words = dict(value.words)
        return Text(tuple((one, words[one]) for one in languages if one in words))
    if isinstance(value, tuple):
        return tuple(_kept(one, languages) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        made = {one.name: _kept(getattr(value, one.name), languages) for one in fields(value)}
        return replace(value, **made)
    return value
