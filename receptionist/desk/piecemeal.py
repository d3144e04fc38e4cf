"""Reads a long period from the store piece by piece, so that what others ask comes in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from receptionist.desk.memory import Memory
from receptionist.model.period import Period, pieces
from receptionist.ports import Store

T = TypeVar("T")
PIECE = timedelta(days=2)
"""Of a client with 200,000 calls a year it is read in a fraction of a second."""


def piecemeal(
    memory: Memory,
    period: Period,
    read: Callable[[Store, Period], T],
    then: Callable[[list[T]], object],
    failed: Callable[[Exception], object],
) -> None:
    """Hand what `read` gives for each piece of a period to `then`, in order. Main thread."""
    left, found = list(pieces(period, PIECE)), list[T]()

    def following() -> None:
        if not left:
            then(found)
            return
        piece = left.pop(0)
        memory.submit(lambda store: read(store, piece), then=take, failed=failed)

    def take(one: T) -> None:
        found.append(one)
        following()

    following()
