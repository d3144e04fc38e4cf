"""Files of contacts that other programs write and read: vCard 3.0 and 4.0, and tables (CSV)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from receptionist.contactfile.table import read_table, write_table
from receptionist.contactfile.text import decoded, is_marked
from receptionist.contactfile.vcard import is_vcard, read_vcards, write_vcards
from receptionist.errors import BadInput
from receptionist.i18n import _
from receptionist.model.contact import Contact
from receptionist.model.contactpreview import ReadContact

__all__ = ["TABLE", "VCARD", "content", "read", "write_table", "write_vcards", "written"]

TABLE, VCARD = ".csv", ".vcf"
_LARGEST = 4 * 1024 * 1024
_LOOKED_AT = 8192


def content(path: Path) -> bytes:
    """What stands in a file; `BadInput` when it cannot be opened, or is too large to be one."""
    try:
        with path.open("rb") as file:
            found = file.read(_LARGEST + 1)
    except OSError as error:
        message = _("The file “{name}” cannot be opened: {why}.")
        raise BadInput(message.format(name=path, why=error.strerror)) from None
    if len(found) > _LARGEST:
        raise BadInput(_("This file is larger than 4 MiB."))
    return found


def read(content: bytes, region: str) -> tuple[ReadContact, ...]:
    """The contacts of a file in its order, each with the line in which it begins.

    National numbers are read in `region`. `BadInput` when it is no such file at all; an entry that
    cannot be read says so and hinders no other.
    """
    text = decoded(content)
    if is_vcard(text):
        return read_vcards(text, region)
    if not text.strip():
        raise BadInput(_("This file is empty."))
    if _is_binary(content):
        raise BadInput(_("This is no text. Save the contacts as vCard or as CSV in your program."))
    return read_table(text, region)


def _is_binary(content: bytes) -> bool:
    """A workbook, a picture or the like: text has no such signs, unless it says so by a mark."""
    return not is_marked(content) and b"\0" in content[:_LOOKED_AT]


def written(contacts: Iterable[Contact], name: str) -> bytes:
    """The contacts as the ending of a file's `name` wants them: a table, else vCards."""
    as_table = name.lower().endswith(TABLE)
    return write_table(contacts) if as_table else write_vcards(contacts)
