"""The work list at the desk: what is open, in memory, so that its counts are known at any time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import TypeVar
from uuid import UUID, uuid4

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.errors import BadInput, NotFound, StaleRow
from receptionist.events import (
    CallChanged,
    DeskEvent,
    DirectoryChanged,
    StoreFailed,
    WorkAdded,
    WorkChanged,
    WorkDone,
)
from receptionist.i18n import _
from receptionist.model.number import normalised
from receptionist.model.worklist import (
    Attempt,
    AttemptOutcome,
    Disposition,
    Urgency,
    WorkCounts,
    WorkItem,
    WorkKind,
    counted,
    disposed,
    put_off_by_trying,
)
from receptionist.ports import Store
from receptionist.threads import assert_main

log = logging.getLogger(__name__)

_Answer = TypeVar("_Answer")
_Then = Callable[[_Answer], object]
Failed = Callable[[Exception], object]
RETRY_AFTER_S = 5.0


def _ignore(_value: object) -> None:
    pass


class WorkList:
    """What is open, by due time. Main thread; whatever is asked is answered from memory, at once.

    Nothing leaves without a disposition. What is written is told by `WorkAdded`, `WorkChanged` and
    `WorkDone` once the store has it. Without `failed`, what fails is told by `StoreFailed`.
    """

    def __init__(self, ground: Ground, calls: Calls) -> None:
        self._calls = calls
        self._memory, self._directory = ground.memory, ground.directory
        self._listeners, self._clock = ground.listeners, ground.clock
        self._later = ground.later
        self._items: dict[UUID, WorkItem] = {}
        self._said: dict[UUID, WorkItem] = {}
        """How items will stand that are being disposed of here."""
        self._read = False
        ground.listeners.add(self._on_event)

    # ---- what is open

    @property
    def items(self) -> tuple[WorkItem, ...]:
        """Everything open, of all clients, by due time."""
        return tuple(sorted(self._items.values(), key=lambda one: (one.due, one.created, one.id)))

    def of(self, client_id: UUID | None) -> tuple[WorkItem, ...]:
        """What is open for a client (None for numbers that belong to nobody), by due time."""
        return tuple(one for one in self.items if one.client_id == client_id)

    def of_caller(self, client_id: UUID | None, number: str) -> tuple[WorkItem, ...]:
        """What is open for a client with whoever has this number, as typed or signalled."""
        wanted = normalised(number, self._directory.office.region)
        return tuple(one for one in self.of(client_id) if wanted and one.number == wanted)

    def get(self, item_id: UUID) -> WorkItem:
        """An open item; `NotFound` when it has left, or never was there."""
        found = self._items.get(item_id)
        if found is None:
            raise NotFound(_("This is not on the work list."))
        return found

    def urgency(self, item: WorkItem) -> Urgency:
        """How an item stands to the office's clock now."""
        return item.urgency(self._clock.now(), self._directory.office.zone)

    @property
    def counts(self) -> WorkCounts:
        """How many items are overdue, due today, and later."""
        return counted(self._items.values(), self._clock.now(), self._directory.office.zone)

    def counts_of(self, client_id: UUID | None) -> WorkCounts:
        """The same for one client."""
        return counted(self.of(client_id), self._clock.now(), self._directory.office.zone)

    def read(
        self, then: Callable[[tuple[WorkItem, ...]], object], failed: Failed | None = None
    ) -> None:
        """Everything open, as the store has it now, to `then`; the memory follows."""
        self._calls.flush()  # to which client a call was given says whose its items are

        def found(items: tuple[WorkItem, ...]) -> None:
            self._read = True
            self._items = {one.id: one for one in items}
            then(self.items)

        self._memory.submit(
            lambda store: store.work.open(), then=found, failed=failed or self.failed
        )

    def closed(
        self,
        since: datetime,
        then: Callable[[tuple[WorkItem, ...]], object],
        client_id: UUID | None = None,
        failed: Failed | None = None,
    ) -> None:
        """What left since then, of one client or of all, the newest first, to `then`."""
        self._memory.submit(
            lambda store: store.work.closed(since, client_id),
            then=then,
            failed=failed or self.failed,
        )

    # ---- what came of it

    def dispose(
        self,
        item_id: UUID,
        disposition: Disposition,
        result: str = "",
        follow_up: datetime | None = None,
        then: Callable[[WorkItem], object] = _ignore,
        failed: Failed | None = None,
    ) -> None:
        """Say what came of an item, with a result in words; `then` gets how it stands now.

        OK, KN and RWA close it; RWA may, RR and a plain follow-up must have a `follow_up` time, and
        then it stays open until then. `model.worklist.dispositions` says what may be said of which
        kind; what may not is a `BadInput` for `failed`, with nothing written.
        """
        assert_main()
        who, at = self._directory.receptionist.id, self._clock.now()
        try:
            seen = self.get(item_id)
            wanted = disposed(seen, disposition, who, at, result, follow_up)
        except (BadInput, NotFound) as error:
            (failed or self.failed)(error)
            return
        seen = self._said.get(item_id, seen)
        self._said[item_id] = wanted

        def write(store: Store) -> WorkItem:
            return store.work.dispose(item_id, disposition, who, at, result, follow_up, seen)

        self._change(write, then, self._after(wanted, failed or self.failed))

    def attempt(
        self,
        item_id: UUID,
        outcome: AttemptOutcome,
        text: str = "",
        until: datetime | None = None,
        then: Callable[[WorkItem], object] = _ignore,
        failed: Failed | None = None,
    ) -> None:
        """Write by hand that somebody was tried; calls over the desk are written by themselves.

        With `until` it waits until then, as one who is called back; what left meanwhile does not.
        """
        assert_main()
        who, at = self._directory.receptionist.id, self._clock.now()
        attempt = Attempt(id=uuid4(), at=at, who=who, outcome=outcome, text=text.strip())
        failed = failed or self.failed
        if until is not None:
            try:
                wanted = put_off_by_trying(self.get(item_id), who, at, until)
            except (BadInput, NotFound) as error:
                failed(error)
                return
            self._said[item_id] = wanted
            then, failed = self._after(wanted, then), self._after(wanted, failed)
        self._change(lambda store: store.work.attempt(item_id, attempt, until), then, failed)

    def reopen(
        self,
        item_id: UUID,
        then: Callable[[WorkItem], object] = _ignore,
        failed: Failed | None = None,
    ) -> None:
        """It left by mistake: open again, due now, with its attempts."""
        assert_main()
        who, at = self._directory.receptionist.id, self._clock.now()

        def back(item: WorkItem) -> None:
            self.take(item, new=True)
            then(item)

        self._memory.submit(
            lambda store: store.work.reopen(item_id, who, at),
            then=back,
            failed=self._or_read_anew(failed),
        )

    # ---- for the parts of the desk that find work

    def add(self, item: WorkItem) -> None:
        """Write an item until the store has it; the same one twice is one."""

        def failed(error: Exception) -> None:
            self.failed(error)
            self._later(RETRY_AFTER_S, lambda: self.add(item))

        self._memory.submit(lambda store: store.work.add(item), then=self.added, failed=failed)

    def added(self, item: WorkItem | None) -> None:
        """The store has put an item on the list; None when it was on it."""
        if item is not None:
            call = self._calls.get(item.call_id)
            if call is not None and _is_of_other(item, call.id, call.client_id):
                self._calls.flush()
                item = replace(item, client_id=call.client_id)
            self.take(item, new=True)

    def bring(
        self,
        find: Callable[[], Sequence[WorkItem]],
        kinds: Collection[WorkKind],
        then: Callable[[], object] = lambda: None,
        failed: Failed | None = None,
    ) -> None:
        """Bring the list up to date with all there is of some kinds; the store's worker finds."""
        at = self._clock.now()

        def brought(found: tuple[tuple[WorkItem, ...], ...]) -> None:
            came, *others = found
            for one in came:
                self.take(one, new=True)
            for one in chain.from_iterable(others):
                self.take(one)
            then()

        self._memory.submit(
            lambda store: store.work.bring(find(), kinds, at),
            then=brought,
            failed=failed or self.failed,
        )

    def tried(self, item_id: UUID, attempt: Attempt) -> None:
        """Write an attempt until the store has it."""

        def failed(error: Exception) -> None:
            self.failed(error)
            if not isinstance(error, NotFound):
                self._later(RETRY_AFTER_S, lambda: self.tried(item_id, attempt))

        self._memory.submit(
            lambda store: store.work.attempt(item_id, attempt), then=self.take, failed=failed
        )

    def say(self, item_id: UUID, number: str, name: str, failed: Failed) -> None:
        """Write whom to call, as it was said after the item came up."""
        who, at = self._directory.receptionist.id, self._clock.now()
        self._memory.submit(
            lambda store: store.work.say(item_id, number, name, who, at),
            then=self.take,
            failed=failed,
        )

    def take(self, item: WorkItem, *, new: bool = False) -> None:
        """Take over how the store has an item now, and tell it."""
        if item.id in self._said and self._said[item.id].disposed == item.disposed:
            del self._said[item.id]
        if item.done is None:
            self._items[item.id] = item
            kind = WorkAdded if new else WorkChanged
            self._listeners.tell(kind(item=item))
        else:
            self._items.pop(item.id, None)
            self._listeners.tell(WorkDone(item=item))

    # ---- inside

    def _after(self, wanted: WorkItem, then: _Then[_Answer]) -> _Then[_Answer]:
        """`then`, where it is known what became of an item that was `wanted` so."""

        def answered(answer: _Answer) -> None:
            if self._said.get(wanted.id) is wanted:
                del self._said[wanted.id]
            then(answer)

        return answered

    def _change(
        self,
        write: Callable[[Store], WorkItem],
        then: Callable[[WorkItem], object],
        failed: Failed | None,
    ) -> None:
        def changed(item: WorkItem) -> None:
            self.take(item)
            then(item)

        self._memory.submit(write, then=changed, failed=self._or_read_anew(failed))

    def _or_read_anew(self, failed: Failed | None) -> Failed:
        def wrong(error: Exception) -> None:
            if isinstance(error, StaleRow):
                self.read(_ignore)
            (failed or self.failed)(error)

        return wrong

    def _on_event(self, event: DeskEvent) -> None:
        if isinstance(event, DirectoryChanged):
            self._read_once()
        elif isinstance(event, CallChanged):
            self._follow(event.call.id, event.call.client_id)

    def _read_once(self) -> None:
        """Read what is open, again and again until it is known."""

        def failed(error: Exception) -> None:
            self.failed(error)
            self._later(RETRY_AFTER_S, self._read_once)

        if not self._read:
            self.read(_ignore, failed)

    def _follow(self, call_id: UUID, client_id: UUID | None) -> None:
        """A call belongs to another client now; the store writes that with the call."""
        for one in tuple(self._items.values()):
            if _is_of_other(one, call_id, client_id):
                self._calls.flush()
                self.take(replace(one, client_id=client_id))

    def failed(self, error: Exception) -> None:
        """Something could not be read or written, and nobody else says so."""
        if not isinstance(error, BadInput | NotFound | StaleRow):
            log.error("the work list could not be read or written: %s", type(error).__name__)
        self._listeners.tell(StoreFailed(message=str(error)))


def _is_of_other(item: WorkItem, call_id: UUID, client_id: UUID | None) -> bool:
    """Whether an item has to follow its call; one about an appointment stays with its owner."""
    follows = item.call_id == call_id and item.appointment_id is None
    return follows and item.client_id != client_id
