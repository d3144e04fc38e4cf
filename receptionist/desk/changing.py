"""The later life of an appointment: moved, changed, called off, restored. The calendar follows."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from receptionist.desk.booking import Booking, checked_address, checked_start
from receptionist.desk.drafts import (
    Proposal,
    along,
    anew,
    entitled,
    minutes_of,
    with_travel,
    worded,
)
from receptionist.desk.ground import Ground
from receptionist.desk.outbox import Outbox
from receptionist.desk.proposals import Proposals
from receptionist.desk.reserving import Obstacle, Reservation, fitting
from receptionist.errors import BadInput, SlotTaken, StaleRow
from receptionist.events import AppointmentChanged, ChangeRefused, StoreFailed
from receptionist.i18n import _
from receptionist.model.appointment import TAKING_PLACE, Appointment, AppointmentState
from receptionist.model.client import AppointmentKind, Client
from receptionist.model.number import normalised
from receptionist.ports import Store
from receptionist.reasons import Reason
from receptionist.threads import assert_main

log = logging.getLogger(__name__)

LEAST_MINUTES = 5
"""No appointment is made shorter than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """What an appointment was and is to be; `proposal` where its time is to be looked at anew."""

    old: Appointment
    new: Appointment
    proposal: Proposal | None = None

    def write(self, store: Store, who: UUID, at: datetime) -> AppointmentChanged | ChangeRefused:
        """Write it, or say why not. Store worker."""
        length = minutes_of(self.new)
        if self.proposal is not None:
            found = fitting(store, [(self.proposal,)], self.old.id, length)
            if isinstance(found, Obstacle):
                return self._refused(self.old, found.reason)
        try:
            written = self._written(store, who, at)
        except SlotTaken:
            return self._refused(self.old, Reason.SLOT_TAKEN)
        except StaleRow:
            now = store.bookings.get(self.old.id) or self.old
            return self._refused(now, Reason.CHANGED_MEANWHILE)
        return AppointmentChanged(appointment=written, before=self.old)

    def _written(self, store: Store, who: UUID, at: datetime) -> Appointment:
        travel = self._travel(store, at)
        if self.new.id == self.old.id:
            return store.bookings.change(self.old, self.new, who, at, travel)
        store.bookings.book_all((self.new, *travel), who, at, instead_of=self.old)
        return self.new

    def _travel(self, store: Store, at: datetime) -> tuple[Appointment, ...]:
        """The travel as it is to be, at other times or only with another name."""
        linked = store.bookings.linked(self.old.id)
        known = [one for one in linked if one.part_of == self.old.id and _alive(one)]
        one = self.proposal
        if one is None:
            return tuple(replace(way, caller_name=self.new.caller_name) for way in known)
        if not one.kind.key and self.new.id == self.old.id:
            # The client does not have this kind any more: nobody knows how long the way takes.
            return tuple(along(way, self.old, self.new) for way in known)
        main = replace(self.new, state=AppointmentState.BOOKED, reason=Reason.NONE)
        return with_travel(main, one.client, one.kind, at, known)

    def _refused(self, appointment: Appointment, reason: Reason) -> ChangeRefused:
        return ChangeRefused(appointment=appointment, wanted=self.new, reason=reason)


