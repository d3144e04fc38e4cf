"""Texts, choices and conditions of a block, from its values as they stand in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from receptionist.model.greeting import LANGUAGES
from receptionist.model.script import Choice, Comparison, Condition, Text

_TESTS = {
    "is": Comparison.IS,
    "is_not": Comparison.IS_NOT,
    "at_least": Comparison.AT_LEAST,
    "at_most": Comparison.AT_MOST,
}
_BOUNDS = (Comparison.AT_LEAST, Comparison.AT_MOST)
_UNFIT = re.compile(r"[^a-z0-9]+")
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LONGEST = 40


def text_of(value: Any, usual: str) -> Text | None:
    """Words in one or more languages, `usual` first; None for what is none of it."""
    if isinstance(value, str):
        return Text(((usual, value),))
    if not isinstance(value, Mapping):
        return None
    if not all(tag in LANGUAGES and isinstance(words, str) for tag, words in value.items()):
        return None
    tags = sorted(value, key=lambda tag: tag != usual)
    return Text(tuple((tag, value[tag]) for tag in tags))


def choices_of(value: Any, usual: str) -> tuple[Choice, ...] | None:
    """The choices of a prompt; None for what is none of it."""
    if not isinstance(value, list):
        return None
    found = tuple(_choice(one, usual) for one in value)
    return None if None in found else tuple(one for one in found if one is not None)


def _choice(value: Any, usual: str) -> Choice | None:
    if isinstance(value, str):
        return Choice(value, Text(((usual, value),)))
    if not isinstance(value, Mapping) or set(value) != {"key", "label"}:
        return None
    label = text_of(value["label"], usual)
    return Choice(value["key"], label) if label and isinstance(value["key"], str) else None


def conditions_of(value: Any) -> tuple[Condition, ...] | None:
    """The conditions of a prompt or an action; None for what is none of it."""
    values = [value] if isinstance(value, Mapping) else value
    if not isinstance(values, list):
        return None
    found = tuple(_condition(one) for one in values)
    return None if None in found else tuple(one for one in found if one is not None)


def _condition(value: Any) -> Condition | None:
    if not isinstance(value, Mapping) or len(value) != 2 or "prompt" not in value:
        return None
    (name,) = set(value) - {"prompt"}
    key, asked = value["prompt"], value[name]
    if not isinstance(key, str):
        return None
    if name == "answered" and isinstance(asked, bool):
        return Condition(key, Comparison.ANSWERED if asked else Comparison.MISSING)
    test = _TESTS.get(name)
    values = _bound(asked) if test in _BOUNDS else _words(asked)
    return Condition(key, test, values) if test is not None and values is not None else None


def _bound(asked: Any) -> tuple[str, ...] | None:
    """A number as it is written; also what somebody has begun to write instead of one."""
    fits = isinstance(asked, int | Decimal | str) and not isinstance(asked, bool)
    return (str(asked),) if fits else None


def _words(asked: Any) -> tuple[str, ...] | None:
    values = [asked] if isinstance(asked, str) else asked
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        return None
    return tuple(values)


# ---- keys


def with_keys(choices: Sequence[Choice], before: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices with keys: their words where those of `before` were so, else a key that stays.

    A choice comes with the key it had, or with none. While a word of `choices` is emptied all have
    keys, so that conditions go on naming them.
    """
    alone = all(_is_its_word(one) for one in before)
    if (alone or _is_emptied(before)) and all(map(_can_be_its_word, choices)):
        return tuple(Choice(one.label.words[0][1], one.label) for one in choices)
    kept = {one.key for one in before if not alone}
    taken = {one.key for one in choices if one.key in kept}
    found = []
    for one in choices:
        key = one.key if one.key in kept else _free(_key(one), taken)
        taken.add(key)
        found.append(Choice(key, one.label))
    return tuple(found)


def renamed(choices: Sequence[Choice], settled: Sequence[Choice]) -> dict[str, str]:
    """Which key a choice had, and which it has; not where nobody can tell which one is meant."""
    old, new = [one.key for one in choices], [one.key for one in settled]
    pairs = [pair for pair in zip(old, new, strict=True) if pair[0] and pair[0] != pair[1]]
    return {a: b for a, b in pairs if old.count(a) == 1 and new.count(b) == 1 and a not in new}


def _is_its_word(one: Choice) -> bool:
    return len(one.label.words) == 1 and one.label.words[0][1] == one.key


def _can_be_its_word(one: Choice) -> bool:
    """A new one may be empty: nothing names it yet."""
    return len(one.label.words) == 1 and bool(one.label.words[0][1] or not one.key)


def _is_emptied(choices: Sequence[Choice]) -> bool:
    """Whether they have keys only because a word was emptied, as far as can be seen."""
    full = [one for one in choices if any(words for _tag, words in one.label.words)]
    return len(full) < len(choices) and all(one.key == _key(one) for one in full)


def _key(one: Choice) -> str:
    words = next((words for _tag, words in one.label.words if words), one.key)
    return _UNFIT.sub("-", words.lower().translate(_PLAIN)).strip("-")[:_LONGEST].strip("-")


def _free(word: str, taken: set[str]) -> str:
    word = word or "antwort"
    if word not in taken:
        return word
    return next(name for n in range(2, 10_000) if (name := f"{word}-{n}") not in taken)
