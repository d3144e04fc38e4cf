"""Prompts, their conditions, and actions of a call reason in a script file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from receptionist.i18n import _
from receptionist.model.checks import brief, did_you_mean
from receptionist.model.script import (
    Action,
    ActionKind,
    CallField,
    Choice,
    Comparison,
    Condition,
    Prompt,
    PromptKind,
    Text,
)
from receptionist.model.script.action import MUST_NAME, TARGETS
from receptionist.scriptfile.surroundings import Surroundings
from receptionist.scriptfile.texts import said, titled
from receptionist.tomlfile.fields import unique
from receptionist.tomlfile.table import Table

MOST_CHOICES = 40
MOST = 1_000_000_000
"""The most that an answer is compared with."""
FITTING = {
    CallField.NAME: (PromptKind.TEXT,),
    CallField.PHONE: (PromptKind.PHONE,),
    CallField.EMAIL: (PromptKind.EMAIL,),
    CallField.ADDRESS: (PromptKind.ADDRESS, PromptKind.TEXT),
    CallField.NOTE: (PromptKind.TEXT,),
}
"""Which kinds of prompts can go into a field of the call."""


class Asking:
    """Reads the prompts of one call reason and then its actions, which refer to them."""

    def __init__(self, language: str, known: Surroundings) -> None:
        self._language = language
        self._known = known
        self._above: dict[str, Prompt] = {}
        self._filled: set[CallField] = set()

    def prompts(self, tables: Iterable[Table]) -> tuple[Prompt, ...]:
        """The tables `[[reason.prompt]]`."""
        return unique(tables, self._prompt)

    def actions(self, tables: Iterable[Table]) -> tuple[Action, ...]:
        """The tables `[[reason.action]]`; what comes after one without conditions is a fault."""
        found: list[Action] = []
        for table in tables:
            if found and not found[-1].when:
                message = _(
                    "This is never done, because the action above has no condition."
                    " Put this one before it, or say when that one is done."
                )
                table.fault("do", message)
            found.append(self._action(table))
        return tuple(found)

    # ---- prompts

    def _prompt(self, table: Table) -> Prompt:
        key = table.key()
        kind = PromptKind(table.choice("kind", tuple(PromptKind), PromptKind.TEXT))
        prompt = Prompt(
            key=key,
            label=titled(table, "label", self._language),
            kind=kind,
            required=table.flag("required", False),
            hint=said(table, "hint", self._language),
            choices=self._choices(table, kind),
            into=self._into(table, kind),
            when=self._conditions(table),
        )
        table.close()
        self._above.setdefault(key, prompt)
        return prompt

    def _into(self, table: Table, kind: PromptKind) -> CallField:
        if table.raw("into") is None:
            return CallField.NONE
        field = CallField(table.choice("into", tuple(FITTING), CallField.NOTE))
        if kind not in FITTING[field]:
            message = _("Only an answer of this kind fits there: {kinds}.")
            table.fault("into", message.format(kinds=", ".join(FITTING[field])))
        elif field in self._filled:
            table.fault("into", _("Another prompt of this call reason goes there already."))
        self._filled.add(field)
        return field

    def _choices(self, table: Table, kind: PromptKind) -> tuple[Choice, ...]:
        values = table.raw("choices")
        if kind is not PromptKind.CHOICE:
            if values is not None:
                table.fault("choices", _("Only a prompt of the kind “choice” has choices."))
            return ()
        if isinstance(values, list) and values and all(isinstance(one, dict) for one in values):
            found = unique(table.tables("choices"), self._choice)
        else:
            words = [one.strip() for _index, one in table.texts("choices")]
            found = tuple(Choice(one, Text(((self._language, one),))) for one in words)
            if len(set(words)) < len(words) or not all(words):
                table.fault("choices", _("Each choice stands here once, and none is empty."))
        if not 2 <= len(found) <= MOST_CHOICES:
            message = _("Write from 2 to {most} choices.").format(most=MOST_CHOICES)
            table.fault("choices", message)
        return found

    def _choice(self, table: Table) -> Choice:
        choice = Choice(table.key(), titled(table, "label", self._language))
        table.close()
        return choice

    # ---- actions

    def _action(self, table: Table) -> Action:
        do = ActionKind(table.choice("do", tuple(ActionKind), ActionKind.NOTE, required=True))
        if do is ActionKind.BOOK and self._known.refused:
            table.fault("do", self._known.refused)
        action = Action(
            do=do,
            target=self._target(table, do),
            text=said(table, "text", self._language),
            when=self._conditions(table),
        )
        table.close()
        return action

    def _target(self, table: Table, do: ActionKind) -> str:
        name = TARGETS.get(do)
        if name is None:
            return ""
        key = table.text(name, required=do in MUST_NAME)
        known, message = {
            "kind": (self._known.kinds, _("There is no appointment kind “{key}”.")),
            "contact": (self._known.contacts, _("There is no contact “{key}”.")),
            "rota": (self._known.rotas, _("There is no on-call rota “{key}”.")),
        }[name]
        if key and known is not None and key not in known:
            there = _("There are: {known}.").format(known=", ".join(sorted(known)) or "–")
            shown = message.format(key=brief(key))
            table.fault(name, f"{shown} {there}{did_you_mean(key, known)}")
        return key

    # ---- conditions

    def _conditions(self, table: Table) -> tuple[Condition, ...]:
        """The table `when`, or a list of tables, all of which must hold."""
        if table.raw("when") is None:
            return ()
        single = isinstance(table.raw("when"), Mapping)
        tables = [table.table("when")] if single else table.tables("when")
        return tuple(one for each in tables for one in self._condition(each))

    def _condition(self, table: Table) -> Iterable[Condition]:
        key = table.text("prompt", required=True)
        prompt = self._above.get(key)
        asked = [one for one in _WRITTEN if table.raw(one) is not None]
        table.close()
        if key and prompt is None:
            message = _("No prompt above this one has the key “{key}”.").format(key=brief(key))
            table.fault("prompt", message + did_you_mean(key, self._above))
        elif len(asked) != 1:
            message = _("Write exactly one of these beside the prompt: {words}.")
            table.fault("prompt", message.format(words=", ".join(_WRITTEN)))
        elif prompt is not None:
            return [self._comparison(table, asked[0], prompt)]
        return []

    def _comparison(self, table: Table, word: str, prompt: Prompt) -> Condition:
        if word == "answered":
            there = table.flag(word, True)
            return Condition(prompt.key, Comparison.ANSWERED if there else Comparison.MISSING)
        if word in ("at_least", "at_most"):
            if prompt.kind is not PromptKind.NUMBER:
                table.fault(
                    word, _("Only the answer to a prompt of the kind “number” is compared.")
                )
            return Condition(prompt.key, _WRITTEN[word], (self._number(table, word),))
        return Condition(prompt.key, _WRITTEN[word], self._values(table, word, prompt))

    def _number(self, table: Table, word: str) -> str:
        number = table.decimal(word)
        if not number.is_finite() or number.copy_abs() > MOST:
            message = _("This must lie between {low} and {high}.")
            table.fault(word, message.format(low=-MOST, high=MOST))
            return "0"
        rounded = round(number, 6)
        return format(rounded.normalize(), "f") if rounded else "0"

    def _values(self, table: Table, word: str, prompt: Prompt) -> tuple[str, ...]:
        raw: Any = table.raw(word)
        values = [raw] if isinstance(raw, str) else [one for _index, one in table.texts(word)]
        known = [one.key for one in prompt.choices]
        if prompt.kind is not PromptKind.CHOICE:
            message = _("Only an answer to a prompt of the kind “choice” can be named here.")
            table.fault(word, message)
            return tuple(values)
        for value in values:
            if value not in known:
                message = _("“{value}” is not possible here. Choose one of: {choices}.")
                shown = message.format(value=brief(value), choices=", ".join(known))
                table.fault(word, shown + did_you_mean(value, known))
        if not values:
            table.fault(word, _("This may not be empty."))
        return tuple(values)


_WRITTEN = {
    "is": Comparison.IS,
    "is_not": Comparison.IS_NOT,
    "answered": Comparison.ANSWERED,
    "at_least": Comparison.AT_LEAST,
    "at_most": Comparison.AT_MOST,
}
"""How a file writes what is asked of an answer."""