class Changing:
    """Changes what was booked. Main thread; answers by events.

    `appointment` is always what a face shows: when it is another by now, the change is refused.
    Raises `BadInput` or `NotFound` when the wish itself is wrong; then nothing is changed.
    """

    def __init__(self, ground: Ground, booking: Booking, outbox: Outbox) -> None:
        self._booking = booking
        self._outbox = outbox
        self._memory = ground.memory
        self._directory = ground.directory
        self._listeners = ground.listeners
        self._clock = ground.clock
        self._proposals = Proposals(ground)

    def move(self, appointment: Appointment, start: datetime, staff_id: UUID | None = None) -> None:
        """To another time, as long as it is; with `staff_id` to another member of the staff."""
        if start != appointment.start:
            start = checked_start(start, self._clock.now())
        end = start + (appointment.end - appointment.start)
        staff_id = staff_id or appointment.staff_id
        self._apply(appointment, {"start": start, "end": end, "staff_id": staff_id})

    def resize(self, appointment: Appointment, end: datetime) -> None:
        """To another end."""
        end = end.replace(microsecond=0)
        if end - appointment.start < timedelta(minutes=LEAST_MINUTES):
            message = _("An appointment lasts {least} minutes at least.")
            raise BadInput(message.format(least=LEAST_MINUTES), key="end")
        self._apply(appointment, {"end": end})

    def change(
        self,
        appointment: Appointment,
        *,
        caller_name: str | None = None,
        caller_number: str | None = None,
        caller_email: str | None = None,
        note: str | None = None,
        location: str | None = None,
        kind_id: UUID | None = None,
    ) -> None:
        """Other texts, another place, another kind; what is None stays.

        Another kind has its own length; another place may take another time to travel.
        """
        if caller_name is not None and not caller_name.strip():
            raise BadInput(_("Enter the caller's name first."), key="caller_name")
        new: dict[str, Any] = {"note": note, "caller_name": caller_name and caller_name.strip()}
        if location is not None:
            new["location"] = location.strip()
        if caller_number is not None:
            new["caller_number"] = normalised(caller_number, self._directory.office.region)
        if caller_email is not None:
            new["caller_email"] = checked_address(caller_email)
        client = self._proposals.client(appointment.client_id)
        if kind_id is not None and kind_id != appointment.kind_id:
            kind = self._proposals.kind(client, kind_id)
            new |= {"kind_id": kind.id, "kind_name": kind.name}
            new |= {"buffer_before": kind.buffer_before, "buffer_after": kind.buffer_after}
            new["end"] = appointment.start + timedelta(minutes=kind.minutes)
        changed = {name: value for name, value in new.items() if value is not None}
        self._apply(appointment, changed)

    def cancel(self, appointment: Appointment, series: bool = False) -> None:
        """Call it off; with `series` also what was booked with it and comes later."""
        assert_main()
        self._check_alive(appointment)

        def these(store: Store) -> tuple[_Change, ...]:
            found = [appointment]
            if series and appointment.series_id is not None:
                rest = store.bookings.of_series(appointment.series_id)
                later = (one for one in rest if one.start > appointment.start)
                found += [one for one in later if one.part_of is None and _alive(one)]
            return tuple(_Change(old=one, new=_called_off(one)) for one in found)

        self._submit(these)

    def restore(self, appointment: Appointment) -> UUID:
        """Book what was called off once more, at its old time; the new appointment's id.

        What comes of it is told as of a booking. It was agreed once: only whether its time is free
        is asked.
        """
        assert_main()
        if _alive(appointment) or appointment.part_of is not None:
            raise BadInput(_("This appointment was not called off."))
        checked_start(appointment.start, self._clock.now())
        client = self._proposals.client(appointment.client_id)
        kind = self._proposals.kind_of(client, appointment)
        staff_id = appointment.staff_id if client.member(appointment.staff_id) else None
        proposal = self._proposals.of(
            client, kind, appointment.start, staff_id, appointment.location
        )[0]
        new = anew(appointment, proposal)
        wish = Reservation(
            choices=[(proposal,)],
            fill=lambda _number, _proposal: new,
            who=self._directory.receptionist.id,
            before=True,
        )
        self._booking.reserve(wish)
        return new.id

    # ---- inside

    def _apply(self, appointment: Appointment, changed: dict[str, Any]) -> None:
        """Draw up what is changed, and write it; its time is looked at anew where it may be other.

        In another calendar it is another appointment: no object is moved from one to the other.
        """
        assert_main()
        self._check_alive(appointment)
        client = self._proposals.client(appointment.client_id)
        new = replace(appointment, **changed)
        title, text = entitled(new, client, appointment), worded(new, appointment)
        new = replace(new, title=title, text=text)
        kind = self._proposals.kind_of(client, new)
        in_time = {"start", "end", "staff_id"} & changed.keys()
        if not in_time and not ("location" in changed and kind.at_caller):
            self._submit(lambda _store: (_Change(old=appointment, new=new),))
            return
        proposal = self._proposal(client, kind, new, soon=new.start == appointment.start)
        elsewhere = proposal.calendar.id != appointment.calendar_id
        if elsewhere and new.staff_id != appointment.staff_id:
            new = anew(new, proposal)
        change = _Change(old=appointment, new=new, proposal=proposal)
        self._submit(lambda _store: (change,))

    def _proposal(
        self, client: Client, kind: AppointmentKind, new: Appointment, *, soon: bool
    ) -> Proposal:
        """Where and when; with `soon` it may be sooner than the client usually wants."""
        staff_id = new.staff_id if client.member(new.staff_id) else None
        one = self._proposals.of(client, kind, new.start, staff_id, new.location)[0]
        return replace(one, client=replace(client, minimum_notice_min=0)) if soon else one

    def _submit(self, these: Callable[[Store], tuple[_Change, ...]]) -> None:
        who, at = self._directory.receptionist.id, self._clock.now()

        def write(store: Store) -> tuple[AppointmentChanged | ChangeRefused, ...]:
            return tuple(change.write(store, who, at) for change in these(store))

        self._memory.submit(write, then=self._written, failed=self._failed)

    def _written(self, outcomes: tuple[AppointmentChanged | ChangeRefused, ...]) -> None:
        for outcome in outcomes:
            self._listeners.tell(outcome)
        self._outbox.kick()

    def _failed(self, error: Exception) -> None:
        log.error("an appointment could not be changed: %s", type(error).__name__)
        self._listeners.tell(StoreFailed(message=str(error)))

    def _check_alive(self, appointment: Appointment) -> None:
        if appointment.part_of is not None:
            raise BadInput(_("Travel follows its appointment. Change that one."))
        if not _alive(appointment):
            raise BadInput(_("This appointment was called off, or never came about."))
        if appointment.end <= self._clock.now():
            raise BadInput(_("This appointment is over."))


def _alive(appointment: Appointment) -> bool:
    return appointment.state in TAKING_PLACE


def _called_off(appointment: Appointment) -> Appointment:
    return replace(appointment, state=AppointmentState.CANCELLED)
