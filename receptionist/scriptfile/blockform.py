"""A block of a script as fields that are filled in: read from its lines, and written into them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from receptionist.model.greeting import LANGUAGES
from receptionist.model.script import (
    NOTHING,
    ActionKind,
    CallField,
    Choice,
    Condition,
    PromptKind,
    Text,
)
from receptionist.model.script.action import MUST_NAME, TARGETS
from receptionist.scriptfile.answers import (
    choices_of,
    conditions_of,
    renamed,
    text_of,
    with_keys,
)
from receptionist.scriptfile.asking import FITTING
from receptionist.scriptfile.blocktext import WHEN, BlockText, read
from receptionist.scriptfile.outline import Block, BlockKind, block_at, outline, parts_of, reason_at
from receptionist.scriptfile.pieces import yes_or_no
from receptionist.scriptfile.write import choices_value, conditions_value
from receptionist.tomlfile.fields import WEEKDAYS
from receptionist.tomlfile.write import in_lines, inline, listed

Value = (
    Text | str | bool | date | tuple[int, ...] | tuple[Choice, ...] | tuple[Condition, ...] | None
)
"""What a field holds; None where the file says nothing of it."""

TEXTS = ("text", "title", "say", "instruct", "label", "hint")
TIMES = ("days", "hours", "first", "last", "holiday", "number", "line", "caller")
_MUST_BE = ("title", "label", "contact")
"""What is written also where it is empty, so that what is wrong with it has a place."""
_FIELDS: Mapping[BlockKind, tuple[str, ...]] = {
    BlockKind.HEAD: ("language",),
    BlockKind.GREETING: ("text", *TIMES),
    BlockKind.WARNING: ("text", *TIMES),
    BlockKind.REASON: ("title", "say", "instruct"),
    BlockKind.PROMPT: ("label", "hint", "kind", "choices", "required", "into", WHEN),
    BlockKind.ACTION: ("do", *dict.fromkeys(TARGETS.values()), "text", WHEN),
}
_UNSEEN = {
    BlockKind.HEAD: ("format",),
    BlockKind.REASON: ("key",),
    BlockKind.PROMPT: ("key",),
}
"""What stands in a block and is in no field."""
_TIMED = (BlockKind.GREETING, BlockKind.WARNING)
_MISSING = object()


def fields_of(text: str, block: Block) -> dict[str, Value] | None:
    """What stands in the fields of a block; None where it holds what no field can show."""
    found = read(text, block)
    if found is None:
        return None
    values = dict(found.values)
    for name in _UNSEEN.get(block.kind, ()):
        values.pop(name, None)
    if block.kind in _TIMED:
        when = values.pop(WHEN, {})
        if not isinstance(when, Mapping) or set(when) & {"text"}:
            return None
        values |= when
    shown = {name: _MISSING for name in _FIELDS[block.kind]}
    if set(values) - set(shown):
        return None
    usual = language_of(text)
    filled = {name: _read(name, values.get(name), usual) for name in shown}
    return None if _MISSING in filled.values() else filled


def language_of(text: str) -> str:
    """The usual language of a script, also while it is broken."""
    head = read(text, outline(text)[0])
    language = head.values.get("language") if head is not None else None
    return language if language in LANGUAGES else "de"


def fill_in(text: str, line: int, name: str, value: Value) -> str:
    """The text with a value in a field of the block in which `line` stands, and what follows
    from that. The block has fields."""
    block = block_at(outline(text), line)
    if name in TEXTS:
        assert isinstance(value, Text)
        return _fill_words(text, block, name, value)
    if name == "choices":
        return _fill_choices(text, block, value)
    after = _put(text, block, name, _written(name, value))
    if name == "kind" and block.kind is BlockKind.PROMPT:
        return _follow_kind(after, line)
    return _follow_action(after, line) if name == "do" else after


def field_at(text: str, line: int) -> str:
    """The field that a line belongs to; "" for none."""
    block = block_at(outline(text), line)
    found = read(text, block)
    path = found.path_at(line) if found is not None else ()
    if path[:1] == (WHEN,) and block.kind in _TIMED:
        path = path[1:]
    name = str(path[0]) if path else ""
    return name if name in _FIELDS[block.kind] else ""


# ---- reading


def _read(name: str, value: Any, usual: str) -> Any:
    """The value of a field; `_MISSING` for one that cannot be shown."""
    if name in TEXTS:
        text = text_of(value, usual) if value is not None else NOTHING
        return _MISSING if text is None else Text(tuple(pair for pair in text.words if pair[1]))
    if name == "days":
        return _weekdays(value)
    if name in ("choices", WHEN):
        if value is None:
            return ()
        found = conditions_of(value) if name == WHEN else choices_of(value, usual)
        return _MISSING if found is None else found
    return value if value is None or _fits(name, value) else _MISSING


def _fits(name: str, value: Any) -> bool:
    if name in ("required", "holiday"):
        return isinstance(value, bool)
    if name in ("first", "last"):
        return isinstance(value, date | str) and not isinstance(value, datetime)
    return isinstance(value, str)


def _weekdays(value: Any) -> Any:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(one in WEEKDAYS for one in value):
        return _MISSING
    return tuple(sorted({WEEKDAYS.index(one) for one in value}))


# ---- writing


def _written(name: str, value: Value) -> str | None:
    """A value as it stands in the file; None where it is not said."""
    if value in (None, "", ()) or (name == "required" and value is False):
        return '""' if value == "" and name in _MUST_BE else None
    if name == "days":
        return listed(WEEKDAYS[day] for day in value)  # type: ignore[union-attr,index]
    if name == WHEN:
        return conditions_value(value)  # type: ignore[arg-type]
    return inline(value)


def _put(text: str, block: Block, name: str, value: str | None, below: str = "") -> str:
    found = read(text, block)
    assert found is not None
    path = (WHEN, name) if block.kind in _TIMED and name in TIMES else (name,)
    return _with(text, block, found.put((*path, below) if below else path, value))


def _with(text: str, block: Block, rows: tuple[str, ...]) -> str:
    before = text.split("\n")
    return "\n".join((*before[: block.first - 1], *rows, *before[block.last :]))


def _fill_words(text: str, block: Block, name: str, wanted: Text) -> str:
    """Words in the languages in which they differ."""
    usual = language_of(text)
    for tongue in LANGUAGES:
        found = read(text, block_at(outline(text), block.first))
        assert found is not None
        there = text_of(found.values.get(name, {}), usual) or NOTHING
        words = dict(wanted.words).get(tongue, "")
        if dict(there.words).get(tongue, "") != words:
            text = _with(text, found.block, _say(found, name, tongue, words, usual))
    return text


def _say(found: BlockText, name: str, tongue: str, words: str, usual: str) -> tuple[str, ...]:
    value = found.values.get(name)
    if not isinstance(value, Mapping):
        if tongue == usual:
            return found.put((name,), in_lines(words))
        if value is not None:
            return found.part(name, usual, tongue, in_lines(words))
        return found.put((name, tongue), in_lines(words))
    others = any(said for tag, said in value.items() if tag != tongue)
    if words or (others and tongue == usual):
        written = inline(words) if found.is_inline(name) else in_lines(words)
        return found.put((name, tongue), written)
    if others:
        return found.put((name, tongue), None)
    return found.put((name,), '""') if name in _MUST_BE else found.put((name,), None)


def _fill_choices(text: str, block: Block, value: Value) -> str:
    """The choices; conditions further down that name one go on naming it."""
    found = read(text, block)
    assert found is not None
    assert isinstance(value, tuple)
    choices = tuple(one for one in value if isinstance(one, Choice))
    before = choices_of(found.values.get("choices", []), language_of(text)) or ()
    settled = with_keys(choices, before)
    after = _put(text, block, "choices", choices_value(settled) if settled else None)
    names = renamed(choices, settled)
    return _rename(after, block, str(found.values.get("key", "")), names) if names else after


def _rename(text: str, asked: Block, key: str, names: Mapping[str, str]) -> str:
    """Conditions of the same call reason with other keys of choices, the last block first."""
    blocks = outline(text)
    reason = reason_at(blocks, asked.first)
    parts = parts_of(blocks, reason) if reason is not None else ()
    for one in reversed(parts):
        fields = fields_of(text, one) if one.first > asked.first else None
        conditions = fields[WHEN] if fields is not None else ()
        assert isinstance(conditions, tuple)
        changed = tuple(_renamed(each, key, names) for each in conditions)  # type: ignore[arg-type]
        if changed != conditions:
            text = _put(text, one, WHEN, conditions_value(changed))
    return text


def _renamed(one: Condition, key: str, names: Mapping[str, str]) -> Condition:
    if one.prompt != key:
        return one
    return Condition(one.prompt, one.test, tuple(names.get(each, each) for each in one.values))


def _follow_kind(text: str, line: int) -> str:
    """Only a choice has choices, and only what fits goes into a field of the call."""
    block = block_at(outline(text), line)
    fields = fields_of(text, block) or {}
    kind, into = fields.get("kind") or PromptKind.TEXT, fields.get("into")
    if kind != PromptKind.CHOICE:
        text = _put(text, block, "choices", None)
    elif not fields.get("choices"):
        text = _put(text, block, "choices", yes_or_no(language_of(text)))
    if into in tuple(FITTING) and kind not in FITTING[CallField(str(into))]:
        text = _put(text, block_at(outline(text), line), "into", None)
    return text


def _follow_action(text: str, line: int) -> str:
    """What is done names only what it is done with."""
    block = block_at(outline(text), line)
    do = (fields_of(text, block) or {}).get("do")
    wanted = TARGETS.get(ActionKind(str(do))) if do in tuple(ActionKind) else None
    for name in dict.fromkeys(TARGETS.values()):
        if name != wanted:
            text = _put(text, block_at(outline(text), line), name, None)
    block = block_at(outline(text), line)
    found = read(text, block)
    lacks = found is not None and wanted is not None and wanted not in found.values
    if lacks and do in MUST_NAME:
        text = _put(text, block, str(wanted), '""')
    return text
