"""What is owed, in owners' task lists: written, ticked off here, or by the owner himself.

Only where a client has a calendar for tasks, and only what is his own. What the owner ticks off
on his phone is settled here; a task that he deletes is no longer shown to him, but the promise to
the caller stays. What turns out to belong to another client is taken away from the first one, also
when it is settled: no client sees another one's callers.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.desk.ground import Ground
from receptionist.desk.health import Accounts, is_hopeless
from receptionist.desk.refresh import Refresh
from receptionist.desk.worklist import WorkList
from receptionist.errors import PreconditionFailed, StaleRow, StoreError
from receptionist.events import DeskEvent, StoreFailed, WorkAdded, WorkChanged, WorkDone
from receptionist.i18n import _, language
from receptionist.model.appointment import Appointment
from receptionist.model.client import OwnerCalendar
from receptionist.model.number import shown
from receptionist.model.spoken import written
from receptionist.model.task import StoredTask, Task, TaskPlace
from receptionist.model.worklist import OF_OWNER, Disposition, WorkItem
from receptionist.ports import Calendar, Store
from receptionist.reasons import known_reason, sentence

log = logging.getLogger(__name__)

WRITE_EVERY_S = 5.0
READ_EVERY_S = 300.0
HOPELESS_PAUSE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An item, where it stands, and the task list it belongs into."""

    place: TaskPlace
    item: WorkItem
    calendar: OwnerCalendar


class OwnerTasks:
    """Brings what is owed into task lists and reads what became of them. Main thread."""

    def __init__(
        self, ground: Ground, refresh: Refresh, accounts: Accounts, work: WorkList
    ) -> None:
        self._refresh, self._accounts, self._work = refresh, accounts, work
        self._memory, self._directory = ground.memory, ground.directory
        self._listeners, self._lanes = ground.listeners, ground.lanes
        self._clock, self._later = ground.clock, ground.later
        self._under_way: set[UUID] = set()
        self._closed = False
        ground.listeners.add(self._on_event)

    def start(self) -> None:
        """Bring every open item where it belongs, now and from now on."""
        self._memory.submit(
            lambda store: store.work.open(), then=self._begin, failed=self._store_failed
        )
        self._write_on()
        self._read_on()

    def close(self) -> None:
        """Hand nothing out any more."""
        self._closed = True

    def kick(self) -> None:
        """Write what is due now, where there is a task list at all."""
        if not self._lists():
            return
        now = self._clock.now()
        self._memory.submit(
            lambda store: store.tasks.due(now), then=self._hand_out, failed=self._store_failed
        )

    def read(self) -> None:
        """Look what the owners did with their tasks."""
        for calendar in self._lists():
            if self._accounts.may_ask(calendar.account_id, self._clock.now()):
                self._lanes.submit(
                    calendar.account_id,
                    self._look,
                    calendar,
                    then=self._ticked,
                    failed=partial(self._not_read, calendar),
                )

    # ---- when

    def _write_on(self) -> None:
        if not self._closed:
            self.kick()
            self._later(WRITE_EVERY_S, self._write_on)

    def _read_on(self) -> None:
        if not self._closed:
            self.read()
            self._later(READ_EVERY_S, self._read_on)

    def _on_event(self, event: DeskEvent) -> None:
        if isinstance(event, WorkAdded):
            self._begin((event.item,), again=True)
        elif isinstance(event, WorkChanged):  # it may belong to another client now
            self._begin((event.item,))
            self.kick()
        elif isinstance(event, WorkDone):
            self.kick()

    # ---- into the list

    def _lists(self) -> list[OwnerCalendar]:
        return [one for one in self._directory.calendars if one.tasks]

    def _begin(self, items: tuple[WorkItem, ...], *, again: bool = False) -> None:
        lists = {one.client_id: one for one in reversed(self._lists())}
        places = [
            TaskPlace(id=one.id, client_id=calendar.client_id, calendar_id=calendar.id)
            for one in items
            if one.kind in OF_OWNER
            and one.client_id is not None
            and (calendar := lists.get(one.client_id)) is not None
        ]
        if not places:
            return

        def begin(store: Store) -> None:
            for place in places:
                store.tasks.begin(place, again=again)

        self._memory.submit(begin, then=lambda _none: self.kick(), failed=self._store_failed)

    def _hand_out(self, due: tuple[tuple[TaskPlace, WorkItem], ...]) -> None:
        lists = {one.id: one for one in self._directory.calendars}
        for place, item in due:
            if place.id in self._under_way:
                continue
            calendar, moved = lists.get(place.calendar_id), item.client_id != place.client_id
            if calendar is None:
                if moved:
                    self._left(place)
            elif moved:
                self._try(self._take_away, self._left, _Entry(place, item, calendar))
            elif calendar.tasks:
                self._try(self._write, self._written, _Entry(place, item, calendar))

    def _try(
        self,
        job: Callable[[_Entry], TaskPlace],
        then: Callable[[TaskPlace], object],
        entry: _Entry,
    ) -> None:
        account_id = entry.calendar.account_id
        if not self._accounts.may_ask(account_id, self._clock.now()):
            return
        self._under_way.add(entry.place.id)
        failed = partial(self._not_written, entry)
        self._lanes.submit(account_id, job, entry, then=then, failed=failed)

    def _take_away(self, entry: _Entry) -> TaskPlace:
        """It belongs to another client: who had it sees it no longer. Calendar worker."""
        account = self._refresh.account(entry.calendar.account_id)
        account.withdraw(self._href(entry), "")
        return entry.place

    def _href(self, entry: _Entry) -> str:
        return entry.place.href or f"{self._refresh.address(entry.calendar)}{entry.place.id}.ics"

    def _write(self, entry: _Entry) -> TaskPlace:
        """Where it stands now. Calendar worker; may be repeated at any time."""
        account = self._refresh.account(entry.calendar.account_id)
        place, href = entry.place, self._href(entry)
        task, stamp = _task(entry.item, self._about(entry)), self._clock.now()
        done = entry.item.done is not None
        try:
            etag = account.put_task(href, task, stamp, place.etag)
        except PreconditionFailed:
            found = _found(account, self._refresh.address(entry.calendar), place.id)
            if found is None:
                return _gone(place)
            etag = account.put_task(href, task, stamp, found.etag)
        return replace(place, href=href, etag=etag, done=done, dirty=False, next_attempt=None)

    def _about(self, entry: _Entry) -> Appointment | None:
        """The appointment because of which somebody is to be called back."""
        about = entry.item.appointment_id
        return None if about is None else self._memory.ask(lambda store: store.bookings.get(about))

    def _written(self, place: TaskPlace) -> None:
        calendar = next((one for one in self._lists() if one.id == place.calendar_id), None)
        if calendar is not None:
            self._accounts.good(calendar.account_id)
        self._settle(place)

    def _not_written(self, entry: _Entry, error: Exception) -> None:
        log.warning("task %s: %s", entry.place.id, type(error).__name__)
        if isinstance(error, StoreError):
            self._under_way.discard(entry.place.id)
            self._store_failed(error)
            return
        attempts = entry.place.attempts + 1
        pause = HOPELESS_PAUSE if is_hopeless(error) else self._accounts.pause(error, attempts)
        again = self._clock.now() + pause
        self._settle(replace(entry.place, attempts=attempts, next_attempt=again))

    def _settle(self, place: TaskPlace) -> None:
        self._keep(place, lambda store: store.tasks.settle(place), lambda: None)

    def _left(self, place: TaskPlace) -> None:
        """It stands in the old list no longer, and belongs into that of its client now."""
        lists = {one.client_id: one.id for one in reversed(self._lists())}
        self._keep(place, lambda store: store.tasks.leave(place, lists), self.kick)

    def _keep(
        self, place: TaskPlace, write: Callable[[Store], None], then: Callable[[], object]
    ) -> None:
        def over(_none: object) -> None:
            self._under_way.discard(place.id)
            then()

        def failed(error: Exception) -> None:
            self._under_way.discard(place.id)
            self._store_failed(error)

        self._memory.submit(write, then=over, failed=failed)

    # ---- what the owner did

    def _look(self, calendar: OwnerCalendar) -> tuple[TaskPlace, ...]:
        """Those that the owner ticked off. Calendar worker."""
        open_ones = self._memory.ask(lambda store: store.tasks.places(calendar.id))
        if not open_ones:
            return ()
        account = self._refresh.account(calendar.account_id)
        stored = {one.uid: one for one in account.tasks(self._refresh.address(calendar))}
        ticked = []
        for place in open_ones:
            there = stored.get(str(place.id))
            if there is None and place.etag:
                self._memory.ask(partial(_deleted, place))
            elif there is not None and there.done:
                ticked.append(replace(place, etag=there.etag, done=True, dirty=False))
        return tuple(ticked)

    def _ticked(self, places: tuple[TaskPlace, ...]) -> None:
        at = self._clock.now()
        for place in places:
            self._memory.submit(
                partial(_finished, place, at),
                then=self._take,
                failed=self._store_failed,
            )

    def _take(self, item: WorkItem | None) -> None:
        if item is not None:
            self._work.take(item)

    def _not_read(self, calendar: OwnerCalendar, error: Exception) -> None:
        log.warning("tasks of %s: %s", calendar.client_id, type(error).__name__)
        if isinstance(error, StoreError):
            self._store_failed(error)

    def _store_failed(self, error: Exception) -> None:
        if not isinstance(error, StaleRow):  # else somebody settled it at the same moment
            log.error("tasks: %s", type(error).__name__)
            self._listeners.tell(StoreFailed(message=str(error)))


