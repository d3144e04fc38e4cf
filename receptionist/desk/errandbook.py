"""The errands that are open: in memory, and on their way into the store."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from uuid import UUID

from receptionist.desk.errandwords import cut_off
from receptionist.desk.ground import Ground
from receptionist.desk.untilwritten import UntilWritten
from receptionist.errors import NotFound
from receptionist.events import CallChanged, CallEnded, DeskEvent, ErrandChanged
from receptionist.i18n import _
from receptionist.model.errand import Errand
from receptionist.ports import Store

TYPED_AFTER_S = 1.0


class ErrandBook:
    """Every open errand, of all clients. Main thread. What is kept is written until it is stored.

    An errand that came out of a call belongs to the client of that call.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._open: dict[UUID, Errand] = {}
        self._typed: set[UUID] = set()
        self._stored: dict[UUID, Errand] = {}
        """As they were read or written here last. Store worker only."""
        self._written = UntilWritten(ground, "an errand")
        ground.listeners.add(self._follow)

    @property
    def all(self) -> tuple[Errand, ...]:
        """Those that are open, oldest first."""
        return tuple(sorted(self._open.values(), key=lambda one: (one.created, one.id)))

    def find(self, errand_id: UUID | None) -> Errand | None:
        """An open errand, if it is one."""
        return self._open.get(errand_id) if errand_id is not None else None

    def get(self, errand_id: UUID) -> Errand:
        """An open errand; `NotFound` when it is none."""
        found = self._open.get(errand_id)
        if found is None:
            raise NotFound(_("This task is not open any more."))
        return found

    def keep(self, errand: Errand, message: str = "", *, tell: bool = True) -> None:
        """Take an errand over as it is now, and write it; it may be over with this."""
        self._open[errand.id] = errand
        self._typed.discard(errand.id)
        who, at = self._ground.directory.receptionist.id, self._ground.clock.now()

        def write(store: Store) -> None:
            store.services.record(errand, who, at, self._stored.get(errand.id))
            self._stored[errand.id] = errand

        self._written.write(errand.id, write)
        if not errand.is_open:
            del self._open[errand.id]
        if tell:
            self._tell(errand, message)

    def typed(self, errand: Errand) -> None:
        """Take over what was typed, and write it soon."""
        self._open[errand.id] = errand
        self._tell(errand)
        if not self._typed:
            self._ground.later(TYPED_AFTER_S, self.flush)
        self._typed.add(errand.id)

    def flush(self) -> None:
        """Write what was typed."""
        for errand_id in tuple(self._typed):
            self.keep(self._open[errand_id], tell=False)

    def open(
        self,
        kept: Collection[UUID],
        then: Callable[[], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Read what is open; what ran here, but for those `kept`, was cut off, and says so."""
        workstation, at = self._ground.directory.workstation.id, self._ground.clock.now()

        def read(store: Store) -> tuple[Errand, ...]:
            store.services.interrupt(workstation, kept, at)
            found = store.services.open_errands()
            self._stored.update({one.id: one for one in found if one.id not in self._stored})
            return found

        def take_in(errands: tuple[Errand, ...]) -> None:
            for errand in errands:
                if errand.id not in self._open and errand.id not in self._written.waiting:
                    self._open[errand.id] = errand
                    self._tell(errand, cut_off(errand, self._ground.directory.office.zone))
            then()

        self._ground.memory.submit(read, then=take_in, failed=failed)

    def close(self) -> None:
        """Hand everything that is not written yet to the store."""
        self.flush()
        self._written.try_again()

    def _follow(self, event: DeskEvent) -> None:
        if not isinstance(event, CallChanged | CallEnded) or event.call.client_id is None:
            return
        for errand in self.all:
            if errand.call_id == event.call.id and errand.client_id != event.call.client_id:
                self._open[errand.id] = replace(errand, client_id=event.call.client_id)
                self._tell(self._open[errand.id])

    def _tell(self, errand: Errand, message: str = "") -> None:
        self._ground.listeners.tell(ErrandChanged(errand=errand, message=message))
