"""Why a key of the work list or of work beside calls can do nothing just now."""

from __future__ import annotations

from collections.abc import Callable

from receptionist.i18n import _
from receptionist.model.agreement import no_call_backs
from ui.actions import hint
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
            "promise": self._promise,
            "report": self._report,
            "errand": self._errand,
            "errand_pause": self._open_errand,
            "errand_finish": self._open_errand,
        }

    def _journal(self) -> str:
        there = self._hand.panels.journal.entries or self._hand.panels.settled.isVisible()
        return "" if there else _("Nothing is open, and nobody has called today.")

    def _settle(self) -> str:
        return "" if item_at_hand(self._hand) else _("Nothing is open on the work list.")

    def _promise(self) -> str:
        shown = self._hand.shown
        if shown is None:
            return _("No call is shown. {key} leads to today's calls.").format(key=hint("journal"))
        if not shown.call.number:
            return _("The number was withheld: nobody knows where to call.")
        return no_call_backs(shown.client) if shown.client is not None else ""

    def _report(self) -> str:
        return "" if self._hand.desk.directory.clients else _("There is no client yet.")

    def _errand(self) -> str:
        there = self._hand.desk.directory.clients
        return "" if there else _("There is no client to work for yet.")

    def _open_errand(self) -> str:
        if self._hand.board.errands:
            return ""
        if self._hand.desk.errands.all:
            return _("Somebody is on the line. Resume the task after the call.")
        return _("No task is open. {key} begins one.").format(key=hint("errand"))
