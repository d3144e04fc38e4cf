"""Parts of a script in words, in the receptionist's language: conditions, actions, schedules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from receptionist.i18n import _, language
from receptionist.model.number import shown
from receptionist.model.phrase import words as phrase_words
from receptionist.model.schedule import Schedule
from receptionist.model.script.action import Action, ActionKind
from receptionist.model.script.prompt import Comparison, Condition, PromptKind
from receptionist.model.script.script import CallReason
from receptionist.model.when import When

Names = Mapping[str, str]
"""What appointment kinds and contacts are called, by their keys."""


def kind_words(kind: PromptKind) -> str:
    """What kind of answer a prompt takes."""
    return {
        PromptKind.TEXT: _("text"),
        PromptKind.CHOICE: _("choice"),
        PromptKind.NUMBER: _("number"),
        PromptKind.DATE: _("date"),
        PromptKind.ADDRESS: _("address"),
        PromptKind.PHONE: _("telephone number"),
        PromptKind.EMAIL: _("e-mail address"),
    }[kind]


def action_words(action: Action, names: Names) -> str:
    """What is done, such as `book “Inspection”`."""
    target = names.get(action.target, action.target)
    return {
        ActionKind.BOOK: _("book “{target}”") if target else _("book an appointment"),
        ActionKind.NOTE: _("write a note for the owner"),
        ActionKind.CONNECT: _("connect with {target}"),
        ActionKind.ON_CALL: _("connect with whoever is on call"),
        ActionKind.URGENT: _("call the urgent chain until somebody answers"),
    }[action.do].format(target=target)


def conditions_words(conditions: Iterable[Condition], reason: CallReason, tongue: str) -> str:
    """When something is asked or done: `if “What happened?” is “Water”`; "" for always."""
    parts = [_condition(one, reason, tongue) for one in conditions]
    return _("if {conditions}").format(conditions=_(" and ").join(parts)) if parts else ""


def _condition(one: Condition, reason: CallReason, tongue: str) -> str:
    prompt = reason.prompt(one.prompt)
    label = prompt.label.to(tongue) if prompt else one.prompt
    choices = {each.key: each.label.to(tongue) for each in prompt.choices} if prompt else {}
    quoted = (_("“{name}”").format(name=choices.get(value, value)) for value in one.values)
    values = _(" or ").join(quoted)
    return {
        Comparison.IS: _("“{prompt}” is {values}"),
        Comparison.IS_NOT: _("“{prompt}” is not {values}"),
        Comparison.ANSWERED: _("“{prompt}” is answered"),
        Comparison.MISSING: _("“{prompt}” is not answered"),
        Comparison.AT_LEAST: _("“{prompt}” is at least {values}"),
        Comparison.AT_MOST: _("“{prompt}” is at most {values}"),
    }[one.test].format(prompt=label, values=values)


def schedule_words(when: Schedule) -> str:
    """When something is said: `Mon–Fri, 18:00–07:00`; "" for always."""
    days = phrase_words(When(weekdays=frozenset(when.weekdays)), language()).split()
    dates = phrase_words(When(first=when.first, last=when.last), language())
    parts = [*days, dates]
    if when.start is not None and when.end is not None:
        parts.append(f"{when.start:%H:%M}–{when.end:%H:%M}")
    if when.holiday is not None:
        parts.append(_("on public holidays") if when.holiday else _("not on public holidays"))
    if when.dialled:
        parts.append(_("when {number} is called").format(number=shown(when.dialled)))
    if when.line:
        parts.append(_("over the line {line}").format(line=when.line))
    if when.language:
        names = {"de": _("to callers who speak German"), "en": _("to callers who speak English")}
        parts.append(names.get(when.language, when.language))
    return ", ".join(part for part in parts if part)
