"""Calling again: one of the last numbers, or whoever called."""

from __future__ import annotations

from functools import partial

from receptionist.desk.redial import LastDialled
from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.number import shown
from ui.models.moments import dated_words
from ui.models.search import Offer
from ui.models.wayout import Errand, known_way, name_words
from ui.models.words import client_words, one_line
from ui.post import while_there
from ui.verbs.hand import Hand, Verbs


class AgainVerbs:
    """Main thread. Numbers of one client are never offered for another."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    def table(self) -> Verbs:
        """What each key does."""
        return {"redial": self._redial, "call_back": self._call_back}

    def _redial(self) -> None:
        """Offer the last numbers below the field; Enter calls the chosen one."""
        client = self._hand.board.at_hand
        self._hand.desk.redial.numbers(
            client.id if client else None,
            while_there(self._hand.panels, partial(self._offer, client)),
        )

    def _offer(self, client: Client | None, last: tuple[LastDialled, ...]) -> None:
        if client != self._hand.board.at_hand:
            return  # somebody else is worked for by now
        errand = Errand(client.id if client else None)
        names = {one.number: one.name for one in last}
        named = name_words(self._hand.desk, last[0].number, errand) if last else ""
        self._hand.panels.top.search.ask(
            _last_words(client, named, some=bool(last)),
            lambda number: self._dial(number, client, names.get(number, "")),
            errand,
            lambda: [self._row(one, client) for one in last],
        )

    def _row(self, one: LastDialled, client: Client | None) -> Offer:
        number = shown(one.number)
        way = known_way(self._hand.desk, one.number, client.id if client else None)
        zone = self._hand.desk.directory.office.zone
        when = dated_words(one.at, zone, self._hand.board.now)
        return Offer(
            title=one_line(one.name) or number,
            detail=" · ".join(filter(None, (number if one.name else "", when, way))),
            icon="outgoing",
            does=_("Call"),
            number=one.number,
        )

    def _call_back(self) -> None:
        seen = self._hand.shown
        if seen is not None and seen.call.ended and seen.call.number:
            name = seen.call.caller_name or seen.call.caller.name
            self._dial(seen.call.number, seen.client, name)

    def _dial(self, number: str, client: Client | None, name: str) -> None:
        top = self._hand.panels.top
        try:
            call_id = self._hand.desk.switchboard.dial(
                number, client_id=client.id if client else None, name=name
            )
        except ReceptionistError as error:
            top.refuse(str(error))
            return
        top.dialled()
        self._hand.show_call(call_id)
        self._hand.panels.caller.go()


def _last_words(client: Client | None, named: str, *, some: bool) -> str:
    """What the list is; `named` says in whose name one would call."""
    if some and named:
        return " ".join((_("Called last."), named))
    words = _("{client}: nobody has been called lately. Type a number.")
    if some:
        words = _("{client}: called last. Enter calls.")
    return words.format(client=client_words(client) if client else _("Our own office"))
