"""Files of contacts that other programs write and read: vCard 3.0 and 4.0, and tables (CSV)."""

from __future__ import annotations

from receptionist.contactfile.table import read_table, write_table
from receptionist.contactfile.text import decoded
from receptionist.contactfile.vcard import is_vcard, read_vcards, write_vcards
from receptionist.model.contactpreview import ReadContact

__all__ = ["read", "write_table", "write_vcards"]


def read(content: bytes, region: str) -> tuple[ReadContact, ...]:
    """The contacts of a file in its order, each with the line in which it begins.

    National numbers are read in `region`. `BadInput` when it is no such file at all; an entry that
    cannot be read says so and hinders no other.
    """
    text = decoded(content)
    return read_vcards(text, region) if is_vcard(text) else read_table(text, region)
