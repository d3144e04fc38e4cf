"""The servers on which the calendar contract holds. Another one: a fixture, named in `side`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from receptionist.calendars.server import Servers
from receptionist.calendars.wire import Limits
from receptionist.model.appointment import Appointment
from receptionist.model.client import CalendarAccount
from receptionist.model.period import Period
from receptionist.model.secret import Secret
from receptionist.ports import Calendar, Calendars
from tests.doubles import calendar as memory
from tests.doubles.calendar import MemoryCalendars, MemoryServer
from tests.doubles.calendar_server import PASSWORD, READ_ONLY, USER, CalendarServer
from tests.doubles.davical import DAViCal
from tests.doubles.postgres import Postgres
from tests.doubles.radicale import Radicale
from tests.doubles.recording_proxy import RecordingProxy
from tests.doubles.sabredav import SabreDAV
from tests.doubles.xandikos import Xandikos

STAMP = datetime(2027, 1, 4, 8, tzinfo=UTC)
HORIZON = Period(datetime(2027, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC))
ZONE = "Europe/Berlin"
IMPATIENT = Limits(connect_s=30, silence_s=2, whole_s=3)
"""For the one call that meets a server that never ends; a loaded machine answers others later."""
REAL = ("radicale_side", "xandikos_side", "sabredav_side", "davical_side")
FAILING = (REAL[0], *(pytest.param(one, marks=pytest.mark.soak) for one in REAL[1:]))
"""One server every day where it is the network that fails: most of it is waiting."""
WITH_TOKENS = tuple(one for one in FAILING if "sabredav_side" not in getattr(one, "values", ()))
"""SabreDAV 1.8 has no sync-collection: its ctag says whether there is anything new."""
AT_THE_ROOT = tuple(one for one in REAL if one != "davical_side")
"""Debian's DAViCal stands at /davical/caldav.php: from the root only /.well-known leads there."""


@dataclass
class Side:
    """A server with an empty calendar, its owner at work, and the way to our port.

    `owner` has `put(href, text)`, `get(href)`, `delete(href)` and `make_calendar(href, name)`.
    `tells_rights` is False for a server that calls every calendar writable and refuses the write,
    `one_of_a_uid` for one that stores the same UID at any number of addresses, `tokens` for one
    without sync-collection.
    """

    name: str
    calendars: Calendars
    url: str
    home: str
    owner: Any
    user: str
    password: str
    read_only: str = ""
    calendar: str = ""
    principal: str = ""
    tells_rights: bool = True
    one_of_a_uid: bool = True
    tokens: bool = True
    opened: list[Calendar] = field(default_factory=list)

    def connect(
        self, password: str | None = None, url: str = "", impatient: bool = False
    ) -> Calendar:
        """An account of the owner."""
        account = CalendarAccount(id=uuid4(), key="a", url=url or self.url, user=self.user)
        secret = Secret(self.password if password is None else password)
        calendars = Servers(IMPATIENT) if impatient else self.calendars
        self.opened.append(calendars.connect(account, secret))
        return self.opened[-1]

    def appointment(self, **values: Any) -> Appointment:
        """An appointment for this calendar."""
        key = str(uuid4())
        start = values.pop("start", datetime(2027, 3, 25, 9, tzinfo=UTC))
        defaults: dict[str, Any] = {
            "id": uuid4(),
            "client_id": uuid4(),
            "calendar_id": uuid4(),
            "kind_id": uuid4(),
            "kind_name": "Erstgespräch, kurz; neu",
            "start": start,
            "end": start + timedelta(minutes=30),
            "zone": ZONE,
            "caller_name": "Erika Muster\\Söhne",
            "caller_number": "+492214710134",
            "note": "Bringt mit:\nAkte, Ausweis",
            "uid": key,
            "href": f"{self.calendar}{key}.ics",
            "created": STAMP,
        }
        return Appointment(**(defaults | values))

    def event(self, name: str, *lines: str, uid: str = "") -> str:
        """The owner writes an event `name`.ics of these property lines; its href."""
        href = f"{self.calendar}{name}.ics"
        self.owner.put(href, text_of(*lines, uid=uid or name))
        return href


