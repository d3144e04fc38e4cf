"""What the desk tells of clients' scripts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from receptionist.model.script import Action, ScriptVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptChanged:
    """A client's script has a new version, or one was sent, approved, or counts now."""

    client_id: UUID
    version: ScriptVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptNews:
    """What changed in a client's script since this receptionist last answered for him.

    Two lines at most; it is told some moments after the call rings, and not at all without any.
    """

    call_id: UUID
    client_id: UUID
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionChosen:
    """The action of a call's script is carried out; `message` says what happens.

    `text` is what the action says beside, filled in. The appointment kind to book is `target_id`,
    None for one that is chosen by hand; the call to whom we call for the caller is it too.
    """

    call_id: UUID
    client_id: UUID
    action: Action
    message: str
    text: str = ""
    target_id: UUID | None = None
