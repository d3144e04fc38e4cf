"""What stands in a field as it is said on the telephone: letters with words, numbers in pairs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from receptionist.i18n import N_
from receptionist.model.number import normalised
from receptionist.model.spelling import SpellingTable, in_pairs, said_in_pairs, spelled

TABLES = {
    SpellingTable.CITIES: N_("Cities (DIN 5009)"),
    SpellingTable.NAMES: N_("First names"),
    SpellingTable.NATO: N_("NATO"),
}
"""The tables in the order of their key, with their names."""
MOST = 60
"""Characters; nobody spells out more at a time."""
_NUMBER = re.compile(r"[+(]?[0-9][0-9 ()/.–-]*")


@dataclass(frozen=True, slots=True)
class Said:
    """A letter, or a group of digits, and what is said for it. Both are empty between words."""

    letters: str
    word: str


def spell_out(text: str, table: SpellingTable, region: str) -> Sequence[Said]:
    """`text` from its beginning; a number in pairs."""
    short = " ".join(text.split())[:MOST]
    if _NUMBER.fullmatch(short):
        return _paired(short, table, region)
    letters = (Said(one.letters, one.word) for one in spelled(short, table))
    return [Said("", "") if one.letters == " " else one for one in letters]


def is_number(text: str) -> bool:
    """Whether it is said in pairs."""
    return bool(_NUMBER.fullmatch(" ".join(text.split())[:MOST]))


def table_for(tongue: str) -> SpellingTable:
    """The table that callers who speak this language know best."""
    return SpellingTable.CITIES if tongue == "de" else SpellingTable.NATO


def after(table: SpellingTable) -> SpellingTable:
    """The next table."""
    every = list(TABLES)
    return every[(every.index(table) + 1) % len(every)]


def _paired(text: str, table: SpellingTable, region: str) -> Sequence[Said]:
    number = normalised(text, region)
    tongue = "en" if table is SpellingTable.NATO else "de"
    words = said_in_pairs(number, tongue, region).split("; ")
    pairs = (" ".join(group) for group in in_pairs(number, region))
    return [Said(digits, said) for digits, said in zip(pairs, words, strict=True)]
