"""The day of a client with staff: each in a column of his own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from receptionist import events
from receptionist.model.appointment import OCCUPYING
from receptionist.model.client import Client
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from tests.unit.ui.week import at, chosen, click, grid, panel, pieces

PHYSIO = "+493023125505"


@pytest.fixture
def called(desk: Desk) -> Desk:
    """A caller of the physiotherapists is on the phone, and their day is there."""
    desk.talks(PHYSIO)
    desk.type("Erika Muster")
    desk.until(lambda: grid(desk).shape.starts)
    desk.until(lambda: not desk.reception.desk.calendars.reading)
    desk.key(Qt.Key.Key_W, CTRL | SHIFT)
    return desk


def _client(desk: Desk) -> Client:
    return desk.reception.client("physio")


def test_each_of_the_staff_has_a_column_with_what_is_free_for_them(called: Desk) -> None:
    shape = grid(called).shape
    assert [one.heading for one in shape.columns] == ["Anna Beispiel", "Ben Muster"]
    assert shape.columns[0].open != shape.columns[1].open
    both = {column: {s.at for s in shape.starts if s.column == column} for column in (0, 1)}
    assert at(23, 14) in both[0] & both[1], "free for both of them, and told of both"
    anna, ben = _client(called).staff
    assert {s.staff_id for s in shape.starts if s.column == 1} == {ben.id}
    assert {s.staff_id for s in shape.starts if s.column == 0} == {anna.id}


def test_a_time_is_booked_with_whom_it_was_chosen(called: Desk) -> None:
    anna, ben = _client(called).staff
    click(called, 1, 14)
    called.until(lambda: chosen(called) == "23 14:00")
    called.until(lambda: grid(called).shape.chosen is not None)
    assert grid(called).shape.chosen.column == 1
    called.key(Qt.Key.Key_F8)
    called.reception.seen(events.AppointmentConfirmed)
    (booked,) = called.reception.appointments(_client(called))
    assert (booked.staff_id, booked.start) == (ben.id, at(23, 14))
    called.until(lambda: [one.column for one in pieces(called) if one.id] == [1])
    assert booked.staff_id != anna.id


def test_the_keyboard_goes_from_one_to_the_other(called: Desk) -> None:
    called.key(Qt.Key.Key_W, CTRL)
    assert grid(called).accessibleDescription().endswith("free, Anna Beispiel")
    called.key(Qt.Key.Key_Right)
    assert grid(called).accessibleDescription().endswith("free, Ben Muster")
    called.key(Qt.Key.Key_Left)
    assert grid(called).accessibleDescription().endswith("free, Anna Beispiel")


def test_an_appointment_goes_to_a_colleague(called: Desk) -> None:
    click(called, 1, 14)
    called.until(lambda: chosen(called) == "23 14:00")
    called.key(Qt.Key.Key_F8)
    called.reception.seen(events.AppointmentConfirmed)
    called.until(lambda: [one.column for one in pieces(called) if one.id] == [1])
    called.until(lambda: not called.window._board.planner.week.reading)
    called.reception.events.clear()
    called.key(Qt.Key.Key_W, CTRL)
    called.key(Qt.Key.Key_Tab)
    called.key(Qt.Key.Key_Left, CTRL | SHIFT)
    assert panel(called).words == "Mon 23 Nov, 14:00–14:25: free"
    called.key(Qt.Key.Key_Return)
    called.until(lambda: [one.column for one in pieces(called) if one.id] == [0])
    there = called.reception.appointments(_client(called))
    kept = [one for one in there if one.state in OCCUPYING]
    assert [one.staff_id for one in kept] == [_client(called).staff[0].id]
