"""What is wished of a booking, looked up in the directory."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from receptionist.desk.drafts import Proposal, minutes_of
from receptionist.desk.ground import Ground
from receptionist.errors import NotFound
from receptionist.i18n import _
from receptionist.model.appointment import Appointment
from receptionist.model.client import AppointmentKind, Client, OwnerCalendar
from receptionist.reasons import Reason, sentence


class Proposals:
    """Finds client, kind, staff and calendar of a wish. Main thread; `NotFound` says what is not.

    The calendar is the first one of the member of the staff, else the first one of the client.
    """

    def __init__(self, ground: Ground) -> None:
        self._directory = ground.directory
        self._clock = ground.clock

    def client(self, client_id: UUID) -> Client:
        """The client with this id."""
        client = self._directory.client(client_id)
        if client is None:
            raise NotFound(_("This client is no longer there."))
        return client

    def kind(self, client: Client, kind_id: UUID) -> AppointmentKind:
        """The appointment kind with this id."""
        kind = next((kind for kind in client.kinds if kind.id == kind_id), None)
        if kind is None:
            raise NotFound(_("{client} has no such appointment kind.").format(client=client.name))
        return kind

    def kind_of(self, client: Client, appointment: Appointment) -> AppointmentKind:
        """The kind of an appointment, as it was booked where the client has it no more."""
        kind = next((kind for kind in client.kinds if kind.id == appointment.kind_id), None)
        return kind or AppointmentKind(
            id=appointment.kind_id,
            key="",
            name=appointment.kind_name,
            minutes=minutes_of(appointment),
            buffer_before=appointment.buffer_before,
            buffer_after=appointment.buffer_after,
        )

    def calendars(self, client_id: UUID) -> tuple[OwnerCalendar, ...]:
        """The calendars that say when a client's owner and staff are busy."""
        return tuple(
            one for one in self._directory.calendars if one.client_id == client_id and not one.tasks
        )

    def of(
        self,
        client: Client,
        kind: AppointmentKind,
        start: datetime,
        staff_id: UUID | None = None,
        location: str = "",
    ) -> tuple[Proposal, ...]:
        """What is proposed: for a certain member of the staff, or one for each of them."""
        if staff_id is not None and client.member(staff_id) is None:
            raise NotFound(
                _("{client} has no such member of the staff.").format(client=client.name)
            )
        members: list[UUID | None] = [staff_id]
        if staff_id is None and client.staff:
            members = [one.id for one in client.staff]
        calendars = [(one, self._directory.calendar(client.id, one)) for one in members]
        found = tuple(
            Proposal(
                client=client,
                kind=kind,
                calendar=calendar,
                start=start,
                now=self._clock.now(),
                staff_id=member,
                location=location,
                calendars=self.calendars(client.id),
            )
            for member, calendar in calendars
            if calendar is not None
        )
        if not found:
            raise NotFound(sentence(Reason.NO_CALENDAR))
        return found
