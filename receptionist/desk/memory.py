"""The desk's way to the database: one worker, one transaction at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from receptionist.ports import Store
from receptionist.threads import Post, Worker

T = TypeVar("T")


class Memory:
    """Runs functions of the store on the store's worker. Any thread but where noted.

    The store is opened there too, because opening migrates and imports heavy libraries.
    """

    def __init__(self, open_store: Callable[[], Store], post: Post) -> None:
        self._open_store = open_store
        self._worker = Worker("store", post)
        self._store: Store | None = None
        self.failures = 0
        """How many functions have raised something. For functions that are submitted."""

    def submit(
        self,
        function: Callable[[Store], T],
        then: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Run `function(store)`; its result or exception is posted to the main thread."""
        self._worker.submit(self._with_store, function, then=then, failed=failed)

    def ask(self, function: Callable[[Store], T]) -> T:
        """Run `function(store)` and wait. Not on the main thread."""
        return self._worker.ask(lambda: self._with_store(function))

    def close(self) -> None:
        """Finish what is queued and close the store."""
        self._worker.submit(self._close)
        self._worker.close()

    def _with_store(self, function: Callable[[Store], T]) -> T:
        try:
            if self._store is None:
                self._store = self._open_store()
            return function(self._store)
        except Exception:
            self.failures += 1
            raise

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()
