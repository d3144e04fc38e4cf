"""The pages of the help: Markdown in `resources/help`, with keys named by the table of keys."""

from __future__ import annotations

import re
from dataclasses import dataclass

from receptionist.i18n import language
from receptionist.paths import resources
from ui.actions import KEYS, range_hint
from ui.models.ownerpage import for_everyone

_KEY = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: its first heading, and its Markdown."""

    title: str
    text: str


def pages() -> tuple[HelpPage, ...]:
    """Every page in its order, in the language of the program."""
    folder = resources("help", language())
    texts = (path.read_text("utf-8") for path in sorted(folder.glob("*.md")))
    return tuple(_page(text) for text in texts)


def _page(text: str) -> HelpPage:
    names = {row.id: range_hint(row) for row in KEYS}
    told = _KEY.sub(lambda found: names[found[1]], for_everyone(text))
    return HelpPage(told.partition("\n")[0].lstrip("# "), told)
