"""The two ways between threads: `Post` to the main thread, a queue to each worker.

Only immutable values cross. Nothing here knows what it carries.
"""

from __future__ import annotations

import gc
import logging
import queue
import sys
import threading
from collections import deque
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

    def __call__(self, seconds: float, function: Callable[[], object]) -> Callable[[], None]: ...


def share_finely(seconds: float = 0.0001) -> None:
    """Let no thread keep the interpreter for longer than this while another one waits for it.

    A window enters Python for every widget it measures or paints, and each time it may find a
    worker there that reads a calendar. With Python's 5 ms a window of fifty widgets stands still
    for a quarter of a second. Changing threads costs some microseconds, and only while two of them
    want to work.
    """
    sys.setswitchinterval(seconds)


_rests = threading.Event()
_rests.set()
_LONGEST_WAIT_S = 0.05


def main_works() -> None:
    """The main thread begins to do something; from now on `give_way` waits. Main thread."""
    _rests.clear()


def main_rests() -> None:
    """The main thread waits for something to happen. Main thread."""
    _rests.set()


def give_way() -> None:
    """Let the main thread end what it is doing, but wait no longer than a moment for that.

    For a worker between two pieces of long work: threads share the interpreter evenly, whereas
    somebody waits for the window and nobody for the worker.
    """
    if not _rests.is_set() and threading.current_thread() is not _main:
        _rests.wait(_LONGEST_WAIT_S)


def keep_for_good() -> None:
    """Let the garbage collector never look again at what is there now. Any thread.

    A look at everything takes a tenth of a second once a thousand clients and all libraries are
    there, and no thread goes on meanwhile. To be called when something large was loaded that stays.
    """
    gc.freeze()


def assert_main() -> None:
    """Fail loudly when a method of the desk is entered from another thread."""
    if threading.current_thread() is not _main:
        raise AssertionError(f"main thread only, called on {threading.current_thread().name}")


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
                raise
            post(failed, error)
        else:
            if then is not None:
                post(then, result)

    return job


def _run_guarded(job: Callable[[], object]) -> None:
    """Run `job`; whatever it raises ends in the log, never the thread that runs the next one."""
    try:
        job()
    except Exception:
        log.exception("a job failed with nobody to tell")


class Worker:
    """One thread with one queue; jobs run one at a time, in order.

    `submit` is for the main thread, with an answer through `post`. `ask` is for other workers and
    waits. `close` finishes what is queued; what comes after it is dropped, or refused to `ask`.
    """

    def __init__(self, name: str, post: Post) -> None:
        self._post = post
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
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
        self._put(_job(self._post, function, values, then, failed))

    def ask(self, function: Callable[..., T], *values: Any) -> T:
        """Run `function(*values)` here and wait for its result. Not on the main thread.

        Raises what `function` raises, and `RuntimeError` when the worker is closed.
        """
        assert_not_main()
        if threading.current_thread() is self._thread:
            return function(*values)
        answer: Future[T] = Future()

        def job() -> None:
            try:
                answer.set_result(function(*values))
            except BaseException as error:
                answer.set_exception(error)

        if not self._put(job):
            raise RuntimeError(f"{self._thread.name} is closed")
        return answer.result()

    def close(self, timeout_s: float = 10.0) -> None:
        """Finish what is queued, then end the thread; give up waiting after `timeout_s`."""
        with self._lock:
            self._closed = True
            self._jobs.put(None)
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            log.warning("%s still works after %.0f s, left behind", self._thread.name, timeout_s)

    def _put(self, job: Callable[[], None]) -> bool:
        with self._lock:
            if not self._closed:
                self._jobs.put(job)
            return not self._closed

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            give_way()
            _run_guarded(job)


class Lanes:
    """A bounded pool of threads with one queue a key: in order within a key, side by side across.

    A key whose job hangs holds one thread, and never a job of another key while a thread is free.
    `submit` is for any thread; `close` drops what is queued, and what comes after it.
    """

    def __init__(self, name: str, post: Post, threads: int = 8) -> None:
        self._post = post
        self._name = name
        self._limit = threads
        self._changed = threading.Condition()
        self._lanes: dict[Hashable, deque[Callable[[], None]]] = {}
        """Keys that have work; the first job of each is running, or its key is in `_ready`."""
        self._ready: deque[Hashable] = deque()
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
        with self._changed:
            if self._closed:
                return
            if key in self._lanes:
                self._lanes[key].append(job)
                return
            self._lanes[key] = deque([job])
            self._ready.append(key)
            self._wake()

    def close(self) -> None:
        """Drop what is queued and end the idle threads; a hung job ends with the process."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _wake(self) -> None:
        if len(self._ready) > self._idle and self._started < self._limit:
            self._started += 1
            threading.Thread(
                target=self._run, name=f"{self._name}-{self._started}", daemon=True
            ).start()
        else:
            self._changed.notify()

    def _run(self) -> None:
        while (taken := self._take()) is not None:
            key, job = taken
            _run_guarded(job)
            self._done(key)

    def _take(self) -> tuple[Hashable, Callable[[], None]] | None:
        with self._changed:
            self._idle += 1
            while not self._ready and not self._closed:
                self._changed.wait()
            self._idle -= 1
            if self._closed:
                return None
            key = self._ready.popleft()
            return key, self._lanes[key][0]

    def _done(self, key: Hashable) -> None:
        with self._changed:
            lane = self._lanes[key]
            lane.popleft()
            if lane:
                self._ready.append(key)
                self._changed.notify()
            else:
                del self._lanes[key]


class MainLoop:
    """The main thread of a face without Qt: runs what is posted until `stop`."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()

    def post(self, function: Callable[..., object], *values: object) -> None:
        """Run `function(*values)` on the main thread, soon. Any thread."""
        self._jobs.put(lambda: function(*values))

    def later(self, seconds: float, function: Callable[[], object]) -> Callable[[], None]:
        """Run `function` on the main thread after `seconds`; the result cancels it.

        Cancelled on the main thread it never runs, even when its time has come and it is queued.
        """
        cancelled = threading.Event()

        def due() -> None:
            if not cancelled.is_set():
                function()

        timer = threading.Timer(seconds, self.post, (due,))
        timer.daemon = True
        timer.start()

        def cancel() -> None:
            cancelled.set()
            timer.cancel()

        return cancel

    def run(self) -> None:
        """Run jobs until `stop` is called."""
        assert_main()
        while (job := self._next()) is not None:
            _run_guarded(job)

    def stop(self) -> None:
        """End `run` after what is already posted. Any thread."""
        self._jobs.put(None)

    def _next(self) -> Callable[[], object] | None:
        while True:
            try:
                return self._jobs.get(timeout=1.0)
            except queue.Empty:
                # Windows delivers Ctrl+C only between two waits.
                continue
