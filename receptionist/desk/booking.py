"""Booking: what is free, and step A, the exclusive reservation in our own book."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from receptionist.desk import week
from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.desk.outbox import Outbox
from receptionist.desk.refresh import LEAST_AHEAD
from receptionist.errors import BadInput, CalendarError, NotFound, SlotTaken
from receptionist.events import AppointmentBooked, BookingConflict, StoreFailed
from receptionist.i18n import _
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.availability import blocking, free_slots, is_bookable
from receptionist.model.client import AppointmentKind, Client, OwnerCalendar
from receptionist.model.number import normalised
from receptionist.model.period import Period
from receptionist.model.week import Outlook
from receptionist.ports import Store
from receptionist.reasons import Reason, sentence
from receptionist.threads import assert_main

log = logging.getLogger(__name__)


class Booking:
    """Offers times and books them. Main thread; answers by `then` or by events."""

    def __init__(self, ground: Ground, calls: Calls, outbox: Outbox) -> None:
        self._calls = calls
        self._memory = ground.memory
        self._directory = ground.directory
        self._outbox = outbox
        self._listeners = ground.listeners
        self._clock = ground.clock

    def slots(
        self,
        client_id: UUID,
        kind_id: UUID,
        *,
        count: int = 4,
        after: datetime | None = None,
        then: Callable[[tuple[Period, ...]], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """The next free slots of a kind, UTC, to `then`.

        `CalendarError` to `failed` while the owner's calendar was never read to its end.
        """
        client, kind = self._client_and_kind(client_id, kind_id)
        calendars = self._calendars_of(client_id)
        now = self._clock.now()

        def find(store: Store) -> tuple[Period, ...]:
            if not week.all_read(store, calendars):
                raise CalendarError(reason=Reason.NEVER_READ)
            busy, ours = week.taken(store, client, [week.ahead(kind, now, after)], now)
            blocks = blocking(busy, client) + [one.blocked for one in ours]
            return free_slots(client, kind, blocks, now=now, after=after, count=count)

        self._memory.submit(find, then=then, failed=failed or self._failed)

    def outlook(
        self,
        client_id: UUID,
        kind_id: UUID | None,
        monday: date,
        *,
        count: int = 4,
        after: datetime | None = None,
        wanted: datetime | None = None,
        then: Callable[[Outlook], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """The next free slots and the week from `monday` (local) on, read in one go, to `then`.

        `wanted` is a start that was chosen: the answer says whether it is still free. Without a
        kind, or without a calendar to book in, nothing is free.
        """
        client = self._client(client_id)
        kind = self._kind(client, kind_id) if kind_id is not None else None
        if self._directory.calendar(client_id) is None:
            kind = None
        question = week.Question(
            client=client,
            kind=kind,
            now=self._clock.now(),
            monday=monday,
            after=after,
            count=count,
            wanted=wanted,
            calendars=self._calendars_of(client_id),
        )
        self._memory.submit(
            lambda store: week.read(store, question), then=then, failed=failed or self._failed
        )

    def book(
        self,
        *,
        client_id: UUID,
        kind_id: UUID,
        start: datetime,
        caller_name: str,
        caller_number: str = "",
        note: str = "",
        call_id: UUID | None = None,
    ) -> UUID:
        """Book a slot; returns the appointment's id. What comes of it is told by events.

        What was typed for the calls is written first.
        `start` counts to the second, because calendars know no fractions of it.
        Raises `BadInput` or `NotFound` when the wish itself is wrong; then nothing is booked.
        """
        assert_main()
        start = start.replace(microsecond=0)
        client, kind = self._client_and_kind(client_id, kind_id)
        calendar = self._directory.calendar(client_id)
        if calendar is None:
            raise NotFound(sentence(Reason.NO_CALENDAR))
        if not caller_name.strip():
            raise BadInput(_("Enter the caller's name first."), key="caller_name")
        _check_start(client, kind, start, self._clock.now())
        appointment = replace(
            _drawn_up(client, kind, calendar, start, self._clock.now()),
            caller_name=caller_name.strip(),
            caller_number=normalised(caller_number, self._directory.office.region),
            note=note,
            call_id=call_id,
            receptionist_id=self._directory.receptionist.id,
        )
        self._calls.flush()
        self._reserve(appointment)
        return appointment.id

    def appointments(
        self, client_id: UUID, period: Period, then: Callable[[tuple[Appointment, ...]], object]
    ) -> None:
        """A client's appointments that touch `period`, by start, to `then`."""
        self._memory.submit(
            lambda store: store.appointments(client_id, period), then=then, failed=self._failed
        )

    def waiting(self, then: Callable[[tuple[Appointment, ...]], object]) -> None:
        """Every appointment that is not in its owner's calendar yet, to `then`."""
        self._memory.submit(lambda store: store.outbox(), then=then, failed=self._failed)

    def _reserve(self, appointment: Appointment) -> None:
        who, at = self._directory.receptionist.id, self._clock.now()
        self._memory.submit(
            lambda store: store.book(appointment, who, at),
            then=lambda _: self._reserved(appointment),
            failed=lambda error: self._not_reserved(appointment, error),
        )

    def _reserved(self, appointment: Appointment) -> None:
        self._listeners.tell(AppointmentBooked(appointment=appointment))
        self._outbox.kick()

    def _not_reserved(self, appointment: Appointment, error: Exception) -> None:
        if isinstance(error, SlotTaken):
            lost = replace(appointment, state=AppointmentState.CONFLICT, reason=Reason.SLOT_TAKEN)
            self._listeners.tell(BookingConflict(appointment=lost))
        else:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        log.error("booking: %s", type(error).__name__)
        self._listeners.tell(StoreFailed(message=str(error)))

    def _client_and_kind(self, client_id: UUID, kind_id: UUID) -> tuple[Client, AppointmentKind]:
        client = self._client(client_id)
        return client, self._kind(client, kind_id)

    def _calendars_of(self, client_id: UUID) -> tuple[UUID, ...]:
        return tuple(one.id for one in self._directory.calendars if one.client_id == client_id)

    def _client(self, client_id: UUID) -> Client:
        client = self._directory.client(client_id)
        if client is None:
            raise NotFound(_("This client is no longer there."))
        return client

    def _kind(self, client: Client, kind_id: UUID) -> AppointmentKind:
        kind = next((kind for kind in client.kinds if kind.id == kind_id), None)
        if kind is None:
            raise NotFound(_("{client} has no such appointment kind.").format(client=client.name))
        return kind


