"""The ways onto the main thread: the one queued signal, and the one-shot timer."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

log = logging.getLogger(__name__)


class QtPost(QObject):
    """`threads.Post` over Qt's event loop. Made on the main thread, called from any."""

    _posted = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def __call__(self, function: Callable[..., object], *values: object) -> None:
        self._posted.emit(function, values)

    @Slot(object, object)
    def _run(self, function: Callable[..., object], values: tuple[object, ...]) -> None:
        try:
            function(*values)
        except Exception:
            log.exception("a posted job failed")


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