def _deleted(place: TaskPlace, store: Store) -> None:
    store.tasks.settle(_gone(place))


def _gone(place: TaskPlace) -> TaskPlace:
    """The owner deleted it: nothing more is written there."""
    return replace(place, etag="", done=True, dirty=False, next_attempt=None)


def _finished(place: TaskPlace, at: datetime, store: Store) -> WorkItem | None:
    """The item first: should we end in between, the task is ticked off once more.

    What belongs to another client by now is not settled by the first one.
    """
    there = store.work.get(place.id)
    if there is None or there.client_id != place.client_id:
        return None
    item = store.work.dispose(place.id, Disposition.NOTED, None, at)
    store.tasks.settle(place)
    return item


def _found(account: Calendar, address: str, item_id: UUID) -> StoredTask | None:
    return next((one for one in account.tasks(address) if one.uid == str(item_id)), None)


def _task(item: WorkItem, about: Appointment | None) -> Task:
    number = shown(item.number)
    who = ", ".join(part for part in (item.name.strip(), number) if part) or _("unknown")
    what = _("Call back: {who}") if item.owes_call else _("Note about a call: {who}")
    which = "" if about is None else _which(about)
    why = sentence(known_reason(item.reason))
    return Task(
        uid=str(item.id),
        summary=what.format(who=who),
        text="\n".join(part for part in (why, item.text, which) if part),
        created=item.created,
        done=item.done is not None,
    )


def _which(appointment: Appointment) -> str:
    """What is meant by "this appointment", where nobody sees it beside the sentence."""
    local = appointment.start.astimezone(ZoneInfo(appointment.zone))
    return f"{appointment.summary}, {written(local.date(), language())}, {local:%H:%M}"
