"""Writing what a part of the desk keeps, again and again until the store has it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable

from receptionist.desk.ground import Ground
from receptionist.events import StoreFailed
from receptionist.ports import Store

log = logging.getLogger(__name__)

RETRY_AFTER_S = 5.0
Job = Callable[[Store], None]


class UntilWritten:
    """Jobs for the store, each kept until it is done. Main thread.

    Of those with the same key only the newest is tried again.
    """

    def __init__(self, ground: Ground, what: str) -> None:
        """`what` names it in the log."""
        self._ground = ground
        self._what = what
        self._waiting: dict[Hashable, Job] = {}
        self._retry_set = False

    @property
    def waiting(self) -> frozenset[Hashable]:
        """The keys of what the store does not have yet."""
        return frozenset(self._waiting)

    def write(self, key: Hashable, job: Job) -> None:
        """Hand a job in, in place of an older one with this key."""
        self._waiting[key] = job
        self._submit(key, job)

    def try_again(self) -> None:
        """Hand in everything that is not written yet."""
        self._retry_set = False
        for key, job in tuple(self._waiting.items()):
            self._submit(key, job)

    def _submit(self, key: Hashable, job: Job) -> None:
        self._ground.memory.submit(
            job, then=lambda _none: self._written(key, job), failed=self._not_written
        )

    def _written(self, key: Hashable, job: Job) -> None:
        if self._waiting.get(key) is job:
            del self._waiting[key]

    def _not_written(self, error: Exception) -> None:
        log.error("%s is not written yet: %s", self._what, type(error).__name__)
        self._ground.listeners.tell(StoreFailed(message=str(error)))
        if not self._retry_set:
            self._retry_set = True
            self._ground.later(RETRY_AFTER_S, self.try_again)
