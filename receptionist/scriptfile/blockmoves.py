"""Blocks of a script as wholes: moved up and down among those of their kind, and taken out.

A call reason moves with its questions and actions, and comments that touch a block go with it.
"""

from __future__ import annotations

from receptionist.scriptfile.outline import (
    Block,
    BlockKind,
    block_at,
    outline,
    parts_of,
    reason_at,
)

_PARTS = (BlockKind.PROMPT, BlockKind.ACTION)
Lines = tuple[int, int]


def moved(text: str, line: int, step: int) -> tuple[str, int] | None:
    """The text with the block in which `line` stands one place up (-1) or down (1), and the line
    in which that block begins then; None where there is no such place."""
    blocks = outline(text)
    block = block_at(blocks, line)
    same = _alike(blocks, block)
    at = same.index(block) + step
    if block.kind is BlockKind.HEAD or not 0 <= at < len(same):
        return None
    rows = text.split("\n")
    here, there = _extent(rows, blocks, block), _extent(rows, blocks, same[at])
    (a, b), (c, d) = sorted((here, there))
    above, between, below = rows[a - 1 : b], rows[b : c - 1], rows[c - 1 : d]
    changed = [*rows[: a - 1], *below, *between, *above, *rows[d:]]
    begins = a if step < 0 else d - (b - a)
    return "\n".join(changed), begins + block.first - here[0]


def without(text: str, line: int) -> str:
    """The text without the block in which `line` stands; the beginning stays."""
    blocks = outline(text)
    block = block_at(blocks, line)
    if block.kind is BlockKind.HEAD:
        return text
    if apart := _apart(blocks, block):
        return without(without(text, apart.first), line)
    rows = text.split("\n")
    first, last = _extent(rows, blocks, block)
    while (
        last < len(rows) and not rows[last].strip() and (first == 1 or not rows[first - 2].strip())
    ):
        last += 1
    left = [*rows[: first - 1], *rows[last:]]
    return "\n".join(left)


def _alike(blocks: tuple[Block, ...], block: Block) -> list[Block]:
    """Those of its kind among which it can be moved."""
    if block.kind in _PARTS:
        reason = reason_at(blocks, block.first)
        near = parts_of(blocks, reason) if reason is not None else (block,)
        return [one for one in near if one.kind is block.kind]
    return [one for one in blocks if one.kind is block.kind]


def _apart(blocks: tuple[Block, ...], block: Block) -> Block | None:
    """The last of what belongs to a block that has a stranger between it and the block."""
    parts = parts_of(blocks, block) if block.kind is BlockKind.REASON else ()
    together = blocks[blocks.index(block) + 1 :][: len(parts)]
    return None if together == parts else parts[-1]


def _extent(rows: list[str], blocks: tuple[Block, ...], block: Block) -> Lines:
    """From the comments right above it to those right below it, with all that belongs to it."""
    parts = parts_of(blocks, block) if block.kind is BlockKind.REASON else ()
    first, last = block.first, (parts or (block,))[-1].last
    ends = max((one.last for one in blocks if one.first < first), default=0)
    while first - 1 > ends and rows[first - 2].lstrip().startswith("#"):
        first -= 1
    below = last
    while below < len(rows) and rows[below].lstrip().startswith("#"):
        below += 1
    touches_next = any(one.first == below + 1 for one in blocks)
    return first, last if touches_next else below
