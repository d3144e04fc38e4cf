"""From an answered call to a booked appointment by keys, with every outcome in its place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit

from receptionist import events
from receptionist.errors import CalendarRefused, CalendarUnreachable, ObjectRejected
from receptionist.model.appointment import AppointmentState
from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import ALT, CTRL, Desk

OWNERS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Owner//EN\r\nBEGIN:VEVENT\r\nUID:owner-1\r\n"
    "DTSTAMP:20261101T000000Z\r\nDTSTART:{start:%Y%m%dT%H%M%SZ}\r\n"
    "DTEND:{end:%Y%m%dT%H%M%SZ}\r\nSUMMARY:Busy\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def called(desk: Desk) -> Desk:
    """A caller of the heating firm is on the phone, his name is typed, free times are there."""
    desk.talks(HEATING)
    desk.type("Erika Muster")
    desk.until(lambda: desk.window.panels.slots.buttons[3].isVisible())
    return desk


def _book(desk: Desk) -> None:
    desk.key(Qt.Key.Key_1, CTRL)
    desk.key(Qt.Key.Key_F8)


def test_four_keys_beyond_the_name_book_an_appointment(desk: Desk) -> None:
    heating = desk.reception.client("haustechnik")
    desk.reception.rings(HEATING)
    desk.key(Qt.Key.Key_F2)
    desk.type("Erika Muster")
    desk.key(Qt.Key.Key_2, ALT)
    desk.until(lambda: desk.window.panels.slots.buttons[0].isVisible())
    desk.key(Qt.Key.Key_1, CTRL)
    desk.key(Qt.Key.Key_F8)
    desk.reception.seen(events.AppointmentConfirmed)
    (booked,) = desk.reception.appointments(heating)
    assert (booked.kind_name, booked.caller_name) == ("Heizungswartung", "Erika Muster")
    assert booked.caller_number == "+4917139200"


def test_booked_is_only_said_when_it_was_read_back(called: Desk) -> None:
    before: list[str] = []
    words = called.window.panels.booking

    def heard(event: events.DeskEvent) -> None:
        if not any(isinstance(one, events.AppointmentConfirmed) for one in told):
            before.append(words.outcome_words)
        told.append(event)

    told: list[events.DeskEvent] = []
    stop = called.reception.desk.subscribe(heard)
    with called.reception.server.lock:  # nothing can be written to the calendar meanwhile
        _book(called)
        called.until(lambda: "Being written" in words.outcome_words)
    called.reception.seen(events.AppointmentConfirmed)
    called.until(lambda: "since" in words.outcome_words)
    stop()
    assert "In the owner's calendar since 09:42:05." in words.outcome_words
    assert not any("since" in one for one in before)


def test_pressing_book_twice_books_once(called: Desk) -> None:
    called.key(Qt.Key.Key_1, CTRL)
    for _press in range(2):
        QTest.keyClick(called.name, Qt.Key.Key_F8)
    called.reception.seen(events.AppointmentConfirmed)
    told = called.reception.events
    assert [event for event in told if isinstance(event, events.BookingConflict)] == []
    assert len(called.reception.appointments(called.reception.client("haustechnik"))) == 1


def test_without_a_time_or_a_name_it_says_what_is_lacking(desk: Desk) -> None:
    desk.talks(HEATING)
    desk.until(lambda: desk.window.panels.slots.buttons[0].isVisible())
    desk.note.setFocus()
    desk.key(Qt.Key.Key_F8)
    assert desk.window.panels.booking.problem_words == "First choose a free time, on the right."
    desk.key(Qt.Key.Key_1, CTRL)
    assert desk.window.panels.booking.problem_words == ""
    desk.key(Qt.Key.Key_F8)
    assert desk.window.panels.booking.problem_words == "Type the caller's name first."
    assert desk.name.hasFocus()


def test_a_conflict_stands_in_place_and_new_times_are_offered(called: Desk) -> None:
    heating = called.reception.client("haustechnik")
    now = called.reception.clock.now().astimezone(UTC)
    offered = [button.accessibleName() for button in called.window.panels.slots.buttons]
    home = called.reception.desk.directory.calendar(heating.id).href
    text = OWNERS.format(start=now, end=now + timedelta(days=3))
    called.reception.server.put(f"{home}owner.ics", text)
    _book(called)
    called.reception.seen(events.BookingConflict)
    words = called.window.panels.booking.outcome_words
    assert "Not booked. The owner is busy at this time." in words
    called.until(lambda: called.window.panels.slots.buttons[0].accessibleName() not in offered)


def test_a_delay_says_the_reason_and_goes_on_by_itself(called: Desk) -> None:
    for verb in ("changes", "put_new"):
        called.reception.server.fail_next(verb, CalendarUnreachable())
    _book(called)
    called.reception.seen(events.PushDelayed)
    words = called.window.panels.booking.outcome_words
    assert "not in the owner's calendar yet. The calendar server does not answer." in words
    assert "Next attempt at" in words


def test_an_appointment_that_waits_for_a_person_says_so(called: Desk) -> None:
    called.reception.server.fail_next("put_new", ObjectRejected())
    _book(called)
    called.reception.seen(events.PushDelayed)
    (one,) = called.reception.appointments(called.reception.client("haustechnik"))
    assert one.state is AppointmentState.PARKED
    assert "Tell the owner the time by telephone." in called.window.panels.booking.outcome_words


def test_a_refused_password_is_entered_where_it_is_said(called: Desk) -> None:
    heating = called.reception.client("haustechnik")
    called.reception.calendar_fails(heating, CalendarRefused())
    called.key(Qt.Key.Key_P, CTRL)
    dialog = next(d for d in called.window.findChildren(QDialog) if d.isVisible())
    dialog.findChild(QLineEdit).setText("memory & 5 €")
    dialog.findChild(QLineEdit).setFocus()
    called.key(Qt.Key.Key_Return)
    called.until(lambda: called.reception.good(heating))
    called.until(lambda: not dialog.isVisible())
    assert called.name.text() == "Erika Muster"


def test_the_choice_belongs_to_its_call(called: Desk) -> None:
    called.key(Qt.Key.Key_2, ALT)
    called.until(lambda: called.window.panels.slots.buttons[0].isVisible())
    called.key(Qt.Key.Key_1, CTRL)
    chosen = called.window.panels.booking.chosen_words
    called.talks(LAWYERS)
    assert called.window.panels.booking.chosen_words == ""
    called.key(Qt.Key.Key_F3)
    assert called.window.panels.booking.chosen_words == chosen
    assert called.window.panels.booking.buttons[1].isChecked()


def test_pages_of_times_go_forward_and_back(called: Desk) -> None:
    slots = called.window.panels.slots.buttons
    first = [button.accessibleName() for button in slots]
    called.key(Qt.Key.Key_PageDown, CTRL)
    called.until(lambda: slots[0].accessibleName() != first[0])
    assert slots[0].accessibleName() not in first
    called.key(Qt.Key.Key_PageUp, CTRL)
    called.until(lambda: [button.accessibleName() for button in slots] == first)


def test_times_are_said_in_the_zone_of_the_client(called: Desk) -> None:
    start = datetime(2026, 11, 23, 10, 45, tzinfo=UTC)
    assert called.window.panels.slots.buttons[0].accessibleName() == ("heute um 11:45 Uhr")
    _book(called)
    called.reception.seen(events.AppointmentConfirmed)
    (one,) = called.reception.appointments(called.reception.client("haustechnik"))
    assert one.start == start
