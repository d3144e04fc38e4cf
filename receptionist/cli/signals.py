"""Ending cleanly when the terminal, the service supervisor or a clock says so."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType

ENDING = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")


def on_end(end: Callable[[], object]) -> None:
    """Call `end` on the main thread when the process is asked to end. Main thread."""

    def asked(number: int, frame: FrameType | None) -> None:
        end()

    for name in ENDING:
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, asked)
