"""Fields that several tables of the office file share."""

from __future__ import annotations

from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.greeting import LANGUAGES, Greeting
from receptionist.tomlfile.table import Table


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
