"""What the words agreed with owners mean, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from receptionist.i18n import N_, _
from receptionist.model.client import OwnerRule, OwnerWord

_MEANINGS = {
    OwnerRule.BOOKABLE: N_("Appointments may lie inside"),
    OwnerRule.AWAY: N_("Away: book nothing, connect nobody"),
    OwnerRule.DO_NOT_DISTURB: N_("Connect nobody"),
    OwnerRule.URGENT_ONLY: N_("Connect only what is urgent"),
    OwnerRule.REACHABLE: N_("Connect although he is busy"),
}
_BETWEEN = re.compile(r"[,;\n]")


def meaning(rule: OwnerRule) -> str:
    """What an event with a word of this rule means for the desk."""
    return _(_MEANINGS[rule])


def of_rule(words: Iterable[OwnerWord], rule: OwnerRule) -> str:
    """The words of a rule as they stand in a line."""
    return ", ".join(one.word for one in words if one.rule is rule)


def read(text: str, rule: OwnerRule) -> tuple[OwnerWord, ...]:
    """The words of a line, each once."""
    found = dict.fromkeys(" ".join(word.split()) for word in _BETWEEN.split(text))
    return tuple(OwnerWord(word=word, rule=rule) for word in found if word)
