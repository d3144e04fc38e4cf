"""A version of a script as a page that its client reads, prints and agrees to: HTML, complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import partial
from html import escape

from receptionist.i18n import _, language, speaking
from receptionist.model.greeting import filled
from receptionist.model.schedule import Schedule
from receptionist.model.script import (
    Action,
    CallReason,
    Prompt,
    Script,
    ScriptGreeting,
    ScriptWarning,
    Text,
)
from receptionist.model.script.tongues import with_texts
from receptionist.model.script.wording import (
    Names,
    action_words,
    conditions_words,
    kind_words,
    schedule_words,
)
from receptionist.model.spoken import written

_NOON = time(12)
_STYLE = """\
body { font: 11pt/1.5 system-ui, sans-serif; color: #1b1f24; margin: 2rem auto; max-width: 46rem;
  padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: 0; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #dfe3e8; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
.quiet { color: #5d6673; font-size: .9rem; }
.say { border-left: 4px solid #0b6bcb; background: #e8f1fb; padding: .4rem .8rem; margin: .4rem 0;
  white-space: pre-line; }
.instruct { border: 1px dashed #8a5a00; padding: .4rem .8rem; margin: .4rem 0;
  white-space: pre-line; }
.warning { border: 2px solid #b3261e; padding: .4rem .8rem; margin: .4rem 0;
  white-space: pre-line; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #dfe3e8; text-align: left; vertical-align: top;
  padding: .3rem .6rem .3rem 0; }
.sign { margin-top: 3rem; display: flex; gap: 2rem; }
.sign div { flex: 1; border-top: 1px solid #1b1f24; padding-top: .25rem; }
@media print { body { margin: 0; max-width: none; } h2, tr, .say { break-inside: avoid; } }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Of which client, office and version a page is; `names` are those of kinds and contacts.

    The number of what is not kept yet is 0.
    """

    client: str
    office: str
    number: int
    day: date
    names: Names


def page(script: Script, heading: Heading) -> str:
    """The page in the receptionist's language; what is said stands in that of the script."""
    script = with_texts(script, partial(_readable, heading))
    title = _("How we answer for {client}").format(client=heading.client)
    rows = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="quiet">{escape(_version(heading))}</p>',
        *_warnings(script.warnings),
        *_greetings(script.greetings),
    ]
    for number, reason in enumerate(script.reasons, start=1):
        rows += _reason(number, reason, script.language, heading.names)
    rows += _approval()
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    body = "\n".join(rows)
    start = f'<!DOCTYPE html>\n<html lang="{escape(script.language)}">\n<head>{head}</head>'
    return f"{start}\n<body>\n{body}\n</body>\n</html>\n"


def _readable(heading: Heading, text: Text) -> Text:
    """A text with what its placeholders stand for, as far as that is the same in every call."""
    return Text(tuple((tag, _filled(heading, tag, words)) for tag, words in text.words))


def _filled(heading: Heading, tag: str, words: str) -> str:
    with speaking(tag):
        values = {
            "client": heading.client,
            "office": heading.office,
            "receptionist": _("[our name]"),
            "on_call": _("[who is on call]"),
            "caller": _("[name of the caller]"),
            "caller_number": _("[number of the caller]"),
        }
    return filled(words, values, language=tag, at=_NOON)


def _version(heading: Heading) -> str:
    day = written(heading.day, language())
    text = _("{office} · version {number} of {day}") if heading.number else _("{office} · {day}")
    return text.format(office=heading.office, number=heading.number, day=day)


def _warnings(warnings: Iterable[ScriptWarning]) -> Iterator[str]:
    blocks = [block for one in warnings for block in _timed("warning", one.text, one.when)]
    if blocks:
        yield _section(_("What we never forget"))
        yield from blocks


def _greetings(greetings: Iterable[ScriptGreeting]) -> Iterator[str]:
    blocks = [block for one in greetings for block in _timed("say", one.text, one.when)]
    if blocks:
        yield _section(_("What we say first"))
        yield from blocks


def _timed(kind: str, text: Text, when: Schedule) -> Iterator[str]:
    if times := schedule_words(when):
        yield f'<p class="quiet">{escape(times)}</p>'
    yield from _words(kind, text)


def _reason(number: int, reason: CallReason, tongue: str, names: Names) -> Iterator[str]:
    yield _section(f"{number}. {reason.title.to(tongue)}")
    if reason.say:
        yield _heading(_("We say"))
        yield from _words("say", reason.say)
    if reason.instruct:
        yield _heading(_("We mind"))
        yield from _words("instruct", reason.instruct)
    if reason.prompts:
        yield _heading(_("We ask"))
        yield "<table>"
        yield from (_prompt(prompt, reason, tongue) for prompt in reason.prompts)
        yield "</table>"
    yield _heading(_("Then we do this"))
    actions = reason.actions or (Action(),)
    rows = "".join(f"<li>{_action(one, reason, tongue, names)}</li>" for one in actions)
    yield f"<ol>{rows}</ol>"


def _prompt(prompt: Prompt, reason: CallReason, tongue: str) -> str:
    choices = ", ".join(one.label.to(tongue) for one in prompt.choices)
    told = [
        choices or kind_words(prompt.kind),
        _("must be asked") if prompt.required else "",
        conditions_words(prompt.when, reason, tongue),
    ]
    hint = f'<div class="say">{escape(prompt.hint.to(tongue))}</div>' if prompt.hint else ""
    label = escape(prompt.label.to(tongue))
    return f"<tr><th>{label}</th><td>{escape('; '.join(filter(None, told)))}{hint}</td></tr>"


def _action(action: Action, reason: CallReason, tongue: str, names: Names) -> str:
    words = f"{action_words(action, names)} {conditions_words(action.when, reason, tongue)}"
    text = action.text.to(tongue)
    return escape(f"{words.strip()}: {text}" if text else words.strip())


def _approval() -> Iterator[str]:
    yield _section(_("Your agreement"))
    agreed = _("So we answer for you from now on, until you tell us otherwise.")
    yield f"<p>{escape(agreed)}</p>"
    lines = (_("Place and date"), _("Name and signature"))
    yield f'<div class="sign">{"".join(f"<div>{escape(one)}</div>" for one in lines)}</div>'


def _section(title: str) -> str:
    return f"<h2>{escape(title)}</h2>"


def _heading(title: str) -> str:
    return f"<h3>{escape(title)}</h3>"


def _words(kind: str, text: Text) -> Iterator[str]:
    """What is said in several languages stands in each of them."""
    for tag, words in text.words:
        yield f'<div class="{kind}" lang="{tag}">{escape(words)}</div>'
