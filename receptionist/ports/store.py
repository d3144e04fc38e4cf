"""The database."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from receptionist.model.appointment import Appointment
from receptionist.model.busy import CalendarChanges, SyncState
from receptionist.model.call import Call
from receptionist.model.client import OwnerCalendar
from receptionist.model.office import Directory
from receptionist.model.period import Period
from receptionist.model.worklist import WorkItem
from receptionist.ports.book import BookStore, LetterStore, TaskStore
from receptionist.ports.contacts import PeopleStore
from receptionist.ports.directory import AgentStore, EditingStore, FindingStore
from receptionist.ports.scripts import ScriptStore
from receptionist.ports.services import ServiceStore
from receptionist.ports.voices import VoiceStore
from receptionist.ports.work import WorkStore


class Store(Protocol):
    """The database. Store worker only, one transaction a method; raises `StoreError`.

    `who` is a receptionist's id; `at` an instant of the injected clock; every change of a row is
    written to the change log with them.
    """

    @property
    def editing(self) -> EditingStore: ...

    @property
    def finding(self) -> FindingStore: ...

    @property
    def agents(self) -> AgentStore: ...

    @property
    def bookings(self) -> BookStore: ...

    @property
    def tasks(self) -> TaskStore: ...

    @property
    def letters(self) -> LetterStore: ...

    @property
    def voices(self) -> VoiceStore: ...

    @property
    def scripts(self) -> ScriptStore: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def services(self) -> ServiceStore: ...

    @property
    def work(self) -> WorkStore: ...

    def directory(self) -> Directory:
        """Office, lines, clients, calendars. A new store has a nameless office and receptionist."""

    def save_directory(self, directory: Directory, who: UUID, at: datetime) -> Directory:
        """Insert or update by key, column by column; deletes nothing. Returns what is there now."""

    def assign_number(self, number: str, client_id: UUID, who: UUID, at: datetime) -> None:
        """Give a dialled number to a client; it leaves the client that had it."""

    def record_call(self, call: Call) -> None:
        """Insert a call with its segments, or append the segments that are new."""

    def change_call(self, call_id: UUID, old: Call, new: Call, who: UUID, at: datetime) -> None:
        """Write what differs between `old` and `new` in client and typed texts."""

    def close_open_calls(
        self,
        workstation_id: UUID,
        at: datetime,
        owed: Callable[[Call], WorkItem | None] = lambda call: None,
        kept: Collection[UUID] = (),
    ) -> tuple[Call, ...]:
        """End calls that a crash left open at a workstation (`ENGINE_DIED`), and return them.

        What is `owed` to each is put on the work list in the same transaction. Those of
        `kept` are left as they are, and returned as well, also if they are over.
        """

    def calls(
        self, since: datetime, client_id: UUID | None = None, limit: int = 500
    ) -> tuple[Call, ...]:
        """The newest calls first; of one client, or of all of them for the office's journal."""

    def claim(self, claimant: UUID, at: datetime, until: datetime) -> tuple[Appointment, ...]:
        """Lease dirty appointments that are due: `next_attempt` passed, and no living lease of
        another claimant (one's own lease may be taken again, e.g. after a restart)."""

    def settle(self, appointment: Appointment, who: UUID, at: datetime, *, dirty: bool) -> None:
        """Write the outcome of an attempt (state, reason, etag, attempts, …) and drop the lease."""

    def appointments(self, client_id: UUID, period: Period) -> tuple[Appointment, ...]:
        """A client's appointments that touch `period`, all states, by start."""

    def outbox(self) -> tuple[Appointment, ...]:
        """Every appointment still waiting for the owner's calendar."""

    def sync_state(self, calendar_id: UUID, *, etags: bool = True) -> SyncState:
        """How far a calendar was read; without `etags`, which may be many, in one row."""

    def apply_changes(
        self, calendar_id: UUID, changes: CalendarChanges, at: datetime, address: str = ""
    ) -> None:
        """Bring the occurrence table up to date; the last portion sets `checked` to `at`.

        `StaleRow` when the calendar no longer lies at `address`, where the changes were read, or
        its client has another zone than the one they were read in."""

    def set_calendar_href(
        self, calendar_id: UUID, href: str, at: datetime, sought: OwnerCalendar | None = None
    ) -> None:
        """Keep the address that was found for `sought`; `StaleRow` when the calendar now has
        another account or name than was sought."""

    def close(self) -> None: ...
