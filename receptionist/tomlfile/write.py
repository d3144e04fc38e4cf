"""Writing values as TOML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from receptionist.model.plain import quoted

_BARE = re.compile(r"[A-Za-z0-9_-]+")

Block = list[str]
"""The rows of one table, its head first."""


def listed(texts: Iterable[str]) -> str:
    """Texts as a list on one line."""
    return f"[{', '.join(map(quoted, texts))}]"


def in_lines(text: str) -> str:
    """A text as it reads best: several lines as such."""
    if "\n" not in text:
        return quoted(text)
    return '"""\n' + "\n".join(quoted(row)[1:-1] for row in text.split("\n")) + '"""'


def inline(value: object) -> str:
    """A value as it stands behind its name, on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        return braced({name: inline(each) for name, each in value.items()})
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(inline, value))}]"
    return str(value)


def braced(parts: Mapping[str, str]) -> str:
    """A table on one line, of names and what is written behind them."""
    pairs = (f"{name if _BARE.fullmatch(name) else quoted(name)} = {parts[name]}" for name in parts)
    return f"{{ {', '.join(pairs)} }}"
