"""Booking: what is free, and step A, the exclusive reservation in our own book."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from receptionist.desk import week
from receptionist.desk.calls import Calls
from receptionist.desk.drafts import Proposal, drawn_up, entitled, repeated
from receptionist.desk.ground import Ground
from receptionist.desk.holds import Holds
from receptionist.desk.outbox import Outbox
from receptionist.desk.proposals import Proposals
from receptionist.desk.reserving import Fill, Obstacle, Reservation
from receptionist.desk.services import check_agreed
from receptionist.errors import BadInput, CalendarError
from receptionist.events import AppointmentBooked, BookingConflict, StoreFailed
from receptionist.i18n import _
from receptionist.model.appointment import Appointment
from receptionist.model.client import AppointmentKind, Client
from receptionist.model.letter import address_fault
from receptionist.model.number import normalised
from receptionist.model.period import Period
from receptionist.model.service import ServiceKind, is_agreed
from receptionist.model.slot import Slot
from receptionist.model.week import Outlook, monday_of
from receptionist.model.when import When
from receptionist.reasons import Reason
from receptionist.threads import assert_main

log = logging.getLogger(__name__)

MOST_TIMES = 52
"""The longest series: a year of weeks."""

Failed = Callable[[Exception], object]


class Booking:
    """Offers times, holds them and books them. Main thread; answers by `then` or by events."""

    def __init__(self, ground: Ground, calls: Calls, outbox: Outbox) -> None:
        self._calls = calls
        self._memory = ground.memory
        self._directory = ground.directory
        self._outbox = outbox
        self._listeners = ground.listeners
        self._clock = ground.clock
        self._proposals = Proposals(ground)
        self.holds = Holds(ground)

    def slots(
        self,
        client_id: UUID,
        kind_id: UUID,
        *,
        count: int = 4,
        after: datetime | None = None,
        staff_id: UUID | None = None,
        when: When | None = None,
        postcode: str = "",
        then: Callable[[tuple[Slot, ...]], object],
        failed: Failed | None = None,
    ) -> None:
        """The next free slots of a kind, UTC, to `then`.

        `CalendarError` to `failed` while the owner's calendar was never read to its end. Raises
        `NotAgreed` where the client's list has no appointments.
        """
        client = self._proposals.client(client_id)
        check_agreed(client, ServiceKind.APPOINTMENTS)
        monday = monday_of(self._clock.now(), ZoneInfo(client.zone))

        def offered(outlook: Outlook) -> None:
            if outlook.read:
                then(outlook.slots)
            else:
                (failed or self._failed)(CalendarError(reason=Reason.NEVER_READ))

        self.outlook(
            client_id,
            self._proposals.kind(client, kind_id).id,
            monday,
            count=count,
            after=after,
            staff_id=staff_id,
            when=when,
            postcode=postcode,
            then=offered,
            failed=failed,
        )

    def outlook(
        self,
        client_id: UUID,
        kind_id: UUID | None,
        monday: date,
        *,
        count: int = 4,
        after: datetime | None = None,
        wanted: datetime | None = None,
        staff_id: UUID | None = None,
        when: When | None = None,
        postcode: str = "",
        hold_id: UUID | None = None,
        then: Callable[[Outlook], object],
        failed: Failed | None = None,
    ) -> None:
        """The next free slots and the week from `monday` (local) on, read in one go, to `then`.

        `wanted` is a start that was chosen: the answer says whether it is still free; what is held
        under `hold_id` is not in its way. Without a kind or a calendar to book in nothing is free,
        nor where appointments are not agreed; what is booked already can be moved there, too.
        """
        client = self._proposals.client(client_id)
        question = week.Question(
            client=client,
            kind=self._offered(client, kind_id, staff_id, booked=hold_id is not None),
            now=self._clock.now(),
            monday=monday,
            after=after,
            count=count,
            wanted=wanted,
            calendars=self._proposals.calendars(client_id),
            staff_id=staff_id,
            when=when,
            postcode=postcode,
            own=hold_id,
        )
        self._memory.submit(
            lambda store: week.read(store, question), then=then, failed=failed or self._failed
        )

    def hold(
        self,
        *,
        client_id: UUID,
        kind_id: UUID,
        start: datetime,
        staff_id: UUID | None = None,
        caller_name: str = "",
        location: str = "",
        call_id: UUID | None = None,
    ) -> UUID:
        """Keep a slot for some minutes while the caller thinks; its id, to book or release it.

        Holding the same for the same caller keeps it longer. What comes of it is told by events.
        """
        assert_main()
        start = checked_start(start, self._clock.now())
        client, kind = self._client_and_kind(client_id, kind_id)
        proposed = self._proposals.of(client, kind, start, staff_id, location)
        wanted = replace(drawn_up(proposed[0]), caller_name=caller_name.strip(), call_id=call_id)
        return self.holds.hold([(one,) for one in proposed], wanted, staff_id)

    def release(self, appointment_id: UUID) -> None:
        """The caller does not want what was held for him."""
        assert_main()
        self.holds.release(appointment_id)

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
        staff_id: UUID | None = None,
        location: str = "",
        caller_email: str = "",
        hold_id: UUID | None = None,
        times: int = 1,
        every_days: int = 7,
    ) -> UUID:
        """Book a slot, or a series of them; the (first) appointment's id. Events tell the rest.

        Without `staff_id` a client's staff is asked in its order. What was typed for the calls is
        written first.
        Raises `BadInput`, `NotAgreed` or `NotFound` when the wish is wrong: nothing is booked then.
        """
        assert_main()
        client, kind = self._client_and_kind(client_id, kind_id)
        held = self.holds.get(hold_id)
        staff_id = staff_id or (held.staff_id if held else None)
        start = checked_start(start, self._clock.now())
        starts = _starts(start, client.zone, times, every_days)
        each = [self._proposals.of(client, kind, one, staff_id, location) for one in starts]
        said = {"caller_name": caller_name, "caller_number": caller_number, "note": note}
        said |= {"caller_email": caller_email}
        caller = self._caller(**said) | {"call_id": call_id}
        first_id = hold_id or uuid4()
        fill = _filled(client, first_id, caller | {"series_id": uuid4() if times > 1 else None})
        self._calls.flush()
        choices, who = list(zip(*each, strict=True)), self._directory.receptionist.id
        self.reserve(Reservation(choices=choices, fill=fill, who=who, own=hold_id))
        return first_id

    def appointments(
        self, client_id: UUID, period: Period, then: Callable[[tuple[Appointment, ...]], object]
    ) -> None:
        """A client's appointments that touch `period`, by start, to `then`."""
        self._memory.submit(
            lambda store: store.appointments(client_id, period), then=then, failed=self._failed
        )

    def appointment(
        self, appointment_id: UUID, then: Callable[[Appointment | None], object]
    ) -> None:
        """An appointment as our book has it, to `then`; None if there is none."""
        self._memory.submit(
            lambda store: store.bookings.get(appointment_id), then=then, failed=self._failed
        )

    def waiting(self, then: Callable[[tuple[Appointment, ...]], object]) -> None:
        """Every appointment that is not in its owner's calendar yet, to `then`."""
        self._memory.submit(lambda store: store.outbox(), then=then, failed=self._failed)

    def reserve(self, wish: Reservation) -> None:
        """Write what fits into our book; what comes of it is told by events."""
        self._memory.submit(
            wish.write, then=lambda outcome: self._reserved(wish, outcome), failed=self._failed
        )

    def _reserved(self, wish: Reservation, outcome: tuple[Appointment, ...] | Obstacle) -> None:
        if isinstance(outcome, Obstacle):
            self._listeners.tell(BookingConflict(appointment=wish.refused(outcome)))
            return
        for appointment in outcome:
            self.holds.booked(appointment.id)
            self._listeners.tell(AppointmentBooked(appointment=appointment))
        self._outbox.kick()

    def _failed(self, error: Exception) -> None:
        log.error("booking: %s", type(error).__name__)
        self._listeners.tell(StoreFailed(message=str(error)))

    def _offered(
        self, client: Client, kind_id: UUID | None, staff_id: UUID | None, *, booked: bool
    ) -> AppointmentKind | None:
        """The kind of which times are offered: none without a calendar, or where none is agreed."""
        kind = self._proposals.kind(client, kind_id) if kind_id is not None else None
        agreed = booked or is_agreed(client.services, ServiceKind.APPOINTMENTS)
        there = self._directory.calendar(client.id, staff_id) is not None
        return kind if agreed and there else None

    def _caller(self, **said: str) -> dict[str, Any]:
        """What is kept of the caller, as he said it and made fit to be kept."""
        said["caller_name"] = said["caller_name"].strip()
        if not said["caller_name"]:
            raise BadInput(_("Enter the caller's name first."), key="caller_name")
        said["caller_number"] = normalised(said["caller_number"], self._directory.office.region)
        said["caller_email"] = checked_address(said["caller_email"])
        return {**said, "receptionist_id": self._directory.receptionist.id}

    def _client_and_kind(self, client_id: UUID, kind_id: UUID) -> tuple[Client, AppointmentKind]:
        client = self._proposals.client(client_id)
        check_agreed(client, ServiceKind.APPOINTMENTS)
        return client, self._proposals.kind(client, kind_id)


