"""An e-mail address that the caller spells only after booking reaches his appointment."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from receptionist import events
from receptionist.errors import CalendarUnreachable
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.client import Client
from receptionist.model.letter import MailServer
from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import CTRL, SHIFT, Desk

ADDRESS = "erika@example.org"


@pytest.fixture
def booked(desk: Desk) -> Desk:
    """A client who wants callers to be told has an appointment; the keyboard is in the e-mail."""
    client = desk.reception.client("haustechnik")
    calendars = [
        one for one in desk.reception.desk.directory.calendars if one.client_id == client.id
    ]
    saved: list[Client] = []
    desk.reception.desk.editing.save_client(
        client,
        replace(client, tells_callers=True),
        tuple(calendars),
        saved.append,
        lambda error: pytest.fail(str(error)),
    )
    desk.until(lambda: saved)
    desk.reception.desk.letters.server = MailServer(host="mail.example", sender="b@example.com")
    desk.talks(HEATING)
    desk.type("Erika Muster")
    desk.until(lambda: desk.window.panels.slots.buttons[0].isVisible())
    desk.key(Qt.Key.Key_1, CTRL)
    desk.key(Qt.Key.Key_F8)
    return desk


def _one(desk: Desk) -> Appointment:
    (one,) = desk.reception.appointments(desk.reception.client("haustechnik"))
    return one


def _write(desk: Desk, text: str) -> None:
    desk.window.panels.caller.email.setFocus()
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type(text)


def _stands(desk: Desk, address: str) -> bool:
    one = _one(desk)
    return one.caller_email == address and one.state is AppointmentState.CONFIRMED


def test_it_follows_when_the_field_is_left(booked: Desk) -> None:
    booked.reception.seen(events.AppointmentConfirmed)
    _write(booked, ADDRESS)
    assert _one(booked).caller_email == ""
    booked.key(Qt.Key.Key_Tab)
    booked.until(lambda: _stands(booked, ADDRESS))


def test_it_waits_for_what_is_being_entered(booked: Desk) -> None:
    booked.reception.server.fail_next("put_new", CalendarUnreachable())
    _write(booked, ADDRESS)
    booked.key(Qt.Key.Key_Tab)
    booked.reception.seen(events.PushDelayed)
    booked.until(lambda: _one(booked).caller_email == ADDRESS)
    assert not [one for one in booked.reception.events if isinstance(one, events.ChangeRefused)]


def test_one_key_sends_to_the_address_that_is_being_typed(booked: Desk) -> None:
    booked.reception.seen(events.AppointmentConfirmed)
    booked.key(Qt.Key.Key_O, CTRL)
    _write(booked, ADDRESS)
    booked.key(Qt.Key.Key_E, CTRL | SHIFT)
    assert "address first" not in booked.window.panels.appointment.words
    booked.until(lambda: booked.reception.mail.letters)
    assert [one.to for one in booked.reception.mail.letters] == [ADDRESS]
    assert _stands(booked, ADDRESS)


def test_another_call_takes_the_fields_and_the_address_still_follows(booked: Desk) -> None:
    booked.reception.seen(events.AppointmentConfirmed)
    _write(booked, ADDRESS)
    booked.talks(LAWYERS, "+4917139200178")
    booked.until(lambda: _stands(booked, ADDRESS))


def test_what_cannot_be_an_address_is_said_and_changes_nothing(booked: Desk) -> None:
    booked.reception.seen(events.AppointmentConfirmed)
    _write(booked, "erika at example")
    booked.key(Qt.Key.Key_Tab)
    QApplication.processEvents()
    assert "Write one address" in booked.window.panels.verbs.failed.words
    assert _one(booked).caller_email == ""


def test_one_written_in_the_appointment_later_stays(booked: Desk) -> None:
    booked.reception.seen(events.AppointmentConfirmed)
    _write(booked, ADDRESS)
    booked.key(Qt.Key.Key_Tab)
    booked.until(lambda: _stands(booked, ADDRESS))
    booked.until(lambda: booked.window.shown is not None)
    booked.reception.desk.changing.change(_one(booked), caller_email="other@example.org")
    booked.until(lambda: _stands(booked, "other@example.org"))
    booked.window.panels.caller.email.setFocus()
    booked.key(Qt.Key.Key_Tab)
    booked.until(lambda: _stands(booked, "other@example.org"))
