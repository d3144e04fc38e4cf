"""Spelling names out, and saying numbers in pairs, so that nothing is misheard. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers

_AA = "AÄBCDEFGHIJKLMNOÖPQRSTUÜVWXYZ"


class SpellingTable(StrEnum):
    """Cities (DIN 5009:2022), the names that were usual before, and that of NATO and ICAO."""

    CITIES = "cities"
    NAMES = "names"
    NATO = "nato"


@dataclass(frozen=True, slots=True)
class Spelled:
    """What stands in the text, one or more letters, and what is said for it."""

    letters: str
    word: str


_CITIES = dict(
    zip(
        _AA,
        (
            *("Aachen", "Umlaut Aachen", "Berlin", "Chemnitz", "Düsseldorf", "Essen"),
            *("Frankfurt", "Goslar", "Hamburg", "Ingelheim", "Jena", "Köln", "Leipzig"),
            *("München", "Nürnberg", "Offenbach", "Umlaut Offenbach", "Potsdam", "Quickborn"),
            *("Rostock", "Salzwedel", "Tübingen", "Unna", "Umlaut Unna", "Völklingen"),
            *("Wuppertal", "Xanten", "Ypsilon", "Zwickau"),
        ),
        strict=True,
    )
) | {"ß": "Eszett"}
_NAMES = dict(
    zip(
        _AA,
        (
            *("Anton", "Ärger", "Berta", "Cäsar", "Dora", "Emil", "Friedrich", "Gustav"),
            *("Heinrich", "Ida", "Julius", "Kaufmann", "Ludwig", "Martha", "Nordpol", "Otto"),
            *("Ökonom", "Paula", "Quelle", "Richard", "Samuel", "Theodor", "Ulrich", "Übermut"),
            *("Viktor", "Wilhelm", "Xanthippe", "Ypsilon", "Zacharias"),
        ),
        strict=True,
    )
) | {"ß": "Eszett", "CH": "Charlotte", "SCH": "Schule"}
_NATO = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            *("Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India"),
            *("Juliett", "Kilo", "Lima", "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo"),
            *("Sierra", "Tango", "Uniform", "Victor", "Whiskey", "X-ray", "Yankee", "Zulu"),
        ),
        strict=True,
    )
) | {
    "Ä": "Alfa Echo",
    "Ö": "Oscar Echo",
    "Ü": "Uniform Echo",
    "ß": "Sierra Sierra",
}
_DIGITS = {
    "de": ("null", "eins", "zwo", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
_SIGNS = {
    "de": {
        **{"@": "at", ".": "Punkt", "-": "Bindestrich", "_": "Unterstrich", "/": "Schrägstrich"},
        **{"+": "plus", "&": "und", ",": "Komma", "'": "Apostroph", ":": "Doppelpunkt"},
        **{" ": "Leerzeichen", "#": "Raute", "*": "Stern", "(": "Klammer auf", ")": "Klammer zu"},
    },
    "en": {
        **{"@": "at", ".": "dot", "-": "hyphen", "_": "underscore", "/": "slash"},
        **{"+": "plus", "&": "and", ",": "comma", "'": "apostrophe", ":": "colon"},
        **{" ": "space", "#": "hash", "*": "star", "(": "open bracket", ")": "close bracket"},
    },
}
_MARKS = {
    "\u0301": {"de": "Akut", "en": "acute"},
    "\u0300": {"de": "Gravis", "en": "grave"},
    "\u0302": {"de": "Zirkumflex", "en": "circumflex"},
    "\u0303": {"de": "Tilde", "en": "tilde"},
    "\u0308": {"de": "Trema", "en": "diaeresis"},
    "\u030a": {"de": "Ring", "en": "ring"},
    "\u030c": {"de": "Hatschek", "en": "caron"},
    "\u0327": {"de": "Cedille", "en": "cedilla"},
}
_LETTERS: Mapping[SpellingTable, Mapping[str, str]] = {
    SpellingTable.CITIES: _CITIES,
    SpellingTable.NAMES: _NAMES,
    SpellingTable.NATO: _NATO,
}
_TONGUES = {
    SpellingTable.CITIES: "de",
    SpellingTable.NAMES: "de",
    SpellingTable.NATO: "en",
}


def spelled(text: str, table: SpellingTable) -> tuple[Spelled, ...]:
    """`text` letter by letter as it is spelled out; together the letters are the text.

    A sign that no table knows stands for itself.
    """
    plain = unicodedata.normalize("NFC", text)
    found, place = [], 0
    while place < len(plain):
        one = next(_here(plain, place, table))
        found.append(one)
        place += len(one.letters)
    return tuple(found)


def _here(text: str, place: int, table: SpellingTable) -> Iterator[Spelled]:
    """What may be said at a place, the longest first."""
    known = _LETTERS[table]
    for length in (3, 2):
        letters = text[place : place + length]
        if len(letters) == length and letters.upper() in known:
            yield Spelled(letters, known[letters.upper()])
    yield Spelled(text[place], _word(text[place], known, _TONGUES[table]))


def _word(letter: str, known: Mapping[str, str], tongue: str) -> str:
    upper = "ß" if letter in "ßẞ" else letter.upper()
    if upper in known:
        return known[upper]
    if letter in "0123456789":
        return _DIGITS[tongue][int(letter)]
    if letter in _SIGNS[tongue]:
        return _SIGNS[tongue][letter]
    first, *marks = list(unicodedata.normalize("NFD", upper))
    if first in known and marks:
        names = (_MARKS.get(mark, {}).get(tongue, "") for mark in marks)
        return " ".join((known[first], *filter(None, names)))
    return letter


def in_pairs(number: str, region: str = "DE") -> tuple[tuple[str, ...], ...]:
    """A normalised number in groups (country, area, rest), each in pairs from its end.

    `+492214710134` is `(("02", "21"), ("4", "71", "01", "34"))` in Germany, and begins with
    `("+49",), ("2", "21")` elsewhere. What is no number is one group.
    """
    groups = _groups(number, region)
    return tuple((group,) if group.startswith("+") else _paired(group) for group in groups if group)


def said_in_pairs(number: str, language: str, region: str = "DE") -> str:
    """The same in words of single digits: `null zwo, zwo eins; vier, sieben eins, …`."""
    words = _DIGITS[language if language in _DIGITS else "en"]

    def said(pair: str) -> str:
        return " ".join("plus" if c == "+" else words[int(c)] if c.isdecimal() else c for c in pair)

    return "; ".join(", ".join(map(said, group)) for group in in_pairs(number, region))


def _groups(number: str, region: str) -> list[str]:
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return ["".join(number.split())]
    if not number.startswith("+") or not phonenumbers.is_possible_number(parsed):
        return ["".join(number.split())]
    here = phonenumbers.country_code_for_region(region) == parsed.country_code
    kind = phonenumbers.PhoneNumberFormat
    text = phonenumbers.format_number(parsed, kind.NATIONAL if here else kind.INTERNATIONAL)
    spaced = "".join(c if c.isdecimal() or c == "+" else " " for c in text)
    return spaced.split()


def _paired(group: str) -> tuple[str, ...]:
    odd = len(group) % 2
    first = (group[:1],) if odd else ()
    return (*first, *(group[place : place + 2] for place in range(odd, len(group), 2)))
