"""A script tried out: what the receptionist would see, at another time and with other answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from receptionist.desk.desk import Desk
from receptionist.errors import BadInput
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.localtime import instant
from receptionist.model.phrase import read
from receptionist.model.script import Course, Prompt, Reading, Script, Text, understood
from receptionist.model.script.wording import action_words
from receptionist.model.when import When
from ui.models.words import said as in_quotes

_DAYS_AHEAD = 8
_CLOCK = re.compile(r"\b([01]?[0-9]|2[0-3]):([0-5][0-9])\b")
"""Hours and minutes are meant as they are written: half past two is at night."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt as it is asked, with what was typed for it and what is wrong with that."""

    prompt: Prompt
    label: str
    hint: str
    typed: str
    fault: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What would be seen: said, minded, chosen, asked, and what it leads to."""

    greeting: str
    warnings: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]
    reason: str = ""
    say: str = ""
    instruct: str = ""
    asked: tuple[Asked, ...] = ()
    lacking: tuple[str, ...] = ()
    action: str = ""


@dataclass(slots=True)
class Trial:
    """The call that is made up: when, over which number or line, in which language, what is said.

    `at` is an instant, None for now. Answers stay while the script changes.
    """

    desk: Desk
    client: Client
    at: datetime | None = None
    line: str = ""
    dialled: str = ""
    language: str = ""
    reason: str = ""
    answers: dict[str, str] = field(default_factory=dict)

    def show(self, script: Script, now: datetime) -> Tried:
        """What is seen with this script."""
        at = self.at or now
        scripts = self.desk.scripts
        spoken = scripts.dry_run(
            self.client,
            at,
            line=self.line,
            dialled=self.dialled,
            language=self.language,
            script=script,
        )
        keys = [one.key for one in script.reasons]
        tried = Tried(
            greeting=in_quotes(spoken.greeting, self.language or script.language),
            warnings=spoken.warnings,
            reasons=tuple(zip(keys, spoken.reasons, strict=True)),
        )
        return self._chosen(tried, script, at) if keys else tried

    def _chosen(self, tried: Tried, script: Script, at: datetime) -> Tried:
        """The chosen call reason; the first while the chosen one is not there."""
        reason = script.reason(self.reason) or script.reasons[0]
        local, tongue = at.astimezone(self._zone), self.language or script.language
        region = self.desk.directory.office.region
        reading = Reading(language=tongue, today=local.date(), region=region)
        course = Course(script=script, reason=reason)
        for key, typed in self.answers.items():
            course = course.type(key, typed, reading)

        def said(text: Text, language: str = tongue) -> str:
            return self.desk.scripts.said(self.client, text, language, at=at)

        asked = tuple(self._asked(one, reading, said(one.hint)) for one in course.asked)
        lacking = tuple(one.label.to(tongue) for one in course.lacking)
        action = course.action
        words = action_words(action, self.desk.scripts.names(self.client))
        more = said(action.text, script.language)
        return replace(
            tried,
            reason=reason.key,
            say=said(reason.say),
            instruct=said(reason.instruct, script.language),
            asked=asked,
            lacking=lacking,
            action=_("{action}: {text}").format(action=words, text=more) if more else words,
        )

    def _asked(self, prompt: Prompt, reading: Reading, hint: str) -> Asked:
        typed = self.answers.get(prompt.key, "")
        choices = tuple((one.key, one.label.to(reading.language)) for one in prompt.choices)
        hint = in_quotes(hint, reading.language) if hint else ""
        label, fault = prompt.label.to(reading.language), understood(prompt, typed, reading).fault
        return Asked(prompt, label, hint, typed, fault, choices)

    def moment(self, typed: str, now: datetime) -> datetime | None:
        """The instant somebody means who types `Saturday 19:30`; None for nothing.

        Raises `BadInput` for what is no moment.
        """
        if not typed.strip():
            return None
        local = now.astimezone(self._zone)
        exact = _CLOCK.search(typed)
        phrase = read(_CLOCK.sub("", typed, count=1), local.date())
        when = phrase.when
        if phrase.unknown or (exact is None and when == When()):
            raise BadInput(_("Write a day and a time, such as “Saturday 19:30” or “24.12. 8:00”."))
        start = when.first or local.date()
        days = (start + timedelta(days=count) for count in range(_DAYS_AHEAD))
        day = next((one for one in days if one.weekday() in (when.weekdays or range(7))), start)
        clock = when.earliest or (local.time() if day == local.date() else time(12))
        if exact is not None:
            clock = time(int(exact[1]), int(exact[2]))
        return instant(day, clock.replace(second=0, microsecond=0), self._zone)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.client.zone)
