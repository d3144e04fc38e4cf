"""Typed reading of a TOML table that collects every fault instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from receptionist.errors import BadInput
from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.checks import brief, did_you_mean
from receptionist.model.plain import harmful
from receptionist.tomlfile.lines import Path

_PLACE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)$")
_SECRET = re.compile(r"pass|kennwort|secret|geheim|^pin$|token|pwd", re.IGNORECASE)


def syntax_fault(message: str, first_line: int = 1) -> BadInput:
    """What `tomllib` says of a text that is no TOML, as a fault with its line."""
    place = _PLACE.search(message)
    sentence = _(
        "This cannot be read: {message}. Texts stand in quotes, and a key stands once in its table."
    ).format(message=_PLACE.sub("", message))
    line = int(place[1]) + first_line - 1 if place and place[1] else None
    return BadInput(sentence, line=line)


def exactly(number: str) -> Decimal:
    """A number with decimals as it is written; `ValueError`, as `tomllib` has it, for one that no
    machine can hold."""
    try:
        return Decimal(number)
    except InvalidOperation:
        raise ValueError(f"Number out of range: {brief(number)}") from None


class Faults:
    """What is wrong in a file, in the order it was found. `lines` maps paths to lines."""

    def __init__(self, lines: Mapping[Path, int]) -> None:
        self._lines = lines
        self._names: dict[Path, str] = {}
        self._found: list[BadInput] = []

    def name(self, path: Path, key: str) -> None:
        """Show the table at `path` under its own `key` rather than by its index."""
        self._names[path] = key

    def add(self, path: Path, message: str, below: int = 0) -> None:
        """Remember that the value at `path` is wrong, so many lines `below` its beginning."""
        line = self.line(path)
        line = None if line is None else line + below
        self._found.append(BadInput(message, key=self.shown(path), line=line))

    def line(self, path: Path) -> int | None:
        """The line of the value or of what it belongs to."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path)

    @property
    def found(self) -> tuple[BadInput, ...]:
        """Every fault, by line."""
        return tuple(sorted(self._found, key=lambda fault: fault.line or 0))

    def shown(self, path: Path) -> str:
        """A path as a fault names it."""
        words = []
        for depth, part in enumerate(path, start=1):
            if isinstance(part, int):
                name = self._names.get(path[:depth])
                words.append(f".{name}" if name else f"[{part + 1}]")
            else:
                words.append(f".{part}")
        return "".join(words).removeprefix(".")


