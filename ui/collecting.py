"""Python's garbage is collected on the main thread alone.

A `QObject` that nothing but garbage refers to is deleted wherever it is collected, whereas Qt wants
it to end on its own thread: the loop may be about to hand it an event. Widgets are deleted there
by PySide itself, timers and models are not.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 100


class Collecting(QTimer):
    """Collects garbage between two events, from now on and nowhere else. Main thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self.timeout.connect(collect)
        self.start(EVERY_MS)


def collect() -> None:
    """Collect each generation that has grown past Python's threshold for it, the older with it."""
    counts, limits = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > limits[generation]:
            gc.collect(generation)
            return
