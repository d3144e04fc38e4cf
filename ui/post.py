"""The ways onto the main thread: the one queued signal, the one-shot timer, the first painting."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

log = logging.getLogger(__name__)

_UNSEEN_MS = 2000
"""How long to wait for the painting of a window that nobody sees."""


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
