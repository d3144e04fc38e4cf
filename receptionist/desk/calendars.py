"""The owners' calendars: refreshed when it counts, watched for overlaps, their health told."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from receptionist.desk.ground import Ground
from receptionist.desk.health import Accounts
from receptionist.desk.outcome import Outcome, Outcomes
from receptionist.desk.reading import Reading, Readings
from receptionist.desk.refresh import AHEAD, Refresh
from receptionist.desk.watch import Seen, Watch
from receptionist.errors import (
    CalendarError,
    CalendarGone,
    CalendarRefused,
    CalendarUnreachable,
    ReadingStopped,
    StaleRow,
    StoreError,
)
from receptionist.events import CalendarChanged, CalendarHealth, StoreFailed
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.busy import CalendarFound
from receptionist.model.client import Client, OwnerCalendar
from receptionist.model.period import Period
from receptionist.ports import Store
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

EVERY_S = 300.0
STORE_AGAIN_S = 5.0
KEPT = timedelta(days=14)
"""How long a copy of what an owner had in his calendar stays after it is over."""


@dataclass(frozen=True, slots=True)
class _Look:
    """A calendar was read to its end as it was `at` that instant."""

    at: datetime
    unreadable: int


class OwnerCalendars:
    """Refreshes calendars in their account's lane. Main thread.

    One calendar of an account is read at a time. When its server is down or refuses the password,
    that counts once, and those behind it are not tried before the account may be asked again.
    """

    def __init__(
        self, ground: Ground, refresh: Refresh, accounts: Accounts, outcomes: Outcomes
    ) -> None:
        self._refresh = refresh
        self._watch = Watch(ground, refresh)
        self._memory = ground.memory
        self._directory = ground.directory
        self._accounts = accounts
        self._outcomes = outcomes
        self._listeners = ground.listeners
        self._lanes = ground.lanes
        self._clock = ground.clock
        self._later = ground.later
        self._readings = Readings(ground)
        self._newest: dict[UUID, CalendarChanged] = {}
        self._looks: dict[UUID, _Look] = {}
        self._running: set[UUID] = set()
        """Calendars that are being read, or wait in `_behind` until their account is free."""
        self._behind: dict[UUID, deque[OwnerCalendar]] = {}
        self._insisted: set[UUID] = set()
        """Calendars for which somebody insisted while they were being read already."""
        self._tidied: date | None = None
        self._closed = False

    @property
    def reading(self) -> bool:
        """Whether any calendar is being read."""
        return bool(self._running)

    def is_reading(self, client_id: UUID) -> bool:
        """Whether a calendar of this client is being read."""
        return any(one.id in self._running for one in self._of_client(client_id))

    def health(self, client_id: UUID) -> CalendarChanged | None:
        """The newest state of a client's calendar; None for a client without one."""
        calendar = self._directory.calendar(client_id)
        if calendar is None:
            return None
        unknown = CalendarChanged(
            client_id=client_id, account_id=calendar.account_id, health=CalendarHealth.UNKNOWN
        )
        newest = self._newest.get(client_id, unknown)
        return newest if newest.account_id == calendar.account_id else unknown

    def start(self) -> None:
        """Refresh all calendars now and every five minutes, but for those of tasks."""
        if not self._closed:
            self._forget_what_is_over()
            for calendar in self._directory.calendars:
                self._refresh_one(calendar, insist=False)
            self._later(EVERY_S, self.start)

    def _forget_what_is_over(self) -> None:
        """Once a day: what we know of the owners is kept no longer than it is needed."""
        now = self._clock.now()
        if self._tidied != now.date():
            self._tidied = now.date()
            self._memory.submit(
                lambda store: store.bookings.forget_before(now - KEPT), failed=self._store_failed
            )

    def close(self) -> None:
        """Refresh nothing any more."""
        self._closed = True

    def refresh(self, client_id: UUID, *, insist: bool = False) -> None:
        """Read each calendar of a client, unless it is being read or its account must wait.

        `insist` asks a waiting or stopped account all the same; a reading under way that fails is
        repeated, because it may have begun with the old password.
        """
        for calendar in self._directory.calendars:
            if calendar.client_id == client_id:
                self._refresh_one(calendar, insist=insist)

    def _refresh_one(self, calendar: OwnerCalendar, *, insist: bool) -> None:
        client = self._directory.client(calendar.client_id)
        if self._closed or client is None or calendar.tasks:
            return
        if calendar.id in self._running:
            self._readings.go_on(calendar.id)
            if insist:
                self._insisted.add(calendar.id)
            return
        if insist:
            self._accounts.forgive(calendar.account_id)
        if not self._accounts.may_ask(calendar.account_id, self._clock.now()):
            return
        self._running.add(calendar.id)
        if calendar.account_id in self._behind:
            self._behind[calendar.account_id].append(calendar)
        else:
            self._behind[calendar.account_id] = deque()
            self._read(client, calendar)

    def refresh_all(self) -> None:
        """Somebody wants every calendar read now; an account that was stopped stays so."""
        for calendar in self._directory.calendars:
            waits = self._accounts.of(calendar.account_id).health is CalendarHealth.WAITING
            self._refresh_one(calendar, insist=waits)

    def stop_reading(self) -> None:
        """Somebody does not want to wait for what is being read; it goes on at the next refresh."""
        for calendar in self._readings.stop():
            self._insisted.discard(calendar.id)
            self._tell_stopped(calendar)

    def look(
        self,
        calendar: OwnerCalendar,
        then: Callable[[CalendarFound], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Log in now and look the calendar up, whatever is known about its account."""
        self._refresh.forget(calendar.account_id)
        self._lanes.submit(
            calendar.account_id, self._refresh.look, calendar, then=then, failed=failed
        )

    def answered(self, account_id: UUID, error: Exception | None) -> None:
        """A push learnt how an account is: tell it for every client who uses it."""
        now = self._clock.now()
        if error is None:
            self._accounts.good(account_id)
        else:
            self._accounts.failed(account_id, error, now)
        for calendar in self._of(account_id):
            known = self._newest.get(calendar.client_id)
            was_read = calendar.id in self._looks and known and not _was_stopped(known)
            if error is not None or was_read:
                self._tell(calendar)

    def _of(self, account_id: UUID) -> list[OwnerCalendar]:
        return [one for one in self._directory.calendars if one.account_id == account_id]

    def _of_client(self, client_id: UUID) -> list[OwnerCalendar]:
        mine = (one for one in self._directory.calendars if one.client_id == client_id)
        return [one for one in mine if not one.tasks]

    def _read(self, client: Client, calendar: OwnerCalendar) -> None:
        reading, began = self._readings.begin(calendar), self._clock.now()
        self._lanes.submit(
            calendar.account_id,
            self._watch.bring,
            client,
            calendar,
            reading.step,
            then=lambda seen: self._refreshed(client, calendar, seen, began),
            failed=lambda error: self._failed(calendar, error, reading),
        )

    def _not_stored(self, calendar: OwnerCalendar, error: StoreError) -> None:
        """It was read, but our own copy of it could not be written."""
        self._running.discard(calendar.id)
        self._store_failed(error)
        self._later(STORE_AGAIN_S, lambda: self.refresh(calendar.client_id))
        self._read_next(calendar.account_id)

    def _read_next(self, account_id: UUID) -> None:
        behind = self._behind[account_id]
        while behind:
            calendar = behind.popleft()
            client = self._directory.client(calendar.client_id)
            if client is not None:
                self._read(client, calendar)
                return
            self._running.discard(calendar.id)
        del self._behind[account_id]

    def _given_up(self, calendar: OwnerCalendar, reading: Reading) -> None:
        self._running.discard(calendar.id)
        wanted = calendar.id in self._insisted or not reading.stopped.is_set()
        self._insisted.discard(calendar.id)
        self._read_next(calendar.account_id)
        if wanted:
            self.refresh(calendar.client_id)

    def _refreshed(
        self, client: Client, calendar: OwnerCalendar, seen: Seen, began: datetime
    ) -> None:
        self._readings.end(calendar)
        self._running.discard(calendar.id)
        self._insisted.discard(calendar.id)
        self._read_next(calendar.account_id)
        self._accounts.good(calendar.account_id)
        self._looks[calendar.id] = _Look(began, seen.unreadable)
        first = self._directory.calendar(client.id)
        if first is not None:
            self._tell(calendar, healthy=first.id == calendar.id)
        for outcome in seen.outcomes:
            self._keep(outcome)
        now = self._clock.now()
        self._memory.submit(
            lambda store: _looked_over(store, client, Period(now, now + AHEAD)),
            then=self._overlaps,
            failed=self._store_failed,
        )

    def _overlaps(self, outcomes: tuple[Outcome, ...]) -> None:
        for outcome in outcomes:
            appointment = outcome.appointment
            if appointment.reason is Reason.OVERLAP_FOUND:
                log.warning("the owner overlaps confirmed appointment %s", appointment.id)
                self._outcomes.call_back(appointment, Reason.OVERLAP_FOUND)
            self._keep(outcome)

    def _keep(self, outcome: Outcome) -> None:
        self._outcomes.keep(outcome, then=lambda: None, failed=self._store_failed)

    def _store_failed(self, error: Exception) -> None:
        if isinstance(error, StaleRow):
            return  # it was changed meanwhile, and the next refresh looks again
        self._listeners.tell(StoreFailed(message=str(error)))

    def _failed(self, calendar: OwnerCalendar, error: Exception, reading: Reading) -> None:
        self._readings.end(calendar)
        if self._closed:
            return  # it was cut short by us, which says nothing of the calendar
        if isinstance(error, StoreError):
            self._not_stored(calendar, error)
        elif isinstance(error, ReadingStopped):
            self._given_up(calendar, reading)
        else:
            self._not_read(calendar, error)

    def _not_read(self, calendar: OwnerCalendar, error: Exception) -> None:
        account_id, behind = calendar.account_id, self._behind[calendar.account_id]
        again, told = [calendar], [calendar]
        if isinstance(error, CalendarRefused | CalendarUnreachable):
            # The failed one goes last: it may be the only one that cannot be read.
            again, told = [*behind, calendar], self._of(account_id)
            behind.clear()
        self._running.difference_update(one.id for one in again)
        known = isinstance(error, CalendarError)
        log.warning(
            "calendar of %s: %s",
            calendar.client_id,
            type(error).__name__,
            exc_info=None if known else error,
        )
        if isinstance(error, CalendarGone | CalendarRefused):
            self._refresh.forget(account_id)
        self._accounts.failed(account_id, error, self._clock.now())
        for one in told:
            self._tell(one)
        when = self._accounts.of(account_id).again
        if when is not None and not self._closed:
            pause = (when - self._clock.now()).total_seconds()
            self._later(max(pause, 0.0) + 0.05, lambda: self._refresh_all(again))
        self._read_next(account_id)
        insisted = self._insisted.intersection(one.id for one in again)
        self._insisted -= insisted
        for one in self._directory.calendars:
            if one.id in insisted:
                self._refresh_one(one, insist=True)

    def _refresh_all(self, calendars: Iterable[OwnerCalendar]) -> None:
        wanted = {calendar.id for calendar in calendars}
        for calendar in self._directory.calendars:
            if calendar.id in wanted:
                self._refresh_one(calendar, insist=False)

    def _tell_stopped(self, calendar: OwnerCalendar) -> None:
        before = self.health(calendar.client_id)
        if before is not None and before.account_id == calendar.account_id:
            health, reason = CalendarHealth.WAITING, Reason.READING_STOPPED
            self._newest[calendar.client_id] = replace(before, health=health, reason=reason)
            self._listeners.tell(self._newest[calendar.client_id])

    def _tell(self, calendar: OwnerCalendar, *, healthy: bool = True) -> None:
        """How its account is, unless not `healthy` means that only its age is news.

        A client was checked when the calendar was that nobody has looked into for longest.
        """
        account = self._accounts.of(calendar.account_id)
        before = self.health(calendar.client_id)
        if before is None:
            return
        if healthy and before.account_id != calendar.account_id:
            return  # it has another account by now
        looks = [self._looks.get(one.id) for one in self._of_client(calendar.client_id)]
        known = [one for one in looks if one is not None]
        changed = replace(
            before,
            health=account.health if healthy else before.health,
            reason=account.reason if healthy else before.reason,
            checked=min(one.at for one in known) if len(known) == len(looks) else None,
            unreadable=sum(one.unreadable for one in known),
        )
        self._newest[calendar.client_id] = changed
        self._listeners.tell(changed)


def _was_stopped(change: CalendarChanged) -> bool:
    return change.reason is Reason.READING_STOPPED


def _looked_over(store: Store, client: Client, ahead: Period) -> tuple[Outcome, ...]:
    """Confirmed appointments that the owner has put something over since the last look (F).

    Also those that nothing of his overlaps any more, so that the next time is told again. Where he
    has moved one himself it is his decision what is there as well.
    """
    changed = []
    for appointment in store.appointments(client.id, ahead):
        if appointment.state is not AppointmentState.CONFIRMED:
            continue
        reason = _by_what_is_there(
            appointment, store.bookings.owner_is_busy(appointment, appointment.period)
        )
        if reason is not appointment.reason:
            new = replace(appointment, reason=reason)
            changed.append(Outcome(attempted=appointment, appointment=new))
    return tuple(changed)


def _by_what_is_there(appointment: Appointment, overlaps: bool) -> Reason:
    if overlaps:
        moved = appointment.reason is Reason.OWNER_MOVED
        return Reason.OWNER_MOVED if moved else Reason.OVERLAP_FOUND
    series = appointment.reason is Reason.MADE_A_SERIES
    return Reason.MADE_A_SERIES if series else Reason.NONE
