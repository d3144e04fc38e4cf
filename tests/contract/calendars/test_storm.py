"""Bookings through a network that fails at random: each is in the calendar once, and as wished.

They are booked, moved and called off as the outbox does it, and what it would report is compared
with what the owner sees at that moment.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from receptionist.calendars.server import Servers
from receptionist.calendars.vevent import fingerprint
from receptionist.calendars.wire import Limits
from receptionist.errors import CalendarError, PreconditionFailed
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.busy import SyncState
from receptionist.model.client import CalendarAccount
from receptionist.model.period import Period
from receptionist.model.secret import Secret
from receptionist.ports import Calendar
from tests.doubles.calendar import whole
from tests.doubles.recording_proxy import CAPTIVE_PORTAL, Fault, RecordingProxy

from .conftest import HORIZON, STAMP, ZONE, Side

BOOKINGS = 20
ATTEMPTS, HASTY = 40, 8
HANG_S = 0.5
"""A machine that is busy answers nobody in so short a time: the later attempts are patient."""
PORTAL = {"Content-Type": "text/html"}
FAULTS = (
    Fault(acts=True, way="drop"),
    Fault(acts=True, way="reset"),
    Fault(acts=True, way="hang"),
    Fault(acts=True, status=500),
    Fault(acts=True, status=504),
    Fault(acts=True, status=200, headers=PORTAL, body=CAPTIVE_PORTAL),
    Fault(acts=True, way="no-etag"),
    Fault(method="PUT", acts=True, strip=("If-None-Match",)),
    Fault(method="PUT", acts=True, strip=("If-Match",)),
    Fault(method="DELETE", acts=True, strip=("If-Match",)),
    Fault(way="truncate"),
    Fault(way="leave"),
    Fault(way="drop"),
    Fault(way="reset"),
    Fault(way="late"),
    Fault(status=201),
    Fault(status=204),
    Fault(status=302, headers={"Location": "https://portal.example/"}),
    Fault(status=401),
    Fault(status=403),
    Fault(status=409),
    Fault(status=412),
    Fault(status=423),
    Fault(status=429, headers={"Retry-After": "1"}),
    Fault(status=500),
    Fault(status=503),
    Fault(status=507),
    Fault(status=200, headers=PORTAL, body=CAPTIVE_PORTAL),
)
SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 26))]
"""A storm a day for every server; with the long tests 500 bookings."""


class Desk:
    """One who books through the storm, again and again until he knows what the owner has."""

    def __init__(self, side: Side, rage: Callable[[], None]) -> None:
        self._ports = [self._connect(side, Limits(silence_s=one)) for one in (HANG_S, 30)]
        self._port = self._ports[0]
        self._rage = rage

    def _connect(self, side: Side, limits: Limits) -> Calendar:
        account = CalendarAccount(id=uuid4(), key="a", url=side.url, user=side.user)
        side.opened.append(Servers(limits).connect(account, Secret(side.password)))
        return side.opened[-1]

    def book(self, wanted: Appointment) -> None:
        self._until(lambda: self._port.put_new(wanted.href, wanted, STAMP), wanted)

    def move(self, wanted: Appointment) -> None:
        """Move, change or mark it, over what stands there."""

        def put() -> None:
            stored = self._port.get(wanted.href)
            if stored is not None:
                self._port.put_over(wanted.href, wanted, STAMP, stored.etag)

        self._until(put, wanted)

    def take_out(self, gone: Appointment) -> None:
        def withdraw() -> None:
            stored = self._port.get(gone.href)
            if stored is not None:
                self._port.withdraw(gone.href, stored.etag)

        self._until(withdraw, gone, there=False)

    def _until(
        self, attempt: Callable[[], object], wanted: Appointment, *, there: bool = True
    ) -> None:
        self._rage()
        for number in range(ATTEMPTS):
            self._port = self._ports[number >= HASTY]
            try:
                with suppress(PreconditionFailed):
                    attempt()
                stored = self._port.get(wanted.href)
            except CalendarError:
                continue
            if (stored and stored.fingerprint) == (wanted.fingerprint if there else None):
                return
        raise AssertionError("never known")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_booking_is_there_once_and_as_reported(
    proxied: Side, proxy: RecordingProxy, seed: int
) -> None:
    chance = random.Random(seed)

    def rage() -> None:
        for _ in range(chance.randrange(4)):
            proxy.break_next(chance.choice(FAULTS))

    desk, kept = Desk(proxied, rage), dict[str, Appointment]()
    for number in range(BOOKINGS):
        start = proxied.appointment().start + timedelta(days=number)
        one = proxied.appointment(start=start, alarm_min=10, location="Hof")
        desk.book(one)
        what = chance.choice(["stays", "moves", "is called off", "is marked"])
        later = replace(one, start=start + timedelta(hours=3), end=one.end + timedelta(hours=4))
        cancelled = replace(one, state=AppointmentState.CANCELLED, sequence=1)
        if what == "moves":
            desk.move(one := replace(later, sequence=1))
        elif what == "is marked":
            desk.move(one := cancelled)
        elif what == "is called off":
            desk.take_out(one)
        seen = proxied.owner.get(one.href)
        if what == "is called off":
            assert seen is None
        else:
            assert fingerprint(seen) == one.fingerprint
            kept[one.uid] = one
    proxy.heal()
    found = whole(proxied.connect().changes(proxied.calendar, SyncState(), HORIZON, ZONE))
    assert sorted(one.uid for one in found.changed) == sorted(kept)
    for changed in found.changed:
        text = proxied.owner.get(changed.href)
        seen_once(kept[changed.uid], text, [busy.period for busy in changed.busy])


def seen_once(one: Appointment, text: str, busy: list[Period]) -> None:
    """What stands there is this appointment, and its owner is busy with it unless it is off."""
    off = one.state is AppointmentState.CANCELLED
    assert busy == ([] if off else [one.period])
    assert fingerprint(text) == one.fingerprint
    assert text.count("BEGIN:VEVENT") == 1
    assert text.count("BEGIN:VALARM") == (not off)


def test_every_fault_is_one_of_our_errors(proxied: Side, proxy: RecordingProxy) -> None:
    port = proxied.connect()
    proxied.event("da", "DTSTART:20270701T100000Z", "DURATION:PT1H")
    for fault in FAULTS:
        if fault.way in ("hang", "late"):
            continue
        for call in (
            port.discover,
            lambda: whole(port.changes(proxied.calendar, SyncState(), HORIZON, ZONE)),
            lambda: port.withdraw(f"{proxied.calendar}nichts.ics", ""),
            lambda: port.tasks(proxied.calendar),
            lambda: port.probe(proxied.calendar),
        ):
            proxy.break_next(fault)
            with suppress(CalendarError):
                call()
            proxy.heal()
