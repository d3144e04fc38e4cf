"""How the desk is, in one sign: what a person must see who does not see the window."""

from __future__ import annotations

from dataclasses import dataclass

from receptionist.desk.desk import Desk
from receptionist.i18n import _, ngettext
from receptionist.model.agent import AgentState
from receptionist.model.call import CallState
from ui.models.agent import heading, state_word
from ui.models.condition import phone_conditions
from ui.models.words import client_words

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Sign:
    """A picture of the kept set, a tone, and words that say the same."""

    picture: str
    tone: str
    words: str


def sign(desk: Desk) -> Sign:
    """What matters most now: who rings, what is broken, else how the receptionist is."""
    ringing = [call for call in desk.switchboard.calls if call.state is CallState.RINGING]
    if ringing:
        known = (desk.directory.client(call.client_id) for call in ringing)
        named = [client_words(client) for client in known]
        return Sign("phone", "good", _rings(named))
    broken = [one for one in phone_conditions(desk) if one.tone == "danger"]
    if broken:
        return Sign("alert", "danger", broken[0].sentence)
    return _attendance(desk)


def _rings(named: list[str]) -> str:
    more = len(named) - _MOST_NAMED
    clients = ", ".join(named[:_MOST_NAMED])
    if more > 0:
        words = ngettext("{clients} and {count} more", "{clients} and {count} more", more)
        clients = words.format(clients=clients, count=more)
    return _("Ringing: {clients}").format(clients=clients)


def _attendance(desk: Desk) -> Sign:
    told = desk.agent.newest
    state = told.period.state if told else AgentState.READY
    picture, tone = {
        AgentState.READY: ("check", "good"),
        AgentState.BREAK: ("pause", "attention"),
        AgentState.WRAP_UP: ("clock", "attention"),
    }[state]
    return Sign(picture, tone, heading(told) if told else state_word(state))
