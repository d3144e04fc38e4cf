"""Fields that tables of several files share: checked texts, keys that stand once, weekly hours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import time
from typing import Protocol, TypeVar

from receptionist.i18n import _
from receptionist.model import callchecks, checks
from receptionist.model.checks import brief, did_you_mean
from receptionist.tomlfile.table import Table

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Keyed(Protocol):
    """Something that the file names by key; "" when its key is wrong."""

    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=Keyed)


def checked(
    table: Table,
    key: str,
    default: str,
    check: Callable[[str], str],
    *,
    required: bool = False,
) -> str:
    """A text that passes `check`, which gives "" or what is wrong."""
    value = table.text(key, required=required, limit=checks.ADDRESS_LIMIT)
    if not value:
        return default
    if wrong := check(value):
        table.fault(key, wrong)
        return default
    return value


def unique(tables: Iterable[Table], read: Callable[[Table], K]) -> tuple[K, ...]:
    """What `read` makes of each table; a key that came before is a fault."""
    found: dict[str, Table] = {}
    result = []
    for table in tables:
        one = read(table)
        result.append(one)
        if one.key in found:
            message = _("“{key}” is the key of another entry already{line}. Choose another one.")
            table.fault("key", message.format(key=one.key, line=in_line(found[one.key])))
        elif one.key:
            found[one.key] = table
    return tuple(result)


def in_line(table: Table) -> str:
    """Where a table stands, for the end of a sentence: ` (line 7)`."""
    return " " + _("(line {number})").format(number=table.line) if table.line else ""


def weekdays(table: Table) -> tuple[int, ...]:
    """The list `days`, 0 for Monday."""
    days = set()
    for index, name in table.texts("days"):
        if name in WEEKDAYS:
            days.add(WEEKDAYS.index(name))
            continue
        message = _("“{day}” is no weekday. Possible are: {days}.")
        wrong = message.format(day=brief(name), days=", ".join(WEEKDAYS))
        table.fault("days", wrong + did_you_mean(name, WEEKDAYS), index)
    return tuple(sorted(days))


def span(table: Table) -> tuple[time | None, time | None]:
    """Start and end in the text `hours`, over midnight too; nothing without it."""
    text = table.text("hours")
    found = callchecks.span(text) if text else (None, None)
    if isinstance(found, str):
        table.fault("hours", found)
        return None, None
    return found
