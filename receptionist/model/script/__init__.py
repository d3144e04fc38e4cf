"""Scripts: what is said, asked and done for a client. Values and rules, without I/O."""

from __future__ import annotations

from receptionist.model.script.action import USUAL, Action, ActionKind
from receptionist.model.script.answer import Answer, Reading, Understood, understood
from receptionist.model.script.course import Course
from receptionist.model.script.difference import differences, in_two_lines
from receptionist.model.script.implied import implied
from receptionist.model.script.prompt import (
    CallField,
    Choice,
    Comparison,
    Condition,
    Prompt,
    PromptKind,
)
from receptionist.model.script.said import NOTHING, Filling, Text
from receptionist.model.script.script import (
    WITH_KEYS,
    CallReason,
    Script,
    ScriptGreeting,
    ScriptWarning,
)
from receptionist.model.script.version import ClientScript, ScriptVersion

__all__ = [
    "NOTHING",
    "USUAL",
    "WITH_KEYS",
    "Action",
    "ActionKind",
    "Answer",
    "CallField",
    "CallReason",
    "Choice",
    "ClientScript",
    "Comparison",
    "Condition",
    "Course",
    "Filling",
    "Prompt",
    "PromptKind",
    "Reading",
    "Script",
    "ScriptGreeting",
    "ScriptVersion",
    "ScriptWarning",
    "Text",
    "Understood",
    "differences",
    "implied",
    "in_two_lines",
    "understood",
]
