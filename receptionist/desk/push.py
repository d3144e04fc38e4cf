"""One attempt to bring an appointment into the owner's calendar: steps B to E of a booking.

No CalDAV server prevents a double booking, so every attempt reads before it writes, reads back
what it wrote, and reads once more whether the owner put something there at the same moment.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from receptionist.desk.ground import Ground
from receptionist.desk.refresh import Refresh
from receptionist.errors import CalendarUnreachable, PreconditionFailed
from receptionist.model.agenda import blocking
from receptionist.model.appointment import Appointment, AppointmentState, Stored
from receptionist.model.client import Client, OwnerCalendar
from receptionist.ports import Calendar
from receptionist.reasons import Reason

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """What an attempt needs to know."""

    appointment: Appointment
    client: Client
    calendar: OwnerCalendar


class Push:
    """Steps B to E. Calendar workers; raises `CalendarError` when the attempt must be repeated."""

    def __init__(self, ground: Ground, refresh: Refresh) -> None:
        self._refresh = refresh
        self._memory = ground.memory
        self._clock = ground.clock

    def attempt(self, job: Job) -> Appointment:
        """The appointment, confirmed or in conflict. May be repeated at any time.

        An earlier attempt may have written the object and lost the answer; `put` finds that out.
        """
        appointment = job.appointment
        self._refresh.bring(job.client, job.calendar)
        account = self._refresh.account(job.calendar.account_id)
        appointment = replace(appointment, href=self._place(job))
        if self._owner_is_busy(job):
            return self._withdrawn(account, appointment)
        self._put(account, appointment)
        stored = self._read_back(account, appointment)
        self._refresh.bring(job.client, job.calendar)
        if self._owner_is_busy(job):
            return self._withdrawn(account, appointment)
        return replace(
            appointment,
            state=AppointmentState.CONFIRMED,
            reason=Reason.NONE,
            etag=stored.etag,
            confirmed=self._clock.now(),
            next_attempt=None,
        )

    def _place(self, job: Job) -> str:
        """Where it was drawn up for, unless the calendar lies elsewhere now."""
        address, href = self._refresh.address(job.calendar), job.appointment.href
        if href.rpartition("/")[0] == address.rstrip("/"):
            return href
        return f"{address}{job.appointment.id}.ics"

    def _put(self, account: Calendar, appointment: Appointment) -> None:
        try:
            account.put_new(appointment.href, appointment, self._clock.now())
        except PreconditionFailed:
            log.info("appointment %s was written by an earlier attempt", appointment.id)

    def _read_back(self, account: Calendar, appointment: Appointment) -> Stored:
        stored = account.get(appointment.href)
        if stored is None or stored.fingerprint != appointment.fingerprint:
            raise CalendarUnreachable("read back differs", reason=Reason.READ_BACK_DIFFERS)
        return stored

    def _owner_is_busy(self, job: Job) -> bool:
        appointment = job.appointment
        busy = self._memory.ask(
            lambda store: store.busy(appointment.client_id, appointment.blocked)
        )
        periods = blocking(busy, job.client, appointment.uid)
        return any(period.overlaps(appointment.blocked) for period in periods)

    def _withdrawn(self, account: Calendar, appointment: Appointment) -> Appointment:
        stored = account.get(appointment.href)
        if stored is not None:
            account.withdraw(appointment.href, stored.etag)
        return replace(
            appointment,
            state=AppointmentState.CONFLICT,
            reason=Reason.OWNER_WAS_FIRST,
            etag="",
            next_attempt=None,
        )
