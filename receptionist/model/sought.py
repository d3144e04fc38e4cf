"""What somebody seeks with a few words: which texts and numbers answer to them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import phonenumbers

_NUMBER_WORD = re.compile(r"[+(]*[0-9][0-9()./+−–-]*")
_NO_DIGIT = re.compile(r"[^0-9]+")
_MOST_TERMS = 12
_LONGEST = 500
"""Characters; what else is pasted into a field has its first ones sought."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must occur: all `words` in the texts, or one of `digits` in a number."""

    words: tuple[str, ...]
    digits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed into a search field; every term must occur somewhere."""

    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.terms)

    def found_in(self, texts: Iterable[str], numbers: Iterable[str]) -> bool:
        """Whether every term occurs in any of `texts`, or as digits in any of `numbers`."""
        text = "\n".join(folded(one) for one in texts)
        digits = [_NO_DIGIT.sub("", one) for one in numbers]
        return all(_occurs(term, text, digits) for term in self.terms)


def sought(words: str, region: str) -> Sought:
    """`words` as terms. Digit groups that follow each other are one number, read in `region`.

    `0171 39200` is sought as `17139200`, with and without the country, so that it is found
    whether a number was signalled or typed.
    """
    terms: list[Term] = []
    group: list[str] = []
    for word in (*words[:_LONGEST].split(), ""):
        if _NUMBER_WORD.fullmatch(word):
            group.append(word)
            continue
        if group:
            terms.append(Term(tuple(map(folded, group)), _digits("".join(group), region)))
            group = []
        if word:
            terms.append(Term((folded(word),)))
    return Sought(tuple(terms[:_MOST_TERMS]))


def folded(text: str) -> str:
    """`text` without case: `STRASSE` is `Straße`, and composed letters are as decomposed ones."""
    return unicodedata.normalize("NFC", text).casefold()


def _occurs(term: Term, text: str, numbers: list[str]) -> bool:
    if any(digits in number for digits in term.digits for number in numbers):
        return True
    return all(word in text for word in term.words)


def _digits(number: str, region: str) -> tuple[str, ...]:
    """The digits as they stand in every way of writing the number, the country left out."""
    digits = _NO_DIGIT.sub("", number)
    abroad = number.startswith("+") or digits.startswith("00")
    significant = digits.lstrip("0") or digits
    country = str(phonenumbers.country_code_for_region(region))
    if abroad and len(significant) > len(country) and significant.startswith(country):
        significant = significant[len(country) :].removeprefix("0") or significant
    return (significant,)
