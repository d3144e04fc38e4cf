"""A whole desk for faces with a Qt loop: the sample office on real SQLite, with a simulated phone
and calendars in memory. What the world does is moved by the test."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer

from receptionist import officefile
from receptionist.credentials import MemoryCredentials
from receptionist.desk.desk import Desk
from receptionist.errors import CalendarError
from receptionist.events import CalendarHealth, DeskEvent
from receptionist.model.appointment import Appointment
from receptionist.model.call import Call
from receptionist.model.client import Client
from receptionist.model.office import Directory
from receptionist.model.secret import Secret
from receptionist.paths import resources
from tests.doubles.calendar import PASSWORD, USER, MemoryCalendars, MemoryServer
from tests.doubles.database import furnish, open_new
from tests.doubles.mail import MemoryMail
from tests.doubles.phone import SimulatedPhone
from tests.doubles.pump import ManualClock
from ui.post import QtLater, QtPost

MONDAY = datetime(2026, 11, 23, 8, 42, 5, tzinfo=UTC)
CEILING_S = 60.0
LOOK_MS = 20

HEATING = "+492214710134"
DENTIST = "+493023125101"
LAWYERS = "+496990009210"
GARAGE = "+494066969320"
UNKNOWN = "+493023125999"


@cache
def sample_office() -> Directory:
    """The office of the demonstration with a registered line and calendars in memory."""
    server = MemoryServer()
    office = officefile.load(resources("templates", "demo-office.toml"))
    accounts = {account.id: account.key for account in office.accounts}
    return replace(
        office,
        lines=tuple(replace(line, name="Hauptanschluss", register=True) for line in office.lines),
        accounts=tuple(replace(one, url=server.url, user=USER) for one in office.accounts),
        calendars=tuple(
            replace(one, href=_href(server, accounts[one.account_id], one.name))
            for one in office.calendars
        ),
    )


def _href(server: MemoryServer, account: str, name: str) -> str:
    return f"{server.home}{account if name == 'Termine' else f'{account}-{name.lower()}'}/"


@dataclass
class Reception:
    """A desk that was started, and everything around it. `spin` runs Qt's loop."""

    data: Path
    empty: bool = False

    def __post_init__(self) -> None:
        self.clock = ManualClock(MONDAY)
        self.server = MemoryServer()
        self.credentials = MemoryCredentials()
        self.mail = MemoryMail()
        self.events: list[DeskEvent] = []
        # Owned by Qt: the collector may run on a worker, and must not delete them there.
        self.timers = QObject(QCoreApplication.instance())
        self._loop = QEventLoop(self.timers)
        self.post = QtPost(QCoreApplication.instance())
        self.phone = SimulatedPhone(self.post, self.clock)
        self.desk = Desk(
            phone=self.phone,
            calendars=MemoryCalendars(self.server),
            credentials=self.credentials,
            mail=self.mail,
            open_store=lambda: open_new(self.data / "receptionist.db"),
            post=self.post,
            later=QtLater(self.timers),
            clock=self.clock,
            chance=random.Random(1),
            data=self.data,
        )
        if not self.empty:
            self._furnish()
        self.desk.subscribe(self.events.append)
        ready: list[bool] = []
        self.desk.start(lambda: ready.append(True), _fail)
        self.spin(lambda: ready)
        if not self.empty:
            self.spin(lambda: self.phone.lines and all(self.good(one) for one in self.clients))

    def _furnish(self) -> None:
        office = sample_office()
        for calendar in office.calendars:
            holds = "VTODO" if calendar.tasks else "VEVENT"
            self.server.make_calendar(calendar.href, calendar.name, holds)
        for secret_id in [one.id for one in (*office.lines, *office.accounts)]:
            self.credentials.keep(secret_id, Secret(PASSWORD))
        furnish(self.data / "receptionist.db", sample_office, self.clock.now())

    @property
    def clients(self) -> tuple[Client, ...]:
        return self.desk.directory.clients

    def client(self, key: str) -> Client:
        return self.desk.directory.client_by_key(key)

    def good(self, client: Client) -> bool:
        """Whether a client's calendar was read."""
        health = self.desk.calendars.health(client.id)
        return health is not None and health.health is CalendarHealth.GOOD

    def call(self, call_id: UUID) -> Call:
        return self.desk.switchboard.call(call_id)

    def rings(self, dialled: str = HEATING, caller: str = "+4917139200", name: str = "") -> UUID:
        """A caller rings, and the desk has noticed."""
        call_id = self.phone.outside.rings(dialled, caller, name)
        assert call_id is not None
        self.spin(lambda: any(call.id == call_id for call in self.desk.switchboard.calls))
        return call_id

    def calendar_fails(self, client: Client, error: CalendarError) -> None:
        """Reading a client's calendar ends with `error`; readings under way end first."""
        self.spin(lambda: not self.desk.calendars.reading)
        self.server.fail_next("changes", error)
        self.desk.calendars.refresh(client.id, insist=True)
        self.spin(lambda: not self.good(client) and not self.desk.calendars.reading)

    def appointments(self, client: Client) -> tuple[Appointment, ...]:
        """Every appointment of a client in our book."""
        from receptionist.model.period import Period

        far = Period(datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
        told: list[tuple[Appointment, ...]] = []
        self.desk.booking.appointments(client.id, far, told.append)
        self.spin(lambda: told)
        return told[0]

    def journal(self) -> tuple[Call, ...]:
        """Today's calls."""
        told: list[tuple[Call, ...]] = []
        self.desk.journal.today(told.append)
        self.spin(lambda: told)
        return told[0]

    def seen(self, kind: type, count: int = 1) -> None:
        """Run the loop until `count` events of this kind were told."""
        self.spin(lambda: sum(isinstance(event, kind) for event in self.events) >= count)

    def spin(self, condition: Callable[[], object]) -> None:
        """Run Qt's loop until `condition()` is true and shown; fails after a generous while."""
        deadline = time.monotonic() + CEILING_S
        while not condition():
            assert time.monotonic() < deadline, "it did not happen"
            self.turn()
        # A window shows what it was told with the next turn, once for all that came together.
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, LOOK_MS)

    def turn(self) -> None:
        """Let Qt's loop do what there is to do, or sleep until there is, but not for long."""
        look = QTimer(interval=LOOK_MS)
        look.start()
        self._loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        look.stop()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, LOOK_MS)

    def close(self) -> None:
        """Stop the desk, and let the timers go."""
        self.desk.stop()
        let_go(self.timers)


def let_go(thing: QObject) -> None:
    """Delete a window or timer now, on this thread."""
    thing.deleteLater()
    QCoreApplication.sendPostedEvents(thing, QEvent.Type.DeferredDelete)


def _fail(error: Exception) -> None:
    raise error
