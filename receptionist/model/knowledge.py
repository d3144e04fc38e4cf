"""What the office knows about a client, to be found while a caller asks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from uuid import UUID

from receptionist.model.sought import folded, sought

_TELLING = 5
"""A word of fewer letters says little of what is spoken about."""
_STEM = 4
_LAST_WORDS = 8
_WORD = re.compile(r"\w+")


class KnowledgeKind(StrEnum):
    """A question with its answer; how to get there; somebody, and what he is there for."""

    QUESTION = "question"
    DIRECTIONS = "directions"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """One thing that is known: `title` is the question, the place or the name, `text` the answer.

    `words` are other words under which it is sought. `language` is that of the text, to be read out
    only to who speaks it; "" for the client's own.
    """

    id: UUID
    client_id: UUID
    kind: KnowledgeKind = KnowledgeKind.QUESTION
    title: str
    text: str = ""
    words: str = ""
    language: str = ""


def known(entries: Iterable[Knowledge], typed: str, region: str) -> tuple[Knowledge, ...]:
    """Entries in which each of the typed words occurs; all of them when nothing was typed.

    What has them in its title comes first, then in its other words, then in its text; else by
    title. Pass the entries of one client: nothing here looks at whose they are.
    """
    ordered = sorted(entries, key=lambda one: one.title.casefold())
    wanted = sought(typed, region)
    if not wanted:
        return tuple(ordered)
    found = [
        (_rank([wanted.found_in(texts, texts) for texts in _texts(one)]), number, one)
        for number, one in enumerate(ordered)
    ]
    best = sorted((rank, number) for rank, number, _one in found if rank is not None)
    return tuple(ordered[number] for _rank_of, number in best)


def suggested(entries: Iterable[Knowledge], note: str) -> Knowledge | None:
    """What a note that is being typed speaks of, if anything is clear: the entry that shares most
    with its last words by its title and other words. Pass the entries of one client."""
    spoken = [word for word in _words(note)[-_LAST_WORDS:] if len(word) >= _TELLING]
    ordered = sorted(entries, key=lambda one: one.title.casefold())
    scores = [(_shared(spoken, _words(f"{one.title} {one.words}")), one) for one in ordered]
    best = max(scores, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] else None


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def _shared(spoken: Iterable[str], known_by: Iterable[str]) -> int:
    """How many letters of the words are common; an ending more or less does not matter."""
    telling = [word for word in known_by if len(word) >= _TELLING]
    pairs = ((one, other) for one in dict.fromkeys(spoken) for other in telling)
    return sum(min(map(len, pair)) for pair in pairs if _alike(*pair))


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if shorter in longer:
        return True
    common = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return len(list(common)) >= max(_STEM, len(shorter) - 2)


def _texts(one: Knowledge) -> tuple[tuple[str, ...], ...]:
    """What is looked at, from the narrow to the wide."""
    return (one.title,), (one.title, one.words), (one.title, one.words, one.text)


def _rank(found: list[bool]) -> int | None:
    return found.index(True) if True in found else None