def _check_start(client: Client, kind: AppointmentKind, start: datetime, now: datetime) -> None:
    """Refuse a time that cannot be right, whatever the owner has then."""
    if not is_bookable(client, kind, start, now):
        message = _("This time is outside the client's bookable hours or too soon.")
        raise BadInput(message, key="start")
    if start + timedelta(minutes=kind.minutes + kind.buffer_after) > now + LEAST_AHEAD:
        message = _("The owner's calendar is not read that far ahead. Choose an earlier time.")
        raise BadInput(message, key="start")


def _drawn_up(
    client: Client,
    kind: AppointmentKind,
    calendar: OwnerCalendar,
    start: datetime,
    now: datetime,
) -> Appointment:
    """An appointment of this kind, still without its caller."""
    appointment_id = uuid4()
    return Appointment(
        id=appointment_id,
        client_id=client.id,
        calendar_id=calendar.id,
        kind_id=kind.id,
        kind_name=kind.name,
        start=start,
        end=start + timedelta(minutes=kind.minutes),
        zone=client.zone,
        caller_name="",
        buffer_before=kind.buffer_before,
        buffer_after=kind.buffer_after,
        uid=str(appointment_id),
        href=f"{calendar.href.rstrip('/')}/{appointment_id}.ics" if calendar.href else "",
        created=now,
    )
