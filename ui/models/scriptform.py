"""A block of a script as a form: its fields in plain words, what may be chosen, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from receptionist.desk.desk import Desk
from receptionist.errors import BadInput
from receptionist.i18n import N_, _
from receptionist.model.client import Client
from receptionist.model.number import shown
from receptionist.model.script import ActionKind, CallField, Choice, PromptKind, Text
from receptionist.model.script.action import TARGETS, Action
from receptionist.model.script.wording import action_words, kind_words
from receptionist.scriptfile.asking import FITTING
from receptionist.scriptfile.blockform import Value, field_at, fields_of, language_of
from receptionist.scriptfile.blockmoves import moved
from receptionist.scriptfile.outline import (
    Block,
    BlockKind,
    block_at,
    outline,
    parts_of,
    reason_at,
)
from ui.actions import native
from ui.models.scriptwords import block_words

Options = tuple[tuple[object, str], ...]


class Shape(StrEnum):
    """What a field looks like."""

    LINE = "line"
    LINES = "lines"
    PICK = "pick"
    TICK = "tick"
    WEEKDAYS = "weekdays"
    HOURS = "hours"
    DAY = "day"
    ANSWERS = "answers"
    CONDITIONS = "conditions"


@dataclass(frozen=True, slots=True)
class AskedAbove:
    """A question on whose answer something may depend."""

    key: str
    label: str
    kind: PromptKind
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """`value` is what it holds; `example` stands in it while it is empty."""

    name: str
    label: str
    shape: Shape
    value: object
    hint: str = ""
    example: str = ""
    options: Options = ()
    above: tuple[AskedAbove, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockForm:
    """The block with this `number` in the outline; `closed` says why it is no form.

    `fault` is what is wrong with the block as a whole.
    """

    number: int
    kind: BlockKind
    heading: str
    fields: tuple[FormField, ...] = ()
    closed: str = ""
    fault: str = ""
    up: bool = False
    down: bool = False

    @property
    def speaks(self) -> bool:
        """Whether anything in it is said in a language."""
        return self.kind is not BlockKind.HEAD and not self.closed


_LABELS: Mapping[BlockKind, Mapping[str, str]] = {
    BlockKind.HEAD: {"language": N_("Usual language")},
    BlockKind.GREETING: {"text": N_("What you say")},
    BlockKind.WARNING: {"text": N_("What must not be forgotten")},
    BlockKind.REASON: {
        "title": N_("Words on the button"),
        "say": N_("What you say"),
        "instruct": N_("Only for you"),
    },
    BlockKind.PROMPT: {
        "label": N_("What is asked"),
        "hint": N_("Sentence to read aloud"),
        "kind": N_("Kind of answer"),
        "choices": N_("Possible answers"),
        "required": N_("It must be asked"),
        "into": N_("Goes into the field"),
        "when": N_("Asked only if"),
    },
    BlockKind.ACTION: {
        "do": N_("Action"),
        "kind": N_("Kind of appointment"),
        "contact": N_("With whom"),
        "rota": N_("On-call rota"),
        "text": N_("Subject, or what to mind"),
        "when": N_("Done only if"),
    },
}
_TIMES = {
    "days": N_("Weekdays"),
    "hours": N_("From when to when"),
    "first": N_("From the day"),
    "last": N_("Until the day"),
    "holiday": N_("Public holidays"),
    "number": N_("Number called"),
    "line": N_("Line"),
    "caller": N_("Caller speaks"),
}
_SHAPES = {
    **dict.fromkeys(("title", "label"), Shape.LINE),
    **dict.fromkeys(("text", "say", "instruct", "hint"), Shape.LINES),
    "required": Shape.TICK,
    "days": Shape.WEEKDAYS,
    "hours": Shape.HOURS,
    "first": Shape.DAY,
    "last": Shape.DAY,
    "choices": Shape.ANSWERS,
    "when": Shape.CONDITIONS,
}
"""All others are picked from a list."""
_INTO = {
    CallField.NAME: N_("Name of the caller"),
    CallField.PHONE: N_("Number of the caller"),
    CallField.EMAIL: N_("E-mail of the caller"),
    CallField.ADDRESS: N_("Address of the caller"),
    CallField.NOTE: N_("Note"),
}


class BlockForms:
    """Makes the form of a block; what may be chosen is what the client has just now. Main thread.

    `tongue` is the language whose words are shown, "" for the usual one.
    """

    def __init__(self, desk: Desk, client: Client) -> None:
        self._desk, self._client = desk, client
        self.tongue = ""

    def speaking(self, text: str) -> str:
        """The language whose words are shown."""
        return self.tongue or language_of(text)

    def form(self, text: str, line: int, faults: Iterable[BadInput] = ()) -> BlockForm:
        """The form of the block in which a line stands."""
        blocks = outline(text)
        block = block_at(blocks, line)
        number = blocks.index(block)
        following = blocks[number + 1].first if number + 1 < len(blocks) else None
        wrong = [one for one in faults if _inside(one, block, following)]
        up, down = (moved(text, block.first, step) is not None for step in (-1, 1))
        values = fields_of(text, block)
        heading = block_words(block.kind)
        if values is None:
            closed = _(
                "This part of the script holds something that only its text can show."
                " Change it there."
            )
            return BlockForm(
                number=number, kind=block.kind, heading=heading, closed=closed, up=up, down=down
            )
        told = {name: str(one) for one in reversed(wrong) if (name := _field(text, one))}
        fields = self._fields(text, block, values, told)
        shown_names = [one.name for one in fields]
        whole = next((str(one) for one in wrong if _field(text, one) not in shown_names), "")
        return BlockForm(
            number=number,
            kind=block.kind,
            heading=heading,
            fields=fields,
            fault=whole,
            up=up,
            down=down,
        )

    def value(self, text: str, before: Value, typed: object) -> object:
        """What a field holds when words were typed for it in the language that is shown."""
        if not isinstance(before, Text):
            return typed
        words = dict(before.words) | {self.speaking(text): str(typed)}
        tags = sorted(words, key=lambda tag: tag != language_of(text))
        return Text(tuple((tag, words[tag]) for tag in tags if words[tag]))

    # ---- fields

    def _fields(
        self, text: str, block: Block, values: Mapping[str, Value], faults: Mapping[str, str]
    ) -> tuple[FormField, ...]:
        labels = {**_LABELS[block.kind], **(_TIMES if "days" in values else {})}
        made = []
        for name, label in labels.items():
            if not self._wanted(name, values):
                continue
            made.append(self._field(text, block, name, _(label), values, faults.get(name, "")))
        return tuple(made)

    def _wanted(self, name: str, values: Mapping[str, Value]) -> bool:
        """Whether a field makes sense beside what the others hold."""
        if name == "choices":
            return values["kind"] == PromptKind.CHOICE or bool(values["choices"])
        if name == "number":
            return len(self._now.dialled) > 1 or bool(values[name])
        if name == "line":
            return len(self._desk.directory.lines) > 1 or bool(values[name])
        if "do" in values and name in TARGETS.values():
            do = values["do"]
            wanted = TARGETS.get(ActionKind(str(do))) if do in tuple(ActionKind) else ""
            return name == wanted or bool(values[name])
        return True

    def _field(
        self,
        text: str,
        block: Block,
        name: str,
        label: str,
        values: Mapping[str, Value],
        fault: str,
    ) -> FormField:
        shape, value = _SHAPES.get(name, Shape.PICK), values[name]
        usual, tongue = language_of(text), self.speaking(text)
        hint = _HINTS.get((block.kind, name), "")
        shown_value, example = value, _EXAMPLES.get(name, "")
        if isinstance(value, Text):
            words = dict(value.words)
            shown_value = words.get(tongue, "")
            example = words.get(usual, "") if tongue != usual else ""
        options: Options = ()
        if shape is Shape.PICK:
            options = self._options(block.kind, name, values)
            if value not in [one for one, _words in options]:
                unknown = _("“{name}”, which is not there").format(name=value)
                options = (*options, (value, unknown))
        above = self._above(text, block) if shape is Shape.CONDITIONS else ()
        return FormField(
            name=name,
            label=label,
            shape=shape,
            value=shown_value,
            hint=_(hint).format(key=native("Ctrl+N")) if hint else "",
            example=_(example) if name in _EXAMPLES else example,
            options=options,
            above=above,
            fault=fault,
        )

    def _options(self, kind: BlockKind, name: str, values: Mapping[str, Value]) -> Options:
        if name == "kind" and kind is BlockKind.PROMPT:
            return _answer_kinds(values["kind"])
        if name == "into":
            return _fields_of_a_call(values["kind"])
        if name == "do":
            return tuple((str(one), _begun(action_words(Action(do=one), {}))) for one in ActionKind)
        return self._client_options(name)

    def _client_options(self, name: str) -> Options:
        people = self._desk.people
        languages = (("de", _("German")), ("en", _("English")))
        found: Mapping[str, Options] = {
            "language": languages,
            "caller": ((None, _("any language")), *languages),
            "holiday": (
                (None, _("as on other days")),
                (True, _("only on public holidays")),
                (False, _("not on public holidays")),
            ),
            "number": (
                (None, _("any of his numbers")),
                *((one, shown(one)) for one in self._now.dialled),
            ),
            "line": (
                (None, _("any line")),
                *((one.key, one.name or one.key) for one in self._desk.directory.lines),
            ),
            "kind": (
                (None, _("chosen in the call")),
                *((one.key, one.name) for one in self._now.kinds),
            ),
            "contact": (
                ("", _("choose …")),
                *((one.key, one.name) for one in people.contacts.of(self._client.id)),
            ),
            "rota": (
                (None, _("any rota")),
                *((one.key, one.name) for one in people.rotas.of(self._client.id)),
            ),
        }
        return found[name]

    def _above(self, text: str, block: Block) -> tuple[AskedAbove, ...]:
        """The questions above a block, in its call reason."""
        blocks = outline(text)
        reason = reason_at(blocks, block.first)
        parts = parts_of(blocks, reason) if reason is not None else ()
        prompts = [one for one in parts if one.kind is BlockKind.PROMPT]
        earlier = prompts
        if block.kind is BlockKind.PROMPT:
            earlier = [one for one in prompts if one.first < block.first]
        return tuple(_asked(text, one, self.speaking(text)) for one in earlier)

    @property
    def _now(self) -> Client:
        return self._desk.directory.client(self._client.id) or self._client


_HINTS = {
    (BlockKind.HEAD, "language"): N_("What is written once is in this language."),
    (BlockKind.GREETING, "text"): N_(
        "What stands in braces is filled in by the program; {key} offers more of it."
    ),
    (BlockKind.REASON, "instruct"): N_("It is never said to the caller."),
    (BlockKind.PROMPT, "into"): N_("The answer stands there, too, and is asked only once."),
    (BlockKind.PROMPT, "when"): N_("Of several conditions all must be met."),
    (BlockKind.ACTION, "when"): N_("Of several conditions all must be met."),
}
_EXAMPLES = {"hours": N_("all day"), "first": N_("any day"), "last": N_("any day")}


def _inside(fault: BadInput, block: Block, following: int | None) -> bool:
    line = fault.line
    return line is not None and block.first <= line and (following is None or line < following)


def _field(text: str, fault: BadInput) -> str:
    return field_at(text, fault.line) if fault.line is not None else ""


def _begun(words: str) -> str:
    words = words.strip()
    return f"{words[:1].upper()}{words[1:]}"


def _answer_kinds(present: Value) -> Options:
    """Text is what is meant where the file says nothing, and stays unsaid."""
    first: object = PromptKind.TEXT if present == PromptKind.TEXT else None
    others = [one for one in PromptKind if one is not PromptKind.TEXT]
    named = ((str(one), _begun(kind_words(one))) for one in others)
    return ((first, _begun(kind_words(PromptKind.TEXT))), *named)


def _fields_of_a_call(kind: Value) -> Options:
    """Only those into which such an answer fits."""
    wanted = kind or PromptKind.TEXT
    fitting = [one for one in FITTING if wanted in FITTING[one]]
    return (
        (None, _("none, only among the answers")),
        *((str(one), _(_INTO[one])) for one in fitting),
    )


def _asked(text: str, block: Block, tongue: str) -> AskedAbove:
    fields = fields_of(text, block) or {}
    label, kind, choices = (fields.get(name) for name in ("label", "kind", "choices"))
    words = label.to(tongue) if isinstance(label, Text) else block.title
    offered: Sequence[object] = choices if isinstance(choices, tuple) else ()
    return AskedAbove(
        block.key,
        words or block.key,
        PromptKind(str(kind)) if kind in tuple(PromptKind) else PromptKind.TEXT,
        tuple(
            (one.key, one.label.to(tongue) or one.key) for one in offered if isinstance(one, Choice)
        ),
    )
