"""Writing people of the directory, after which the desk works with what is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from receptionist.desk.ground import Ground
from receptionist.errors import StaleRow
from receptionist.model.office import Directory
from receptionist.ports import Store
from receptionist.threads import assert_main

R = TypeVar("R")


def write_people(
    ground: Ground,
    write: Callable[[Store], R],
    use: Callable[[Directory], object],
    then: Callable[[R], object],
    failed: Callable[[Exception], object],
) -> None:
    """Run `write` in the store, use the directory that is there then, and hand the result on.

    What somebody else has changed meanwhile is read before `failed` is told of it. Main thread.
    """
    assert_main()

    def written(store: Store) -> tuple[R, Directory]:
        return write(store), store.directory()

    def stored(found: tuple[R, Directory]) -> None:
        use(found[1])
        then(found[0])

    def not_stored(error: Exception) -> None:
        if not isinstance(error, StaleRow):
            failed(error)
            return

        def look_again(directory: Directory) -> None:
            use(directory)
            failed(error)

        ground.memory.submit(lambda store: store.directory(), then=look_again, failed=failed)

    ground.memory.submit(written, then=stored, failed=not_stored)
