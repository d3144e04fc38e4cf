"""What is put into a script by its name, so that nobody writes structure by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from receptionist.errors import BadInput
from receptionist.i18n import _, language, speaking
from receptionist.model.plain import quoted
from receptionist.model.script import ActionKind
from receptionist.scriptfile.outline import (
    Block,
    BlockKind,
    assigned,
    block_at,
    outline,
    parts_of,
    reason_at,
)
from receptionist.tomlfile.write import listed


class Piece(StrEnum):
    """A whole block: what is said, minded, why somebody calls, what is asked, what is done."""

    GREETING = "greeting"
    WARNING = "warning"
    REASON = "reason"
    PROMPT = "prompt"
    CHOICE = "choice"
    BOOK = "book"
    NOTE = "note"
    CONNECT = "connect"
    ON_CALL = "on-call"
    URGENT = "urgent"


ACTIONS = (Piece.BOOK, Piece.NOTE, Piece.CONNECT, Piece.ON_CALL, Piece.URGENT)

DETAILS = {
    BlockKind.GREETING: ("days", "hours", "first", "last", "holiday", "caller"),
    BlockKind.WARNING: ("last", "first", "days", "hours", "holiday", "caller"),
    BlockKind.REASON: ("say", "instruct"),
    BlockKind.PROMPT: ("required", "hint", "kind", "choices", "into", "when"),
    BlockKind.ACTION: ("text", "when", "kind"),
}
"""What may be said more of a block, by the name the file has for it."""
_KEYS = {"reason": "anliegen", "question": "frage", "number": "rueckruf"}
"""What keys begin with in a German script."""
_FORTNIGHT = timedelta(days=14)
_TIMED = (BlockKind.GREETING, BlockKind.WARNING)


@dataclass(frozen=True, slots=True)
class Insertion:
    """`rows` come in below the line `after`; what is typed next replaces `chosen` in the line `at`.

    Without rows it is only gone there.
    """

    after: int
    rows: tuple[str, ...]
    at: int
    chosen: str = ""


def insertion(text: str, line: int, piece: Piece, contacts: Sequence[str] = ()) -> Insertion:
    """Where a piece belongs that is wished for while the keyboard is in `line`, and its rows.

    Raises `BadInput` for what belongs into a call reason where there is none.
    """
    blocks = outline(text)
    with speaking(_language(text, blocks)):
        if piece in (Piece.GREETING, Piece.WARNING):
            kind = BlockKind(piece)
            return _set_apart(text, _last_of(blocks, kind, line), _timed(kind, text, blocks))
        if piece is Piece.REASON:
            return _set_apart(text, _end_of_reason(blocks, line), _reason(blocks))
    reason = reason_at(blocks, line)
    if reason is None:
        raise BadInput(_("This belongs into a call reason. First insert one."))
    with speaking(_language(text, blocks)):
        if piece in (Piece.PROMPT, Piece.CHOICE):
            return _prompt(text, blocks, reason, line, piece)
        return _action(text, blocks, reason, piece, contacts)


def detail(text: str, line: int, name: str, today: date) -> Insertion:
    """One thing more of the block in which `line` stands; where it is there, it is gone to."""
    blocks = outline(text)
    block = block_at(blocks, line)
    known = assigned(text, block)
    if name in known:
        return Insertion(known[name], (), known[name])
    value = _value(text, blocks, block, name, today)
    rows = [f"{name} = {value}"]
    if block.kind in _TIMED and not _has_when(text, block):
        rows.insert(0, f"[{block.kind}.when]")
    return Insertion(block.last, tuple(rows), block.last + len(rows), value.strip('"'))


def details(text: str, line: int) -> tuple[str, ...]:
    """What more may be said of the block in which `line` stands."""
    return DETAILS.get(block_at(outline(text), line).kind, ())


def yes_or_no(tongue: str) -> str:
    """The choices of a new question, as they stand in the file."""
    with speaking(tongue):
        return listed((_("Yes"), _("No")))


# ---- whole blocks


def _timed(kind: BlockKind, text: str, blocks: tuple[Block, ...]) -> tuple[str, ...]:
    words = _("{client}, {time_of_day}, my name is {receptionist}. What can I do for you?")
    if kind is BlockKind.WARNING:
        words = _("What must never be forgotten")
    rows = [f"[[{kind}]]", f"text = {quoted(words)}"]
    others = [one for one in blocks if one.kind is kind]
    if kind is BlockKind.GREETING and any(not _has_when(text, one) for one in others):
        rows += ["[greeting.when]", 'hours = "18:00-07:00"']
    return tuple(rows)


def _reason(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    taken = {one.key for one in blocks if one.kind is BlockKind.REASON}
    title, name, number = _("New call reason"), _("Name"), _("Number to call back")
    return (
        "[[reason]]",
        f"key = {quoted(_free(_key('reason'), taken))}",
        f"title = {quoted(title)}",
        'say = ""',
        'instruct = ""',
        "",
        "[[reason.prompt]]",
        'key = "name"',
        f"label = {quoted(name)}",
        "required = true",
        'into = "name"',
        "",
        "[[reason.prompt]]",
        f"key = {quoted(_key('number'))}",
        f"label = {quoted(number)}",
        'kind = "phone"',
        "required = true",
        'into = "phone"',
    )


def _prompt(
    text: str, blocks: tuple[Block, ...], reason: Block, line: int, piece: Piece
) -> Insertion:
    parts = parts_of(blocks, reason)
    prompts = [one for one in parts if one.kind is BlockKind.PROMPT]
    here = next((one for one in prompts if one.first <= line <= one.last), None)
    after = here or (prompts[-1] if prompts else reason)
    label = _("New question")
    rows = [
        "[[reason.prompt]]",
        f"key = {quoted(_free(_key('question'), {one.key for one in prompts}))}",
        f"label = {quoted(label)}",
    ]
    if piece is Piece.CHOICE:
        rows += ['kind = "choice"', f"choices = {yes_or_no(language())}"]
    return _set_apart(text, after.last, tuple(rows))


def _action(
    text: str, blocks: tuple[Block, ...], reason: Block, piece: Piece, contacts: Sequence[str]
) -> Insertion:
    """Behind the others; before one that is always done, and then only if something was said."""
    parts = parts_of(blocks, reason)
    rows = ["[[reason.action]]", f"do = {quoted(ActionKind(piece))}"]
    if piece is Piece.CONNECT:
        rows.append(f"contact = {quoted(next(iter(contacts), ''))}")
    actions = [one for one in parts if one.kind is BlockKind.ACTION]
    always = next((one for one in actions if "when" not in assigned(text, one)), None)
    prompts = [one for one in parts if one.kind is BlockKind.PROMPT]
    if always is None or not prompts:
        return _set_apart(text, (parts[-1] if parts else reason).last, tuple(rows))
    rows.append(f"when = {_condition(prompts[-1:])}")
    before = blocks[blocks.index(always) - 1]
    return _set_apart(text, before.last, tuple(rows))


def _set_apart(text: str, after: int, rows: tuple[str, ...]) -> Insertion:
    """With an empty line above; the keyboard goes to the first words that people read or hear."""
    place = next((n for n, row in enumerate(rows) if _FILLED.match(row)), 1)
    chosen = rows[place].partition(" = ")[2].strip('"')
    whole = ("", *rows) if text.strip() else rows
    return Insertion(after, whole, after + place + 1 + (len(whole) - len(rows)), chosen)


_FILLED = re.compile(r"(text|title|label|contact) = ")

# ---- details


def _value(text: str, blocks: tuple[Block, ...], block: Block, name: str, today: date) -> str:
    if name == "when":
        reason = reason_at(blocks, block.first)
        parts = parts_of(blocks, reason) if reason else ()
        above = [one for one in parts if one.kind is BlockKind.PROMPT and one.first < block.first]
        return _condition(above[-1:])
    if name == "kind" and block.kind is BlockKind.PROMPT:
        return '"phone"'
    if name == "choices":
        return yes_or_no(_language(text, blocks))
    if name in ("first", "last"):
        return (today + (_FORTNIGHT if name == "last" else timedelta())).isoformat()
    return _VALUES.get(name, '""')


_VALUES = {
    "days": '["saturday", "sunday"]',
    "hours": '"18:00-07:00"',
    "holiday": "true",
    "caller": '"en"',
    "required": "true",
    "into": '"note"',
}


def _condition(prompts: Iterable[Block]) -> str:
    key = next((one.key for one in prompts), "")
    return f"{{ prompt = {quoted(key)}, answered = true }}"


def _has_when(text: str, block: Block) -> bool:
    rows = text.split("\n")[block.first : block.last]
    return any(re.match(rf"\s*(\[\s*{block.kind}\s*\.\s*when\s*\]|when\s*=)", row) for row in rows)


# ---- places and names


def _last_of(blocks: tuple[Block, ...], kind: BlockKind, line: int) -> int:
    """Behind the block of this kind in which one is, else behind the last of them, or at the
    beginning: greetings come before warnings, both before call reasons."""
    same = [one for one in blocks if one.kind is kind]
    here = [one for one in same if one.first <= line <= one.last]
    if here or same:
        return (here or same[-1:])[0].last
    above = (BlockKind.HEAD, BlockKind.GREETING)
    return [one for one in blocks if one.kind in above[: 1 if kind == "greeting" else 2]][-1].last


def _end_of_reason(blocks: tuple[Block, ...], line: int) -> int:
    here = block_at(blocks, line)
    inside = here.kind in (BlockKind.REASON, BlockKind.PROMPT, BlockKind.ACTION)
    reason = reason_at(blocks, line) if inside else None
    if reason is None:
        return blocks[-1].last
    return (parts_of(blocks, reason) or (reason,))[-1].last


def _language(text: str, blocks: tuple[Block, ...]) -> str:
    return blocks[0].title if "language" in assigned(text, blocks[0]) else "de"


def _key(name: str) -> str:
    return _KEYS[name] if language() == "de" else name


def _free(word: str, taken: set[str]) -> str:
    if word not in taken:
        return word
    return next(name for name in (f"{word}-{n}" for n in range(2, 10_000)) if name not in taken)
