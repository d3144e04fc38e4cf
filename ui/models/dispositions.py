"""What may be said of an item of the work list: what came of it, or that somebody was tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from receptionist.i18n import _, ngettext
from receptionist.model.worklist import (
    KEEPS,
    PUTS_OFF,
    AttemptOutcome,
    Disposition,
    WorkItem,
    WorkKind,
    dispositions,
)
from receptionist.model.workwords import outcome_words
from ui.models.followup import due_words
from ui.models.workwords import disposition_word, disposition_words, who_words

FIRST_TRY = 6
"""The same digits for every kind, however many dispositions it has."""
_BY_HAND = (AttemptOutcome.NO_ANSWER, AttemptOutcome.MAILBOX, AttemptOutcome.ANSWERED)
LAST_DIGIT = FIRST_TRY + len(_BY_HAND) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a digit says, in a word and in a sentence."""

    digit: int
    said: Disposition | AttemptOutcome
    word: str
    means: str

    @property
    def tries(self) -> bool:
        """Whether somebody was only tried: the item stays."""
        return isinstance(self.said, AttemptOutcome)

    @property
    def takes_time(self) -> bool:
        """Whether it may be said when it is due again."""
        return self.tries or self.said in PUTS_OFF

    @property
    def needs_time(self) -> bool:
        """Whether it must be."""
        return self.said in KEEPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said of an item, and of those beside it that the same call settles."""

    items: tuple[WorkItem, ...]
    choice: Choice
    text: str
    due: datetime | None


def choices(kind: WorkKind) -> tuple[Choice, ...]:
    """What may be said of an item of this kind: how it leaves or waits, then how it was tried."""
    leave = (
        Choice(digit=digit, said=one, word=disposition_word(one), means=disposition_words(one))
        for digit, one in enumerate(dispositions(kind), 1)
    )
    tried = (
        Choice(digit=digit, said=one, word=_try_word(one), means=_try_words(one))
        for digit, one in enumerate(_BY_HAND, FIRST_TRY)
    )
    return (*leave, *tried)


def asked_words(items: tuple[WorkItem, ...]) -> str:
    """The question; it counts the calls of one caller that are settled at once."""
    who = who_words(items[0])
    if len(items) == 1:
        return _("What came of it? {who}").format(who=who)
    words = ngettext(
        "What came of it? {who}, {count} call",
        "What came of it? {who}, {count} calls",
        len(items),
    )
    return words.format(who=who, count=len(items))


def done_words(said: Said, zone: str, now: datetime, key: str) -> str:
    """What has become of it; `key` leads to what has left the list."""
    who = who_words(said.items[0])
    if said.due is not None:
        when = due_words(said.due, zone, now)
        return _("{who}: {word}, due again {time}.").format(
            who=who, word=_short(said.choice), time=when
        )
    if said.choice.tries:
        return _("{who}: {word}, stays on the list.").format(who=who, word=_short(said.choice))
    return _("{who}: {word}, off the list. {key} leads back to it.").format(
        who=who, word=_short(said.choice), key=key
    )


def _short(choice: Choice) -> str:
    if isinstance(choice.said, AttemptOutcome):
        return outcome_words(choice.said)
    return choice.word


def _try_word(outcome: AttemptOutcome) -> str:
    return {
        # TRANSLATORS: on small buttons: somebody was tried, and this came of it
        AttemptOutcome.NO_ANSWER: _("Nobody there"),
        AttemptOutcome.MAILBOX: _("Message"),
        AttemptOutcome.ANSWERED: _("Spoken to"),
    }[outcome]


def _try_words(outcome: AttemptOutcome) -> str:
    return {
        AttemptOutcome.NO_ANSWER: _("Tried, and nobody was there. Stays on the list."),
        AttemptOutcome.MAILBOX: _("Tried, and a message was left. Stays on the list."),
        AttemptOutcome.ANSWERED: _("Spoken to. Stays on the list until it is settled."),
    }[outcome]
