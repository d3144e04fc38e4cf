"""Who is who, in memory: a ringing phone needs no query."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.clock import Clock
from receptionist.errors import NotFound
from receptionist.i18n import _
from receptionist.model.call import Call
from receptionist.model.client import CalendarAccount, Client, OwnerCalendar
from receptionist.model.contact import Contact
from receptionist.model.number import normalised
from receptionist.model.office import Directory, Line, Office, Receptionist, Workstation


class DirectoryBook:
    """Office, lines, clients and calendars by id and by dialled number. Main thread.

    Calendar workers may read it: `replace` swaps one immutable value.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._directory: Directory | None = None
        self._clients: dict[UUID, Client] = {}
        self._by_name: tuple[Client, ...] = ()
        self._calendars: dict[tuple[UUID, UUID | None], OwnerCalendar] = {}
        self._numbers: dict[str, Client] = {}
        self._former: dict[UUID, Client] = {}
        self.scripted: Callable[[Client, Call | None], str] = lambda client, call: ""
        """What a client's script says first; "" where his usual greeting is meant."""
        self.spoken: Callable[[Client, str], str] = lambda client, number: ""
        """In which language a client's caller with this number is spoken to; "" while nobody
        said."""

    def replace(self, directory: Directory) -> Directory | None:
        """Use `directory` from now on; what was used before."""
        before, self._directory = self._directory, directory
        self._clients = {client.id: client for client in directory.clients}
        self._by_name = tuple(sorted(directory.clients, key=lambda one: one.name.casefold()))
        self._calendars = {
            (one.client_id, one.staff_id): one
            for one in reversed(directory.calendars)
            if not one.tasks
        }
        self._numbers = {
            number: client for client in directory.clients for number in client.dialled
        }
        self._former = {client.id: client for client in directory.former}
        return before

    @property
    def current(self) -> Directory:
        """The directory as the store holds it."""
        if self._directory is None:
            raise AssertionError("the directory is read before the desk is used")
        return self._directory

    @property
    def office(self) -> Office:
        """The outsourcing office."""
        return self.current.office

    @property
    def receptionist(self) -> Receptionist:
        """Who works at this desk."""
        return self.current.receptionist

    @property
    def workstation(self) -> Workstation:
        """Where this desk stands."""
        return self.current.workstation

    @property
    def clients(self) -> tuple[Client, ...]:
        """All clients, by name."""
        return self._by_name

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines."""
        return self.current.lines

    @property
    def accounts(self) -> tuple[CalendarAccount, ...]:
        """All calendar accounts."""
        return self.current.accounts

    @property
    def calendars(self) -> tuple[OwnerCalendar, ...]:
        """The calendars of all clients."""
        return self.current.calendars

    def client(self, client_id: UUID | None) -> Client | None:
        """The client with this id."""
        return self._clients.get(client_id) if client_id else None

    def remembered(self, client_id: UUID | None) -> Client | None:
        """The client with this id, also one that was removed: for calls of old."""
        return self.client(client_id) or (self._former.get(client_id) if client_id else None)

    def client_by_key(self, key: str) -> Client:
        """The client with this key; `NotFound` names the known keys."""
        for client in self.current.clients:
            if client.key == key:
                return client
        known = ", ".join(sorted(client.key for client in self.current.clients)) or "–"
        raise NotFound(
            _("There is no client “{key}”. Known clients: {known}").format(key=key, known=known)
        )

    def find(self, number: str) -> Client | None:
        """The client to whom a dialled number belongs."""
        return self._numbers.get(normalised(number, self.office.region))

    def calendar(self, client_id: UUID, staff_id: UUID | None = None) -> OwnerCalendar | None:
        """The calendar into which is booked: the first one of the member, else of the client.

        Without a member, of a client whose calendars all belong to his staff, the first of those.
        """
        own = self._calendars.get((client_id, staff_id)) or self._calendars.get((client_id, None))
        if own is not None or staff_id is not None:
            return own
        mine = (one for (client, _staff), one in self._calendars.items() if client == client_id)
        return next(mine, None)

    def beside(self, calendar: OwnerCalendar) -> tuple[OwnerCalendar, ...]:
        """The other calendars of the same client in which his time is kept."""
        return tuple(
            one
            for one in self.calendars
            if one.client_id == calendar.client_id and one.id != calendar.id and not one.tasks
        )

    def account(self, account_id: UUID) -> CalendarAccount | None:
        """The calendar account with this id."""
        return next((a for a in self.current.accounts if a.id == account_id), None)

    def line(self, line_id: UUID | None) -> Line | None:
        """The line with this id."""
        return next((line for line in self.current.lines if line.id == line_id), None)

    def contacts(self, client_id: UUID) -> tuple[Contact, ...]:
        """The contacts of a client, by name."""
        return tuple(one for one in self.current.contacts if one.client_id == client_id)

    def greeting(self, client: Client | None, call: Call | None = None) -> str:
        """What to say now, for a client or (None) for the office itself, in a call if there is one.

        What the client's script says comes before his usual greeting.
        """
        if client is not None and (said := self.scripted(client, call)):
            return said
        named = client or self.office
        at = self._clock.now().astimezone(ZoneInfo(named.zone)).time()
        return named.greeting.spoken(client=named.name, receptionist=self.receptionist.name, at=at)
