"""Ending cleanly when the terminal, the service supervisor or a clock says so."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")


@contextmanager
def interrupting(end: Callable[[], object]) -> Iterator[None]:
    """Call `end` for Ctrl+C meanwhile. Main thread.

    `KeyboardInterrupt` may come anywhere, also where it is swallowed or becomes another error, as
    in the making of an enumeration that is being imported.
    """
    before = signal.signal(signal.SIGINT, lambda number, frame: end())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def on_end(end: Callable[[], object]) -> None:
    """Call `end` on the main thread when the process is asked to end. Main thread."""

    def asked(number: int, frame: FrameType | None) -> None:
        end()

    for name in ENDING:
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, asked)
