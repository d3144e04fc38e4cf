"""A client's script as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from receptionist.model.schedule import ALWAYS, Circumstances, Schedule, most_specific
from receptionist.model.script.action import Action
from receptionist.model.script.prompt import Prompt
from receptionist.model.script.said import NOTHING, Text

WITH_KEYS = 9
"""So many call reasons have a key of their own: Alt+1 to Alt+9."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptGreeting:
    """What is said when the call is answered, and when that is the sentence to say."""

    text: Text
    when: Schedule = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptWarning:
    """What must never be forgotten while answering; every one that holds is shown."""

    text: Text
    when: Schedule = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class CallReason:
    """Why somebody calls. `say` is read aloud, `instruct` is for the receptionist alone."""

    key: str
    title: Text
    say: Text = NOTHING
    instruct: Text = NOTHING
    prompts: tuple[Prompt, ...] = ()
    actions: tuple[Action, ...] = ()

    def prompt(self, key: str) -> Prompt | None:
        """The prompt with this key."""
        return next((one for one in self.prompts if one.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What is said, asked and done for a client; `language` is the one he is answered in."""

    language: str = "de"
    greetings: tuple[ScriptGreeting, ...] = ()
    warnings: tuple[ScriptWarning, ...] = ()
    reasons: tuple[CallReason, ...] = ()

    def greeting(self, at: Circumstances) -> ScriptGreeting | None:
        """The one greeting to say; None where the client's usual one is meant."""
        holding = (one for one in self.greetings if one.when.holds(at))
        return most_specific(holding, lambda one: one.when.rank)

    def warned(self, at: Circumstances) -> tuple[ScriptWarning, ...]:
        """The warnings that hold, as they were written."""
        return tuple(one for one in self.warnings if one.when.holds(at))

    def reason(self, key: str) -> CallReason | None:
        """The call reason with this key."""
        return next((one for one in self.reasons if one.key == key), None)
