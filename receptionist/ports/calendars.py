"""Calendar servers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from receptionist.model.appointment import Appointment, Stored
from receptionist.model.busy import (
    CalendarChanges,
    CalendarFound,
    Capabilities,
    SyncState,
)
from receptionist.model.client import CalendarAccount
from receptionist.model.period import Period
from receptionist.model.secret import Secret
from receptionist.model.task import StoredTask, Task


class Calendar(Protocol):
    """One CalDAV account, logged in; keeps no state. Calendar workers only; raises `CalendarError`.

    `calendar` and `href` are absolute URLs on the account's host. Clock and time limits are the
    adapter's.
    """

    def discover(self) -> tuple[CalendarFound, ...]:
        """The calendar collections of the account (RFC 6764, RFC 4791 6.2.1)."""

    def changes(
        self, calendar: str, known: SyncState, horizon: Period, zone: str
    ) -> Iterator[CalendarChanges]:
        """What changed since `known`; busy occurrences inside `horizon`, floating times in `zone`.

        Comes in portions, each read when it is asked for, at least one; who asks for no more stops
        the reading. Uses sync-collection (RFC 6578), else ctag and ETags, else a full listing, and
        multiget. With an empty `known` everything is read, and `full` is set.
        """

    def put_new(self, href: str, appointment: Appointment, stamp: datetime) -> str:
        """PUT with `If-None-Match: *`; the ETag of the answer or "". 412: `PreconditionFailed`."""

    def put_over(self, href: str, appointment: Appointment, stamp: datetime, etag: str) -> str:
        """PUT with `If-Match`; keeps properties of the stored object that we do not know."""

    def get(self, href: str) -> Stored | None:
        """The object read back, or None when there is none."""

    def withdraw(self, href: str, etag: str) -> None:
        """DELETE with `If-Match`; an object that is already gone is fine."""

    def put_task(self, href: str, task: Task, stamp: datetime, etag: str) -> str:
        """PUT a VTODO: a new one without `etag`, else over the stored one. As `put_new/put_over`.

        What the owner added to it stays.
        """

    def tasks(self, calendar: str) -> tuple[StoredTask, ...]:
        """Every VTODO of a collection that can be read."""

    def probe(self, calendar: str) -> Capabilities:
        """What the server can do with this collection; asks only, writes nothing."""

    def close(self) -> None: ...


class Calendars(Protocol):
    """Opens accounts, and writes calendar objects for others. Calendar workers only."""

    def connect(self, account: CalendarAccount, secret: Secret) -> Calendar: ...

    def export(self, appointments: Iterable[Appointment], stamp: datetime) -> bytes:
        """Appointments as one iCalendar file, as they stand in the owner's calendar."""

    def enclosed(
        self, appointment: Appointment, stamp: datetime, title: str, organizer: str = ""
    ) -> bytes:
        """What a caller gets of his appointment (RFC 5546): METHOD PUBLISH, or CANCEL when it is
        cancelled; its time and place alone."""
