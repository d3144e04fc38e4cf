"""When nothing is under way any more, so that what a window shows is what it goes on showing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from receptionist import threads

_SOON_MS = 250
_ROUNDS = 3


class Rest:
    """Counts the jobs that workers have and have not done, from now on. Main thread.

    `roots` own the timers that count: what is due soon is awaited, too.
    """

    def __init__(self, roots: Callable[[], Iterable[QObject]]) -> None:
        self._roots = roots
        self._lock = threading.Lock()
        self._under_way = 0
        self._quiet = 0
        self._made = threads._job

    def begin(self) -> None:
        """Count."""
        threads._job = self._counted

    def end(self) -> None:
        """Count no more."""
        threads._job = self._made

    def begin_again(self) -> None:
        """What was quiet may be so no longer."""
        self._quiet = 0

    @property
    def reached(self) -> bool:
        """Whether nothing was under way, each time this was asked of late."""
        busy = self._under_way or any(_due_soon(root) for root in self._roots())
        self._quiet = 0 if busy else self._quiet + 1
        return self._quiet > _ROUNDS

    def _counted(self, *values: Any) -> Callable[[], None]:
        job = self._made(*values)
        self._count(1)

        def counted() -> None:
            try:
                job()
            finally:
                self._count(-1)

        return counted

    def _count(self, more: int) -> None:
        with self._lock:
            self._under_way += more


def _due_soon(root: QObject) -> bool:
    timers = (one for one in root.findChildren(QTimer) if one.isActive())
    return any(one.isSingleShot() and one.remainingTime() < _SOON_MS for one in timers)
