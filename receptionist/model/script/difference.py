"""What is other in a script than it was, in words: what matters most comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from receptionist.i18n import _, ngettext
from receptionist.model.plain import plain
from receptionist.model.script.prompt import Prompt
from receptionist.model.script.script import WITH_KEYS, CallReason, Script
from receptionist.model.script.wording import Names, action_words, conditions_words

T = TypeVar("T")
_BRIEF = 90
_LINES = 2


def differences(old: Script, new: Script, names: Names) -> tuple[str, ...]:
    """A sentence for each thing that is other: warnings, what is done, what is asked and said."""
    return tuple(
        dict.fromkeys(
            [
                *_warnings(old, new),
                *_reasons(old, new, names),
                *_greetings(old, new),
                *_places(old, new),
            ]
        )
    )


def in_two_lines(sentences: Sequence[str]) -> tuple[str, ...]:
    """The first two at most; the last line says how many more there are."""
    if len(sentences) <= _LINES:
        return tuple(sentences)
    rest = len(sentences) - _LINES
    more = ngettext("and {count} more change", "and {count} more changes", rest)
    return sentences[0], f"{sentences[1]} – {more.format(count=rest)}"


def _warnings(old: Script, new: Script) -> Iterator[str]:
    tongue = new.language
    before = [one.text.to(tongue) for one in old.warnings]
    now = [one.text.to(tongue) for one in new.warnings]
    for text in _only(now, before):
        yield _("New warning: “{text}”").format(text=_brief(text))
    for text in _only(before, now):
        yield _("No longer a warning: “{text}”").format(text=_brief(text))
    kept = {one.text.to(tongue): one.when for one in old.warnings}
    for one in new.warnings:
        text = one.text.to(tongue)
        if text in kept and kept[text] != one.when:
            yield _("Holds at other times: “{text}”").format(text=_brief(text))


def _reasons(old: Script, new: Script, names: Names) -> Iterator[str]:
    tongue = new.language
    before = {one.key: one for one in old.reasons}
    for reason in new.reasons:
        if reason.key not in before:
            yield _("New call reason: “{title}”").format(title=reason.title.to(tongue))
    for key in _only(list(before), [one.key for one in new.reasons]):
        title = before[key].title.to(tongue)
        yield _("Call reason taken out: “{title}”").format(title=title)
    for reason in new.reasons:
        if reason.key in before:
            title = reason.title.to(tongue)
            for sentence in _reason(before[reason.key], reason, tongue, names):
                yield _("“{title}”: {sentence}").format(title=title, sentence=sentence)


def _reason(old: CallReason, new: CallReason, tongue: str, names: Names) -> Iterator[str]:
    if old.actions != new.actions:
        yield _("what is done is now: {actions}").format(actions=_done(new, tongue, names))
    if old.instruct != new.instruct:
        yield _told(_("new instruction"), new.instruct.to(tongue))
    yield from _prompts(old, new, tongue)
    if old.say != new.say:
        yield _told(_("other words to say"), new.say.to(tongue))
    if old.title.to(tongue) != new.title.to(tongue):
        yield _("was called “{title}” before").format(title=old.title.to(tongue))


def _done(reason: CallReason, tongue: str, names: Names) -> str:
    rows = []
    for action in reason.actions:
        condition = conditions_words(action.when, reason, tongue)
        rows.append(f"{action_words(action, names)} {condition}".rstrip())
    return "; ".join(rows) or _("write a note for the owner")


def _told(what: str, text: str) -> str:
    words = _("{what}: “{text}”") if text else _("{what}: none")
    return words.format(what=what, text=_brief(text))


def _prompts(old: CallReason, new: CallReason, tongue: str) -> Iterator[str]:
    for prompt in new.prompts:
        before, label = old.prompt(prompt.key), prompt.label.to(tongue)
        if before is None:
            yield _("also ask “{label}”").format(label=label)
        elif before != prompt:
            yield _asked(before, prompt, label)
    for prompt in old.prompts:
        if new.prompt(prompt.key) is None:
            yield _("no longer ask “{label}”").format(label=prompt.label.to(tongue))


def _asked(before: Prompt, now: Prompt, label: str) -> str:
    if now.required and not before.required:
        return _("“{label}” must now be asked").format(label=label)
    if before.required and not now.required:
        return _("“{label}” may now be left out").format(label=label)
    if before.choices != now.choices:
        return _("other choices for “{label}”").format(label=label)
    if before.when != now.when:
        return _("“{label}” is asked at other times").format(label=label)
    return _("“{label}” is asked in another way").format(label=label)


def _greetings(old: Script, new: Script) -> Iterator[str]:
    tongue = new.language
    for one in _only(new.greetings, old.greetings):
        yield _("New greeting: “{text}”").format(text=_brief(one.text.to(tongue)))
    for one in _only(old.greetings, new.greetings):
        if one.when not in [now.when for now in new.greetings]:
            text = _brief(one.text.to(tongue))
            yield _("No longer a greeting: “{text}”").format(text=text)


def _places(old: Script, new: Script) -> Iterator[str]:
    """The keys of call reasons that were there before."""
    before = [one.key for one in old.reasons]
    for place, reason in enumerate(new.reasons[:WITH_KEYS]):
        if reason.key in before and before.index(reason.key) != place:
            title = reason.title.to(new.language)
            yield _("Alt+{number} is now “{title}”").format(number=place + 1, title=title)


def _only(these: Sequence[T], those: Sequence[T]) -> list[T]:
    return [one for one in these if one not in those]


def _brief(text: str) -> str:
    short = plain(text, limit=_BRIEF)
    return f"{short}…" if len(plain(text)) > len(short) else short
