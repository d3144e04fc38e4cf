"""A time that is chosen is kept while the caller thinks, and let go when he does not want it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from receptionist import events
from receptionist.model.appointment import AppointmentState
from receptionist.reasons import Reason
from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import ALT, CTRL, Desk

PHYSIO = "+493023125505"
HELD, RELEASED = events.AppointmentHeld, events.AppointmentReleased


@pytest.fixture
def called(desk: Desk) -> Desk:
    """A caller of the heating firm is on the phone, and free times are there."""
    desk.talks(HEATING)
    desk.type("Erika Muster")
    desk.until(lambda: desk.window.panels.slots.buttons[3].isVisible())
    return desk


def _held(desk: Desk) -> list[str]:
    """The times that are kept now, in our book."""
    client = desk.reception.client("haustechnik")
    book = desk.reception.appointments(client)
    return [f"{one.start:%H:%M}" for one in book if one.state is AppointmentState.HOLD]


def _offered(desk: Desk) -> list[str]:
    return [button.accessibleName() for button in desk.window.panels.slots.buttons]


def _told(desk: Desk, kind: type) -> int:
    return sum(isinstance(event, kind) for event in desk.reception.events)


def test_a_chosen_time_is_kept_and_counts_down(called: Desk) -> None:
    booking = called.window.panels.booking
    called.key(Qt.Key.Key_1, CTRL)
    called.until(lambda: booking.kept_words)
    assert booking.kept_words == "Kept for this caller until 09:52, 10:00 left"
    called.reception.clock.move(75)
    called.window.tick()
    assert booking.kept_words == "Kept for this caller until 09:52, 08:45 left"
    assert called.name.hasFocus()
    assert len(_held(called)) == 1


def test_news_of_the_calendar_leave_alone_what_is_kept(called: Desk) -> None:
    called.key(Qt.Key.Key_1, CTRL)
    called.reception.seen(HELD)
    planner = called.window._board.planner
    planner.calendar(called.reception.client("haustechnik").id)
    assert planner.wish.looking
    called.until(lambda: not planner.wish.looking)
    assert called.window.panels.booking.chosen_words
    assert called.window.panels.booking.problem_words == ""
    assert planner.wish.slots[0] == planner.wish.chosen


def test_another_choice_lets_the_first_go(called: Desk) -> None:
    called.key(Qt.Key.Key_1, CTRL)
    called.key(Qt.Key.Key_2, CTRL)
    called.reception.seen(HELD, 2)
    called.reception.seen(RELEASED)
    assert len(_held(called)) == 1


def test_another_call_sees_it_as_taken(called: Desk) -> None:
    first = _offered(called)[0]
    called.key(Qt.Key.Key_1, CTRL)
    called.reception.seen(HELD)
    called.until(lambda: called.window.panels.booking.kept_words)
    assert _offered(called)[0] == first
    called.talks(HEATING, "+4917139200178")
    called.until(lambda: called.window.panels.slots.buttons[0].isVisible())
    assert first not in _offered(called)
    called.key(Qt.Key.Key_F3)
    assert called.window.panels.booking.kept_words


def test_a_kept_time_becomes_the_appointment(called: Desk) -> None:
    called.key(Qt.Key.Key_1, CTRL)
    called.reception.seen(HELD)
    (held,) = [event for event in called.reception.events if isinstance(event, HELD)]
    called.key(Qt.Key.Key_F8)
    called.reception.seen(events.AppointmentConfirmed)
    (booked,) = called.reception.appointments(called.reception.client("haustechnik"))
    assert (booked.id, booked.state) == (held.appointment.id, AppointmentState.CONFIRMED)
    assert called.window.panels.booking.kept_words == ""
    assert _told(called, RELEASED) == 0


def test_booking_at_once_does_not_wait_for_the_answer(called: Desk) -> None:
    called.key(Qt.Key.Key_1, CTRL)
    assert _told(called, HELD) == 0
    called.key(Qt.Key.Key_F8)
    called.reception.seen(events.AppointmentConfirmed)
    assert len(called.reception.appointments(called.reception.client("haustechnik"))) == 1
    assert _held(called) == []


def test_who_hangs_up_may_still_be_booked_until_the_call_is_put_away(called: Desk) -> None:
    called.key(Qt.Key.Key_1, CTRL)
    called.reception.seen(HELD)
    called.key(Qt.Key.Key_F9)
    called.until(lambda: called.window.shown and called.window.shown.call.ended)
    assert len(_held(called)) == 1
    called.key(Qt.Key.Key_Escape)
    called.reception.seen(RELEASED)
    assert _held(called) == []


def test_a_time_kept_too_long_is_said_and_can_be_chosen_again(called: Desk) -> None:
    booking = called.window.panels.booking
    called.key(Qt.Key.Key_1, CTRL)
    called.reception.seen(HELD)
    client = called.reception.client("haustechnik")
    (held,) = called.reception.appointments(client)
    gone = replace(held, state=AppointmentState.WITHDRAWN, reason=Reason.HOLD_EXPIRED)
    called.reception.desk.booking.release(held.id)
    called.window._heard(events.AppointmentReleased(appointment=gone))
    QApplication.processEvents()
    assert "no longer kept" in booking.problem_words
    assert booking.chosen_words
    before = _told(called, HELD)
    called.key(Qt.Key.Key_1, CTRL)
    called.reception.seen(HELD, before + 1)
    assert booking.problem_words == ""


def test_a_time_that_cannot_be_kept_is_taken_off(called: Desk) -> None:
    """Somebody else was quicker by a moment: the answer comes while one types on."""
    client = called.reception.client("haustechnik")
    wish = called.window._board.planner.wish
    slot = wish.slots[0]
    called.reception.desk.booking.hold(
        client_id=client.id, kind_id=client.kinds[0].id, start=slot.start, caller_name="Other"
    )
    called.key(Qt.Key.Key_1, CTRL)
    called.type(" junior")
    called.reception.seen(events.BookingConflict)
    called.until(lambda: called.window.panels.booking.problem_words)
    assert called.window.panels.booking.chosen_words == ""
    assert called.window.panels.booking.outcome_words == ""
    assert called.name.text() == "Erika Muster junior"


def test_what_is_kept_stays_with_its_call(called: Desk) -> None:
    called.key(Qt.Key.Key_1, CTRL)
    called.reception.seen(HELD)
    called.talks(LAWYERS, "+4917139200179")
    assert called.window.panels.booking.kept_words == ""
    assert _told(called, RELEASED) == 0


def test_when_the_caller_would_like_to_come_is_typed(called: Desk) -> None:
    slots = called.window.panels.slots
    called.key(Qt.Key.Key_G, CTRL)
    called.type("mi n")
    called.key(Qt.Key.Key_Return)
    assert called.name.hasFocus()
    assert slots.when.words == "Wed, 12:00–18:00"
    called.until(lambda: all("Mittwoch" in one for one in _offered(called)[:1]))
    called.key(Qt.Key.Key_G, CTRL)
    called.type("fr bald")
    called.key(Qt.Key.Key_Escape)
    assert slots.when.words == "Not understood: bald"
    called.until(lambda: "heute" in _offered(called)[0])
    assert called.name.hasFocus()
    assert called.shown is not None
    called.talks(LAWYERS, "+4917139200179")
    assert slots.when.field.text() == ""
    called.key(Qt.Key.Key_F3)
    assert slots.when.field.text() == "fr bald"


def test_a_series_is_booked_at_once(called: Desk) -> None:
    called.key(Qt.Key.Key_G, CTRL)
    called.type("3x")
    called.key(Qt.Key.Key_Return)
    assert called.window.panels.slots.when.words == "3 appointments, every week"
    called.key(Qt.Key.Key_1, CTRL)
    called.key(Qt.Key.Key_F8)
    words = called.window.panels.booking
    called.until(lambda: words.outcome_words.startswith("All 3 appointments"))
    booked = called.reception.appointments(called.reception.client("haustechnik"))
    starts = sorted(one.start for one in booked)
    assert [(late - early).days for early, late in pairwise(starts)] == [7, 7]
    assert len({one.series_id for one in booked}) == 1
    assert called.window.panels.slots.when.field.text() == ""


def test_a_kind_at_the_caller_needs_his_address(called: Desk) -> None:
    slots, caller = called.window.panels.slots, called.window.panels.caller
    assert not caller.address.isVisible()
    called.key(Qt.Key.Key_3, ALT)
    called.until(lambda: "postcode" in slots.state_words)
    called.until(lambda: not called.window._board.planner.wish.looking)
    assert not slots.buttons[0].isVisible()
    called.key(Qt.Key.Key_F8)
    assert caller.address.hasFocus()
    called.type("Lindenstr. 12, 50674 Köln")
    called.until(lambda: slots.buttons[0].isVisible())
    assert "way 15 min" in slots.heading.text()
    called.key(Qt.Key.Key_1, CTRL)
    called.key(Qt.Key.Key_F8)
    called.reception.seen(events.AppointmentConfirmed)
    book = called.reception.appointments(called.reception.client("haustechnik"))
    main = [one for one in book if one.part_of is None]
    assert [one.location for one in main] == ["Lindenstr. 12, 50674 Köln"]
    assert len(book) == 3


def test_one_of_the_staff_is_chosen_by_key(desk: Desk) -> None:
    desk.talks(PHYSIO)
    slots = desk.window.panels.slots
    desk.until(lambda: slots.buttons[0].isVisible())
    assert [button.isChecked() for button in slots.members] == [True, False, False]
    desk.key(Qt.Key.Key_B, CTRL)
    desk.key(Qt.Key.Key_B, CTRL)
    desk.until(lambda: slots.buttons[0].isVisible() and "Ben Muster" in _offered(desk)[0])
    assert slots.members[2].isChecked()
    desk.type("Lea Beispiel")
    desk.key(Qt.Key.Key_1, CTRL)
    desk.key(Qt.Key.Key_F8)
    desk.reception.seen(events.AppointmentConfirmed)
    physio = desk.reception.client("physio")
    (booked,) = desk.reception.appointments(physio)
    assert physio.member(booked.staff_id).name == "Ben Muster"
    desk.key(Qt.Key.Key_B, CTRL)
    assert slots.members[0].isChecked()
