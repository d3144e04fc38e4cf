"""What stands where in the text of a script, also while it is broken and cannot be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

_HEADER = re.compile(r"\s*\[\[\s*(greeting|warning|reason)(?:\s*\.\s*(prompt|action))?\s*\]\]")
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"|\'([^\']*)\'')
_NOTHING = re.compile(r"\s*(#.*)?$")
_ASSIGNED = re.compile(r"\s*([a-z_]+)(?:\s*\.\s*[a-z]+)?\s*=\s*(.*)")


class BlockKind(StrEnum):
    """What a block of the text describes; `HEAD` is what stands above the first one."""

    HEAD = "head"
    GREETING = "greeting"
    WARNING = "warning"
    REASON = "reason"
    PROMPT = "prompt"
    ACTION = "action"


_NAMED = {
    BlockKind.GREETING: "text",
    BlockKind.WARNING: "text",
    BlockKind.REASON: "title",
    BlockKind.PROMPT: "label",
    BlockKind.ACTION: "do",
}


@dataclass(frozen=True, slots=True)
class Block:
    """From its heading in line `first` to its `last` line with content, both counted from 1.

    `title` is the words it is known by, as they are written; `key` is its key.
    """

    kind: BlockKind
    first: int
    last: int
    title: str = ""
    key: str = ""


def outline(text: str) -> tuple[Block, ...]:
    """The blocks of a text in their order, the head first."""
    rows = text.split("\n")
    starts = [(0, BlockKind.HEAD)]
    for number, row in enumerate(rows):
        if found := _HEADER.match(row):
            starts.append((number, BlockKind(found[2] or found[1])))
    ends = [start for start, _kind in starts[1:]] + [len(rows)]
    return tuple(
        _block(kind, rows, start, end) for (start, kind), end in zip(starts, ends, strict=True)
    )


def block_at(blocks: tuple[Block, ...], line: int) -> Block:
    """The block in which a line stands."""
    return next(one for one in reversed(blocks) if one.first <= line)


def reason_at(blocks: tuple[Block, ...], line: int) -> Block | None:
    """The call reason in which a line stands, else the last one above it, else the first."""
    reasons = [one for one in blocks if one.kind is BlockKind.REASON]
    above = [one for one in reasons if one.first <= line]
    return next(iter(above[-1:] + reasons[:1]), None)


def parts_of(blocks: tuple[Block, ...], reason: Block) -> tuple[Block, ...]:
    """The prompts and actions of a call reason, also below a block of another kind."""
    below = blocks[blocks.index(reason) + 1 :]
    its = takewhile(lambda one: one.kind is not BlockKind.REASON, below)
    return tuple(one for one in its if one.kind in (BlockKind.PROMPT, BlockKind.ACTION))


def assigned(text: str, block: Block) -> dict[str, int]:
    """The names that are given values in a block, and the lines in which that begins."""
    rows = text.split("\n")[block.first - 1 : block.last]
    found: dict[str, int] = {}
    for number, row in enumerate(rows, start=block.first):
        if name := _ASSIGNED.match(row):
            found.setdefault(name[1], number)
    return found


def _block(kind: BlockKind, rows: list[str], start: int, end: int) -> Block:
    last = end
    while last > start + 1 and _NOTHING.match(rows[last - 1]):
        last -= 1
    title = _words(rows[start:last], _NAMED.get(kind, "language"))
    return Block(kind, start + 1, last, title, _words(rows[start:last], "key"))


def _words(rows: list[str], name: str) -> str:
    """What a name is given in words: the first language of several, the first line of several."""
    for number, row in enumerate(rows):
        found = _ASSIGNED.match(row)
        if not found or found[1] != name:
            continue
        value = found[2].strip()
        if value.startswith(('"""', "'''")):
            return (value[3:] or "".join(rows[number + 1 : number + 2])).strip().rstrip("\"'")
        quoted = _QUOTED.search(value)
        return (quoted[1] or quoted[2] or "") if quoted else value
    return ""
