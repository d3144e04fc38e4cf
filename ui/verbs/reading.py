"""Calendars: read them now, or do not wait for what is being read."""

from __future__ import annotations

from ui.verbs.hand import Hand, Verbs


class ReadingVerbs:
    """Verbs of what takes longer. Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._calendars = hand.desk.calendars
        hand.panels.bottom.progress.stop.connect(self._calendars.stop_reading)
        hand.panels.bottom.again.connect(self._calendars.refresh_all)

    def table(self) -> Verbs:
        """What each key does."""
        return {
            "read_again": self._calendars.refresh_all,
            "stop": self._calendars.stop_reading,
        }
