"""Ready, break, wrap-up: verbs of who sits here."""

from __future__ import annotations

from ui.verbs.hand import Hand, Verbs


class AgentVerbs:
    """What the desk is asked about the receptionist. Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._agent, self._panel = hand.desk.agent, hand.panels.top.agent
        self._panel.ready.connect(self._agent.ready)
        self._panel.wrap_up.connect(self._agent.wrap_up)
        self._panel.rest.connect(self._agent.take_break)

    def table(self) -> Verbs:
        """What each key does."""
        return {
            "ready": self._ready,
            "break": self._panel.ask_reason,
            "wrap_up": self._wrap_up,
        }

    def _ready(self) -> None:
        self._panel.menu.close()
        self._agent.ready()

    def _wrap_up(self) -> None:
        self._panel.menu.close()
        self._agent.wrap_up()
