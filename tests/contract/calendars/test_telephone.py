"""Seen as the owner's telephone would: it shows what we wrote, and we see what it writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.busy import SyncState
from receptionist.ports import Calendar
from tests.doubles.calendar import whole
from tests.doubles.telephone import Telephone

from .conftest import HORIZON, STAMP, ZONE, Side, with_calendar

DAY = "25.03.2027"


@pytest.fixture
def side(radicale_side: Side) -> Iterator[Side]:
    yield from with_calendar(radicale_side)


@pytest.fixture
def telephone(side: Side, tmp_path: Path) -> Telephone:
    return Telephone(tmp_path / "telephone", f"{side.home}", side.calendar)


def booked(side: Side, port: Calendar, **values: object) -> Appointment:
    """An appointment with umlauts, in the calendar."""
    said = {"kind_name": "Prüfung", "caller_name": "Änne Größer", "location": "Straße 3, Hof"}
    one = side.appointment(**(said | {"caller_number": "+493023125000"} | values))
    port.put_new(one.href, one, STAMP)
    return one


def etag(port: Calendar, one: Appointment) -> str:
    stored = port.get(one.href)
    assert stored is not None
    return stored.etag


def test_the_telephone_shows_the_life_of_an_appointment(side: Side, telephone: Telephone) -> None:
    port = side.connect()
    one = booked(side, port, alarm_min=15, note="bringt Unterlagen; zwei, drei")
    telephone.sync()
    (line,) = telephone.shows(DAY)
    assert line.startswith("10:00-10:30|Prüfung: Änne Größer|Straße 3, Hof|")
    assert "⏰" in line
    text = telephone.text(DAY)
    assert "+49 30 23125000" in text
    assert "bringt Unterlagen; zwei, drei" in text

    later = replace(
        one, start=one.start + timedelta(days=4), end=one.end + timedelta(days=4), sequence=1
    )
    port.put_over(later.href, later, STAMP, etag(port, one))
    telephone.sync()
    assert telephone.shows(DAY) == []
    (line,) = telephone.shows("29.03.2027")  # in summer time by then
    assert line.startswith("11:00-11:30|Prüfung")

    gone = replace(later, state=AppointmentState.CANCELLED, sequence=2)
    port.put_over(gone.href, gone, STAMP, etag(port, later))
    telephone.sync()
    (line,) = telephone.shows("29.03.2027")
    assert "CANCELLED" in line
    assert "⏰" not in line

    port.withdraw(gone.href, etag(port, gone))
    telephone.sync()
    assert telephone.shows("29.03.2027") == []


def test_the_hour_that_comes_twice_is_shown_where_it_is(side: Side, telephone: Telephone) -> None:
    port = side.connect()
    for hour, name in ((0, "erste"), (1, "zweite")):
        start = datetime(2027, 10, 31, hour, 30, tzinfo=UTC)
        booked(side, port, start=start, kind_name=name)
    telephone.sync()
    lines = telephone.shows("31.10.2027")
    assert [line.partition(":  ")[0].split("|")[:2] for line in lines] == [
        ["02:30-02:00", "erste: Änne Größer"],
        ["02:30-03:00", "zweite: Änne Größer"],
    ]


def test_we_see_what_the_owner_enters_on_the_telephone(side: Side, telephone: Telephone) -> None:
    port = side.connect()
    telephone.sync()
    telephone.write(f"{DAY} 14:00", f"{DAY} 15:30", "Zahnärztin")
    telephone.sync()
    (found,) = whole(port.changes(side.calendar, SyncState(), HORIZON, ZONE)).changed
    (busy,) = found.busy
    assert busy.summary == "Zahnärztin"
    assert (busy.period.start, busy.period.end) == (
        datetime(2027, 3, 25, 13, tzinfo=UTC),
        datetime(2027, 3, 25, 14, 30, tzinfo=UTC),
    )
    assert found.readable
