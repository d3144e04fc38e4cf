"""The whole life of an appointment by keys, and what its owner does with it meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from receptionist import events
from receptionist.errors import ObjectRejected
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.letter import Letter, LetterKind
from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from ui.models.handling import Texts
from ui.panels.texts import TextFields

NUMBER = "+4917139200177"
CONFIRMED = events.AppointmentConfirmed


@pytest.fixture
def booked(desk: Desk) -> Desk:
    """A caller of the heating firm has an appointment in the owner's calendar."""
    desk.talks(HEATING, NUMBER)
    desk.type("Erika Muster")
    desk.until(lambda: desk.window.panels.slots.buttons[3].isVisible())
    desk.key(Qt.Key.Key_1, CTRL)
    desk.key(Qt.Key.Key_F8)
    desk.reception.seen(CONFIRMED)
    return desk


@pytest.fixture
def opened(booked: Desk) -> Desk:
    """The same, and the appointment is open."""
    booked.key(Qt.Key.Key_O, CTRL)
    assert booked.window.panels.appointment.isVisible()
    return booked


def _book(desk: Desk) -> list[Appointment]:
    return list(desk.reception.appointments(desk.reception.client("haustechnik")))


def _words(desk: Desk) -> str:
    return desk.window.panels.appointment.words


def _owner_moves(desk: Desk, one: Appointment, hours: int) -> None:
    """On his phone."""
    text = desk.reception.server.get(one.href)
    for old in (one.start, one.end):
        for form in (old.astimezone(UTC), old.astimezone(ZoneInfo(one.zone))):
            new = form + timedelta(hours=hours)
            text = text.replace(f"{form:%Y%m%dT%H%M%S}", f"{new:%Y%m%dT%H%M%S}")
    desk.reception.server.put(one.href, text)
    desk.reception.desk.calendars.refresh(one.client_id, insist=True)
    desk.reception.seen(events.OwnerChanged)
    QApplication.processEvents()


def test_it_opens_beside_the_week_and_leaves_the_keyboard_alone(opened: Desk) -> None:
    words = _words(opened)
    assert "Monday, 23 November, 11:45–12:45" in words
    assert "Notdienst · Erika Muster · +49 171 39200177" in words
    assert "In the owner's calendar since 09:42:05." in words
    assert opened.name.hasFocus()
    assert not opened.window.panels.slots.isVisible()
    opened.key(Qt.Key.Key_Escape)
    assert not opened.window.panels.appointment.isVisible()
    assert opened.window.panels.slots.isVisible()
    assert opened.shown is not None


def test_four_keys_move_it(booked: Desk) -> None:
    (before,) = _book(booked)
    booked.key(Qt.Key.Key_O, CTRL)
    booked.key(Qt.Key.Key_F8, SHIFT)
    slots = booked.window.panels.slots
    booked.until(lambda: slots.isVisible() and slots.buttons[1].isVisible())
    assert "Mon 23 Nov, 11:45 → choose the new time" in _words(booked)
    booked.key(Qt.Key.Key_2, CTRL)
    assert "Mon 23 Nov, 11:45 → Mon 23 Nov, " in _words(booked)
    booked.key(Qt.Key.Key_F8)
    booked.reception.seen(CONFIRMED, 2)
    (after,) = _book(booked)
    assert (after.id, after.state) == (before.id, AppointmentState.CONFIRMED)
    assert after.start > before.start
    booked.until(lambda: "In the owner's calendar since" in _words(booked))
    stored = booked.reception.server.get(after.href)
    assert f"{after.start.astimezone(ZoneInfo(after.zone)):%Y%m%dT%H%M%S}" in stored
    assert "11:45" not in _words(booked)


def test_nothing_is_kept_while_one_is_moved(opened: Desk) -> None:
    opened.key(Qt.Key.Key_F8, SHIFT)
    opened.until(lambda: opened.window.panels.slots.buttons[0].isVisible())
    opened.key(Qt.Key.Key_1, CTRL)
    opened.key(Qt.Key.Key_Escape)
    assert "choose the new time" not in _words(opened)
    assert opened.window._board.planner.wish.chosen is None
    assert [one.state for one in _book(opened)] == [AppointmentState.CONFIRMED]
    opened.key(Qt.Key.Key_Escape)
    assert not opened.window.panels.appointment.isVisible()


