"""Writing values as TOML."""

from __future__ import annotations

from collections.abc import Iterable

from receptionist.model.plain import quoted

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
