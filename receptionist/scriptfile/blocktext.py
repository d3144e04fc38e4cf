"""One block of a script read by itself, and its values changed in the lines where they stand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from receptionist.scriptfile.outline import Block, BlockKind
from receptionist.tomlfile.lines import Path, Statement, statements_of
from receptionist.tomlfile.table import exactly
from receptionist.tomlfile.write import braced, inline

WHEN = "when"
_INSIDE: Mapping[BlockKind, Path] = {
    BlockKind.HEAD: (),
    BlockKind.PROMPT: ("reason", "prompt", 0),
    BlockKind.ACTION: ("reason", "action", 0),
}
"""Where a block stands that is read by itself; the others are the first of their kind."""
_ORDER: Mapping[BlockKind, tuple[str, ...]] = {
    BlockKind.HEAD: ("format", "language"),
    BlockKind.GREETING: ("text", WHEN),
    BlockKind.WARNING: ("text", WHEN),
    BlockKind.REASON: ("key", "title", "say", "instruct"),
    BlockKind.PROMPT: ("key", "label", "kind", "required", "hint", "choices", "into", WHEN),
    BlockKind.ACTION: ("do", "kind", "contact", "rota", "text", WHEN),
}
"""The names of a block; one that is new comes below those before it."""
_TIMES = ("days", "hours", "first", "last", "holiday", "number", "line", "caller")


@dataclass(frozen=True, slots=True)
class BlockText:
    """A block, its `rows`, and the `values` that stand in it.

    Paths of statements begin at the block; their lines are counted from its first one.
    """

    block: Block
    rows: tuple[str, ...]
    values: Mapping[str, Any]
    statements: tuple[Statement, ...]

    def path_at(self, line: int) -> Path:
        """What a line of the whole text is about; empty for what is none of it."""
        here = line - self.block.first + 1
        found = (one.path for one in self.statements if one.first <= here <= one.last)
        return next(found, ())

    def is_inline(self, name: str) -> bool:
        """Whether all that is said of a name stands in braces behind it."""
        return self._at((name,)) is not None and isinstance(self.values[name], Mapping)

    def put(self, path: tuple[str, ...], value: str | None) -> tuple[str, ...]:
        """The rows with a value, as it is written, for a name or a name below a name.

        None takes it away.
        """
        if one := self._at(path):
            return self._without([one]) if value is None else self._rewritten(one, value)
        holder = self._at(path[:1])
        if holder is not None and self.is_inline(path[0]):
            return self._put_inside(holder, path[1], value)
        if value is None:
            return self._without(self._all_of(path[0])) if len(path) == 1 else self.rows
        if len(path) == 1:
            return self._come_in(path, value, self._all_of(path[0]))
        return self._come_below(path, value)

    def part(self, name: str, tongue: str, other: str, value: str) -> tuple[str, ...]:
        """The rows with a value that stood alone as that of `tongue`, and one of another below."""
        one = self._at((name,))
        assert one is not None
        _before, old, rest = self._around(one)
        row = self.rows[one.first - 1]
        indent = row[: len(row) - len(row.lstrip())]
        rows = f"{indent}{name}.{tongue} = {old}{rest}\n{indent}{name}.{other} = {value}"
        return self._replaced(one.first, one.last, rows)

    # ---- where something stands

    def _at(self, path: Path) -> Statement | None:
        return next((one for one in self.statements if one.names and one.path == path), None)

    def _all_of(self, name: str) -> list[Statement]:
        return [one for one in self.statements if one.path[:1] == (name,)]

    def _around(self, one: Statement) -> tuple[str, str, str]:
        """A value, what stands before it in its first line, and behind it in its last."""
        text = "\n".join(self.rows)
        starts = sum(len(row) + 1 for row in self.rows[: one.first - 1])
        stops = sum(len(row) + 1 for row in self.rows[: one.last]) - 1
        return text[starts : one.begins], text[one.begins : one.ends], text[one.ends : stops]

    # ---- changing it

    def _rewritten(self, one: Statement, value: str) -> tuple[str, ...]:
        before, _old, rest = self._around(one)
        return self._replaced(one.first, one.last, f"{before}{value}{rest}")

    def _put_inside(self, holder: Statement, name: str, value: str | None) -> tuple[str, ...]:
        table: Mapping[str, Any] = self.values[str(holder.path[0])]
        parts = {key: inline(each) for key, each in table.items()}
        if value is not None:
            parts[name] = value
        else:
            parts.pop(name, None)
        return self._rewritten(holder, braced(parts)) if parts else self._without([holder])

    def _without(self, gone: Iterable[Statement]) -> tuple[str, ...]:
        """Without these, and without a heading below which nothing is left."""
        gone = list(gone)
        left = [one for one in self.statements if one not in gone]
        for head in [one for one in left if not one.names and one.path]:
            was = any(one.path[:-1] == head.path for one in gone)
            if was and not any(one.path[:-1] == head.path for one in left):
                gone.append(head)
        lines = {line for one in gone for line in range(one.first, one.last + 1)}
        return tuple(row for number, row in enumerate(self.rows, 1) if number not in lines)

    def _come_in(
        self, path: tuple[str, ...], value: str, instead: Sequence[Statement] = ()
    ) -> tuple[str, ...]:
        """Below the names that come before it, above all tables of the block."""
        order = _ORDER[self.block.kind]
        earlier = order[: order.index(path[0])]
        own = [one for one in self.statements if one.names and one.names == one.path]
        after = max((one.last for one in own if one.names[0] in earlier), default=self._head)
        added = f"{'.'.join(path)} = {value}"
        lines = {line for one in instead for line in range(one.first, one.last + 1)}
        rows = [row for number, row in enumerate(self.rows, 1) if number not in lines]
        at = after - sum(line <= after for line in lines)
        return (*rows[:at], *added.split("\n"), *rows[at:])

    def _come_below(self, path: tuple[str, ...], value: str) -> tuple[str, ...]:
        """Among the others of the same name, else below its heading, which is made for `when`."""
        row = f"{path[1]} = {value}"
        same = [one for one in self._all_of(path[0]) if one.names]
        if same:
            earlier = _TIMES[: _TIMES.index(path[1])] if path[1] in _TIMES else ()
            before = [one for one in same if path[0] != WHEN or one.path[-1] in earlier]
            beside = before[-1] if before else same[0]
            at = beside.last if before else beside.first - 1
            row = f"{'.'.join((*beside.names[:-1], path[1]))} = {value}"
        elif heading := next(iter(self._all_of(path[0])), None):
            at = heading.last
        elif path[0] == WHEN:
            at, row = len(self.rows), f"[{self.block.kind}.{WHEN}]\n{row}"
        else:
            return self._come_in(path, value)
        return (*self.rows[:at], *row.split("\n"), *self.rows[at:])

    @property
    def _head(self) -> int:
        return 0 if self.block.kind is BlockKind.HEAD else 1

    def _replaced(self, first: int, last: int, text: str) -> tuple[str, ...]:
        return (*self.rows[: first - 1], *text.split("\n"), *self.rows[last:])


def read(text: str, block: Block) -> BlockText | None:
    """A block by itself; None where it cannot be read."""
    rows = tuple(text.split("\n")[block.first - 1 : block.last])
    alone = "\n".join(rows)
    inside = _INSIDE.get(block.kind, (str(block.kind), 0))
    try:
        values: Any = tomllib.loads(alone, parse_float=exactly)
        found = statements_of(alone)
    except (ValueError, RecursionError):
        return None
    for part in inside:
        values = values[part]
    depth = len(inside)
    return BlockText(block, rows, values, tuple(_from(one, depth) for one in found))


def _from(one: Statement, depth: int) -> Statement:
    path = one.path[depth:]
    return Statement(path, one.names, one.first, one.last, one.begins, one.ends)
