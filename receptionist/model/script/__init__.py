"""Scripts: what is said, asked and done for a client. Values and rules, without I/O."""

from __future__ import annotations

from receptionist.model.script.action import USUAL, Action, ActionKind
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
    "CallField",
    "CallReason",
    "Choice",
    "ClientScript",
    "Comparison",
    "Condition",
    "Filling",
    "Prompt",
    "PromptKind",
    "Script",
    "ScriptGreeting",
    "ScriptVersion",
    "ScriptWarning",
    "Text",
]
