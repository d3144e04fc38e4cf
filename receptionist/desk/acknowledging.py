"""Saying to the phone what is in the journal, so that it tells the rest to the next desk."""

from __future__ import annotations

from collections.abc import Callable

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.ports import PhoneService

RETRY_AFTER_S = 10.0
"""Longer than what could not be written waits for its next attempt."""


class Acknowledging:
    """Gives the phone its receipts. Main thread.

    The store's worker does one thing after the other, so what was asked for before a question has
    been done when that is answered. Where anything failed meanwhile, nothing is acknowledged: it
    may have been that, and is tried again.
    """

    def __init__(self, ground: Ground, calls: Calls, service: PhoneService) -> None:
        self._memory, self._later = ground.memory, ground.later
        self._calls, self._service = calls, service
        self._failures = 0
        self._asking = self._more = False

    def due(self) -> None:
        """Something that belongs into the journal was taken in."""
        self._more = True
        if not self._asking:
            self._ask()

    def _ask(self) -> None:
        self._asking, self._more = True, False
        self._calls.flush()
        receipt = self._service.receipt()
        self._memory.submit(
            lambda store: self._memory.failures,
            then=lambda failures: self._written(receipt, failures),
            failed=lambda error: self._later(RETRY_AFTER_S, self._ask),
        )

    def _written(self, receipt: Callable[[], None], failures: int) -> None:
        if failures != self._failures:
            self._failures = failures
            self._later(RETRY_AFTER_S, self._ask)
            return
        receipt()
        self._asking = False
        if self._more:
            self._ask()
