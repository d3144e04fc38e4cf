"""Who is told what happens at the desk."""

from __future__ import annotations

import logging
from collections.abc import Callable

from receptionist.events import DeskEvent
from receptionist.threads import assert_main

log = logging.getLogger(__name__)


class Listeners:
    """Tells every listener every event, in order. Main thread.

    A listener that fails is logged, and the others go on.
    """

    def __init__(self) -> None:
        self._listeners: list[Callable[[DeskEvent], None]] = []

    def add(self, listener: Callable[[DeskEvent], None]) -> Callable[[], None]:
        """Call `listener` with every event from now on; the result takes it off again."""
        assert_main()
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, event: DeskEvent) -> None:
        """Tell `event` to everybody."""
        assert_main()
        for listener in tuple(self._listeners):
            try:
                listener(event)
            except Exception:
                log.exception("a listener failed on %s", type(event).__name__)
