"""The ways onto the main thread: the one queued signal, the one-shot timer, the first painting."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from PySide6.QtCore import (
    QEvent,
    QObject,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from receptionist.threads import main_rests, main_works

log = logging.getLogger(__name__)
T = TypeVar("T")

_TURN_S = 0.008
"""How long posted jobs may keep the loop from everything else."""
_UNSEEN_MS = 2000
"""How long to wait for the painting of a window that nobody sees."""


def while_there(owner: QObject, do: Callable[..., object]) -> Callable[..., object]:
    """`do`, but only as long as `owner` exists: an answer may come after it was closed."""
    return lambda *values: do(*values) if isValid(owner) else None


def listen_while_there(
    owner: QObject,
    subscribe: Callable[[Callable[[T], None]], Callable[[], None]],
    heard: Callable[[T], object],
) -> None:
    """Let `heard` be told what is subscribed to, for as long as `owner` exists."""
    still = while_there(owner, heard)

    def listen(event: T) -> None:
        still(event)

    owner.destroyed.connect(subscribe(listen))


class Turn(QTimer):
    """Lets workers give way from `begin` until the loop has nothing more to do. Main thread.

    What is begun here often ends with laying out and painting, which the loop does afterwards.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.timeout.connect(main_rests)

    def begin(self) -> None:
        """The window has something to do."""
        main_works()
        self.start(0)


class QtPost(QObject):
    """`threads.Post` over Qt's event loop. Made on the main thread, called from any.

    Jobs run in order. When many wait, the loop gets its turn now and then: it paints, and takes
    what is typed.
    """

    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: deque[tuple[Callable[..., object], tuple[object, ...]]] = deque()
        self._awake = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._run)
        self._turn = Turn(self)
        self._woken.connect(self._wake, Qt.ConnectionType.QueuedConnection)

    def __call__(self, function: Callable[..., object], *values: object) -> None:
        self._jobs.append((function, values))
        if not self._awake:
            self._awake = True
            with suppress(RuntimeError):  # the loop is gone, and a worker was late
                self._woken.emit()

    @Slot()
    def _wake(self) -> None:
        self._awake = False  # first: who posts from now on wakes us again
        if not self._rest.isActive():
            self._run()

    @Slot()
    def _run(self) -> None:
        self._turn.begin()
        until = time.monotonic() + _TURN_S
        while self._jobs:
            function, values = self._jobs.popleft()
            try:
                function(*values)
            except Exception:
                log.exception("a posted job failed")
            if self._jobs and time.monotonic() >= until:
                self._rest.start(0)
                return


class QtLater:
    """`threads.Later` with one-shot timers that belong to `parent`. Main thread."""

    def __init__(self, parent: QObject) -> None:
        self._parent = parent

    def __call__(self, seconds: float, function: Callable[[], object]) -> Callable[[], None]:
        timer = QTimer(self._parent)
        timer.setSingleShot(True)
        timer.timeout.connect(function)
        timer.timeout.connect(timer.deleteLater)
        timer.start(max(0, round(seconds * 1000)))

        def cancel() -> None:
            if isValid(timer):
                timer.stop()
                timer.deleteLater()

        return cancel


class AfterPainting(QObject):
    """Calls `function` once, when `widget` has been painted for the first time. Main thread.

    A window that stays hidden behind others is never painted; after two seconds it is as good as.
    """

    def __init__(self, widget: QWidget, function: Callable[[], object]) -> None:
        super().__init__(widget)
        self._widget, self._function = widget, function
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go)
        self._timer.start(_UNSEEN_MS)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Paint:
            self._timer.start(0)
        return False

    def _go(self) -> None:
        self._widget.removeEventFilter(self)
        self.deleteLater()
        self._function()
