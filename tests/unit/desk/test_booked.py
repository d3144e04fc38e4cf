"""What a booking is made of: as its client prefers it, for whom, and with its travel."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any
from uuid import uuid4

import pytest

from receptionist.errors import NotFound
from receptionist.events import (
    AppointmentBooked,
    AppointmentConfirmed,
    BookingConflict,
)
from receptionist.model.appointment import AppointmentState
from receptionist.model.client import BookableHours
from receptionist.reasons import Reason
from tests.unit.desk.conftest import Bench
from tests.unit.desk.owner import in_time
from tests.unit.desk.practice import BERLIN, booked, kind, linked, member, minutes, pushed, times
from tests.unit.desk.test_booking import (
    TUESDAY,
    imported,
)


def test_an_appointment_is_as_its_client_prefers_it(rich: Bench) -> None:
    one = booked(rich, caller_email=" erika@example.org ")
    assert one.summary == "Erika Muster – Besichtigung"
    assert (one.alarm_min, one.location) == (30, "Werkstattweg 2, 12345 Berlin")
    assert one.caller_email == "erika@example.org"
    assert not one.marks_cancellation


def test_whoever_of_the_staff_is_free_first_is_booked(rich: Bench) -> None:
    erika, max_ = member(rich, "erika"), member(rich, "max")
    first, second = booked(rich), booked(rich)
    assert (first.staff_id, second.staff_id) == (erika.id, max_.id)
    assert first.href.startswith(f"{rich.server.home}erika/")
    assert second.href.startswith(f"{rich.server.home}painter/")
    rich.book(TUESDAY)
    rich.wait_for(BookingConflict)
    assert rich.seen(BookingConflict)[0].appointment.reason is Reason.SLOT_TAKEN


def test_a_certain_member_is_booked_or_nobody(rich: Bench) -> None:
    max_ = member(rich, "max")
    assert booked(rich, staff_id=max_.id).staff_id == max_.id
    wish: dict[str, Any] = {
        "client_id": rich.painter.id,
        "kind_id": kind(rich, "visit").id,
        "start": TUESDAY,
    }
    rich.desk.booking.book(**wish, caller_name="Max Beispiel", staff_id=max_.id)
    rich.wait_for(BookingConflict)
    assert len(rich.seen(AppointmentBooked)) == 1


def test_the_way_there_and_back_is_booked_with_it(rich: Bench) -> None:
    main = booked(rich, "ort", location=BERLIN)
    there, back = linked(rich, main)
    assert times((there, back)) == [minutes(-45, 0), minutes(60, 105)]
    assert {one.staff_id for one in (there, back)} == {main.staff_id}
    assert there.location == main.location == BERLIN
    in_time(rich, AppointmentConfirmed)
    assert len(pushed(rich, 3)) == 3
    assert len(rich.seen(AppointmentConfirmed)) == 1


def test_who_did_not_say_where_he_lives_has_the_usual_way(rich: Bench) -> None:
    main = booked(rich, "ort")
    assert times(linked(rich, main)) == [minutes(-20, 0), minutes(60, 80)]


def test_what_was_held_keeps_its_travel_or_gets_another(rich: Bench) -> None:
    held = rich.desk.booking.hold(
        client_id=rich.painter.id, kind_id=kind(rich, "ort").id, start=TUESDAY
    )
    main = booked(rich, "ort", location=BERLIN, hold_id=held)
    assert main.id == held
    assert times(linked(rich, main)) == [minutes(-45, 0), minutes(60, 105)]
    assert {one.state for one in linked(rich, main)} == {AppointmentState.BOOKED}


def test_nobody_is_booked_into_the_calendar_of_another(rich: Bench) -> None:
    erika = member(rich, "erika")
    hers = tuple(one for one in rich.directory.calendars if one.staff_id == erika.id)
    lawyers = tuple(one for one in rich.directory.calendars if one.client_id == rich.lawyer.id)
    rich.desk.directory.replace(replace(rich.directory, calendars=(*hers, *lawyers)))
    assert booked(rich).staff_id == erika.id
    with pytest.raises(NotFound):
        booked(rich, staff_id=member(rich, "max").id)


def test_nothing_is_booked_into_a_list_of_tasks(bench: Bench) -> None:
    first = next(one for one in bench.directory.calendars if one.client_id == bench.painter.id)
    tasks = replace(first, id=uuid4(), name="Aufgaben", tasks=True)
    calendars = (tasks, *bench.directory.calendars)
    bench.desk.directory.replace(replace(bench.directory, calendars=calendars))
    assert booked(bench).calendar_id == first.id


def test_of_what_keeps_the_staff_from_it_the_nearest_to_yes_is_told(rich: Bench) -> None:
    other_day = BookableHours(
        weekday=4, start=time(8), end=time(9), staff_id=member(rich, "erika").id
    )
    painter = replace(rich.painter, hours=(*rich.painter.hours, other_day))
    others = tuple(one for one in rich.directory.clients if one.id != painter.id)
    imported(rich, replace(rich.directory, clients=(painter, *others)))
    booked(rich)
    rich.book(TUESDAY)
    rich.wait_for(BookingConflict)
    refused = rich.seen(BookingConflict)[-1].appointment
    assert refused.reason is Reason.SLOT_TAKEN
    assert refused.staff_id == member(rich, "max").id
