"""Texts of a script file: plain words, or words in several languages."""

from __future__ import annotations

from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.greeting import LANGUAGES
from receptionist.model.script import NOTHING, Text
from receptionist.model.script.said import PLACEHOLDERS
from receptionist.tomlfile.table import Table

SAID_LIMIT = 5000


def said(
    table: Table, key: str, language: str, *, required: bool = False, limit: int = SAID_LIMIT
) -> Text:
    """What is said or instructed: several lines, with placeholders."""
    text = _text(table, key, language, required=required, lines=True, limit=limit)
    for tag, words in text.words:
        for wrong in checks.placeholder_faults(words, PLACEHOLDERS):
            _fault(table, key, tag, wrong)
    return text


def titled(table: Table, key: str, language: str) -> Text:
    """A title or label: one line without placeholders, which must be there."""
    text = _text(table, key, language, required=True, lines=False, limit=checks.NAME_LIMIT)
    for tag, words in text.words:
        if set("{}") & set(words):
            _fault(table, key, tag, _("Placeholders are not possible here. Delete the braces."))
    return text


def _text(
    table: Table, key: str, language: str, *, required: bool, lines: bool, limit: int
) -> Text:
    if not isinstance(table.raw(key), dict):
        words = table.text(key, required=required, lines=lines, limit=limit)
        return Text(((language, words),)) if words else NOTHING
    translated = table.table(key)
    found = {}
    for tag in (language, *(one for one in LANGUAGES if one != language)):
        wanted = tag == language
        if words := translated.text(tag, required=wanted, lines=lines, limit=limit):
            found[tag] = words
    translated.close()
    return Text(tuple(found.items()))


def _fault(table: Table, key: str, tag: str, message: str) -> None:
    """At the words of one language, if they have a place of their own."""
    if isinstance(table.raw(key), dict):
        table.table(key).fault(tag, message)
    else:
        table.fault(key, message)
