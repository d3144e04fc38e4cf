"""Telephone numbers: E.164 where they can be, the SIP user part where they cannot."""

from __future__ import annotations

import re

import phonenumbers

_NOISE = re.compile(r"[\s().\-/]+")


def normalised(raw: str, region: str) -> str:
    """`raw` as `+<digits>` (E.164), else the bare user part in lower case; empty if there is none.

    `region` is the two-letter country in which national numbers are read. Short internal numbers
    stay as they are.
    """
    text = _NOISE.sub("", raw)
    if not re.fullmatch(r"\+?\d{6,17}", text):
        return text.lower()
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return text.lower()
    if not phonenumbers.is_possible_number(number):
        return text
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown(number: str) -> str:
    """A normalised number as people write it, e.g. `+49 221 4710134`; anything else unchanged."""
    if not number.startswith("+"):
        return number
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def shortened(number: str) -> str:
    """A number for the log, without its last digits."""
    return f"{number[:-4]}…" if len(number) > 6 else "…"
