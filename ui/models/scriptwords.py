"""A script file explained: what its blocks and names are called, and what may be written there."""

from __future__ import annotations

from collections.abc import Sequence

from receptionist.errors import BadInput
from receptionist.i18n import N_, _
from receptionist.model.script import Action, ActionKind, Script
from receptionist.model.script.said import PLACEHOLDERS
from receptionist.model.script.wording import action_words, schedule_words
from receptionist.scriptfile.outline import Block, BlockKind, assigned, block_at, outline
from receptionist.scriptfile.pieces import Piece
from ui.models.words import one_line

_BLOCKS = {
    BlockKind.HEAD: N_("Beginning"),
    BlockKind.GREETING: N_("A greeting"),
    BlockKind.WARNING: N_("Warning"),
    BlockKind.REASON: N_("Call reason"),
    BlockKind.PROMPT: N_("Question to the caller"),
    BlockKind.ACTION: N_("What is done"),
}
PIECES = {
    Piece.GREETING: N_("A greeting"),
    Piece.WARNING: N_("Warning"),
    Piece.REASON: N_("Call reason"),
    Piece.PROMPT: N_("Question to the caller"),
    Piece.CHOICE: N_("Question to the caller, with choices"),
    Piece.BOOK: N_("Action: book an appointment"),
    Piece.NOTE: N_("Action: note for the owner"),
    Piece.CONNECT: N_("Action: connect with somebody"),
    Piece.ON_CALL: N_("Action: connect with whoever is on call"),
    Piece.URGENT: N_("Action: urgent, one after the other"),
}
"""What can be inserted, in the order of the menu."""
DETAILS = {
    "days": N_("Only on certain weekdays"),
    "hours": N_("Only at certain hours"),
    "first": N_("From a day on"),
    "last": N_("Until a day"),
    "holiday": N_("Only on public holidays"),
    "caller": N_("Only for callers of one language"),
    "say": N_("What is said aloud"),
    "instruct": N_("What only you see"),
    "required": N_("It must be asked"),
    "hint": N_("How to ask it"),
    "kind": N_("What kind of answer"),
    "choices": N_("Answers to choose from"),
    "into": N_("Put it into a field of the call"),
    "when": N_("Only after certain answers"),
    "text": N_("Subject"),
}
"""What more can be said of a block, by its name in the file."""
PLACEHOLDER_WORDS = {
    "client": N_("name of the client"),
    "receptionist": N_("your name"),
    "office": N_("name of your office"),
    "time_of_day": N_("good morning, good afternoon …"),
    "on_call": N_("who is on call now"),
    "caller": N_("who calls"),
    "caller_number": N_("the caller’s number"),
}
"""What the program fills in for each placeholder."""
_HELP = {
    "format": N_("The format of this text; it stays 1."),
    "language": N_('The language of this script: "de" or "en".'),
    "key": N_("An internal name: small letters, digits, hyphens. Leave it when a title changes."),
    "title": N_("What the call reason is called on its button."),
    "say": N_("Said aloud to the caller."),
    "instruct": N_("For you alone; never said."),
    "label": N_("What is asked, in few words."),
    "hint": N_("How to ask it, to be read aloud."),
    "required": N_("true: it is lacking until it is answered. Otherwise leave the line out."),
    "kind": N_(
        "What kind of answer: text, choice, number, date, address, phone or email."
        " With an action: the appointment kind that is booked."
    ),
    "choices": N_('The answers there are, for instance ["Yes", "No"].'),
    "into": N_("Where the call keeps it too: name, phone, email, address or note."),
    "when": N_(
        'Only then. With a greeting: days, hours, dates. With a question: prompt = "key of a'
        ' question above" and is = "answer", or is_not, answered, at_least, at_most.'
    ),
    "days": N_('Weekdays, such as ["saturday", "sunday"].'),
    "hours": N_('From–until, such as "18:00-07:00", over midnight too.'),
    "first": N_("The first day, such as 2027-12-24."),
    "last": N_("The last day, such as 2027-12-31. After it this is gone by itself."),
    "holiday": N_("true: only on public holidays; false: never on them."),
    "number": N_("Only when this number of the client was called."),
    "line": N_("Only over the line with this key."),
    "caller": N_('Only for callers of this language: "de" or "en".'),
    "do": N_("What is done: book, note, connect, on-call or urgent."),
    "contact": N_("The contact with whom the caller is connected, by his key."),
    "rota": N_("The on-call rota that is asked, by its key. Without it: all of them."),
}
_TEXTS = {
    BlockKind.GREETING: N_("Said aloud first. Of several greetings the most specific one is said."),
    BlockKind.WARNING: N_("Shown in every call. With a last day it goes by itself."),
    BlockKind.ACTION: N_("The subject of the note, or what to mind."),
}
_LONGEST = 120
_WITH_PLACEHOLDERS = ("text", "say", "instruct", "hint")


def outline_words(blocks: Sequence[Block], script: Script | None) -> list[str]:
    """The rows of the outline; `script` is what could be read, a greeting is known by its times."""
    greetings = [one for one in blocks if one.kind is BlockKind.GREETING]
    times = [schedule_words(one.when) for one in script.greetings] if script else []
    known = dict(zip((one.first for one in greetings), times, strict=False))
    return [_row(one, known.get(one.first, "")) for one in blocks]


def _row(block: Block, times: str) -> str:
    if block.kind is BlockKind.GREETING:
        return _("Greeting, {times}").format(times=times) if times else _("Greeting, always")
    if block.kind is BlockKind.HEAD:
        return _(_BLOCKS[block.kind])
    title = block.title
    if block.kind is BlockKind.ACTION and title in tuple(ActionKind):
        words = action_words(Action(do=ActionKind(title)), {}).strip()
        return f"→ {words[:1].upper()}{words[1:]}"
    return one_line(title, _LONGEST) or _(_BLOCKS[block.kind])


def block_words(kind: BlockKind) -> str:
    """What a block is called."""
    return _(_BLOCKS[kind])


def help_words(text: str, line: int) -> str:
    """What the line of a script is about, and what may be written there."""
    block = block_at(outline(text), line)
    above = [(at, name) for name, at in assigned(text, block).items() if at <= line <= block.last]
    name = max(above)[1] if above else ""
    words = _TEXTS.get(block.kind, "") if name == "text" else _HELP.get(name, "")
    if not words:
        return block_words(block.kind)
    told = f"{block_words(block.kind)} · {_(words)}"
    if name in _WITH_PLACEHOLDERS:
        known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
        told = _("{help} Placeholders: {known}.").format(help=told, known=known)
    return told


def fault_words(fault: BadInput) -> str:
    """A fault in one row: where, and what is wrong."""
    where = [_("Line {number}").format(number=fault.line)] if fault.line is not None else []
    where += [fault.key] if fault.key else []
    place = ", ".join(where)
    return f"{place}: {fault}" if place else str(fault)
