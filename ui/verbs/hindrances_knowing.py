"""Why keys of the caller and of what is known can do nothing just now."""

from __future__ import annotations

from collections.abc import Callable

from receptionist.i18n import _
from ui.actions import hint
from ui.verbs.hand import Hand


class KnowingHindrances:
    """Main thread; asks, and changes nothing."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    def table(self) -> dict[str, Callable[[], str]]:
        """What stands in the way of each key."""
        return {"knowledge": self._knowledge, "spell": self._spell}

    def _knowledge(self) -> str:
        if self._hand.board.at_hand is not None:
            return ""
        if self._hand.shown is not None:
            words = _("First choose the client of this call, with {key}.")
            return words.format(key=hint("assign"))
        words = _("First choose a client, with {key}.")
        return words.format(key=hint("search"))

    def _spell(self) -> str:
        if self._hand.panels.spelling.text.strip():
            return ""
        return _("Nothing is typed yet that could be spelled out.")
