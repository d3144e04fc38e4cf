"""From a script to the text of a file that `parse` reads back unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from receptionist.model.plain import quoted
from receptionist.model.schedule import Schedule
from receptionist.model.script import (
    Action,
    CallReason,
    Choice,
    Comparison,
    Condition,
    Prompt,
    PromptKind,
    Script,
    Text,
)
from receptionist.model.script.action import TARGETS
from receptionist.scriptfile.parse import FORMAT
from receptionist.tomlfile.fields import WEEKDAYS
from receptionist.tomlfile.write import Block, in_lines, listed

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_WORDS = {
    Comparison.IS: "is",
    Comparison.IS_NOT: "is_not",
    Comparison.AT_LEAST: "at_least",
    Comparison.AT_MOST: "at_most",
}


def write(script: Script) -> str:
    """The file of `script`, in its order and without what is default."""
    blocks: list[Block] = [[f"format = {FORMAT}", f"language = {quoted(script.language)}"]]
    for greeting in script.greetings:
        blocks += _timed("greeting", greeting.text, greeting.when)
    for warning in script.warnings:
        blocks += _timed("warning", warning.text, warning.when)
    for reason in script.reasons:
        blocks += _reason(reason)
    return "\n".join("\n".join(block) + "\n" for block in blocks)


def _timed(name: str, text: Text, when: Schedule) -> Iterator[Block]:
    yield [f"[[{name}]]", *_text("text", text)]
    if not when.always:
        yield [f"[{name}.when]", *_schedule(when)]


def _schedule(when: Schedule) -> Iterator[str]:
    if when.weekdays:
        yield f"days = {listed(WEEKDAYS[day] for day in when.weekdays)}"
    if when.start is not None and when.end is not None:
        yield f'hours = "{when.start:%H:%M}-{when.end:%H:%M}"'
    if when.first is not None:
        yield f"first = {when.first}"
    if when.last is not None:
        yield f"last = {when.last}"
    if when.holiday is not None:
        yield f"holiday = {str(when.holiday).lower()}"
    for name, value in (("number", when.dialled), ("line", when.line), ("caller", when.language)):
        if value:
            yield f"{name} = {quoted(value)}"


def _reason(reason: CallReason) -> Iterator[Block]:
    yield [
        "[[reason]]",
        f"key = {quoted(reason.key)}",
        *_text("title", reason.title),
        *_text("say", reason.say),
        *_text("instruct", reason.instruct),
    ]
    for prompt in reason.prompts:
        yield list(_prompt(prompt))
    for action in reason.actions:
        yield list(_action(action))


def _prompt(prompt: Prompt) -> Iterator[str]:
    yield "[[reason.prompt]]"
    yield f"key = {quoted(prompt.key)}"
    yield from _text("label", prompt.label)
    if prompt.kind is not PromptKind.TEXT:
        yield f"kind = {quoted(prompt.kind)}"
    if prompt.required:
        yield "required = true"
    yield from _text("hint", prompt.hint)
    if prompt.choices:
        yield f"choices = {choices_value(prompt.choices)}"
    if prompt.into:
        yield f"into = {quoted(prompt.into)}"
    if prompt.when:
        yield f"when = {conditions_value(prompt.when)}"


def choices_value(choices: Sequence[Choice]) -> str:
    """Choices as they stand behind their name: words alone where they are their own keys."""
    if all(one.label.words == ((one.label.languages[0], one.key),) for one in choices):
        return listed(one.key for one in choices)
    rows = (f"  {{ key = {quoted(one.key)}, label = {_inline(one.label)} }}," for one in choices)
    return "\n".join(("[", *rows, "]"))


def _action(action: Action) -> Iterator[str]:
    yield "[[reason.action]]"
    yield f"do = {quoted(action.do)}"
    if action.target:
        yield f"{TARGETS[action.do]} = {quoted(action.target)}"
    yield from _text("text", action.text)
    if action.when:
        yield f"when = {conditions_value(action.when)}"


def conditions_value(conditions: Sequence[Condition]) -> str:
    """Conditions as they stand behind their name: one, or a list."""
    rows = [f"{{ prompt = {quoted(one.prompt)}, {_comparison(one)} }}" for one in conditions]
    return rows[0] if len(rows) == 1 else "\n".join(("[", *(f"  {row}," for row in rows), "]"))


def _comparison(one: Condition) -> str:
    if one.test in (Comparison.ANSWERED, Comparison.MISSING):
        return f"answered = {str(one.test is Comparison.ANSWERED).lower()}"
    if one.test in (Comparison.AT_LEAST, Comparison.AT_MOST):
        number = one.values[0]
        return f"{_WORDS[one.test]} = {number if _NUMBER.fullmatch(number) else quoted(number)}"
    one_word = len(one.values) == 1
    return f"{_WORDS[one.test]} = {quoted(one.values[0]) if one_word else listed(one.values)}"


def _text(key: str, text: Text) -> Iterator[str]:
    """Words in one language stand alone, others in a table of their own."""
    if len(text.words) == 1:
        yield f"{key} = {in_lines(text.words[0][1])}"
    elif text:
        yield from (f"{key}.{language} = {in_lines(words)}" for language, words in text.words)


def _inline(text: Text) -> str:
    if len(text.words) == 1:
        return quoted(text.words[0][1])
    pairs = (f"{language} = {quoted(words)}" for language, words in text.words)
    return f"{{ {', '.join(pairs)} }}"
