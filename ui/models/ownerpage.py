"""The page that explains to an owner how his calendar steers the desk, with the words he agreed on.

In its text `{away}` stands for the words of a rule; a line that begins with `[travel]` is there for
those whom it concerns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from receptionist.i18n import LANGUAGES, language
from receptionist.model.client import Cancellation, Client, OwnerRule, OwnerWord
from receptionist.model.steering import USUAL_WORDS
from receptionist.paths import resources

FILE = "8-owner.md"
_CONDITION = re.compile(r"^\[(\w+)\] ")
_USUAL = {"deleted": True, "travel": True, "tasks": True, "confirmation": True}
"""What concerns most owners: what the help shows."""


def words_of(rule: OwnerRule) -> str:
    """The placeholder of a rule in the text."""
    return rule.value.replace("-", "_")


PLACEHOLDERS = tuple(words_of(rule) for rule in OwnerRule)


def for_everyone(text: str) -> str:
    """The text with the usual words, as the help shows it."""
    return _filled(text, USUAL_WORDS, _USUAL)


def for_owner(client: Client, *, tasks: bool) -> str:
    """The page for a client's owner, in the language in which he is greeted, as Markdown."""
    spoken = client.greeting.language
    tag = spoken if spoken in LANGUAGES else language()
    text = resources("help", tag).joinpath(FILE).read_text("utf-8")
    marked = client.cancellation is Cancellation.MARK
    concerns = {
        "bookable_only": client.bookable_only,
        "deleted": not marked,
        "marked": marked,
        "travel": any(kind.at_caller for kind in client.kinds),
        "tasks": tasks,
        "confirmation": client.tells_callers,
    }
    return _filled(text, client.words or USUAL_WORDS, concerns)


def _filled(text: str, words: tuple[OwnerWord, ...], concerns: Mapping[str, bool]) -> str:
    lines = []
    for line in text.splitlines():
        condition = _CONDITION.match(line)
        if condition and not concerns.get(condition[1], False):
            continue
        lines.append(line[condition.end() :] if condition else line)
    filled = "\n".join(_with_words(line, words) for line in lines if _has_words(line, words))
    return filled + "\n"


def _has_words(line: str, words: tuple[OwnerWord, ...]) -> bool:
    """Whether each rule that a line is about has a word: what has none is not agreed."""
    rules = (rule for rule in OwnerRule if f"{{{words_of(rule)}}}" in line)
    return all(any(one.rule is rule for one in words) for rule in rules)


def _with_words(line: str, words: tuple[OwnerWord, ...]) -> str:
    for rule in OwnerRule:
        said = ", ".join(_literal(one.word) for one in words if one.rule is rule)
        line = line.replace(f"{{{words_of(rule)}}}", said)
    return line


def _literal(word: str) -> str:
    """A word in which nothing means anything to Markdown."""
    return re.sub(r"([\\`*_{}\[\]<>()#+.!|~&-])", r"\\\1", word)
