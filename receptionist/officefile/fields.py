"""Fields that several tables of the office file share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from receptionist.i18n import _
from receptionist.model.greeting import LANGUAGES, PLACEHOLDERS, Greeting
from receptionist.officefile.table import Table, brief, did_you_mean


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
    value = table.text(key, required=required, limit=2000)
    if not value:
        return default
    if wrong := check(value):
        table.fault(key, wrong)
        return default
    return value


def greeting(table: Table) -> Greeting:
    """`greeting` with its closed placeholders, and the `language` in which it is said."""
    said = Greeting(
        table.text("greeting", required=True, lines=True, limit=1000),
        table.choice("language", LANGUAGES, "de"),
    )
    allowed = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    for name in said.unknown_placeholders():
        message = _("“{name}” is no placeholder. Possible are: {allowed}.")
        question = did_you_mean(name.strip(), PLACEHOLDERS)
        shown = f"{{{brief(name)}}}"
        table.fault("greeting", message.format(name=shown, allowed=allowed) + question)
    if said.has_stray_brace():
        message = _("A brace is left over. Placeholders are written so: {allowed}.")
        table.fault("greeting", message.format(allowed=allowed))
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
