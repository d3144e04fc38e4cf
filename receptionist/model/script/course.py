"""A call's way through a call reason: what is asked, what is lacking, what it leads to. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from receptionist.model.script.action import USUAL, Action
from receptionist.model.script.answer import Answer, Reading, understood
from receptionist.model.script.prompt import Comparison, Condition, Prompt
from receptionist.model.script.script import CallReason, Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Where a call is in a script.

    Answers stay when another call reason is chosen, or a condition no longer holds: they are not
    asked for then, and count for nothing, but come back.
    """

    script: Script
    reason: CallReason | None = None
    answers: tuple[Answer, ...] = ()

    def answer(self, key: str) -> Answer | None:
        """What was typed for the prompt with this key."""
        return next((one for one in self.answers if one.prompt == key), None)

    @property
    def asked(self) -> tuple[Prompt, ...]:
        """The prompts whose conditions hold, in their order."""
        return tuple(prompt for prompt, _answer in self._walk())

    @property
    def given(self) -> tuple[Answer, ...]:
        """The answers to what is asked, in its order, as far as something was typed."""
        return tuple(one for _prompt, one in self._walk() if one is not None and one.typed)

    @property
    def lacking(self) -> tuple[Prompt, ...]:
        """What is required and not answered, or not understood."""
        return tuple(
            prompt
            for prompt, answer in self._walk()
            if prompt.required and (answer is None or not answer.value)
        )

    @property
    def action(self) -> Action:
        """The first action whose conditions hold; a note for the owner where none does."""
        values = self._values()
        actions = self.reason.actions if self.reason else ()
        return next((one for one in actions if _all_hold(one.when, values)), USUAL)

    def choose(self, key: str) -> Course:
        """On the way through another call reason; none for a key that nobody knows."""
        return replace(self, reason=self.script.reason(key))

    def reread(self, reading: Reading) -> Course:
        """With what was typed as this call reason reads it: another one, or the script of another
        client, may ask something else under the same key."""
        course = self
        for prompt in self.reason.prompts if self.reason else ():
            if (answer := self.answer(prompt.key)) is not None:
                course = course.type(prompt.key, answer.typed, reading)
        return course

    def type(self, key: str, typed: str, reading: Reading) -> Course:
        """With what was typed for a prompt; what is another value now was not read back yet."""
        prompt = self.reason.prompt(key) if self.reason else None
        if prompt is None:
            return self
        found, before = understood(prompt, typed, reading), self.answer(key)
        made = Answer(
            prompt=key,
            label=prompt.label.to(reading.language),
            typed=typed,
            value=found.value,
            shown=found.shown,
            verified=before is not None and before.verified and before.value == found.value,
        )
        return self._with(made)

    def verify(self, key: str, verified: bool = True) -> Course:
        """With the tick that an answer was read back; nothing can be read back of no answer."""
        answer = self.answer(key)
        if answer is None or not answer.value:
            return self
        return self._with(replace(answer, verified=verified))

    def _with(self, made: Answer) -> Course:
        others = tuple(made if one.prompt == made.prompt else one for one in self.answers)
        known = made in others
        return replace(self, answers=others if known else (*others, made))

    def _walk(self) -> tuple[tuple[Prompt, Answer | None], ...]:
        """What is asked, with its answer: only answers to what is asked count for what follows."""
        values: dict[str, str] = {}
        found = []
        for prompt in self.reason.prompts if self.reason else ():
            if not _all_hold(prompt.when, values):
                continue
            answer = self.answer(prompt.key)
            found.append((prompt, answer))
            if answer is not None and answer.value:
                values[prompt.key] = answer.value
        return tuple(found)

    def _values(self) -> Mapping[str, str]:
        return {
            prompt.key: answer.value
            for prompt, answer in self._walk()
            if answer is not None and answer.value
        }


def _all_hold(conditions: tuple[Condition, ...], values: Mapping[str, str]) -> bool:
    return all(holds(one, values.get(one.prompt, "")) for one in conditions)


def holds(condition: Condition, value: str) -> bool:
    """Whether an answer is as a condition wants it; "" is none."""
    if condition.test is Comparison.MISSING or not value:
        return condition.test is Comparison.MISSING and not value
    match condition.test:
        case Comparison.IS:
            return value in condition.values
        case Comparison.IS_NOT:
            return value not in condition.values
        case Comparison.AT_LEAST:
            return _digits(value) and Decimal(value) >= Decimal(condition.values[0])
        case Comparison.AT_MOST:
            return _digits(value) and Decimal(value) <= Decimal(condition.values[0])
    return True


def _digits(value: str) -> bool:
    """What was answered while the prompt was of another kind is no number."""
    return re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", value) is not None
