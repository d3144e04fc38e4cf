"""What a call's script leads to, in words: what its button does, and who can be reached."""

from __future__ import annotations

from dataclasses import dataclass

from receptionist.desk.contacts import Reached
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.agreement import no_appointments
from receptionist.model.call import Call
from receptionist.model.client import Client
from receptionist.model.script import Action, ActionKind
from ui.models.words import one_line

_URGENT = (ActionKind.ON_CALL, ActionKind.URGENT)


@dataclass(frozen=True, slots=True)
class Lead:
    """`words` stand on the button, `state` beside it."""

    words: str
    state: str = ""
    tone: str = "plain"


def lead_of(desk: Desk, call: Call, client: Client, action: Action) -> Lead | None:
    """What is done when the button is pressed; nobody is called for who is not there any more."""
    text = one_line(desk.courses.instructed(call, action.text))
    match action.do:
        case ActionKind.NOTE:
            return Lead(_with(_("Note for the owner"), text))
        case ActionKind.BOOK:
            return _booking(client, action, text)
    if call.ended:
        return None
    asked = desk.carriers.asked(call.id, action)
    if not asked:
        nobody = _("Nobody can be called. Write a note for the owner.")
        return Lead(_with(_("Connect"), text), nobody, "attention")
    if action.do is ActionKind.URGENT:
        return Lead(_with(_("Call the urgent chain"), text), *_chain(asked))
    first, urgent = asked[0], action.do in _URGENT
    words = _("Connect with {name}, on call") if urgent else _("Connect with {name}")
    there = first.reach.may_connect(urgent=urgent)
    name = one_line(first.contact.name, 60)
    return Lead(
        _with(words.format(name=name), text), first.sentence, "good" if there else "attention"
    )


def _booking(client: Client, action: Action, text: str) -> Lead:
    kind = client.kind(action.target) if action.target else None
    if action.target and kind is None:
        gone = _("The appointment kind is gone. Choose another one by hand.")
        return Lead(_with(_("Book an appointment"), text), gone, "attention")
    if refused := no_appointments(client):
        return Lead(_with(_("Book an appointment"), text), refused, "attention")
    named = _("Book an appointment: {kind}").format(kind=kind.name) if kind else ""
    return Lead(_with(named or _("Book an appointment"), text))


def _chain(asked: tuple[Reached, ...]) -> tuple[str, str]:
    """Who is called, one after the other."""
    names = ", ".join(one_line(one.contact.name, 40) for one in asked)
    there = asked[0].reach.may_connect(urgent=True)
    return _("One after the other: {names}").format(names=names), "good" if there else "attention"


def _with(words: str, text: str) -> str:
    return f"{words} – {text}" if text else words
