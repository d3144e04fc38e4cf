"""Reading an owner's calendar of 10,000 events: beside the bare transfer, and beside vdirsyncer."""

from __future__ import annotations

import http.client
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from re import findall
from uuid import uuid4

import pytest

from receptionist.calendars.bodies import (
    CTAG,
    ETAG,
    HERE,
    MEMBERS,
    TOKEN,
    XML,
    multiget,
    propfind,
    sync_collection,
)
from receptionist.calendars.collection import BATCH
from receptionist.calendars.server import Servers
from receptionist.model.busy import CalendarChanges, SyncState
from receptionist.model.client import CalendarAccount
from receptionist.model.period import Period
from receptionist.model.secret import Secret
from receptionist.ports import Calendar
from tests.benchmarks.figures import Figure, Target
from tests.benchmarks.owners import fill
from tests.doubles.calendar import stored_state, whole
from tests.doubles.calendar_server import PASSWORD, USER
from tests.doubles.radicale import Radicale
from tests.doubles.telephone import Telephone

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]

EVENTS, FIRST, CHANGES = 10_000, 3, 30
NAME = "Zehntausend"
CEILING_S = 300.0
HORIZON = Period(datetime.now(UTC) - timedelta(days=7), datetime.now(UTC) + timedelta(days=730))
ZONE = "Europe/Berlin"
_EVENT = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Owner//Calendar 1.0//DE
BEGIN:VEVENT
UID:neu
DTSTAMP:20250102T080000Z
DTSTART;TZID=Europe/Berlin:{start:%Y%m%d}T100000
DTEND;TZID=Europe/Berlin:{start:%Y%m%d}T110000
SUMMARY:Besprechung
END:VEVENT
END:VCALENDAR
"""


class Bare:
    """`http.client` and nothing else: answers are transferred, and searched for what goes on."""

    def __init__(self, server: Radicale, calendar: str) -> None:
        self._port = server.port
        self._path = calendar.removeprefix(server.url.rstrip("/"))
        word = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        self._headers = {"Authorization": f"Basic {word}"}

    def ask(self, method: str, body: bytes, headers: dict[str, str]) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=CEILING_S)
        connection.request(method, self._path, body, self._headers | headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        assert answer.status == 207
        return text

    def first(self) -> float:
        """Seconds for the list of all objects and their texts."""
        begun = time.monotonic()
        listed = self.ask("PROPFIND", propfind(ETAG, CTAG, TOKEN), MEMBERS)
        hrefs = findall(r"<href>([^<]+\.ics)</href>", listed)
        assert len(hrefs) >= EVENTS
        for number in range(0, len(hrefs), BATCH):
            self.ask("REPORT", multiget(hrefs[number : number + BATCH]), XML)
        return time.monotonic() - begun

    def change(self, token: str) -> float:
        """Milliseconds for what changed since a token."""
        begun = time.monotonic()
        changed = self.ask("REPORT", sync_collection(token), HERE)
        hrefs = findall(r"<href>([^<]+\.ics)</href>", changed)
        assert len(hrefs) == 1
        self.ask("REPORT", multiget(hrefs), XML)
        return (time.monotonic() - begun) * 1000


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    folder = tmp_path_factory.mktemp("radicale")
    with Radicale(folder) as server:
        fill(server, folder, NAME, EVENTS)
        yield server


@pytest.fixture(scope="module")
def calendar(radicale: Radicale) -> str:
    return f"{radicale.home}{NAME.lower()}/"


@pytest.fixture
def port(radicale: Radicale) -> Iterator[Calendar]:
    account = CalendarAccount(id=uuid4(), key="practice", url=radicale.url, user=USER)
    found = Servers().connect(account, Secret(PASSWORD))
    yield found
    found.close()


def test_the_first_time(
    radicale: Radicale,
    calendar: str,
    port: Calendar,
    tmp_path: Path,
    record: Callable[[Figure], None],
) -> None:
    bare, ours, theirs, telephones = Bare(radicale, calendar), list[float](), [], []
    for number in range(FIRST):
        theirs.append(bare.first())
        begun = time.monotonic()
        found = whole(port.changes(calendar, SyncState(), HORIZON, ZONE))
        ours.append(time.monotonic() - begun)
        assert len(found.changed) >= EVENTS
        assert found.unreadable == 0
        telephone = Telephone(tmp_path / str(number), radicale.home, calendar)
        begun = time.monotonic()
        telephone.sync()
        telephones.append(time.monotonic() - begun)
    name = f"first reading of {EVENTS:,} events"
    for beside, reference, most in (
        ("bare transfer", theirs, 6.0),
        ("vdirsyncer", telephones, None),
    ):
        record(
            Figure(
                name=name,
                unit="s",
                ours=ours,
                reference=reference,
                beside=beside,
                target=Target(ratio=most),
            )
        )


def test_one_change(
    radicale: Radicale, calendar: str, port: Calendar, record: Callable[[Figure], None]
) -> None:
    bare, ours, theirs = Bare(radicale, calendar), list[float](), list[float]()
    known = _known(whole(port.changes(calendar, SyncState(), HORIZON, ZONE)))
    for number in range(CHANGES):
        radicale.owner.put(f"{calendar}neu.ics", _single(number))
        theirs.append(bare.change(known.token))
        begun = time.monotonic()
        found = whole(port.changes(calendar, known, HORIZON, ZONE))
        ours.append((time.monotonic() - begun) * 1000)
        assert len(found.changed) == 1
        known = stored_state(found, known)
    record(
        Figure(
            name=f"one change in {EVENTS:,} events",
            unit="ms",
            ours=ours,
            reference=theirs,
            beside="bare sync-collection and multiget",
            target=Target(ratio=1.5),
        )
    )


def _known(found: CalendarChanges) -> SyncState:
    return replace(stored_state(found), horizon=HORIZON)


def _single(number: int) -> str:
    start = HORIZON.start + timedelta(days=30 + number)
    return _EVENT.format(start=start).replace("\n", "\r\n")