class Table:
    """One table of the file. A wrong value is reported and replaced by its default.

    Ask for every key that may stand here, then `close` the table: what is left is unknown.
    """

    def __init__(self, content: Mapping[str, Any], path: Path, faults: Faults) -> None:
        self.path = path
        self._content = content
        self._faults = faults
        self._asked: list[str] = []

    @property
    def shown_key(self) -> str:
        """The key of this table for a message."""
        return brief(str(self._content.get("key", "")))

    def fault(self, key: str, message: str, *more: int) -> None:
        """Report that the value of `key` (or an element of it) is wrong."""
        self._faults.add((*self.path, key, *more), message)

    def fault_in(self, key: str, message: str, lines: int) -> None:
        """Report what is wrong in a text of several lines, so many lines below its key."""
        self._faults.add((*self.path, key), message, lines)

    @property
    def line(self) -> int | None:
        """The line in which this table begins."""
        return self._faults.line(self.path)

    def key(self) -> str:
        """The `key` of this table: small letters, digits, hyphens; "" when it is wrong."""
        key = self.text("key", required=True)
        if not key:
            return ""
        if wrong := checks.key_fault(key):
            self.fault("key", wrong)
            return ""
        self._faults.name(self.path, key)
        return key

    def text(
        self,
        key: str,
        default: str = "",
        *,
        required: bool = False,
        lines: bool = False,
        limit: int = checks.NAME_LIMIT,
    ) -> str:
        """A text without control characters; with `lines` it may have several lines."""
        value = self._take(key, str, _("text in quotes"), required=required)
        if value is None:
            return default
        if wrong := checks.text_fault(value, limit, required=required, lines=lines):
            self.fault(key, wrong)
            return default
        return str(value)

    def number(self, key: str, default: int, low: int, high: int, *, required: bool = False) -> int:
        """A whole number from `low` to `high`."""
        value = self._take(key, int, _("a whole number without quotes"), required=required)
        if value is None:
            return default
        if wrong := checks.range_fault(value, low, high):
            self.fault(key, wrong)
            return default
        return int(value)

    def decimal(self, key: str) -> Decimal:
        """A number with or without decimals, exactly as it is written; 0 without one."""
        value = self.raw(key)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Decimal(value)
        if value is not None:
            self.fault(key, _must_be(_("a number without quotes, such as 9.9")))
        return Decimal(0)

    def flag(self, key: str, default: bool) -> bool:
        """`true` or `false`."""
        value = self._take(key, bool, _("true or false, without quotes"))
        return default if value is None else bool(value)

    def day(self, key: str, default: date, *, required: bool = False) -> date:
        """A date as TOML knows it."""
        wanted = _("a date without quotes, such as 2027-12-24")
        value = self._take(key, date, wanted, required=required)
        return value if isinstance(value, date) else default

    def choice(
        self, key: str, choices: Sequence[str], default: str, *, required: bool = False
    ) -> str:
        """One word of `choices`."""
        value = self.text(key, default, required=required)
        if value in choices:
            return value
        message = _("“{value}” is not possible here. Choose one of: {choices}.")
        self.fault(key, message.format(value=brief(value), choices=", ".join(choices)))
        return default

    def texts(self, key: str) -> list[tuple[int, str]]:
        """A list of texts without control characters, each with its index."""
        values = self._take(key, list, _('a list such as ["…", "…"]')) or []
        good = []
        for index, value in enumerate(values):
            if not isinstance(value, str):
                self.fault(key, _("Put this in quotes."), index)
            elif bad := harmful(value):
                self.fault(key, checks.refused(bad[0]), index)
            else:
                good.append((index, value))
        return good

    def raw(self, key: str) -> Any:
        """The value as it stands, None when there is none."""
        self._asked.append(key)
        return self._content.get(key)

    def table(self, key: str) -> Table:
        """The table `[key]`, empty when it is missing."""
        wanted = _("a table that begins with [{name}]").format(name=self._dotted(key))
        value = self._take(key, dict, wanted)
        return Table(value or {}, (*self.path, key), self._faults)

    def tables(self, key: str) -> list[Table]:
        """All tables `[[key]]`."""
        wanted = _("tables that begin with [[{name}]]").format(name=self._dotted(key))
        values = self._take(key, list, wanted) or []
        if not all(isinstance(value, dict) for value in values):
            self.fault(key, _must_be(wanted))
            return []
        return [
            Table(value, (*self.path, key, index), self._faults)
            for index, value in enumerate(values)
        ]

    def close(self) -> None:
        """Report every key that nobody asked for."""
        for key in self._content:
            if key not in self._asked:
                self.fault(key, _unknown(key, self._asked))

    def _dotted(self, key: str) -> str:
        return ".".join([*(part for part in self.path if isinstance(part, str)), key])

    def _take(self, key: str, kind: type, wanted: str, *, required: bool = False) -> Any:
        value = self.raw(key)
        if value is None:
            if required:
                self._faults.add(self.path, _("“{key}” is missing.").format(key=key))
            return None
        other = {int: bool, date: datetime}.get(kind, ())
        if not isinstance(value, kind) or isinstance(value, other):
            self.fault(key, _must_be(wanted))
            return None
        return value


def _unknown(key: str, known: Sequence[str]) -> str:
    if _SECRET.search(key):
        return _(
            "Passwords do not belong in this file. Delete the line and give the password"
            " to the command “passwd”, which puts it into the keyring."
        )
    question = did_you_mean(key, known)
    if question:
        return _("“{key}” is not known here.").format(key=brief(key)) + question
    message = _("“{key}” is not known here. Possible are: {known}.")
    return message.format(key=brief(key), known=", ".join(known))


def _must_be(wanted: str) -> str:
    return _("This must be {wanted}.").format(wanted=wanted)
