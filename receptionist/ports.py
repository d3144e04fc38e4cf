"""The four narrow ports of the desk: phone, calendar, store, credentials.

`Phone` answers at once and reports by events on the main thread. The other three wait, and are
called on workers only. Adapters translate foreign exceptions into `receptionist.errors`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from receptionist.events import PhoneEvent
from receptionist.model.agent import AgentPeriod
from receptionist.model.appointment import Appointment, Stored, Told
from receptionist.model.busy import (
    Busy,
    CalendarChanges,
    CalendarFound,
    Capabilities,
    SyncState,
)
from receptionist.model.call import Call, CallBack
from receptionist.model.client import CalendarAccount, Client, OwnerCalendar
from receptionist.model.editing import Change, Dependents, Part
from receptionist.model.letter import Letter, MailServer, Writing
from receptionist.model.office import Directory, Line, Office, Receptionist
from receptionist.model.period import Period
from receptionist.model.secret import Secret
from receptionist.model.task import StoredTask, Task, TaskPlace


class Phone(Protocol):
    """The softphone. Main thread; every command returns at once, its outcome comes as an event.

    Call ids are ours: the phone makes one for an incoming call, the desk for an outgoing one.
    A command for a call that is gone reports `PhoneCommandFailed`.
    """

    def start(self, listener: Callable[[PhoneEvent], None]) -> None:
        """Bring the engine up and keep it up; `listener` is called on the main thread."""

    def register(self, line: Line, secret: Secret | None) -> None:
        """Register `line` now and after every restart of the engine."""

    def unregister(self, line_id: UUID) -> None: ...

    def answer(self, call_id: UUID) -> None: ...

    def decline(self, call_id: UUID, status: int = 486) -> None:
        """Refuse a ringing call with a SIP status (486 Busy Here, 603 Decline, …)."""

    def hang_up(self, call_id: UUID) -> None: ...

    def dial(self, call_id: UUID, line_id: UUID, target: str) -> None:
        """Call `target`, a normalised number or a `sip:` URI, over a line."""

    def hold(self, call_id: UUID) -> None: ...

    def resume(self, call_id: UUID) -> None: ...

    def transfer(self, call_id: UUID, target: str) -> None:
        """Ask the other side to call `target` in our place (REFER).

        `PhoneTransferred` and `PhoneEnded` follow, or `PhoneTransferFailed`: the call is as it was.
        """

    def transfer_to(self, call_id: UUID, other_id: UUID) -> None:
        """Connect the other sides of two calls with each other (REFER with Replaces).

        As `transfer`, told of `call_id`; when it worked both calls end.
        """

    def mute(self, call_id: UUID, muted: bool) -> None: ...

    def send_digits(self, call_id: UUID, digits: str) -> None:
        """Send DTMF (RFC 4733): `0-9*#A-D`."""

    def stop(self) -> None:
        """Hang up, end the engine, wait for it (bounded)."""


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


class Mail(Protocol):
    """The way to people's mailboxes. Mail worker only; raises `MailError`, within a time limit."""

    def send(self, server: MailServer, secret: Secret | None, writing: Writing) -> None:
        """Hand a letter over; `MAIL_UNKNOWN` when it may have been taken all the same."""

    def check(self, server: MailServer, secret: Secret | None) -> None:
        """Log in and out, to see whether that works."""


class Credentials(Protocol):
    """Secrets by UUID. Credentials worker only; raises `CredentialsError`, within a time limit."""

    @property
    def persistent(self) -> bool:
        """Whether a secret is still there after a restart; False means ask at every start."""

    def check(self) -> None:
        """Raise `CredentialsError` with the reason when secrets cannot be kept."""

    def secret(self, secret_id: UUID) -> Secret:
        """The secret; `SecretMissing` if there is none."""

    def keep(self, secret_id: UUID, secret: Secret) -> None: ...

    def forget(self, secret_id: UUID) -> None: ...


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

    def close_open(self, at: datetime) -> None:
        """End at `at` the periods that a crash left open: those that began before."""

    def since(self, at: datetime) -> tuple[AgentPeriod, ...]:
        """Periods that ended after `at` or still last, oldest first."""