def test_a_refused_move_says_why_and_stands_where_it_stood(opened: Desk) -> None:
    (before,) = _book(opened)
    opened.key(Qt.Key.Key_F8, SHIFT)
    opened.until(lambda: opened.window.panels.slots.buttons[1].isVisible())
    opened.key(Qt.Key.Key_2, CTRL)
    slot = opened.window._board.planner.wish.chosen
    client = opened.reception.client("haustechnik")
    opened.reception.desk.booking.hold(
        client_id=client.id, kind_id=before.kind_id, start=slot.start, caller_name="Other"
    )
    opened.key(Qt.Key.Key_F8)
    opened.reception.seen(events.ChangeRefused)
    assert "This time has just been taken." in _words(opened)
    assert before in _book(opened)


def test_calling_off_asks_once_in_place(opened: Desk) -> None:
    opened.key(Qt.Key.Key_F8, CTRL)
    assert "Call Mon 23 Nov, 11:45–12:45 off? It is taken out" in _words(opened)
    assert not [d for d in opened.window.findChildren(QDialog) if d.isVisible()]
    opened.key(Qt.Key.Key_Escape)
    assert "off?" not in _words(opened)
    assert [one.state for one in _book(opened)] == [AppointmentState.CONFIRMED]
    opened.key(Qt.Key.Key_F8, CTRL)
    opened.key(Qt.Key.Key_F8, CTRL)
    opened.reception.seen(events.AppointmentCancelled)
    (one,) = _book(opened)
    assert one.state is AppointmentState.CANCELLED
    assert opened.reception.server.get(one.href) is None
    opened.until(lambda: "no longer stands" in _words(opened))


def test_what_was_called_off_is_brought_back(opened: Desk) -> None:
    opened.key(Qt.Key.Key_F8, CTRL)
    opened.key(Qt.Key.Key_F8, CTRL)
    opened.reception.seen(events.AppointmentCancelled)
    assert opened.window.panels.appointment.button("cancel").text() == "Bring back"
    opened.key(Qt.Key.Key_F8, CTRL)
    opened.reception.seen(CONFIRMED, 2)
    opened.until(lambda: "In the owner's calendar since" in _words(opened))
    old, new = sorted(_book(opened), key=lambda one: one.state is AppointmentState.CONFIRMED)
    assert (new.restores, new.start) == (old.id, old.start)


def test_texts_are_changed_and_what_was_not_touched_stays(opened: Desk) -> None:
    fields = opened.window.panels.appointment.fields
    opened.key(Qt.Key.Key_F7, SHIFT)
    assert fields.field("name").hasFocus()
    opened.key(Qt.Key.Key_End)
    opened.type(" junior")
    opened.key(Qt.Key.Key_Return)
    opened.reception.seen(CONFIRMED, 2)
    (one,) = _book(opened)
    assert (one.caller_name, one.caller_number) == ("Erika Muster junior", NUMBER)
    opened.until(lambda: "Erika Muster junior" in _words(opened))
    assert opened.name.hasFocus()


def test_esc_leaves_the_texts_as_they_were(opened: Desk) -> None:
    opened.key(Qt.Key.Key_F7, SHIFT)
    opened.type("Nobody")
    opened.key(Qt.Key.Key_Escape)
    assert opened.name.hasFocus()
    assert _book(opened)[0].caller_name == "Erika Muster"
    assert opened.window.panels.appointment.isVisible()


def test_it_never_shows_while_another_client_is_in_view(opened: Desk) -> None:
    opened.talks(LAWYERS, "+4917139200178")
    assert not opened.window.panels.appointment.isVisible()
    opened.key(Qt.Key.Key_F3)
    assert opened.window.panels.appointment.isVisible()


def test_the_next_call_of_the_same_caller_finds_it(booked: Desk) -> None:
    booked.key(Qt.Key.Key_F9)
    booked.until(lambda: booked.window.shown and booked.window.shown.call.ended)
    booked.key(Qt.Key.Key_Escape)
    booked.talks(HEATING, NUMBER)
    booked.until(lambda: booked.window.panels.caller.history.rows)
    booked.key(Qt.Key.Key_O, CTRL)
    assert "11:45–12:45" in _words(booked)
    booked.key(Qt.Key.Key_O, CTRL)
    assert not booked.window.panels.appointment.isVisible()
    booked.key(Qt.Key.Key_H, CTRL)
    booked.key(Qt.Key.Key_Return)
    assert "11:45–12:45" in _words(booked)


def test_the_owner_moves_it_and_everybody_is_told(opened: Desk) -> None:
    (one,) = _book(opened)
    _owner_moves(opened, one, 2)
    news = "Moved by the owner: Mon 23 Nov, 11:45–12:45 → Mon 23 Nov, 13:45–14:45."
    assert news in _words(opened)
    assert news in opened.window.panels.notice.words
    assert opened.name.hasFocus()
    opened.until(
        lambda: any(news in entry.detail for entry in opened.window.panels.journal.entries)
    )
    assert "Monday, 23 November, 13:45–14:45" in _words(opened)


