"""What the office knows about a client, to be found while a caller asks. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from receptionist.model.sought import sought


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


def _texts(one: Knowledge) -> tuple[tuple[str, ...], ...]:
    """What is looked at, from the narrow to the wide."""
    return (one.title,), (one.title, one.words), (one.title, one.words, one.text)


def _rank(found: list[bool]) -> int | None:
    return found.index(True) if True in found else None
