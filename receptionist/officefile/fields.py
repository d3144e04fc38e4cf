"""Fields that several tables of the office file share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.greeting import LANGUAGES, Greeting
from receptionist.tomlfile.table import Table


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


def url_fault(url: str) -> str:
    """An address, where nothing but the file can be at hand."""
    if checks.has_login(url):
        return _(
            "Passwords do not belong in this file. Write the address without name and password"
            " and give the password to the command “passwd”, which puts it into the keyring."
        )
    return checks.url_fault(url)


def greeting(table: Table) -> Greeting:
    """`greeting` with its closed placeholders, and the `language` in which it is said."""
    said = Greeting(
        table.text("greeting", required=True, lines=True, limit=checks.GREETING_LIMIT),
        table.choice("language", LANGUAGES, "de"),
    )
    for wrong in checks.greeting_faults(said):
        table.fault("greeting", wrong)
    return said


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
