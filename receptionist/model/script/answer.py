"""Answers: as they were typed, and what was understood of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from receptionist.i18n import _
from receptionist.model.letter import address_fault
from receptionist.model.number import complete, normalised, shown
from receptionist.model.phrase import read
from receptionist.model.plain import plain
from receptionist.model.script.prompt import Choice, Prompt, PromptKind
from receptionist.model.spoken import written
from receptionist.model.travel import postcode_in

LONGEST = 4000
_DIALLABLE = re.compile(r"\+[0-9]{6,17}|[0-9*#]{2,17}")
_DIGITS = re.compile(r"[+-]?[0-9][0-9.,' ]*")
_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was typed for a prompt. It belongs to a call and is kept with it.

    `label` is the prompt as it was shown. `value` is what was understood: the key of a choice, an
    ISO date, a number with its country, digits; "" while it is not understood. `shown` is that for
    people. `verified` says that it was read back to the caller, who agreed.
    """

    prompt: str
    label: str
    typed: str
    value: str = ""
    shown: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How typed answers are read: in the caller's language, on the client's today."""

    language: str
    today: date
    region: str = "DE"


@dataclass(frozen=True, slots=True)
class Understood:
    """`value` and `shown` as in `Answer`; `fault` says what is wrong, "" when nothing is."""

    value: str = ""
    shown: str = ""
    fault: str = ""


def understood(prompt: Prompt, typed: str, reading: Reading) -> Understood:
    """What was typed, as its kind of prompt reads it; nothing of nothing."""
    text = plain(typed, lines=True, limit=LONGEST).strip()
    return _KINDS[prompt.kind](prompt, text, reading) if text else Understood()


def _text(prompt: Prompt, text: str, reading: Reading) -> Understood:
    return Understood(text, text)


def _choice(prompt: Prompt, text: str, reading: Reading) -> Understood:
    """A key, a label in any language, the beginning of only one, or its number."""
    found = _chosen(prompt.choices, text.casefold())
    if found is not None:
        return Understood(found.key, found.label.to(reading.language))
    labels = ", ".join(one.label.to(reading.language) for one in prompt.choices)
    return Understood(fault=_("Choose one of: {choices}.").format(choices=labels))


def _chosen(choices: tuple[Choice, ...], word: str) -> Choice | None:
    names = [
        (one, {one.key.casefold(), *(words.casefold() for _tag, words in one.label.words)})
        for one in choices
    ]
    if exact := [one for one, known in names if word in known]:
        return exact[0]
    if word.isdecimal() and 1 <= int(word) <= len(choices):
        return choices[int(word) - 1]
    begun = [one for one, known in names if any(name.startswith(word) for name in known)]
    return begun[0] if len(begun) == 1 else None


def _number(prompt: Prompt, text: str, reading: Reading) -> Understood:
    digits = text if _DIGITS.fullmatch(text) else ""
    digits = digits.replace(" ", "").replace("'", "")
    point = "," if reading.language == "de" else "."
    if "," in digits and "." in digits:
        point = max(",.", key=digits.rfind)
    elif digits.count(point) == 0 and re.search(r"[.,][0-9]{1,2}$|[.,][0-9]{4,}$", digits):
        point = "," if "," in digits else "."
    digits = digits.replace("," if point == "." else ".", "").replace(point, ".")
    try:
        value = format(Decimal(digits), "f")
    except InvalidOperation:
        return Understood(fault=_("Write a number, such as 12 or 3.5."))
    return Understood(value, value.replace(".", ",") if reading.language == "de" else value)


def _date(prompt: Prompt, text: str, reading: Reading) -> Understood:
    """One day, written or said: `12.3.`, `morgen`, `Tuesday`."""
    phrase = read(text, reading.today)
    when, day = phrase.when, None
    if not phrase.unknown and when.earliest is None and when.before is None:
        first = when.first or reading.today
        if when.first is not None and when.first == when.last:
            day = when.first
        elif len(when.weekdays) == 1 and when.last is None:
            day = first + timedelta(days=(min(when.weekdays) - first.weekday()) % _WEEK)
    if day is None:
        return Understood(fault=_("Write one day, such as 12.3., tomorrow or Tuesday."))
    return Understood(day.isoformat(), written(day, reading.language))


def _address(prompt: Prompt, text: str, reading: Reading) -> Understood:
    line = ", ".join(row.strip(" ,") for row in text.splitlines() if row.strip(" ,"))
    if postcode_in(line):
        return Understood(line, line)
    return Understood(fault=_("The postcode is missing. Ask for it."))


def _phone(prompt: Prompt, text: str, reading: Reading) -> Understood:
    number = normalised(text, reading.region)
    if not _DIALLABLE.fullmatch(number):
        return Understood(fault=_("Write a telephone number, for example “+49 30 23125101”."))
    if number.startswith("0") or not complete(number):
        message = _("“{number}” has too few or too many digits.")
        return Understood(fault=message.format(number=plain(text, limit=60)))
    return Understood(number, shown(number))


def _email(prompt: Prompt, text: str, reading: Reading) -> Understood:
    if fault := address_fault(text):
        return Understood(fault=fault)
    return Understood(text, text)


_KINDS: Mapping[PromptKind, Callable[[Prompt, str, Reading], Understood]] = {
    PromptKind.TEXT: _text,
    PromptKind.CHOICE: _choice,
    PromptKind.NUMBER: _number,
    PromptKind.DATE: _date,
    PromptKind.ADDRESS: _address,
    PromptKind.PHONE: _phone,
    PromptKind.EMAIL: _email,
}
