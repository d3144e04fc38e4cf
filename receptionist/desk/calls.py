"""Calls in memory, and their way into the journal."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from receptionist.desk.ground import Ground
from receptionist.desk.jotter import Jotter
from receptionist.desk.typed import ABOUT, about, call_of, lost, started, texts_of, typed_into
from receptionist.events import CallChanged, StoreFailed
from receptionist.model.call import Call, CallState, Cause
from receptionist.ports import Store

log = logging.getLogger(__name__)

TYPED_AFTER_S = 1.0
RETRY_AFTER_S = 5.0
_ALL = 100_000
_DAY = timedelta(days=1)


class Calls:
    """Every call since the start, live or over; writes what changed until the store has it.

    Main thread; only `_stored`, what the store has, belongs to the store's worker. Segments are
    written at once, typed text after a second; until then it is jotted down.
    """

    def __init__(self, ground: Ground, jotter: Jotter) -> None:
        self._jotter = jotter
        self._memory = ground.memory
        self._directory = ground.directory
        self._listeners = ground.listeners
        self._clock = ground.clock
        self._later = ground.later
        self._calls: dict[UUID, Call] = {}
        self._live: dict[UUID, None] = {}
        self._stored: dict[UUID, Call] = {}
        self._marks: dict[UUID, float] = {}
        self._unsaved: set[UUID] = set()
        self._handed: dict[UUID, list[Call]] = {}
        """How the store has calls, and what of them is on the way there."""
        self._unread: set[UUID] = set()
        """Calls with what was jotted down, of which nobody knows how the store has them."""
        self._flush_set = False
        self._as_of: datetime | None = None

    @property
    def live(self) -> tuple[Call, ...]:
        """Calls that are not over, oldest first."""
        return tuple(self._calls[call_id] for call_id in self._live)

    def get(self, call_id: UUID | None) -> Call | None:
        """A call of this run, or one that was read from the journal."""
        return self._calls.get(call_id) if call_id is not None else None

    def remember(self, calls: tuple[Call, ...]) -> tuple[Call, ...]:
        """Take over calls read from the store; what is newer in memory wins."""
        for call in calls:
            if call.id not in self._calls:
                self._handed[call.id] = [call]
                self._keep(self._with_jotted(call))
                self._mark(call)
                self._stored.setdefault(call.id, call)
        return tuple(self._calls[call.id] for call in calls)

    def add(self, call: Call, tell: Callable[[], object] = lambda: None) -> None:
        """Take a new call in, `tell` it, and write it: who is told may act on it at once."""
        typed = self._with_jotted(call, read=False)
        if typed != call:
            self._unread.add(call.id)
        self._keep(typed)
        self._mark(call)
        tell()
        call = self._calls[call.id]
        self._write(call)

    @property
    def past(self) -> bool:
        """Whether what is taken in now has happened before this start: nothing follows from it."""
        return self._as_of is not None

    @contextmanager
    def as_of(self, at: datetime) -> Iterator[None]:
        """What is advanced inside has happened at `at`, while no desk was there."""
        self._as_of = at
        try:
            yield
        finally:
            self._as_of = None

    def advance(self, call_id: UUID, state: CallState, cause: Cause = Cause.NONE) -> Call | None:
        """Put a live call into its next state and write it; None when there is no such call."""
        call = self._calls.get(call_id)
        if call is None or call.ended:
            return None
        if call.state is state:
            return call
        now = self._clock.monotonic()
        at, mark = self._clock.now(), now
        if self._as_of is not None:
            at, mark = self._as_of, now - (at - self._as_of).total_seconds()
        lasted = max(0.0, mark - self._marks.get(call_id, mark))
        self._marks[call_id] = mark
        call = call.advanced(state, at, round(lasted, 3), cause)
        if state is CallState.ACTIVE and call.receptionist_id is None:
            call = replace(call, receptionist_id=self._directory.receptionist.id)
        self._keep(call)
        self._write(call, call.since)  # what was typed until now belongs to what ended now
        return call

    def change(self, call: Call) -> None:
        """Take over typed text, client or mute, tell it, and write it soon."""
        self._keep(call)
        self._unsaved.add(call.id)
        self._jotter.jot(about(call.id), texts_of(call, self._handed.get(call.id, ())))
        self.tell(call)
        self._flush_in(TYPED_AFTER_S)

    def recover(self) -> None:
        """Bring what an earlier run typed into calls that were over into the journal.

        Those that were not over are read by whoever closes them or takes them over.
        """
        jotted = {call_of(name): one.texts for name, one in self._jotter.all.items()}
        typed = {call_id: texts for call_id, texts in jotted.items() if call_id is not None}
        if not typed:
            return
        since = min(map(started, typed.values()))
        self._memory.submit(
            lambda store: tuple(
                call for call in store.calls(since, limit=_ALL) if call.ended and call.id in typed
            ),
            then=self.remember,
            failed=lambda error: log.error("calls cannot be read: %s", type(error).__name__),
        )

    def bring_lost(self, then: Callable[[Call], object]) -> None:
        """Write calls the journal never got: they are known from what was typed into them alone.

        `then` gets each. What goes on, or is told of, has to be taken in before.
        """
        left = {call_of(name): one for name, one in self._jotter.left(ABOUT).items()}
        jotted = {one: left[one] for one in left if one is not None and one not in self._calls}
        if not jotted:
            return
        since = min(started(one.texts) for one in jotted.values()) - _DAY

        def found(there: set[UUID]) -> None:
            for call_id in jotted.keys() - there - self._calls.keys():
                self.add(lost(call_id, jotted[call_id], self._directory.workstation.id))
                then(self._calls[call_id])

        self._memory.submit(
            lambda store: {call.id for call in store.calls(since, limit=_ALL)},
            then=found,
            failed=lambda error: log.error("calls cannot be read: %s", type(error).__name__),
        )

    def _with_jotted(self, call: Call, *, read: bool = True) -> Call:
        """With what was typed into it before the program ended, and could not be written."""
        jotted = self._jotter.newest(about(call.id))
        typed = typed_into(call, jotted.texts, read=read) if jotted is not None else call
        if typed == call:
            self._jotter.strike(about(call.id))
            return call
        self._unsaved.add(call.id)
        self._flush_in(TYPED_AFTER_S)
        self._later(0.0, lambda: self.tell(self._calls[call.id]))
        return typed

    def measured(self, call: Call) -> None:
        """Take over how a call sounds; whoever measured it tells and writes that."""
        self._keep(call)

    def _mark(self, call: Call) -> None:
        """The newest segment lasts since it began, which may have been before this start."""
        ago = (self._clock.now() - call.since).total_seconds()
        self._marks[call.id] = self._clock.monotonic() - max(0.0, ago)

    def _keep(self, call: Call) -> None:
        self._calls[call.id] = call
        if call.ended:
            self._live.pop(call.id, None)
        else:
            self._live[call.id] = None

    def flush(self) -> None:
        """Hand everything that was not written yet to the store's worker."""
        self._flush_set = False
        for call_id in tuple(self._unsaved):
            self._write(self._calls[call_id])

    def _flush_in(self, seconds: float) -> None:
        if not self._flush_set:
            self._flush_set = True
            self._later(seconds, self.flush)

    def tell(self, call: Call) -> None:
        """Tell faces that there is something new about a call."""
        client = self._directory.remembered(call.client_id)
        greeting = self._directory.greeting(client, call)
        self._listeners.tell(CallChanged(call=call, client=client, greeting=greeting))

    def _write(self, call: Call, at: datetime | None = None) -> None:
        self._unsaved.discard(call.id)
        who, at = self._directory.receptionist.id, at or self._clock.now()
        jotted = self._jotter.newest(about(call.id))
        unread = call.id in self._unread
        self._handed.setdefault(call.id, []).append(call)

        def write(store: Store) -> None:
            if unread and call.id not in self._stored:
                store.record_call(call)
                self._stored[call.id] = _as_stored(store, call)
            self._bring_up_to_date(store, call, who, at)
            if jotted is not None:
                self._jotter.strike(about(call.id), jotted)

        self._memory.submit(
            write,
            then=lambda _: self._written(call),
            failed=lambda error: self._not_written(call, error),
        )

    def _bring_up_to_date(self, store: Store, call: Call, who: UUID, at: datetime) -> None:
        old = self._stored.get(call.id)
        if old is None or old.segments != call.segments:
            store.record_call(call)
        if old is not None:
            store.change_call(call.id, old, call, who, at)
        self._stored[call.id] = call

    def _written(self, call: Call) -> None:
        self._unread.discard(call.id)
        handed = self._handed[call.id]
        del handed[: handed.index(call)]

    def _not_written(self, call: Call, error: Exception) -> None:
        self._unsaved.add(call.id)
        self._handed[call.id].remove(call)
        log.error("a call is not in the journal yet: %s", type(error).__name__)
        self._listeners.tell(StoreFailed(message=str(error)))
        self._flush_in(RETRY_AFTER_S)


def _as_stored(store: Store, call: Call) -> Call:
    return next(one for one in store.calls(call.started - _DAY, limit=_ALL) if one.id == call.id)
