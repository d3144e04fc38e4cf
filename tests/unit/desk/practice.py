"""A client with a staff of two, one with a calendar of her own, who also visits callers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar
from uuid import uuid4

from receptionist.events import (
    AppointmentBooked,
    ChangeRefused,
)
from receptionist.model.appointment import Appointment
from receptionist.model.client import AppointmentKind, OwnerCalendar, Staff, TravelZone
from receptionist.ports import Store
from tests.unit.desk.conftest import Bench
from tests.unit.desk.test_booking import (
    TUESDAY,
    imported,
    of_ours,
    refreshed,
    waiting,
)

T = TypeVar("T")

BERLIN = "Musterstraße 1, 10115 Berlin"


def enrich(bench: Bench) -> None:
    """The painter has all that."""
    erika, max_ = (Staff(id=uuid4(), key=key, name=key.title()) for key in ("erika", "max"))
    visit = AppointmentKind(id=uuid4(), key="ort", name="Aufmaß", minutes=60, at_caller=True)
    painter = replace(
        bench.painter,
        staff=(erika, max_),
        kinds=(*bench.painter.kinds, visit),
        travel_min=20,
        travel_zones=(TravelZone(postcode="101", minutes=45),),
        address="Werkstattweg 2, 12345 Berlin",
        title="{caller} – {kind}",
        alarm_min=30,
    )
    first = next(one for one in bench.directory.calendars if one.client_id == painter.id)
    hers = OwnerCalendar(
        id=uuid4(),
        client_id=painter.id,
        account_id=first.account_id,
        name="Erika",
        href=f"{bench.server.home}erika/",
        staff_id=erika.id,
    )
    bench.server.make_calendar(hers.href, "Erika")
    others = tuple(one for one in bench.directory.clients if one.id != painter.id)
    imported(
        bench,
        replace(
            bench.directory,
            clients=(painter, *others),
            calendars=(*bench.directory.calendars, hers),
        ),
    )
    refreshed(bench)


def kind(bench: Bench, key: str) -> AppointmentKind:
    found = bench.painter.kind(key)
    assert found is not None
    return found


def member(bench: Bench, key: str) -> Staff:
    return next(one for one in bench.painter.staff if one.key == key)


def booked(bench: Bench, key: str = "visit", **more: Any) -> Appointment:
    """Told as booked."""
    known = len(bench.seen(AppointmentBooked))
    wish: dict[str, Any] = {"client_id": bench.painter.id, "kind_id": kind(bench, key).id}
    wish["start"] = TUESDAY
    bench.desk.booking.book(**(wish | {"caller_name": "Erika Muster"} | more))
    bench.wait_for(AppointmentBooked, known + 1)
    return bench.seen(AppointmentBooked)[-1].appointment


def ask(bench: Bench, function: Callable[[Store], T]) -> T:
    """What the store says."""
    found: list[T] = []
    bench.desk._ground.memory.submit(function, then=found.append, failed=bench.fail)
    bench.pump.until(lambda: found)
    return found[0]


def linked(bench: Bench, main: Appointment) -> tuple[Appointment, ...]:
    return ask(bench, lambda store: store.bookings.linked(main.id))


def pushed(bench: Bench, count: int) -> list[str]:
    """Our objects in the owner's calendars, once nothing waits any more and they are so many."""
    for _step in range(100):
        if not waiting(bench) and len(of_ours(bench)) == count:
            break
        bench.pump.advance(1)
    return of_ours(bench)


def times(appointments: tuple[Appointment, ...]) -> list[tuple[timedelta, timedelta]]:
    return [(one.start - TUESDAY, one.end - TUESDAY) for one in appointments]


def minutes(*counts: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=count) for count in counts)


def refusal(bench: Bench) -> ChangeRefused:
    bench.wait_for(ChangeRefused)
    return bench.seen(ChangeRefused)[-1]
