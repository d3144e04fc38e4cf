"""What is asked in the shown call: each prompt with its answer, in words."""

from __future__ import annotations

from dataclasses import dataclass

from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.call import Call
from receptionist.model.client import Client
from receptionist.model.script import (
    Answer,
    CallField,
    Course,
    Prompt,
    PromptKind,
    understood,
)
from receptionist.model.spelling import in_pairs
from ui.models.words import said

_SHOWN_BESIDE = (PromptKind.NUMBER, PromptKind.DATE, PromptKind.PHONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A prompt as it is shown, `now` or not.

    `hint` is how it is asked, `choices` are keys and labels. `beside` is what was understood, for
    the eye and to be read back; `fault` says why it was not.
    """

    key: str
    label: str
    kind: PromptKind
    required: bool
    now: bool
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    into: CallField = CallField.NONE
    typed: str = ""
    value: str = ""
    beside: str = ""
    fault: str = ""
    verified: bool = False

    @property
    def lacks(self) -> bool:
        """Whether it is required and not known."""
        return self.now and self.required and not self.value

    @property
    def aloud(self) -> str:
        """What a screen reader says of the field beside its name."""
        marks = (
            self.hint,
            _("required") if self.required else "",
            self.beside,
            _("read back") if self.verified else "",
        )
        return ", ".join(filter(None, marks))


def asked_of(desk: Desk, call: Call, client: Client, course: Course) -> tuple[Asked, ...]:
    """Every prompt of the call reason that is chosen, in its order."""
    prompts = course.reason.prompts if course.reason else ()
    now = {prompt.key for prompt in course.asked}
    return tuple(_asked(desk, call, client, course, one, one.key in now) for one in prompts)


def _asked(
    desk: Desk, call: Call, client: Client, course: Course, prompt: Prompt, now: bool
) -> Asked:
    reading = desk.courses.reading(call, client)
    answer = course.answer(prompt.key) or Answer(prompt=prompt.key, label="", typed="")
    hint = desk.courses.said(call, prompt.hint)
    return Asked(
        key=prompt.key,
        label=prompt.label.to(reading.language),
        kind=prompt.kind,
        required=prompt.required,
        now=now,
        hint=said(hint, reading.language) if hint else "",
        choices=tuple((one.key, one.label.to(reading.language)) for one in prompt.choices),
        into=prompt.into,
        typed=answer.typed,
        value=answer.value,
        beside=_beside(prompt, answer, reading.region),
        fault=understood(prompt, answer.typed, reading).fault,
        verified=answer.verified,
    )


def _beside(prompt: Prompt, answer: Answer, region: str) -> str:
    """Numbers in pairs, as they are read back; days in words; nothing that is only repeated."""
    if not answer.value or prompt.kind not in _SHOWN_BESIDE:
        return ""
    if prompt.kind is PromptKind.PHONE:
        return "  ".join(" ".join(group) for group in in_pairs(answer.value, region))
    return answer.shown if answer.shown != answer.typed.strip() else ""
