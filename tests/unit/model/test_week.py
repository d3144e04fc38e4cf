"""Weeks of a client, and whose events are whose."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from receptionist.model.appointment import Appointment
from receptionist.model.busy import Busy
from receptionist.model.period import Period
from receptionist.model.week import monday_of, of_the_owner

NINE = datetime(2027, 1, 12, 8, 0, tzinfo=UTC)


def appointment(uid: str) -> Appointment:
    return Appointment(
        id=uuid4(),
        client_id=uuid4(),
        calendar_id=uuid4(),
        kind_id=uuid4(),
        kind_name="Besichtigung",
        start=NINE,
        end=NINE + timedelta(hours=1),
        zone="Europe/Berlin",
        caller_name="Erika Muster",
        uid=uid,
        href="",
        created=NINE,
    )


def busy(uid: str, hours: int = 0) -> Busy:
    start = NINE + timedelta(hours=hours)
    return Busy(period=Period(start, start + timedelta(hours=1)), uid=uid, summary="Baustelle")


def test_an_appointment_of_ours_is_there_once() -> None:
    found = of_the_owner((busy("ours"), busy("his"), busy("his")), (appointment("ours"),))
    assert found == (busy("his"),)


def test_one_that_the_owner_moved_stands_where_he_put_it() -> None:
    assert of_the_owner((busy("ours", 2),), (appointment("ours"),)) == (busy("ours", 2),)


def test_the_week_is_that_of_the_clients_zone() -> None:
    late = datetime(2027, 1, 10, 23, 30, tzinfo=UTC)
    assert monday_of(late, ZoneInfo("Europe/Berlin")) == date(2027, 1, 11)
    assert monday_of(late, ZoneInfo("Europe/Lisbon")) == date(2027, 1, 4)