def text_of(*lines: str, uid: str) -> str:
    """A calendar object with one event."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Owner//EN", "BEGIN:VEVENT", f"UID:{uid}")
    tail = ("DTSTAMP:20270101T000000Z", "END:VEVENT", "END:VCALENDAR", "")
    return "\r\n".join((*head, *lines, *tail))


@pytest.fixture(scope="session")
def radicale_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    """One Radicale for all tests of the run; each test has a calendar of its own."""
    with Radicale(tmp_path_factory.mktemp("radicale")) as server:
        server.make_read_only("Nur lesen")
        yield server


@pytest.fixture(scope="session")
def xandikos_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Xandikos]:
    """One Xandikos for all tests of the run."""
    with Xandikos(tmp_path_factory.mktemp("xandikos")) as server:
        server.make_read_only("Nur lesen")
        yield server


@pytest.fixture(scope="session")
def sabredav_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SabreDAV]:
    """One SabreDAV for all tests of the run."""
    with SabreDAV(tmp_path_factory.mktemp("sabredav")) as server:
        server.make_read_only("Nur lesen")
        yield server


@pytest.fixture(scope="session")
def davical_server(
    tmp_path_factory: pytest.TempPathFactory, postgres: Postgres
) -> Iterator[DAViCal]:
    """One DAViCal for all tests of the run."""
    with DAViCal(tmp_path_factory.mktemp("davical"), postgres) as server:
        server.make_read_only("Nur lesen")
        yield server


@pytest.fixture
def radicale_side(radicale_server: Radicale) -> Side:
    return _real_side("radicale", radicale_server)


@pytest.fixture
def xandikos_side(xandikos_server: Xandikos) -> Side:
    side = _real_side("xandikos", xandikos_server)
    side.tells_rights = False
    return side


@pytest.fixture
def sabredav_side(sabredav_server: SabreDAV) -> Side:
    side = _real_side("sabredav", sabredav_server)
    side.one_of_a_uid = side.tokens = False
    return side


@pytest.fixture
def davical_side(davical_server: DAViCal) -> Side:
    side = _real_side("davical", davical_server)
    side.one_of_a_uid = False
    return side


def _real_side(name: str, server: CalendarServer) -> Side:
    return Side(
        name=name,
        calendars=Servers(),
        url=server.url,
        home=server.home,
        owner=server.owner,
        user=USER,
        password=PASSWORD,
        read_only=f"{server.home}{READ_ONLY}/",
        principal=server.principal,
    )


@pytest.fixture
def memory_side() -> Side:
    server = MemoryServer()
    read_only = f"{server.home}nur-lesen/"
    server.make_calendar(read_only, "Nur lesen")
    server.read_only.add(read_only)
    return Side(
        name="memory",
        calendars=MemoryCalendars(server),
        url=server.url,
        home=server.home,
        owner=server,
        user=memory.USER,
        password=memory.PASSWORD,
        read_only=read_only,
    )


@pytest.fixture(params=["memory_side", *REAL])
def side(request: pytest.FixtureRequest) -> Iterator[Side]:
    """Each server in turn, with a fresh calendar."""
    found: Side = request.getfixturevalue(request.param)
    yield from with_calendar(found)


@pytest.fixture(params=REAL)
def real(request: pytest.FixtureRequest) -> Iterator[Side]:
    """Each real server in turn, with a fresh calendar."""
    found: Side = request.getfixturevalue(request.param)
    yield from with_calendar(found)


def with_calendar(side: Side) -> Iterator[Side]:
    """The side with a calendar of its own; ends the sessions that were opened."""
    side.calendar = f"{side.home}{uuid4()}/"
    side.owner.make_calendar(side.calendar, "Praxis Dr. Muster")
    yield side
    for one in side.opened:
        one.close()


@pytest.fixture
def proxy(real: Side) -> Iterator[RecordingProxy]:
    """A recording proxy before the real server."""
    with RecordingProxy(real.url) as found:
        yield found


@pytest.fixture
def proxied(real: Side, proxy: RecordingProxy) -> Side:
    """The real server as it is seen through the proxy; the owner goes there directly."""
    real.calendar = proxy.through(real.calendar)
    real.url = proxy.url
    return real
