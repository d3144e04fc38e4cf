"""Bookings through a network that fails at random: each is in the calendar once, and as booked."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest

from receptionist.errors import CalendarError, CalendarUnreachable, PreconditionFailed
from receptionist.model.appointment import Appointment
from receptionist.model.busy import SyncState
from receptionist.ports import Calendar
from tests.doubles.calendar import whole
from tests.doubles.recording_proxy import CAPTIVE_PORTAL, Fault, RecordingProxy

from .conftest import HORIZON, STAMP, STORMY, ZONE, Side, with_calendar

BOOKINGS = 20
ATTEMPTS = 30
PORTAL = {"Content-Type": "text/html"}
FAULTS = (
    Fault(acts=True, way="drop"),
    Fault(acts=True, way="reset"),
    Fault(acts=True, status=500),
    Fault(acts=True, status=504),
    Fault(acts=True, status=200, headers=PORTAL, body=CAPTIVE_PORTAL),
    Fault(acts=True, way="no-etag"),
    Fault(way="truncate"),
    Fault(way="leave"),
    Fault(way="drop"),
    Fault(way="reset"),
    Fault(status=302, headers={"Location": "https://portal.example/"}),
    Fault(status=423),
    Fault(status=429, headers={"Retry-After": "1"}),
    Fault(status=503),
    Fault(status=200, headers=PORTAL, body=CAPTIVE_PORTAL),
)


@pytest.fixture(params=STORMY)
def real(request: pytest.FixtureRequest) -> Iterator[Side]:
    """Each real server, the fast ones every day."""
    yield from with_calendar(request.getfixturevalue(request.param))


def push(port: Calendar, appointment: Appointment) -> None:
    """Put and read back, again and again, as the outbox does it."""
    for _ in range(ATTEMPTS):
        try:
            with suppress(PreconditionFailed):
                port.put_new(appointment.href, appointment, STAMP)
            stored = port.get(appointment.href)
            if stored is not None and stored.fingerprint == appointment.fingerprint:
                return
        except CalendarUnreachable:
            continue
    raise AssertionError("never stored")


SEEDS = [1, 2, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(3, 26))]
"""Two storms a day; with the long tests 500 bookings."""


@pytest.mark.parametrize("seed", SEEDS)
def test_every_booking_is_stored_once(proxied: Side, proxy: RecordingProxy, seed: int) -> None:
    chance = random.Random(seed)
    port = proxied.connect()
    booked = []
    for number in range(BOOKINGS):
        start = proxied.appointment().start + timedelta(days=number)
        booked.append(proxied.appointment(start=start))
        for _ in range(chance.randrange(4)):
            proxy.break_next(chance.choice(FAULTS))
        push(port, booked[-1])
    proxy.heal()
    found = whole(port.changes(proxied.calendar, SyncState(), HORIZON, ZONE))
    assert sorted(one.uid for one in found.changed) == sorted(one.uid for one in booked)
    for one in booked:
        stored = port.get(one.href)
        assert stored is not None
        assert stored.fingerprint == one.fingerprint


def test_every_fault_is_one_of_our_errors(proxied: Side, proxy: RecordingProxy) -> None:
    port = proxied.connect()
    proxied.event("da", "DTSTART:20270701T100000Z", "DURATION:PT1H")
    for fault in FAULTS:
        for call in (
            port.discover,
            lambda: whole(port.changes(proxied.calendar, SyncState(), HORIZON, ZONE)),
            lambda: port.withdraw(f"{proxied.calendar}nichts.ics", ""),
        ):
            proxy.break_next(fault)
            with suppress(CalendarError):
                call()
            proxy.heal()