def _filled(client: Client, first_id: UUID, caller: dict[str, Any]) -> Fill:
    """Makes the appointments of a caller; the first one has the id of its hold."""

    def fill(number: int, proposal: Proposal) -> Appointment:
        drawn = replace(drawn_up(proposal, None if number else first_id), **caller)
        return replace(drawn, title=entitled(drawn, client))

    return fill


def checked_start(start: datetime, now: datetime) -> datetime:
    """A start to the second: calendars know no fractions of it. `BadInput` when it is over."""
    if start <= now:
        raise BadInput(_("This time is over. Choose a later one."), key="start")
    return start.replace(microsecond=0)


def _starts(start: datetime, zone: str, times: int, every_days: int) -> Sequence[datetime]:
    """When the appointments of a series begin."""
    if not 1 <= times <= MOST_TIMES:
        raise BadInput(
            _("Book 1 to {most} appointments at once.").format(most=MOST_TIMES), key="times"
        )
    if times > 1 and not 1 <= every_days <= 366:
        raise BadInput(_("A series has 1 to 366 days in between."), key="every_days")
    starts = repeated(start, zone, times, every_days)
    if len(starts) < times:
        message = _("The clock skips this time on one of the days. Choose another time.")
        raise BadInput(message, key="start")
    return starts


def checked_address(email: str) -> str:
    """An e-mail address as it was typed; `BadInput` when it cannot be one."""
    email = email.strip()
    fault = address_fault(email)
    if fault:
        raise BadInput(fault, key="caller_email")
    return email
