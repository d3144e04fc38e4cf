"""Writing into the owner's calendar, beside a raw PUT to the same Radicale."""

from __future__ import annotations

import http.client
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist import bootstrap, officefile
from receptionist.calendars.server import Servers
from receptionist.calendars.vevent import written
from receptionist.desk.desk import Desk
from receptionist.events import (
    AppointmentConfirmed,
    BookingConflict,
    CalendarChanged,
    CalendarHealth,
    DeskEvent,
    PushDelayed,
)
from receptionist.model.appointment import Appointment
from receptionist.model.client import CalendarAccount
from receptionist.model.period import Period
from receptionist.model.secret import Secret
from receptionist.threads import MainLoop
from tests.benchmarks.figures import Figure, Target
from tests.doubles.calendar_server import PASSWORD, USER
from tests.doubles.phone import SimulatedPhone
from tests.doubles.radicale import Radicale

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

ROUNDS = 60
WARM = 5
CEILING_S = 30.0
_OFFICE = """\
format = 1
[office]
name = "Büroservice Muster"
greeting = "{{client}}."
[receptionist]
name = "Erika Muster"
[[calendar_account]]
key = "practice"
url = "{url}"
user = "{user}"
[[client]]
key = "practice"
name = "Praxis Muster"
numbers = ["+49 30 23125 101"]
greeting = "Praxis Muster."
[client.hours]
monday = ["00:00-23:30"]
tuesday = ["00:00-23:30"]
wednesday = ["00:00-23:30"]
[[client.calendar]]
account = "practice"
url = "{calendar}"
[[client.kind]]
key = "check-up"
name = "Kontrolle"
minutes = 30
"""


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with Radicale(tmp_path_factory.mktemp("radicale")) as server:
        for name in ("raw", "adapter", "desk"):
            server.owner.make_calendar(f"{server.home}{name}/", name)
        yield server


class RawPut:
    """What is least: one request with `http.client`, its answer read."""

    def __init__(self, server: Radicale) -> None:
        self._server = server
        word = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        self._headers = {
            "Authorization": f"Basic {word}",
            "Content-Type": "text/calendar; charset=utf-8",
            "If-None-Match": "*",
        }

    def ms(self, number: int) -> float:
        one = _appointment(f"{self._server.home}raw/", number)
        body, path = written(one, one.created), f"/{USER}/raw/{one.uid}.ics"
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=CEILING_S)
        connection.request("PUT", path, body, self._headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        assert answer.status == 201
        return (time.monotonic() - begun) * 1000


class Adapter:
    """Our calendars adapter: the conditional PUT, and what stands there read back."""

    def __init__(self, server: Radicale) -> None:
        account = CalendarAccount(id=uuid4(), key="practice", url=server.url, user=USER)
        self._account = Servers().connect(account, Secret(PASSWORD))
        self._calendar = f"{server.home}adapter/"
        self.written = 0.0

    def ms(self, number: int) -> float:
        """With the reading back; what the writing alone took is in `written`."""
        one = _appointment(self._calendar, number)
        begun = time.monotonic()
        self._account.put_new(one.href, one, one.created)
        self.written = (time.monotonic() - begun) * 1000
        stored = self._account.get(one.href)
        taken = time.monotonic() - begun
        assert stored is not None
        assert stored.fingerprint == one.fingerprint
        return taken * 1000


@dataclass
class Book:
    """A desk on a real database, booking into the real server."""

    desk: Desk
    loop: MainLoop
    slots: tuple[Period, ...] = ()
    now: float = 0.0

    def open(self, directory: str) -> None:
        office = officefile.parse(directory)
        desk = self.desk
        desk.open(lambda: desk.import_directory(office, self.loop.stop, self._failed), self._failed)
        self._run()
        account = desk.directory.accounts[0].id
        desk.passwords.keep(account, Secret(PASSWORD), then=self.loop.stop)
        self._run()
        desk.subscribe(self._heard)
        desk.start(lambda: None, self._failed)
        self._run()  # until the calendar was read
        client = desk.directory.clients[0]
        count = ROUNDS + WARM
        desk.booking.slots(client.id, client.kinds[0].id, count=count, then=self._offered)
        self._run()
        assert len(self.slots) == count

    def ms(self, number: int) -> float:
        client = self.desk.directory.clients[0]
        begun = time.monotonic()
        self.desk.booking.book(
            client_id=client.id,
            kind_id=client.kinds[0].id,
            start=self.slots[number].start,
            caller_name="Erika Muster",
            caller_number="+492214710134",
        )
        self._run()
        return (self.now - begun) * 1000

    def _run(self) -> None:
        give_up = self.loop.later(CEILING_S, lambda: self._failed(TimeoutError()))
        self.loop.run()
        give_up()

    def _offered(self, slots: tuple[Period, ...]) -> None:
        self.slots = slots
        self.loop.stop()

    def _heard(self, event: DeskEvent) -> None:
        assert not isinstance(event, PushDelayed | BookingConflict), event
        good = isinstance(event, CalendarChanged) and event.health is CalendarHealth.GOOD
        if good and not self.slots:
            self.loop.stop()
        if isinstance(event, AppointmentConfirmed):
            self.now = time.monotonic()
            self.loop.stop()

    def _failed(self, error: Exception) -> None:
        raise AssertionError(repr(error))


@pytest.fixture
def book(radicale: Radicale, data_directory: Path) -> Iterator[Book]:
    loop = MainLoop()
    desk = bootstrap.compose(
        data_directory,
        post=loop.post,
        later=loop.later,
        credentials=bootstrap.memory_credentials(),
        phone=SimulatedPhone(loop.post),
    )
    found = Book(desk, loop)
    calendar = f"{radicale.home}desk/"
    found.open(_OFFICE.format(url=radicale.url, user=USER, calendar=calendar))
    yield found
    desk.stop()


def test_booking(radicale: Radicale, book: Book, record: Callable[[Figure], None]) -> None:
    raw_put, adapter = RawPut(radicale), Adapter(radicale)
    ways = (raw_put.ms, adapter.ms, lambda _: adapter.written, book.ms)
    samples: tuple[list[float], ...] = ([], [], [], [])
    for number in range(ROUNDS + WARM):
        for way, found in zip(ways, samples, strict=True):
            taken = way(number)
            if number >= WARM:
                found.append(taken)
    raw, read_back, put, whole = samples
    for name, ours, most in (
        ("PUT", put, 1.3),
        ("PUT and read back", read_back, 2.2),
        ("booked → confirmed (A–E)", whole, 7.0),
    ):
        record(
            Figure(
                name=name,
                unit="ms",
                ours=ours,
                reference=raw,
                beside="raw PUT",
                target=Target(ratio=most),
            )
        )


def _appointment(calendar: str, number: int) -> Appointment:
    key = str(uuid4())
    start = datetime(2027, 3, 1, 8, tzinfo=UTC) + timedelta(minutes=30 * number)
    return Appointment(
        id=uuid4(),
        client_id=uuid4(),
        calendar_id=uuid4(),
        kind_id=uuid4(),
        kind_name="Kontrolle",
        start=start,
        end=start + timedelta(minutes=30),
        zone="Europe/Berlin",
        caller_name="Erika Muster",
        caller_number="+492214710134",
        uid=key,
        href=f"{calendar}{key}.ics",
        created=datetime(2027, 1, 4, 8, tzinfo=UTC),
    )
