"""Where in a TOML text each key and value stands; `tomllib` gives values without places.

Only for text that `tomllib` has accepted: the scanner trusts its grammar (TOML 1.0).
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Names of tables and keys and indices into arrays, e.g. `("client", 0, "numbers", 1)`."""

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
_STRING = re.compile(
    r'"{3}(?:\\.|[^\\])*?"{3,5}(?!")' r"|'{3}.*?'{3,5}(?!')" r'|"(?:\\.|[^"\\])*"' r"|'[^']*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]+")


@dataclass(frozen=True, slots=True)
class Statement:
    """A heading, or a key that is given a value, from its `first` to its `last` line.

    `names` is the key as it is written, none for a heading. The value stands from `begins` to
    `ends`, counted in characters.
    """

    path: Path
    names: tuple[str, ...]
    first: int
    last: int
    begins: int = 0
    ends: int = 0


def lines_of(text: str) -> dict[Path, int]:
    """The 1-based line of every table, key, array element and inline key of `text`."""
    return _Scanner(text).document()


def statements_of(text: str) -> tuple[Statement, ...]:
    """The headings of `text` and what is written below them, in their order."""
    scanner = _Scanner(text)
    scanner.document()
    return tuple(scanner.statements)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.statements: list[Statement] = []
        self._text = text
        self._at = 0
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]
        self._sizes: dict[Path, int] = {}
        self._lines: dict[Path, int] = {}

    def document(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip(_BLANK) < len(self._text):
            first = self._line
            if self._text.startswith("[", self._at):
                table = self._header()
                self.statements.append(Statement(table, (), first, first))
            else:
                names, begins = self._assignment(table)
                ends = begins + len(self._text[begins : self._at].rstrip())
                last = bisect_right(self._starts, ends - 1)
                found = Statement((*table, *names), tuple(names), first, last, begins, ends)
                self.statements.append(found)
        return self._lines

    @property
    def _line(self) -> int:
        return bisect_right(self._starts, self._at)

    def _skip(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._at

    def _note(self, path: Path) -> None:
        self._lines.setdefault(path, self._line)

    def _header(self) -> Path:
        brackets = 2 if self._text.startswith("[[", self._at) else 1
        line = self._at
        self._at += brackets
        *parents, last = self._key()
        path: Path = ()
        for name in parents:
            path = self._newest((*path, name))
        path = (*path, last)
        self._at, end = line, self._at
        self._note(path)
        if brackets == 2:
            self._sizes[path] = self._sizes.get(path, 0) + 1
        path = self._newest(path)
        self._note(path)
        self._at = end + brackets
        return path

    def _newest(self, path: Path) -> Path:
        size = self._sizes.get(path)
        return path if size is None else (*path, size - 1)

    def _key(self) -> list[str]:
        names = []
        while True:
            self._skip(_SPACE)
            start = self._at
            raw = self._text[start : self._skip(_KEY)]
            names.append(_unquoted(raw))
            if self._text[self._skip(_SPACE)] != ".":
                return names
            self._at += 1

    def _assignment(self, table: Path) -> tuple[list[str], int]:
        """The names on the left, and where the value begins."""
        start = self._at
        names = self._key()
        end, self._at = self._at, start
        path = table
        for name in names:
            path = (*path, name)
            self._note(path)
        self._at = end + 1
        begins = self._skip(_SPACE)
        self._value(path)
        return names, begins

    def _value(self, path: Path) -> None:
        opening = self._text[self._at]
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._inline(path)
        else:
            self._skip(_STRING if opening in "\"'" else _SCALAR)

    def _array(self, path: Path) -> None:
        self._at += 1
        index = 0
        while self._text[self._skip(_BLANK)] != "]":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._note((*path, index))
            self._value((*path, index))
            index += 1
        self._at += 1

    def _inline(self, path: Path) -> None:
        self._at += 1
        while self._text[self._skip(_BLANK)] != "}":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._assignment(path)
        self._at += 1


def _unquoted(raw: str) -> str:
    if raw[:1] in ("'", '"'):
        return str(tomllib.loads(f"key = {raw}")["key"])
    return raw
