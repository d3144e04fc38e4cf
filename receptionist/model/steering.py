"""How an owner steers us by his own calendar: what agreed words in an event mean. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from receptionist.model.busy import Busy
from receptionist.model.client import Client, OwnerRule, OwnerWord

USUAL_WORDS = tuple(
    OwnerWord(word=word, rule=rule)
    for rule, words in (
        (OwnerRule.BOOKABLE, ("Sprechstunde", "buchbar", "bookable", "office hours")),
        (OwnerRule.AWAY, ("Urlaub", "abwesend", "vacation", "away")),
        (OwnerRule.DO_NOT_DISTURB, ("nicht stören", "do not disturb")),
        (OwnerRule.URGENT_ONLY, ("nur dringend", "urgent only")),
        (OwnerRule.REACHABLE, ("erreichbar", "reachable")),
    )
    for word in words
)
"""What counts where nothing else was agreed."""

_NONE: frozenset[OwnerRule] = frozenset()
_OPENING = {OwnerRule.BOOKABLE, OwnerRule.REACHABLE}
_OPPOSITE = {OwnerRule.REACHABLE: OwnerRule.DO_NOT_DISTURB}
"""What a word means behind a "not"; every other one means nothing then."""
_NOT = ("nicht", "kein", "keine", "keinen", "not", "no")
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_MOST_TEXTS = 4096


class Steering:
    """The words agreed with one owner. Immutable but for what it remembers; any thread."""

    def __init__(self, words: Iterable[OwnerWord]) -> None:
        self._rules = {folded(one.word): one.rule for one in words if folded(one.word)}
        longest_first = sorted(self._rules, key=len, reverse=True)
        self._pattern = re.compile(
            rf"(?<!\w)(?:({'|'.join(_NOT)}) )?({'|'.join(map(re.escape, longest_first))})(?!\w)"
        )
        self._known: dict[tuple[str, str], frozenset[OwnerRule]] = {}

    def rules(self, event: Busy) -> frozenset[OwnerRule]:
        """What an event of the owner says beside being busy: of its title and its categories.

        One that cannot be read opens nothing: who is perhaps busy is busy.
        """
        if event.ours:
            return _NONE
        texts = event.summary, event.categories
        found = self._known.get(texts)
        if found is None:
            if len(self._known) >= _MOST_TEXTS:
                self._known.clear()
            found = self._known[texts] = self._read(*texts)
        return found if event.readable else found - _OPENING

    def blocks(self, event: Busy, all_day_blocks: bool) -> bool:
        """Whether nothing may be booked over an event.

        Who is away is so although the event says that he is free, or lasts all day. What is a frame
        for appointments is in nobody's way.
        """
        rules = self.rules(event)
        if rules:
            if OwnerRule.AWAY in rules:
                return True
            if OwnerRule.BOOKABLE in rules:
                return False
        return event.blocks and (all_day_blocks or not event.all_day)

    def _read(self, *texts: str) -> frozenset[OwnerRule]:
        if not self._rules:
            return _NONE
        found = set()
        for text in texts:
            for negation, word in self._pattern.findall(folded(text)):
                rule = self._rules.get(f"{negation} {word}") if negation else self._rules[word]
                found.add(rule or _OPPOSITE.get(self._rules[word]))
        return frozenset(rule for rule in found if rule is not None) or _NONE


def steering(client: Client) -> Steering:
    """That of a client's owner: the words agreed with him, else the usual ones."""
    return _steering(client.words or USUAL_WORDS)


def folded(text: str) -> str:
    """`text` as words are compared: `Nicht  STÖREN` is `nicht stoeren`, however it is composed."""
    composed = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", composed)
        if not unicodedata.combining(letter)
    )
    return " ".join(plain.split())


@lru_cache(maxsize=256)
def _steering(words: tuple[OwnerWord, ...]) -> Steering:
    return Steering(words)