def test_a_change_that_waits_says_what_stands_at_the_owners(opened: Desk) -> None:
    opened.reception.server.fail_next("put_over", ObjectRejected())
    opened.key(Qt.Key.Key_F8, SHIFT)
    opened.until(lambda: opened.window.panels.slots.buttons[1].isVisible())
    opened.key(Qt.Key.Key_2, CTRL)
    opened.key(Qt.Key.Key_F8)
    opened.until(lambda: "does not accept" in _words(opened))


def test_the_confirmation_is_copied_as_it_stands(opened: Desk) -> None:
    (one,) = _book(opened)
    QApplication.clipboard().clear()
    opened.key(Qt.Key.Key_C, CTRL | SHIFT)
    copied = QApplication.clipboard().text()
    assert copied == opened.reception.desk.letters.text(one).text
    assert "Erika Muster" in copied
    assert "Montag, 23. November 2026" in copied


def test_no_letter_leaves_where_the_client_wants_none(opened: Desk) -> None:
    opened.key(Qt.Key.Key_E, CTRL | SHIFT)
    assert "does not want callers to get confirmations" in _words(opened)
    assert opened.name.hasFocus()


def test_a_found_appointment_opens_beside_its_client(booked: Desk) -> None:
    results = booked.window.panels.top.search.results
    booked.key(Qt.Key.Key_K, CTRL)
    booked.type("Muster")
    booked.until(lambda: any(one.appointment for one in results.offers))
    while not results.current.appointment:
        booked.key(Qt.Key.Key_Down)
    booked.key(Qt.Key.Key_Return)
    assert "11:45–12:45" in _words(booked)


def test_free_times_come_back_before_one_is_chosen(opened: Desk) -> None:
    opened.key(Qt.Key.Key_1, CTRL)
    assert opened.window.panels.slots.isVisible()
    assert opened.window._board.planner.wish.chosen is None
    opened.key(Qt.Key.Key_1, CTRL)
    assert opened.window._board.planner.wish.chosen is not None


def test_all_of_a_series_is_called_off(desk: Desk) -> None:
    desk.talks(HEATING, NUMBER)
    desk.type("Erika Muster")
    desk.until(lambda: desk.window.panels.slots.buttons[0].isVisible())
    desk.key(Qt.Key.Key_G, CTRL)
    desk.type("2x")
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_1, CTRL)
    desk.key(Qt.Key.Key_F8)
    desk.reception.seen(CONFIRMED, 2)
    desk.key(Qt.Key.Key_O, CTRL)
    desk.key(Qt.Key.Key_F8, CTRL | SHIFT)
    assert [one.state for one in _book(desk)] == [AppointmentState.CONFIRMED] * 2
    desk.key(Qt.Key.Key_F8, CTRL)
    desk.key(Qt.Key.Key_F8, CTRL | SHIFT)
    desk.reception.seen(events.AppointmentCancelled, 2)
    assert [one.state for one in _book(desk)] == [AppointmentState.CANCELLED] * 2


def test_another_clients_is_never_opened(opened: Desk) -> None:
    (one,) = _book(opened)
    opened.key(Qt.Key.Key_Escape)
    handling = opened.window._board.handling
    assert not handling.open(replace(one, client_id=opened.reception.client("kanzlei").id))
    assert handling.opened is None


def test_a_note_of_several_lines_stays_when_its_line_is_not_touched(dressed: QApplication) -> None:
    fields, kept = TextFields(), list[Texts]()
    fields.kept.connect(kept.append)
    fields.fill(Texts("Erika", "+4917139200177", "", "", "Haupthahn ist zu\n2. Stock"))
    fields.field("name").setText(" Erika Muster ")
    fields.keep()
    assert kept == [Texts("Erika Muster", "+4917139200177", "", "", "Haupthahn ist zu\n2. Stock")]


def test_what_became_of_a_confirmation_is_said(opened: Desk) -> None:
    (one,) = _book(opened)
    letter = Letter(
        id=uuid4(),
        client_id=one.client_id,
        appointment_id=one.id,
        kind=LetterKind.CONFIRMED,
        sequence=one.sequence,
        address="erika@example.org",
        created=one.created,
    )
    opened.window._heard(events.LetterDelayed(letter=letter, message="Nobody answers."))
    opened.until(lambda: "The confirmation is not sent yet. Nobody answers." in _words(opened))
    opened.window._heard(events.LetterSent(letter=letter))
    opened.until(lambda: "The confirmation was sent to erika@example.org." in _words(opened))
