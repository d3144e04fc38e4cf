"""What the desk was told, and has written down: the phone need not remember that any more."""

from __future__ import annotations

from collections.abc import Callable

from receptionist.events import JOURNALLED
from receptionist.phone import wire
from receptionist.phone.wire.spool import Kept, told


class Receipts:
    """Counts what the desk is told. Main thread; receipts are used in their order."""

    def __init__(self, data: str, send: Callable[[wire.Command], None]) -> None:
        self._data, self._send = data, send
        self._life = self._count = self._handed = 0

    def begin(self, kept: tuple[Kept, ...]) -> tuple[Kept, ...]:
        """Another life of the engine, or another way to it; what of the spool is new."""
        self._life += 1
        self._count = 0
        new, self._handed = kept[self._handed :], len(kept)
        return new

    def told(self, report: object) -> None:
        """The exchange has told this."""
        self._count += isinstance(report, JOURNALLED)

    def receipt(self) -> Callable[[], None]:
        """What to call when all that was told until now is written down."""
        life, count, handed = self._life, self._count, self._handed

        def written() -> None:
            if handed and self._handed and told(self._data, handed):
                self._handed = 0
            if count and life == self._life:
                self._send(wire.Heard(count=count))

        return written
