"""An end to computations that a foreign object could make endless. Any worker."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

PATIENCE_S = 3.0
"""Enough for any object that people make."""


class TooSlow(ValueError):
    """The computation was given up."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise `TooSlow` in this thread when the block runs longer than `seconds`.

    A rule like "each second on 30 February" keeps dateutil searching until the year 9999 inside
    one call, so the interpreter's profiling hook is the only place to stop it.
    """
    deadline = time.monotonic() + seconds
    former = sys.getprofile()

    def watch(_frame: FrameType, _event: str, _argument: object) -> None:
        if time.monotonic() > deadline:
            sys.setprofile(former)
            raise TooSlow(f"given up after {seconds} s")

    sys.setprofile(watch)
    try:
        yield
    finally:
        sys.setprofile(former)
