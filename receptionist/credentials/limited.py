"""Calls that may block for ever, each with a time limit."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Limited:
    """Runs one call at a time in a thread of its own. Credentials worker.

    A call that is too slow is left behind (a waiting thread cannot be ended); until it comes back
    no other is started, so a keyring that never answers costs one thread and not one a call.
    """

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._left_behind: threading.Thread | None = None

    def run(self, function: Callable[[], T]) -> T:
        """The result or exception of `function`; `TimeoutError` after the limit."""
        if self._left_behind is not None:
            self._left_behind.join(self._limit_s)
            if self._left_behind.is_alive():
                raise TimeoutError
        answers: queue.SimpleQueue[tuple[T | None, Exception | None]] = queue.SimpleQueue()

        def call() -> None:
            try:
                answers.put((function(), None))
            except Exception as error:
                answers.put((None, error))
            except BaseException as error:
                answers.put((None, RuntimeError(type(error).__name__)))

        thread = threading.Thread(target=call, name="keyring", daemon=True)
        thread.start()
        self._left_behind = thread
        try:
            result, error = answers.get(timeout=self._limit_s)
        except queue.Empty:
            raise TimeoutError from None
        self._left_behind = None
        if error is not None:
            raise error
        return result  # type: ignore[return-value]
