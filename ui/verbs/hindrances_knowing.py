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
        return {
            "knowledge": self._knowledge,
            "spell": self._spell,
            "caller_card": self._caller_card,
            "told": self._told,
        }

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

    def _caller_card(self) -> str:
        shown = self._hand.shown
        if shown is None:
            return _("No call is shown. {key} leads to today's calls.").format(key=hint("journal"))
        if shown.client is None:
            return self._knowledge()
        known = self._hand.board.callers.known(shown)
        if known is None:
            return _("Who is called for a caller is not noted down here.")
        if known.number or known.name:
            return ""
        words = _("Neither a number nor a name is known yet. {key} leads to the name.")
        return words.format(key=hint("caller"))

    def _told(self) -> str:
        shown = self._hand.shown
        if shown is None or not self._hand.panels.known.waiting:
            return _("No message waits for this caller.")
        if not shown.call.answered:
            return _("Answer the call first, with {key}.").format(key=hint("answer"))
        return ""
