"""The two ways between threads: `Post` to the main thread, a queue to each worker.

Only immutable values cross. Nothing here knows what it carries.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
log = logging.getLogger(__name__)

_main = threading.main_thread()


class Post(Protocol):
    """Run `function(*values)` on the main thread, soon. May be called from any thread."""

    def __call__(self, function: Callable[..., object], *values: object) -> None: ...


class Later(Protocol):
    """Run `function` on the main thread after `seconds`; the result cancels it. Main thread."""

    def __call__(
        self, seconds: float, function: Callable[[], object]
    ) -> Callable[[], None]: ...


def assert_main() -> None:
    """Fail loudly when a method of the desk is entered from another thread."""
    if threading.current_thread() is not _main:
        raise AssertionError(
            f"main thread only, called on {threading.current_thread().name}"
        )


def assert_not_main() -> None:
    """Fail loudly when something that waits is called where nothing may wait."""
    if threading.current_thread() is _main:
        raise AssertionError("never on the main thread: this call waits")


def _job(
    post: Post,
    function: Callable[..., T],
    values: tuple[Any, ...],
    then: Callable[[T], object] | None,
    failed: Callable[[Exception], object] | None,
) -> Callable[[], None]:
    def job() -> None:
        try:
            result = function(*values)
        except Exception as error:
            if failed is None:
                log.exception("job failed with nobody to tell")
            else:
                post(failed, error)
        else:
            if then is not None:
                post(then, result)

    return job


class Worker:
    """One thread with one queue; jobs run one at a time, in order.

    `submit` is for the main thread, with an answer through `post`. `ask` is for other workers and
    waits. `close` finishes what is queued.
    """

    def __init__(self, name: str, post: Post) -> None:
        self._post = post
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(
        self,
        function: Callable[..., T],
        *values: Any,
        then: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Run `function(*values)` here; post its result to `then` or its exception to `failed`."""

        self._jobs.put(_job(self._post, function, values, then, failed))

    def ask(self, function: Callable[..., T], *values: Any) -> T:
        """Run `function(*values)` here and wait for its result. Not on the main thread."""
        assert_not_main()
        if threading.current_thread() is self._thread:
            return function(*values)
        answer: Future[T] = Future()

        def job() -> None:
            try:
                answer.set_result(function(*values))
            except Exception as error:
                answer.set_exception(error)

        self._jobs.put(job)
        return answer.result()

    def close(self, timeout_s: float = 10.0) -> None:
        """Finish what is queued, then end the thread."""
        self._jobs.put(None)
        self._thread.join(timeout_s)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


class Lanes:
    """A bounded pool of threads with one queue a key: in order within a key, side by side across.

    A key whose job hangs holds one thread, and never a job of another key while a thread is free.
    """

    def __init__(self, name: str, post: Post, threads: int = 8) -> None:
        self._post = post
        self._name = name
        self._limit = threads
        self._lock = threading.Condition()
        self._waiting: dict[Hashable, list[Callable[[], None]]] = {}
        self._ready: list[Hashable] = []
        self._started = 0
        self._idle = 0
        self._closed = False

    def submit(
        self,
        key: Hashable,
        function: Callable[..., T],
        *values: Any,
        then: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Run `function(*values)` behind the other jobs of `key`; results as in `Worker.submit`."""
        job = _job(self._post, function, values, then, failed)
        with self._lock:
            if self._closed:
                return
            if key in self._waiting:
                self._waiting[key].append(job)
                return
            self._waiting[key] = [job]
            self._ready.append(key)
            self._wake()

    def close(self) -> None:
        """Drop what is queued and end the idle threads; a hung job ends with the process."""
        with self._lock:
            self._closed = True
            self._ready.clear()
            self._lock.notify_all()

    def _wake(self) -> None:
        if len(self._ready) > self._idle and self._started < self._limit:
            self._started += 1
            threading.Thread(
                target=self._run, name=f"{self._name}-{self._started}", daemon=True
            ).start()
        else:
            self._lock.notify()

    def _run(self) -> None:
        while (key := self._next()) is not None:
            with self._lock:
                job = self._waiting[key][0]
            job()
            with self._lock:
                self._waiting[key].pop(0)
                if not self._waiting[key]:
                    del self._waiting[key]
                elif not self._closed:
                    self._ready.append(key)
                    self._lock.notify()

    def _next(self) -> Hashable | None:
        with self._lock:
            self._idle += 1
            while not self._ready and not self._closed:
                self._lock.wait()
            self._idle -= 1
            return None if self._closed else self._ready.pop(0)


class MainLoop:
    """The main thread of a face without Qt: runs what is posted until `stop`."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()

    def post(self, function: Callable[..., object], *values: object) -> None:
        """Run `function(*values)` on the main thread, soon. Any thread."""
        self._jobs.put(lambda: function(*values))

    def later(
        self, seconds: float, function: Callable[[], object]
    ) -> Callable[[], None]:
        """Run `function` on the main thread after `seconds`; the result cancels it."""
        timer = threading.Timer(seconds, self.post, (function,))
        timer.daemon = True
        timer.start()
        return timer.cancel

    def run(self) -> None:
        """Run jobs until `stop` is called."""
        assert_main()
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception:
                log.exception("a posted job failed")

    def stop(self) -> None:
        """End `run` after what is already posted. Any thread."""
        self._jobs.put(None)
