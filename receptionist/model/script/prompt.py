"""What is asked of a caller, and on which answers it depends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from receptionist.model.script.said import NOTHING, Text


class PromptKind(StrEnum):
    """What kind of answer it takes."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"


class CallField(StrEnum):
    """Where the call itself keeps an answer as well: who called, how he is reached."""

    NONE = ""
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    NOTE = "note"


class Comparison(StrEnum):
    """What a condition asks of an answer. All but `MISSING` fail while there is none."""

    IS = "is"
    IS_NOT = "is-not"
    ANSWERED = "answered"
    MISSING = "missing"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


@dataclass(frozen=True, slots=True)
class Condition:
    """What the answer to an earlier prompt must be; `values` are keys of choices, or a number."""

    prompt: str
    test: Comparison
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers of a choice: its key stays, its label is shown in any language."""

    key: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """Something to ask. `hint` is how to ask it, to be read aloud.

    It is asked while all conditions of `when` hold. Where it goes `into` the call, both are one.
    """

    key: str
    label: Text
    kind: PromptKind = PromptKind.TEXT
    required: bool = False
    hint: Text = NOTHING
    choices: tuple[Choice, ...] = ()
    into: CallField = CallField.NONE
    when: tuple[Condition, ...] = ()

    def choice(self, key: str) -> Choice | None:
        """The choice with this key."""
        return next((one for one in self.choices if one.key == key), None)
