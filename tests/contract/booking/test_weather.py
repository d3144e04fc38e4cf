"""A whole desk whose network fails at random: what it tells is so, and each booking stands once.

The clock is the test's: it runs while nothing else is to be done, so that no pause is waited for.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from receptionist.calendars.server import Servers
from receptionist.calendars.vevent import fingerprint
from receptionist.clock import SystemClock
from receptionist.credentials import MemoryCredentials
from receptionist.desk.desk import Desk
from receptionist.events import (
    AppointmentCancelled,
    AppointmentConfirmed,
    BookingConflict,
    CalendarChanged,
    CalendarHealth,
    ChangeRefused,
    DeskEvent,
    OwnerChanged,
)
from receptionist.model.appointment import Appointment
from receptionist.model.client import Client
from receptionist.model.secret import Secret
from receptionist.store import open_store
from tests.contract.calendars.conftest import FAILING, Side
from tests.contract.calendars.test_storm import FAULTS, HANG_S
from tests.doubles.mail import MemoryMail
from tests.doubles.phone import SimulatedPhone
from tests.doubles.pump import ManualClock, Pump
from tests.doubles.recording_proxy import RecordingProxy

from .judge import judge, judge_travel, seen_by_owners
from .office import ADDRESS, move_in, starts
from .working_desk import EVER

SEEDS = [(1, 8), *(pytest.param(seed, 20, marks=pytest.mark.soak) for seed in range(2, 27))]
"""The seed and how many bookings: 8 a day; with the long tests 500 on every server."""
CEILING_S = 60.0
LOOK_S = 0.03
HASTY_S = 6.0


@dataclass
class Temper:
    """`Limits` that can be changed: a machine that is busy answers nobody in half a second."""

    connect_s: float = 10.0
    silence_s: float = HANG_S
    whole_s: float = 60.0
    size: int = 64_000_000


class Weather:
    """A desk in front of a proxy that fails, and its owners, who see what stands there."""

    def __init__(self, data: Path, side: Side, proxy: RecordingProxy, seed: int) -> None:
        self.side = replace(side, url=proxy.url, home=proxy.through(side.home))
        self.proxy = proxy
        self.chance = random.Random(seed)
        self.directory = move_in(data, self.side)
        self.reader = open_store(data / "receptionist.db")
        self.wrong: list[DeskEvent] = []
        self.told: set[UUID] = set()
        self._temper = Temper()
        self._clock = ManualClock(SystemClock().now())
        self._pump = Pump(self._clock)
        credentials = MemoryCredentials()
        for account in self.directory.accounts:
            credentials.keep(account.id, Secret(side.password))
        self.desk = Desk(
            phone=SimulatedPhone(self._pump.post, self._clock),
            calendars=Servers(self._temper),  # type: ignore[arg-type]
            credentials=credentials,
            mail=MemoryMail(),
            open_store=lambda: open_store(data / "receptionist.db"),
            post=self._pump.post,
            later=self._pump.later,
            clock=self._clock,
            chance=random.Random(seed),
        )
        self.desk.subscribe(self._heard)
        ready: list[bool] = []
        self.desk.start(lambda: ready.append(True), _fail)
        self._pump.until(lambda: ready)

    def rage(self) -> None:
        for _ in range(self.chance.randrange(4)):
            self.proxy.break_next(self.chance.choice(FAULTS))

    def settle(self, appointment_id: UUID, before: Appointment | None = None) -> Appointment:
        """The appointment once it is another than `before`, and all of it has come to its end."""
        self._pump.until(lambda: self.reader.bookings.get(appointment_id) != before, CEILING_S)
        self.calm()
        self._pump.until(lambda: appointment_id in self.told, CEILING_S)
        self.told.clear()
        found = self.reader.bookings.get(appointment_id)
        assert found is not None
        return found

    def calm(self) -> None:
        """Let time pass until nothing waits for a calendar any more; a person helps out."""
        rounds = 0
        began = looked = time.monotonic()
        self._temper.silence_s = HANG_S

        def arrived() -> bool:
            nonlocal rounds, looked
            if time.monotonic() < looked + LOOK_S:
                return False
            self._pump.advance(2)
            rounds, looked = rounds + 1, time.monotonic()
            if looked > began + HASTY_S:
                self._temper.silence_s = CEILING_S / 2
            if rounds % 20 == 0:
                self.desk.outbox.release()
            return not self.reader.outbox()

        self._pump.until(arrived, CEILING_S)

    def close(self) -> dict[str, Appointment]:
        """Read every calendar once more; our book."""
        self.proxy.heal()
        for client in self.directory.clients:
            self.desk.calendars.refresh(client.id, insist=True)
        self._pump.until(lambda: not self.desk.calendars.reading, CEILING_S)
        self.calm()
        book = (
            one
            for client in self.directory.clients
            for one in self.reader.appointments(client.id, EVER)
        )
        return {one.uid: one for one in book}

    def stop(self) -> None:
        self.desk.stop()
        self.reader.close()

    def _heard(self, event: DeskEvent) -> None:
        """What is told must be what the owner sees at this moment."""
        if isinstance(event, BookingConflict | ChangeRefused | OwnerChanged):
            self.wrong.append(event)
        elif isinstance(event, AppointmentConfirmed | AppointmentCancelled):
            self.told.add(event.appointment.id)
            if not self._is_so(event.appointment, isinstance(event, AppointmentCancelled)):
                self.wrong.append(event)
        elif isinstance(event, CalendarChanged) and event.health is CalendarHealth.STOPPED:
            self.desk.passwords.keep(event.account_id, Secret(self.side.password))

    def _is_so(self, one: Appointment, called_off: bool) -> bool:
        text = self.side.owner.get(one.href)
        if called_off and not one.marks_cancellation:
            return text is None
        return text is not None and fingerprint(text) == one.fingerprint


@pytest.fixture(params=FAILING)
def real(request: pytest.FixtureRequest) -> Side:
    """One server every day, with the long tests all of them."""
    found: Side = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def weather(real: Side, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Weather]:
    with RecordingProxy(real.url) as proxy:
        found = Weather(tmp_path, real, proxy, request.getfixturevalue("seed"))
        yield found
        proxy.heal()
        found.stop()


@pytest.mark.parametrize(("seed", "bookings"), SEEDS)
def test_what_is_told_is_so(weather: Weather, seed: int, bookings: int) -> None:
    desk, acts = weather.desk, list[str]()
    days = starts()[2::20]
    for number in range(bookings):
        client = weather.directory.clients[number % 2]
        start = days[number // 2]
        weather.rage()
        booked = desk.booking.book(**wish(client, number), start=start)
        one = weather.settle(booked)
        weather.rage()
        acts.append(weather.chance.choice(["moves", "changes", "is called off"]))
        if acts[-1] == "moves":
            desk.changing.move(one, start + timedelta(hours=4))
        elif acts[-1] == "changes":
            desk.changing.change(one, caller_name="Max Beispiel", note="kommt später")
        else:
            desk.changing.cancel(one)
        weather.settle(one.id, one)
    book = weather.close()
    assert weather.wrong == []
    judge(book, seen_by_owners(weather.side, weather.directory))
    judge_travel(book, weather.directory.clients)
    assert len([one for one in book.values() if one.part_of is None]) == bookings
    assert len(set(acts)) == 3


def wish(client: Client, number: int) -> dict[str, Any]:
    """Every second one of the painter's is a visit, with its travel."""
    kind = client.kinds[-1 if number % 4 == 0 else 0]
    return {
        "client_id": client.id,
        "kind_id": kind.id,
        "caller_name": f"Anruferin {number}, Ä",
        "caller_number": "+493023125000",
        "location": ADDRESS if kind.at_caller else "",
    }


def _fail(error: Exception) -> None:
    raise error
