"""What the office knows about a client, to be found while a caller asks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    only to who speaks it; "" for the client's own. What is `pinned` stands first, then `position`
    counts; entries that were never moved have the same.
    """

    id: UUID
    client_id: UUID
    kind: KnowledgeKind = KnowledgeKind.QUESTION
    title: str
    text: str = ""
    words: str = ""
    language: str = ""
    position: int = 0
    pinned: bool = False


def in_order(entries: Iterable[Knowledge]) -> list[Knowledge]:
    """Entries of one client as they are shown: pinned ones first, as they were moved, by title."""
    return sorted(entries, key=lambda one: (not one.pinned, one.position, one.title.casefold()))


def moved(entries: Iterable[Knowledge], entry_id: UUID, step: int) -> tuple[Knowledge, ...]:
    """All entries with their positions after one was moved up (-1) or down (1) among its like.

    Nothing where it stands first or last there already.
    """
    ordered = in_order(entries)
    here = next((n for n, one in enumerate(ordered) if one.id == entry_id), None)
    there = -1 if here is None else here + step
    if (
        here is None
        or not 0 <= there < len(ordered)
        or ordered[here].pinned != ordered[there].pinned
    ):
        return ()
    ordered[here], ordered[there] = ordered[there], ordered[here]
    return tuple(replace(one, position=number) for number, one in enumerate(ordered, 1))


def last_position(entries: Iterable[Knowledge]) -> int:
    """The position of a new entry: behind the others, where they were ever moved."""
    last = max((one.position for one in entries), default=0)
    return last + 1 if last else 0


def known(entries: Iterable[Knowledge], typed: str, region: str) -> tuple[Knowledge, ...]:
    """Entries in which each of the typed words occurs; all of them when nothing was typed.

    What has them in its title comes first, then in its other words, then in its text; else in their
    order. Pass the entries of one client: nothing here looks at whose they are.
    """
    ordered = in_order(entries)
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
    ordered = in_order(entries)
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
