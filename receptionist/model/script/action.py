"""What a call leads to: a value that the desk carries out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from receptionist.model.script.prompt import Condition
from receptionist.model.script.said import NOTHING, Text


class ActionKind(StrEnum):
    """What is done. The desk has a carrier for each.

    An appointment is booked; the owner gets a note; the caller is connected with a contact, or
    with whoever is on call; the urgent chain is called until somebody answers.
    """

    BOOK = "book"
    NOTE = "note"
    CONNECT = "connect"
    ON_CALL = "on-call"
    URGENT = "urgent"


TARGETS = {
    ActionKind.BOOK: "kind",
    ActionKind.CONNECT: "contact",
    ActionKind.ON_CALL: "rota",
    ActionKind.URGENT: "rota",
}
"""Actions that name something, and how a script file calls that."""
MUST_NAME = (ActionKind.CONNECT,)
"""The others mean whatever there is: all on-call rotas, or the appointment kind that is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """`target` is the key of an appointment kind, a contact or an on-call rota.

    `text` says more, in words.

    It is the one to be done while all conditions of `when` hold and no action before it.
    """

    do: ActionKind = ActionKind.NOTE
    target: str = ""
    text: Text = NOTHING
    when: tuple[Condition, ...] = ()


USUAL = Action()
"""Where no action of a call reason holds: the owner gets a note."""
