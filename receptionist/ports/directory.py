"""Parts of the store: editing the directory, finding, receptionists."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from receptionist.model.agent import AgentPeriod
from receptionist.model.appointment import Appointment
from receptionist.model.call import Call
from receptionist.model.client import CalendarAccount, Client, OwnerCalendar
from receptionist.model.editing import Change, Dependents, Part
from receptionist.model.office import Directory, Line, Office, Receptionist


class EditingStore(Protocol):
    """Changes of the directory by hand. Store worker only, one transaction a method.

    Of a part only what differs between `old` (None: a new one) and `new` is written; `StaleRow`
    when it was changed meanwhile, `BadInput` when its key or number is taken. What has the key of
    a removed part revives it, with the id it had. Returns the directory as it is then.
    """

    def save_office(
        self, old: Directory, office: Office, receptionist: Receptionist, who: UUID, at: datetime
    ) -> Directory: ...

    def save_line(self, old: Line | None, new: Line, who: UUID, at: datetime) -> Directory: ...

    def save_account(
        self, old: CalendarAccount | None, new: CalendarAccount, who: UUID, at: datetime
    ) -> Directory: ...

    def save_client(
        self,
        old: Client | None,
        new: Client,
        known: tuple[OwnerCalendar, ...],
        calendars: tuple[OwnerCalendar, ...],
        who: UUID,
        at: datetime,
    ) -> Directory:
        """Also numbers, kinds, hours and calendars, each as a set: what is not named is removed.

        `StaleRow` when the client has a calendar that was not `known`. The first of `calendars` is
        booked into; their `client_id` is not looked at.
        """

    def remove(self, part: Part, part_id: UUID, who: UUID, at: datetime) -> Directory:
        """Take a part out; a client's numbers are free then, his kinds and calendars go with him.

        `BadInput` while something needs it (`Dependents.waiting`, or clients with a calendar of
        the account), `StaleRow` when it is out already.
        """

    def dependents(self, part: Part, part_id: UUID, at: datetime) -> Dependents: ...


class FindingStore(Protocol):
    """Looking things up by what was typed. Store worker only, one transaction a method.

    Every word must occur, in any of the texts, whatever its case; digits match numbers without
    their spaces. The newest first.
    """

    def calls(self, words: str, client_id: UUID | None, limit: int) -> tuple[Call, ...]:
        """Calls by caller, number, note; of one client, or of all."""

    def appointments(self, words: str, client_id: UUID, limit: int) -> tuple[Appointment, ...]:
        """A client's appointments by caller, number, note, kind."""

    def calls_with(self, client_id: UUID, number: str, limit: int) -> tuple[Call, ...]:
        """What a client's caller with this number called before (signalled, typed or dialled)."""

    def appointments_with(
        self, client_id: UUID, number: str, limit: int
    ) -> tuple[Appointment, ...]:
        """What was booked for a client's caller with this number."""

    def changes(self, row: UUID) -> tuple[Change, ...]:
        """What the change log holds of a row, the oldest first."""


class AgentStore(Protocol):
    """When who was ready, on a break, in wrap-up. Store worker only."""

    def record(self, period: AgentPeriod) -> None:
        """Insert a period, or write the end of one that is there; an end stays as it is."""

    def close_open(self, workstation_id: UUID, at: datetime) -> None:
        """End at `at` what a crash left open at a workstation: periods that began before."""

    def since(self, at: datetime) -> tuple[AgentPeriod, ...]:
        """Periods that ended after `at` or still last, oldest first."""
