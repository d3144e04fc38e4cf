"""What was written over an appointment is remembered until it is known to have come."""

from __future__ import annotations

from dataclasses import replace

from receptionist.model.appointment import AppointmentState
from receptionist.model.merging import wanted
from receptionist.model.office import Directory
from receptionist.ports import Store
from tests.contract.store.conftest import Opens
from tests.contract.store.sample import NOW, WHO, appointment, minutes


def test_it_is_remembered_across_a_crash_until_it_landed(
    store: Store, directory: Directory, opens: Opens
) -> None:
    booked, other = appointment(directory), appointment(directory, "beispiel")
    for one in (booked, other):
        store.bookings.book_all((one,), WHO, NOW)
    first = wanted(booked)
    second = wanted(replace(booked, end=booked.end + minutes(30), note="Länger"))
    store.bookings.push(booked, first)
    store.bookings.push(other, wanted(other))
    store.bookings.push(booked, second)
    again = opens().bookings
    assert set(again.pushed(booked.id)) == {first, second}
    confirmed = replace(booked, state=AppointmentState.CONFIRMED)
    changed = replace(booked, note="Nicht mehr dasselbe")
    assert not again.land(changed, confirmed, WHO, NOW)
    assert set(again.pushed(booked.id)) == {first, second}
    assert again.land(booked, confirmed, WHO, NOW)
    assert again.pushed(booked.id) == ()
    assert again.pushed(other.id) == (wanted(other),)