class BookStore(Protocol):
    """Our book beside the port's own `book`. Store worker only, one transaction a method.

    Every method that makes or moves appointments is exclusive as `Store.book` is: `SlotTaken` says
    that a time was taken meanwhile, and then nothing was written.
    """

    def get(self, appointment_id: UUID) -> Appointment | None: ...

    def book_all(
        self,
        appointments: tuple[Appointment, ...],
        who: UUID,
        at: datetime,
        instead_of: Appointment | None = None,
    ) -> None:
        """Book several in one transaction, all or none: an appointment with its travel, a series.

        As `Store.book`; holds with the same ids are turned into them. What they are `instead_of` is
        cancelled with them, as `change` does it.
        """

    def release(self, appointment_id: UUID, who: UUID, at: datetime) -> Appointment | None:
        """Give a hold up; what it is then, or None when there was none."""

    def expire(self, at: datetime) -> tuple[Appointment, ...]:
        """Give up the holds that ran out; they are returned."""

    def change(
        self,
        old: Appointment,
        new: Appointment,
        who: UUID,
        at: datetime,
        travel: tuple[Appointment, ...] | None = None,
    ) -> Appointment:
        """Write what is wanted now, dirty, due now, without lease; what it is.

        `StaleRow` when what was wanted is no longer what `old` says, or it is over; how far it came
        in the owner's calendar is not looked at. `sequence` is one more, and so a push under way
        settles nothing any more. `travel` replaces the travel that was there; what is cancelled is
        cancelled with its travel.
        """

    def linked(self, appointment_id: UUID) -> tuple[Appointment, ...]:
        """Travel that belongs to an appointment, and what was made in its place."""

    def of_series(self, series_id: UUID) -> tuple[Appointment, ...]:
        """What was booked together, by start."""

    def owner_events(self, client_id: UUID, period: Period) -> tuple[Busy, ...]:
        """The owner's occurrences that touch `period`, also those that do not block."""

    def owner_is_busy(self, appointment: Appointment, period: Period) -> bool:
        """Whether something of the owner's keeps an appointment from taking `period`.

        Not itself, its travel or the one in whose place it is; nor what lies in the calendars of
        other members of the staff, or is a frame for appointments by the owner's words.
        """

    def whereabouts(
        self, calendar_id: UUID, uids: Collection[str]
    ) -> Mapping[str, Mapping[str, str]]:
        """Where the objects with these UIDs lie in a calendar: address to ETag, as last read."""

    def push(self, appointment: Appointment, wanted: Told) -> None:
        """Keep what is about to be written over an appointment's object, until it has landed."""

    def pushed(self, appointment_id: UUID) -> tuple[Told, ...]:
        """What was written over an appointment's object without knowing that it came."""

    def land(
        self, attempted: Appointment, appointment: Appointment, who: UUID, at: datetime
    ) -> bool:
        """Write all that came of an attempt, also other times and texts, and drop dirt and lease.

        Its travel follows: by as much as it was moved, or cancelled when it is nowhere any more. A
        time that the owner's calendar says may overlap another of ours. False, and nothing is
        written, when it is no longer what was `attempted`.
        """

    def forget_before(self, at: datetime) -> int:
        """Drop what we copied of owners' calendars and is over before `at`; how many."""


class TaskStore(Protocol):
    """Call-backs on their way into owners' task lists. Store worker only, one transaction each."""

    def begin(self, task: TaskPlace, *, again: bool = False) -> None:
        """A call-back is to stand in a task list; `again` also when it was done there before."""

    def due(self, at: datetime) -> tuple[tuple[TaskPlace, CallBack], ...]:
        """Those that are to be written now."""

    def settle(self, task: TaskPlace) -> None:
        """Write the outcome of an attempt."""

    def places(self, calendar_id: UUID) -> tuple[TaskPlace, ...]:
        """What stands in a task list and is not done."""


class LetterStore(Protocol):
    """Letters to callers. Store worker only, one transaction a method."""

    def begin(self, letter: Letter) -> bool:
        """A letter is to be sent; False when it was before, unless that was refused or unknown."""

    def due(self, at: datetime) -> tuple[Letter, ...]:
        """Those that wait and may be tried now."""

    def settle(self, letter: Letter) -> None:
        """Write the outcome of an attempt."""

    def of(self, appointment_id: UUID) -> tuple[Letter, ...]:
        """Every letter about an appointment, oldest first."""


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
        self, at: datetime, owed: Callable[[Call], CallBack | None] = lambda call: None
    ) -> tuple[Call, ...]:
        """End calls that a crash left open (cause `ENGINE_DIED`), and return them.

        What is `owed` to each is put on the list of call-backs in the same transaction.
        """

    def calls(
        self, since: datetime, client_id: UUID | None = None, limit: int = 500
    ) -> tuple[Call, ...]:
        """The newest calls first; of one client, or of all of them for the office's journal."""

    def add_call_back(self, call_back: CallBack) -> bool:
        """Put somebody on the list; False when he is on it. One that was done is open again."""

    def finish_call_back(self, call_back_id: UUID, who: UUID | None, at: datetime) -> None:
        """It is settled; `who` is None when the owner did it."""

    def call_backs(self) -> tuple[CallBack, ...]:
        """Those not done yet, oldest first."""

    def book(self, appointment: Appointment, who: UUID, at: datetime) -> None:
        """Insert with its outbox columns in one transaction. `SlotTaken` when its blocked period
        overlaps another of ours in this client's book, or its period (with buffers) an owner's
        busy occurrence. The caller's own expired or current hold (same id) is turned into it."""

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

    def busy(self, client_id: UUID, period: Period) -> tuple[Busy, ...]:
        """The owner's occurrences that block and touch `period`, of all his calendars."""

    def set_calendar_href(
        self, calendar_id: UUID, href: str, at: datetime, sought: OwnerCalendar | None = None
    ) -> None:
        """Keep the address that was found for `sought`; `StaleRow` when the calendar now has
        another account or name than was sought."""

    def close(self) -> None: ...
