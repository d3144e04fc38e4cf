"""A whole desk on real SQLite, with a simulated phone and calendars in memory."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

import pytest

from receptionist.credentials import MemoryCredentials
from receptionist.desk.desk import Desk
from receptionist.events import (
    AppointmentBooked,
    CalendarChanged,
    CalendarHealth,
    DeskEvent,
    PhoneResumed,
)
from receptionist.model.appointment import Appointment
from receptionist.model.client import (
    AppointmentKind,
    BookableHours,
    CalendarAccount,
    Client,
    OwnerCalendar,
)
from receptionist.model.greeting import Greeting
from receptionist.model.office import Directory, Line, Office, Receptionist, Workstation
from receptionist.model.secret import Secret
from tests.doubles.calendar import PASSWORD, USER, MemoryCalendars, MemoryServer
from tests.doubles.database import furnish, open_new
from tests.doubles.mail import MemoryMail
from tests.doubles.phone import SimulatedPhone
from tests.doubles.pump import ManualClock, Pump

T = TypeVar("T")

PAINTER_NUMBER = "+4930231250"
LAWYER_NUMBER = "+4930231251"


def _client(key: str, name: str, number: str, greeting: str) -> Client:
    return Client(
        id=uuid4(),
        key=key,
        name=name,
        greeting=Greeting(greeting),
        dialled=(number,),
        kinds=(
            AppointmentKind(
                id=uuid4(), key="visit", name="Besichtigung", minutes=60, buffer_after=30
            ),
        ),
        hours=tuple(BookableHours(weekday=day, start=time(9), end=time(17)) for day in range(5)),
    )


@cache
def _office() -> Directory:
    painter = _client("painter", "Malerbetrieb Muster", PAINTER_NUMBER, "{client}, {time_of_day}!")
    lawyer = _client("lawyer", "Kanzlei Beispiel", LAWYER_NUMBER, "{client}, guten Tag.")
    accounts = tuple(
        CalendarAccount(id=uuid4(), key=key, url="https://calendar.example/", user=USER)
        for key in ("painter", "lawyer")
    )
    return Directory(
        office=Office(id=uuid4(), name="Büro am Park", greeting=Greeting("{client}, hallo.")),
        receptionist=Receptionist(id=uuid4(), name="Erika Muster"),
        workstation=Workstation(id=uuid4(), name="Platz 1"),
        lines=(
            Line(id=uuid4(), key="main", name="Amt", registrar="sip.example.org", user="office"),
        ),
        clients=(painter, lawyer),
        accounts=accounts,
        calendars=tuple(
            OwnerCalendar(
                id=uuid4(),
                client_id=client.id,
                account_id=account.id,
                href=f"https://calendar.example/{USER}/{client.key}/",
            )
            for client, account in zip((painter, lawyer), accounts, strict=True)
        ),
    )


@dataclass
class Bench:
    """A desk that was started, and everything around it."""

    data: Path
    clock: ManualClock = field(default_factory=ManualClock)
    server: MemoryServer = field(default_factory=MemoryServer)
    credentials: MemoryCredentials = field(default_factory=MemoryCredentials)
    mail: MemoryMail = field(default_factory=MemoryMail)
    events: list[DeskEvent] = field(default_factory=list)

    def start(self, resumed: PhoneResumed | None = None) -> None:
        """Bring a desk up, as a start of the program does; `resumed` is what its phone finds."""
        self.events.clear()
        self.pump = Pump(self.clock)
        self.phone = SimulatedPhone(self.pump.post, self.clock)
        self.phone.resumed = resumed or PhoneResumed()
        self.desk = Desk(
            phone=self.phone,
            calendars=MemoryCalendars(self.server),
            credentials=self.credentials,
            mail=self.mail,
            open_store=lambda: open_new(self.data / "receptionist.db"),
            post=self.pump.post,
            later=self.pump.later,
            clock=self.clock,
            chance=random.Random(1),
            data=self.data,
        )
        self.desk.subscribe(self.events.append)
        ready: list[bool] = []
        self.desk.start(lambda: ready.append(True), self.fail)
        self.pump.until(lambda: ready)

    def furnish(self) -> None:
        """Before the start: the office is imported, its calendars and passwords are there."""
        office = _office()
        for client in office.clients:
            self.server.make_calendar(f"{self.server.home}{client.key}/", client.key)
        for one in (*office.lines, *office.accounts):
            self.credentials.keep(one.id, Secret(PASSWORD))
        furnish(self.data / "receptionist.db", _office, self.clock.now())

    def settle(self) -> None:
        """After the start: wait until calls can come and every calendar was read."""
        self.pump.until(lambda: self.phone.lines and self._all_read())

    def _all_read(self) -> bool:
        """Whether every calendar is good and none is being read."""
        good = all(map(self._is_good, self.desk.directory.clients))
        return good and not self.desk.calendars.reading

    def of_painter(self) -> list[CalendarChanged]:
        """What was told about the painter's calendar."""
        told = self.seen(CalendarChanged)
        return [event for event in told if event.client_id == self.painter.id]

    def _is_good(self, client: Client) -> bool:
        health = self.desk.calendars.health(client.id)
        return health is not None and health.health is CalendarHealth.GOOD

    @property
    def directory(self) -> Directory:
        return self.desk.directory.current

    @property
    def painter(self) -> Client:
        return self.desk.directory.client_by_key("painter")

    @property
    def lawyer(self) -> Client:
        return self.desk.directory.client_by_key("lawyer")

    def seen(self, kind: type[T]) -> list[T]:
        return [event for event in self.events if isinstance(event, kind)]

    def wait_for(self, kind: type, count: int = 1) -> None:
        """Run the main thread until `count` events of this kind were told."""
        self.pump.until(lambda: len(self.seen(kind)) >= count)

    def rings(self, number: str = PAINTER_NUMBER, caller: str = "+492214710134") -> UUID:
        """A caller rings, and the desk has noticed."""
        call_id = self.phone.outside.rings(number, caller)
        assert call_id is not None
        self.pump.until(lambda: any(call.id == call_id for call in self.desk.switchboard.calls))
        return call_id

    def book(self, start: datetime, name: str = "Erika Muster") -> UUID:
        """Book the painter's only kind."""
        return self.desk.booking.book(
            client_id=self.painter.id,
            kind_id=self.painter.kinds[0].id,
            start=start,
            caller_name=name,
            caller_number="+492214710134",
        )

    def booked(self) -> Appointment:
        """The appointment booked first."""
        self.wait_for(AppointmentBooked)
        return self.seen(AppointmentBooked)[0].appointment

    def fail(self, error: Exception) -> None:
        raise error


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    bench.furnish()
    bench.start()
    bench.settle()
    yield bench
    bench.desk.stop()


@pytest.fixture
def rich(bench: Bench) -> Bench:
    """The painter has a staff, and visits callers."""
    from tests.unit.desk.practice import enrich

    enrich(bench)
    return bench
