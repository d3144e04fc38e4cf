"""Calls on their way through scripts: the reason that is chosen, and what is answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.desk.scripts import Scripts
from receptionist.errors import BadInput, NotFound
from receptionist.i18n import _
from receptionist.model.call import Call
from receptionist.model.client import Client
from receptionist.model.script import CallField, Course, Prompt, Reading, Text
from receptionist.threads import assert_main

FIELDS = {
    CallField.NAME: "caller_name",
    CallField.PHONE: "caller_number",
    CallField.EMAIL: "caller_email",
    CallField.ADDRESS: "caller_address",
    CallField.NOTE: "note",
}
"""Where a call keeps what its prompts put into it."""


class Courses:
    """What is chosen and typed on the way of calls through scripts. Main thread.

    All of it stands in the call: it is told by `CallChanged`, kept as `Journal.type` does, and
    stays with its call whichever is shown.
    """

    def __init__(self, ground: Ground, calls: Calls, scripts: Scripts) -> None:
        self._ground, self._calls, self._scripts = ground, calls, scripts

    def course(self, call: Call) -> Course | None:
        """Where a call is in its script; None while nobody knows for whom it is.

        What was typed as the caller's name, number, … is the answer to the prompt that goes there.
        """
        client = self._ground.directory.client(call.client_id)
        if client is None:
            return None
        script = self._scripts.for_call(call, client)
        course = Course(script=script, reason=script.reason(call.reason), answers=call.answers)
        return self._with_fields(course, call, self.reading(call, client))

    def reading(self, call: Call, client: Client) -> Reading:
        """How answers are read in a call."""
        now = self._ground.clock.now().astimezone(ZoneInfo(client.zone))
        return Reading(
            language=self.language(call, client),
            today=now.date(),
            region=self._ground.directory.office.region,
        )

    def language(self, call: Call, client: Client) -> str:
        """In which language a caller is spoken to: the one chosen for him, else the script's."""
        return call.language or self._scripts.for_call(call, client).language

    def title(self, call: Call) -> str:
        """What the call reason of a call is called in the script's own language, "" without one."""
        client = self._ground.directory.client(call.client_id)
        if client is None:
            return ""
        script = self._scripts.for_call(call, client)
        reason = script.reason(call.reason)
        return reason.title.to(script.language) if reason else ""

    def said(self, call: Call, text: Text) -> str:
        """A text of the call's script in the caller's language, with its placeholders filled."""
        client = self._client(call)
        return self._scripts.said(client, text, self.language(call, client), call)

    def instructed(self, call: Call, text: Text) -> str:
        """A text for receptionist or owner, in the script's own language whoever calls."""
        client = self._client(call)
        return self._scripts.said(client, text, self._scripts.for_call(call, client).language, call)

    # ---- what the receptionist does

    def choose(self, call_id: UUID, reason: str) -> None:
        """Go through the script for a call reason, by its key; "" for none."""
        call = self._call(call_id)
        client = self._client(call)
        if reason and self._scripts.of(client).reason(reason) is None:
            raise NotFound(_("The script has no such call reason."))
        counting = self._scripts.counting(client.id)
        script_id = counting.version_id if counting else None
        chosen = replace(call, reason=reason, script_id=script_id)
        script = self._scripts.for_call(chosen, client)
        course = Course(script=script, reason=script.reason(reason), answers=call.answers)
        reading = self.reading(chosen, client)
        self._change(call, replace(chosen, answers=course.reread(reading).answers))

    def type(self, call_id: UUID, prompt: str, typed: str) -> None:
        """Keep what was typed for a prompt, understood or not."""
        call = self._call(call_id)
        client, course = self._client(call), self._course(call)
        course = course.type(prompt, typed, self.reading(call, client))
        into = self._prompt(course, prompt).into
        field: dict[str, Any] = {FIELDS[into]: typed} if into else {}
        self._change(call, replace(call, answers=course.answers, **field))

    def verify(self, call_id: UUID, prompt: str, verified: bool = True) -> None:
        """An answer was read back and the caller agreed, or the tick is taken off."""
        call = self._call(call_id)
        course = self._course(call)
        self._prompt(course, prompt)
        self._change(call, replace(call, answers=course.verify(prompt, verified).answers))

    # ---- inside

    def _change(self, call: Call, changed: Call) -> None:
        if changed != call:
            self._calls.change(changed)

    def _call(self, call_id: UUID) -> Call:
        assert_main()
        call = self._calls.get(call_id)
        if call is None:
            raise NotFound(_("This call is not at the desk."))
        return call

    def _client(self, call: Call) -> Client:
        client = self._ground.directory.client(call.client_id)
        if client is None:
            raise BadInput(_("Say first for whom the call is."))
        return client

    def _course(self, call: Call) -> Course:
        self._client(call)
        course = self.course(call)
        assert course is not None
        return course

    def _prompt(self, course: Course, key: str) -> Prompt:
        prompt = course.reason.prompt(key) if course.reason else None
        if prompt is None:
            raise NotFound(_("Nothing of this kind is asked here."))
        return prompt

    def _with_fields(self, course: Course, call: Call, reading: Reading) -> Course:
        """With what stands in the call's own fields, which are typed elsewhere too."""
        for prompt in course.reason.prompts if course.reason else ():
            if not prompt.into:
                continue
            typed = self._in_field(call, prompt.into)
            answer = course.answer(prompt.key)
            if typed != (answer.typed if answer else ""):
                course = course.type(prompt.key, typed, reading)
        return course

    @staticmethod
    def _in_field(call: Call, field: CallField) -> str:
        """A number that was signalled is known, as long as no other one was typed."""
        return call.number if field is CallField.PHONE else str(getattr(call, FIELDS[field]))
