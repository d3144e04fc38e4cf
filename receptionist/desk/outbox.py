"""The outbox: what is wanted goes to the owners' calendars, however often it takes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from receptionist.desk.ground import Ground
from receptionist.desk.health import STOPPED_PAUSE, Accounts, is_hopeless
from receptionist.desk.outcome import Outcome, Outcomes
from receptionist.desk.push import Push
from receptionist.desk.refresh import Refresh
from receptionist.desk.site import Job
from receptionist.errors import (
    CalendarError,
    CalendarGone,
    CalendarRefused,
    StaleRow,
    StoreError,
)
from receptionist.events import PushDelayed, StoreFailed
from receptionist.model.appointment import NEVER, Appointment, AppointmentState
from receptionist.ports import Store
from receptionist.reasons import Reason
from receptionist.threads import assert_main

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)
LOOK_AGAIN_S = 1.0
MOST_UNLIKE = 5
NEAR = timedelta(hours=2)
PATIENCE = timedelta(minutes=5)


class Outbox:
    """Leases dirty rows and hands each to its account's lane. Main thread."""

    def __init__(
        self, ground: Ground, push: Push, refresh: Refresh, accounts: Accounts, outcomes: Outcomes
    ) -> None:
        self._push = push
        self._refresh = refresh
        self._memory = ground.memory
        self._directory = ground.directory
        self._accounts = accounts
        self._outcomes = outcomes
        self._listeners = ground.listeners
        self._lanes = ground.lanes
        self._clock = ground.clock
        self._later = ground.later
        self._in_flight: set[UUID] = set()
        self._delayed: dict[UUID, datetime] = {}
        """Since when what waits was attempted in vain."""
        self._readable = True
        self._closed = False
        self._changed: Callable[[UUID, Exception | None], object] = lambda account_id, error: None

    def on_answer(self, changed: Callable[[UUID, Exception | None], object]) -> None:
        """Call `changed(account id, error or None)` after every attempt."""
        self._changed = changed

    def start(self) -> None:
        """Push what is due, and look again every second. A failure never ends the looking."""
        if not self._closed:
            self.kick()
            self._later(LOOK_AGAIN_S, self.start)

    def close(self) -> None:
        """Hand nothing out any more."""
        self._closed = True

    def kick(self) -> None:
        """Push what is due now."""
        assert_main()
        now = self._clock.now()
        claimant = self._directory.workstation.id
        self._memory.submit(
            lambda store: store.claim(claimant, now, now + LEASE),
            then=self._hand_out,
            failed=self._not_read,
        )

    def release(self, account_id: UUID | None = None) -> None:
        """Make everything that waits due now, parked or not: of an account, or of all."""
        now, who = self._clock.now(), self._directory.receptionist.id
        ids = {c.id for c in self._directory.calendars if account_id in (None, c.account_id)}
        flying = frozenset(self._in_flight)

        def make_due(store: Store) -> None:
            for waiting in store.outbox():
                wanted = waiting.calendar_id in ids and waiting.end > now
                if wanted and waiting.id not in flying:
                    store.settle(replace(waiting, next_attempt=None), who, now, dirty=True)

        self._memory.submit(make_due, then=lambda _: self.kick(), failed=self._store_failed)

    def _hand_out(self, appointments: tuple[Appointment, ...]) -> None:
        self._readable = True
        for appointment in appointments:
            if appointment.id not in self._in_flight:
                self._in_flight.add(appointment.id)
                self._send(appointment)

    def _send(self, appointment: Appointment) -> None:
        client = self._directory.client(appointment.client_id)
        calendar = next(
            (c for c in self._directory.calendars if c.id == appointment.calendar_id), None
        )
        over = _is_over(appointment, self._clock.now())
        if over and not _is_worth_telling(appointment):
            self._drop(appointment)
        elif client is None or calendar is None:
            self._park(appointment, Reason.NO_CALENDAR)
        elif over:
            self._park(appointment, Reason.TOO_LATE)
        elif not self._accounts.may_ask(calendar.account_id, self._clock.now()):
            self._wait(appointment, calendar.account_id)
        else:
            self._lanes.submit(
                calendar.account_id,
                self._push.attempt,
                Job(appointment, client, calendar),
                then=partial(self._settled, calendar.account_id),
                failed=partial(self._failed, appointment, calendar.account_id),
            )

    def _settled(self, account_id: UUID, outcome: Outcome) -> None:
        self._changed(account_id, None)
        appointment_id = outcome.attempted.id
        self._outcomes.keep(
            outcome,
            then=lambda: self._landed(appointment_id),
            failed=partial(self._not_kept, appointment_id),
        )

    def _drop(self, appointment: Appointment) -> None:
        """It is over: nobody needs to be told any more that it was called off."""
        self._settle(appointment, dirty=False, then=lambda: self._landed(appointment.id))

    def _failed(self, appointment: Appointment, account_id: UUID, error: Exception) -> None:
        log.warning("appointment %s is delayed: %s", appointment.id, _in_short(error))
        if isinstance(error, StoreError):
            self._not_kept(appointment.id, error)
            return
        if isinstance(error, CalendarGone | CalendarRefused):
            self._refresh.forget(account_id)
        reason = error.reason if isinstance(error, CalendarError) else Reason.SERVER_CONFUSED
        unlike = reason is Reason.READ_BACK_DIFFERS and appointment.attempts >= MOST_UNLIKE
        if is_hopeless(error) or unlike:
            self._park(appointment, reason)
            return
        self._changed(account_id, error)
        attempts = appointment.attempts + 1
        pause = self._accounts.pause(error, attempts)
        self._delay(replace(appointment, attempts=attempts), reason, pause)

    def _wait(self, appointment: Appointment, account_id: UUID) -> None:
        account = self._accounts.of(account_id)
        pause = STOPPED_PAUSE if account.again is None else account.again - self._clock.now()
        self._delay(appointment, account.reason, pause)

    def _delay(self, appointment: Appointment, reason: Reason, pause: timedelta) -> None:
        now = self._clock.now()
        since = self._delayed.setdefault(appointment.id, now)
        if appointment.told is None:
            since = min(since, appointment.created)
        if appointment.part_of is None and _is_urgent(appointment, since, now):
            new = appointment.told is None
            owed = Reason.NOT_TOLD_YET if new else Reason.CHANGE_NOT_TOLD_YET
            self._outcomes.call_back(appointment, owed)
        delayed = _unless_off(appointment, AppointmentState.DELAYED)
        self._keep(replace(delayed, reason=reason, next_attempt=now + pause))

    def _park(self, appointment: Appointment, reason: Reason) -> None:
        parked = _unless_off(appointment, AppointmentState.PARKED)
        parked = replace(parked, reason=reason, next_attempt=NEVER)
        self._outcomes.call_back(parked, reason)
        self._keep(parked)

    def _keep(self, waiting: Appointment) -> None:
        def kept() -> None:
            self._in_flight.discard(waiting.id)
            if waiting.part_of is None:
                self._listeners.tell(PushDelayed(appointment=waiting))

        self._settle(waiting, dirty=True, then=kept)

    def _settle(self, appointment: Appointment, *, dirty: bool, then: Callable[[], object]) -> None:
        who, at = self._directory.receptionist.id, self._clock.now()
        self._memory.submit(
            lambda store: store.settle(appointment, who, at, dirty=dirty),
            then=lambda _: then(),
            failed=partial(self._not_kept, appointment.id),
        )

    def _landed(self, appointment_id: UUID) -> None:
        self._in_flight.discard(appointment_id)
        self._delayed.pop(appointment_id, None)

    def _not_kept(self, appointment_id: UUID, error: Exception) -> None:
        self._in_flight.discard(appointment_id)
        self._store_failed(error)

    def _not_read(self, error: Exception) -> None:
        """Told once and not every second, until it works again."""
        if self._readable:
            self._store_failed(error)
        self._readable = False

    def _store_failed(self, error: Exception) -> None:
        if isinstance(error, StaleRow):
            return  # it was changed meanwhile, and is looked at again in a second
        log.error("the outbox could not be read or written: %s", _in_short(error))
        self._listeners.tell(StoreFailed(message=str(error)))


def _unless_off(appointment: Appointment, state: AppointmentState) -> Appointment:
    """In this state; what was called off stays so until the owner's calendar says it."""
    off = appointment.state is AppointmentState.CANCELLED
    return appointment if off else replace(appointment, state=state)


def _is_over(appointment: Appointment, now: datetime) -> bool:
    return appointment.end <= now and (appointment.told_end or appointment.end) <= now


def _is_worth_telling(appointment: Appointment) -> bool:
    """Whether somebody must know that it did not reach the owner's calendar in time."""
    return appointment.part_of is None and appointment.state is not AppointmentState.CANCELLED


def _is_urgent(appointment: Appointment, since: datetime, now: datetime) -> bool:
    """Whether its owner must hear of it by telephone, because it is too near to wait any more."""
    begins = min(appointment.start, appointment.told_start or appointment.start)
    return begins - now < NEAR and now - since > PATIENCE


def _in_short(error: Exception) -> str:
    detail = error.detail if isinstance(error, CalendarError) else ""
    return f"{type(error).__name__} {detail}".strip()
