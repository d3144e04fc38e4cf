"""Where one appointment stands, or is to stand, in the owner's calendar: what attempts do there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote

from receptionist.desk.ground import Ground
from receptionist.desk.refresh import Refresh
from receptionist.errors import CalendarUnreachable
from receptionist.model.appointment import (
    OCCUPYING,
    Appointment,
    AppointmentState,
    Stored,
    Told,
)
from receptionist.model.client import Client, OwnerCalendar
from receptionist.model.merging import said, told, wanted
from receptionist.ports import Calendar, Store
from receptionist.reasons import Reason


@dataclass(frozen=True, slots=True)
class Job:
    """What an attempt needs to know."""

    appointment: Appointment
    client: Client
    calendar: OwnerCalendar


class Site:
    """Reading and writing one appointment's object. Calendar workers, made for each attempt.

    Every method raises `CalendarError` when the attempt must be repeated.
    """

    def __init__(self, ground: Ground, refresh: Refresh, job: Job) -> None:
        self._memory = ground.memory
        self._directory = ground.directory
        self._clock = ground.clock
        self._refresh = refresh
        self._job = job

    @property
    def now(self) -> datetime:
        """The instant of what is done."""
        return self._clock.now()

    def look(self) -> None:
        """Read again what the owner has in his calendars of this account (steps B and E)."""
        client, calendar = self._job.client, self._job.calendar
        for other in self._directory.beside(calendar):
            counts = other.staff_id in (None, self._job.appointment.staff_id)
            if counts and other.account_id == calendar.account_id:
                self._refresh.bring_if_there(client, other)
        self._refresh.bring(client, calendar)

    def placed(self, appointment: Appointment) -> Appointment:
        """The appointment where it was drawn up for, unless the calendar lies elsewhere now."""
        address = self._refresh.address(self._job.calendar)
        if appointment.href.rpartition("/")[0] == address.rstrip("/"):
            return appointment
        return replace(appointment, href=f"{address}{appointment.id}.ics")

    def owner_is_busy(self, appointment: Appointment) -> bool:
        """Whether something of the owner's is in the way of an appointment, or of its travel."""

        def busy(store: Store) -> bool:
            every = [appointment]
            if appointment.part_of is None:
                ways = store.bookings.linked(appointment.id)
                every += [one for one in ways if _is_travel_of(appointment, one)]
            return any(store.bookings.owner_is_busy(one, one.blocked) for one in every)

        return self._memory.ask(busy)

    def get(self, appointment: Appointment) -> Stored | None:
        """Its object: where we put it, else where the owner's programs have put it since."""
        stored = self._account.get(appointment.href)
        if stored is not None:
            return stored
        known = self._memory.ask(
            lambda store: store.bookings.whereabouts(appointment.calendar_id, [appointment.uid])
        )
        for href in known.get(appointment.uid, {}):
            if unquote(href) != unquote(appointment.href):
                stored = self._account.get(href)
                if stored is not None:
                    return stored
        return None

    def put_new(self, appointment: Appointment) -> None:
        """Step C. `PreconditionFailed` when something is there."""
        self._account.put_new(appointment.href, appointment, self.now)

    def put_over(self, appointment: Appointment, stored: Stored) -> Stored:
        """Write over what was read, and read it back; `PreconditionFailed` when it is another."""
        said = wanted(appointment)
        self._memory.ask(lambda store: store.bookings.push(appointment, said))
        self._account.put_over(stored.href, appointment, self.now, stored.etag)
        return self.read_back(replace(appointment, href=stored.href))

    def written(self, appointment: Appointment) -> tuple[Told, ...]:
        """What earlier attempts wrote over it, perhaps without an answer: that is not the owner's.

        It outlives a crash, because a change of ours that came there is else taken for his.
        """
        return self._memory.ask(lambda store: store.bookings.pushed(appointment.id))

    def of_former_kind(self, appointment: Appointment) -> Appointment:
        """The appointment as the kind that it was when it was last confirmed."""
        was = self._memory.ask(lambda store: store.bookings.former_kind(appointment))
        title = appointment.title.replace(appointment.kind_name, was.kind_name)
        return replace(was, title=title)

    def read_back(self, appointment: Appointment) -> Stored:
        """Step D: what is there now is what was written."""
        stored = self._account.get(appointment.href)
        if stored is None or stored.fingerprint != appointment.fingerprint:
            raise CalendarUnreachable("read back differs", reason=Reason.READ_BACK_DIFFERS)
        return stored

    def withdraw(self, stored: Stored) -> None:
        """Take out what was read, and see that it is gone."""
        self._account.withdraw(stored.href, stored.etag)
        if self._account.get(stored.href) is not None:
            raise CalendarUnreachable("still there", reason=Reason.READ_BACK_DIFFERS)

    def confirmed(self, appointment: Appointment, stored: Stored) -> Appointment:
        """The appointment as it stands in the owner's calendar, which says what is `stored`."""
        found = replace(
            appointment,
            state=AppointmentState.CONFIRMED,
            reason=Reason.NONE,
            href=stored.href,
            etag=stored.etag,
            sequence=max(appointment.sequence, stored.sequence),
            confirmed=self.now,
            next_attempt=None,
        )
        return told(found, said(stored) or wanted(appointment))

    @property
    def _account(self) -> Calendar:
        return self._refresh.account(self._job.calendar.account_id)


def _is_travel_of(appointment: Appointment, one: Appointment) -> bool:
    return one.part_of == appointment.id and one.state in OCCUPYING
