"""The port `Store` on a SQL database: one transaction a method."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import inspect, text

from receptionist.model.appointment import Appointment
from receptionist.model.busy import CalendarChanges, SyncState
from receptionist.model.call import Call
from receptionist.model.client import OwnerCalendar
from receptionist.model.office import Directory
from receptionist.model.period import Period
from receptionist.model.worklist import WorkItem
from receptionist.store import (
    appointments,
    calls,
    importing,
    occurrences,
    outbox,
)
from receptionist.store.agents import SqlAgents
from receptionist.store.bookings import SqlBookings
from receptionist.store.directory import found, read
from receptionist.store.editing import SqlEditing
from receptionist.store.engine import Database
from receptionist.store.finding import SqlFinding
from receptionist.store.letters import SqlLetters
from receptionist.store.people import SqlPeople
from receptionist.store.scripts import SqlScripts
from receptionist.store.services import SqlServices
from receptionist.store.tables import REVISION
from receptionist.store.tasks import SqlTasks
from receptionist.store.voices import SqlVoices
from receptionist.store.worklist import SqlWork


class SqlStore:
    """The database behind the port `Store`, which says what each method does. Store worker.

    Other threads may call it too; each call is a transaction of its own.
    """

    def __init__(self, where: Path | str, workstation_id: UUID | None = None) -> None:
        """Open, create or upgrade the database at a path or a `postgresql://` URL."""
        self._database = Database(where, workstation_id)
        self.editing = SqlEditing(self._database)
        self.agents = SqlAgents(self._database)
        self.finding = SqlFinding(self._database)
        self.bookings = SqlBookings(self._database)
        self.tasks = SqlTasks(self._database)
        self.letters = SqlLetters(self._database)
        self.voices = SqlVoices(self._database)
        self.scripts = SqlScripts(self._database)
        self.people = SqlPeople(self._database)
        self.services = SqlServices(self._database)
        self.work = SqlWork(self._database)
        try:
            if not _is_current(self._database):
                from receptionist.store.upgrade import upgrade

                upgrade(self._database)
            with self._database.writing() as connection:
                found(connection)
        except BaseException:
            self._database.close()
            raise

    def directory(self) -> Directory:
        with self._database.reading() as connection:
            return read(connection)

    def save_directory(self, directory: Directory, who: UUID, at: datetime) -> Directory:
        """Insert or update by key, column by column; returns what is there now.

        Lines, clients, accounts and kinds are found by key: an existing row keeps its id, and what
        refers to the incoming id refers to that. Office, receptionist and workstation have one row
        each, which is taken over. A calendar is found by its account and name, or is the only one
        its client had; an empty `href` keeps the one that was discovered.

        Nothing is deleted but hours, which have no key: for every incoming client they are replaced
        as a set. Dialled numbers are added, and leave the client that had them. What was removed
        by hand and comes in again is brought back.
        """
        with self._database.writing() as connection:
            importing.save(connection, directory, who, at)
            return read(connection)

    def assign_number(self, number: str, client_id: UUID, who: UUID, at: datetime) -> None:
        with self._database.writing() as connection:
            importing.assign_number(connection, number, client_id, who, at)

    def record_call(self, call: Call) -> None:
        with self._database.writing() as connection:
            calls.record(connection, call)

    def change_call(self, call_id: UUID, old: Call, new: Call, who: UUID, at: datetime) -> None:
        with self._database.writing() as connection:
            calls.change(connection, call_id, old, new, who, at)

    def close_open_calls(
        self,
        workstation_id: UUID,
        at: datetime,
        owed: Callable[[Call], WorkItem | None] = lambda call: None,
        kept: Collection[UUID] = (),
    ) -> tuple[Call, ...]:
        with self._database.writing() as connection:
            return calls.close_open(connection, workstation_id, at, owed, kept)

    def calls(
        self, since: datetime, client_id: UUID | None = None, limit: int = 500
    ) -> tuple[Call, ...]:
        with self._database.reading() as connection:
            return calls.newest(connection, since, client_id, limit)

    def claim(self, claimant: UUID, at: datetime, until: datetime) -> tuple[Appointment, ...]:
        with self._database.writing() as connection:
            return outbox.claim(connection, claimant, at, until)

    def settle(
        self,
        appointment: Appointment,
        who: UUID,
        at: datetime,
        *,
        dirty: bool,
    ) -> None:
        with self._database.writing() as connection:
            outbox.settle(connection, appointment, who, at, dirty=dirty)

    def appointments(self, client_id: UUID, period: Period) -> tuple[Appointment, ...]:
        with self._database.reading() as connection:
            return appointments.appointments(connection, client_id, period)

    def outbox(self) -> tuple[Appointment, ...]:
        with self._database.reading() as connection:
            return outbox.waiting(connection)

    def sync_state(self, calendar_id: UUID, *, etags: bool = True) -> SyncState:
        with self._database.reading() as connection:
            return occurrences.sync_state(connection, calendar_id, etags=etags)

    def apply_changes(
        self, calendar_id: UUID, changes: CalendarChanges, at: datetime, address: str = ""
    ) -> None:
        with self._database.writing() as connection:
            occurrences.apply(connection, calendar_id, changes, at, address)

    def set_calendar_href(
        self, calendar_id: UUID, href: str, at: datetime, sought: OwnerCalendar | None = None
    ) -> None:
        with self._database.writing() as connection:
            occurrences.set_href(connection, calendar_id, href, at, sought)

    def close(self) -> None:
        self._database.close()


def _is_current(database: Database) -> bool:
    """Whether no step is lacking, found out without Alembic, which takes 0.1 s to import."""
    with database.reading() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        steps = connection.execute(text("SELECT version_num FROM alembic_version"))
        return steps.scalars().all() == [REVISION]
