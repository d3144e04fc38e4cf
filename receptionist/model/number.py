"""Telephone numbers: E.164 where they can be, the SIP user part where they cannot."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import phonenumbers

_SEPARATORS = frozenset("().·/−")
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_WIDE = str.maketrans("＋０１２３４５６７８９", "+0123456789")
_DIALLABLE = re.compile(r"\+?[0-9*#]+")
_NUMBER = re.compile(r"\+[0-9]{6,17}|[0-9]{6,17}")
_SHORTEST_WITHOUT_PLUS = 10


@lru_cache(maxsize=2048)
def normalised(raw: str, region: str) -> str:
    """`raw` as `+<digits>` (E.164), else the bare user part in lower case; empty if there is none.

    `region` is the two-letter country in which national numbers are read. Short internal numbers,
    service numbers (110, 116117) and codes (`*21#`) stay as they are. Where national numbers begin
    with a 0, digits without a 0 are E.164 without its plus, as trunks send it, or internal: never
    national. Normalising twice changes nothing.
    """
    visible = "".join(c for c in raw if unicodedata.category(c) not in _INVISIBLE).translate(_WIDE)
    text = "".join(c for c in visible if c not in _SEPARATORS and unicodedata.category(c) != "Pd")
    if not _DIALLABLE.fullmatch(text):
        return "" if text in ("", "+") else visible.lower()
    if not _NUMBER.fullmatch(text):
        return text
    if not text.startswith(("+", "0")) and _trunk_prefix(region).startswith("0"):
        return _completed(text)
    return _e164(text, region)


@lru_cache(maxsize=2048)
def shown(number: str) -> str:
    """A normalised number as people write it, e.g. `+49 221 4710134`; anything else unchanged."""
    if not (number.startswith("+") and _NUMBER.fullmatch(number)):
        return number
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def national(number: str, region: str) -> str:
    """A normalised number as it is dialled in a country: digits alone, `0221…`, abroad `0043…`."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    here = phonenumbers.country_code_for_region(region) == parsed.country_code
    kind = phonenumbers.PhoneNumberFormat.NATIONAL
    text = phonenumbers.format_number(parsed, kind) if here else f"00{number[1:]}"
    return "".join(c for c in text if c.isdigit())


def shortened(number: str) -> str:
    """A number for the log, without its last digits."""
    return f"{number[:-4]}…" if len(number) > 6 else "…"


def complete(number: str) -> bool:
    """Whether a normalised number that claims a country has as many digits as its country asks."""
    if not number.startswith(("+", "00")):
        return True
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False


def is_emergency(number: str, region: str) -> bool:
    """Whether a normalised number calls for help in a country, such as 110 and 112."""
    return phonenumbers.is_emergency_number(number, region)


def is_region(region: str) -> bool:
    """Whether `region` is a country whose numbers are known, as two capital letters."""
    return region in phonenumbers.SUPPORTED_REGIONS


def _trunk_prefix(region: str) -> str:
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
    return (metadata.national_prefix or "") if metadata else ""


def _completed(digits: str) -> str:
    if len(digits) < _SHORTEST_WITHOUT_PLUS:
        return digits
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return digits
    return f"+{digits}" if phonenumbers.is_valid_number(number) else digits


def _e164(text: str, region: str) -> str:
    while True:
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            return text
        if not phonenumbers.is_possible_number(number):
            return text
        formatted = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if formatted == text:
            return text
        text = formatted
