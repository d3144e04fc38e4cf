"""How long no desk has been there, and what follows from it. Pure; the clock is handed in."""

from __future__ import annotations

from collections.abc import Callable

ABSENT_AFTER_S = 5.0


class Absence:
    """Say what is there by `look`, as often as something changes and from time to time."""

    def __init__(self, monotonic: Callable[[], float], linger_s: float) -> None:
        self._monotonic = monotonic
        self._linger_s = linger_s
        self._gone_at: float | None = None
        self._idle_at: float | None = None

    def look(self, there: bool, calls: int) -> None:
        """Whether there is a desk now, and how many calls there are."""
        now = self._monotonic()
        if there:
            self._gone_at = None
        elif self._gone_at is None:
            self._gone_at = now
        if there or calls:
            self._idle_at = None
        elif self._idle_at is None:
            self._idle_at = now

    @property
    def absent(self) -> bool:
        """Whether new calls follow the plans for when nobody is there."""
        return _since(self._gone_at, self._monotonic()) >= ABSENT_AFTER_S

    @property
    def over(self) -> bool:
        """Whether the exchange is to end: no desk, and no call for so long."""
        return _since(self._idle_at, self._monotonic()) >= self._linger_s


def _since(instant: float | None, now: float) -> float:
    return now - instant if instant is not None else -1.0
