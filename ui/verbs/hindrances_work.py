"""Why a key of the work list can do nothing just now."""

from __future__ import annotations

from collections.abc import Callable

from receptionist.i18n import _
from ui.verbs.hand import Hand
from ui.verbs.work import item_at_hand


class WorkHindrances:
    """Main thread; asks, and changes nothing."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    def table(self) -> dict[str, Callable[[], str]]:
        """What stands in the way of each key."""
        return {
            "journal": self._journal,
            "settle": self._settle,
        }

    def _journal(self) -> str:
        there = self._hand.panels.journal.entries or self._hand.panels.settled.isVisible()
        return "" if there else _("No calls yet today. Finished calls appear here.")

    def _settle(self) -> str:
        return "" if item_at_hand(self._hand) else _("Nothing is open on the work list.")
