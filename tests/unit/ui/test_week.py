"""The owner's week beside the call: by keys, by mouse, and in every state."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from receptionist import events
from receptionist.errors import CalendarUnreachable
from tests.doubles.desk import HEATING, LAWYERS, UNKNOWN
from tests.unit.ui.conftest import ALT, CTRL, Desk
from tests.unit.ui.week import (
    OWNERS,
    at,
    chosen,
    click,
    grid,
    heading,
    on_the_phone,
    ours,
    owner_has,
    panel,
    pieces,
)
from ui.theme.palette import LIGHT
from ui.widgets import weekgrid


@pytest.fixture
def called(desk: Desk) -> Desk:
    """A caller of the heating firm is on the phone, and his week is there."""
    return on_the_phone(desk)


# ---- by keys


def test_five_keys_beyond_the_name_book_any_free_time_of_the_week(called: Desk) -> None:
    called.key(Qt.Key.Key_W, CTRL)
    assert grid(called).hasFocus()
    assert grid(called).accessibleDescription() == "Monday, 23 November, 11:45 to 12:45, free"
    called.key(Qt.Key.Key_Right)
    called.key(Qt.Key.Key_Down)
    called.key(Qt.Key.Key_Return)
    assert called.name.hasFocus()
    assert chosen(called) == "24 12:00"
    called.key(Qt.Key.Key_F8)
    called.reception.seen(events.AppointmentConfirmed)
    (booked,) = called.reception.appointments(called.reception.client("haustechnik"))
    assert booked.start == at(24, 12)


def test_every_move_is_said(called: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(weekgrid, "announce", lambda _grid, words: said.append(words))
    called.key(Qt.Key.Key_W, CTRL)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
        called.key(key)
    assert said == [
        "Monday, 23 November, 11:45 to 12:45, free",
        "Monday, 23 November, 12:00 to 13:00, free",
        "Tuesday, 24 November, 12:00 to 13:00, free",
        "Tuesday, 24 November, 11:45 to 12:45, free",
        "Monday, 23 November, 11:45 to 12:45, free",
    ]


def test_escape_gives_the_keyboard_back_and_chooses_nothing(called: Desk) -> None:
    called.note.setFocus()
    called.key(Qt.Key.Key_W, CTRL)
    called.type("xyz")
    called.key(Qt.Key.Key_Down)
    called.key(Qt.Key.Key_Escape)
    assert called.note.hasFocus()
    assert chosen(called) == ""
    assert called.texts == ("Erika Muster", "")
    called.key(Qt.Key.Key_W, CTRL)
    called.key(Qt.Key.Key_W, CTRL)
    assert called.note.hasFocus(), "the same key leaves again"


def test_who_came_by_tab_is_not_sent_away(called: Desk) -> None:
    grid(called).setFocus(Qt.FocusReason.TabFocusReason)
    called.key(Qt.Key.Key_Return)
    assert chosen(called)
    assert grid(called).hasFocus()
    called.key(Qt.Key.Key_Escape)
    assert called.window.panels.calls.resting_place.hasFocus()


def test_weeks_turn_by_keys_and_never_into_the_past(called: Desk) -> None:
    assert heading(called) == "Owner's calendar · week 48"
    called.key(Qt.Key.Key_W, CTRL)
    called.key(Qt.Key.Key_PageUp)
    assert heading(called) == "Owner's calendar · week 48"
    called.key(Qt.Key.Key_PageDown)
    called.until(lambda: heading(called).endswith("49"))
    assert grid(called).accessibleDescription().startswith("Monday, 30 November")
    called.key(Qt.Key.Key_PageDown)
    called.until(lambda: heading(called).endswith("50"))
    called.key(Qt.Key.Key_Home)
    called.until(lambda: heading(called).endswith("48"))


def test_going_right_from_the_last_day_goes_on_in_the_next_week(called: Desk) -> None:
    called.key(Qt.Key.Key_W, CTRL)
    for _day in range(4):
        called.key(Qt.Key.Key_Right)
    assert grid(called).accessibleDescription().startswith("Friday, 27 November, 11:45")
    called.key(Qt.Key.Key_Right)
    called.until(lambda: heading(called).endswith("49"))
    assert grid(called).accessibleDescription().startswith("Monday, 30 November, 11:45")
    called.key(Qt.Key.Key_Left)
    called.until(lambda: heading(called).endswith("48"))
    assert grid(called).accessibleDescription().startswith("Friday, 27 November, 11:45")


def test_a_numbered_time_shows_its_week_and_stands_in_it(called: Desk) -> None:
    called.window.panels.week.turned.emit(2)
    called.until(lambda: heading(called).endswith("50"))
    assert grid(called).shape.chosen is None
    called.key(Qt.Key.Key_2, CTRL)
    called.until(lambda: heading(called).endswith("48"))
    assert grid(called).shape.chosen is not None
    offered = called.window._board.planner.wish.slots[1]
    assert grid(called).shape.chosen.at == offered.start
    assert called.name.hasFocus()


def test_a_time_of_the_week_stays_chosen_when_calendars_are_read(called: Desk) -> None:
    click(called, 2, 10, 5)
    called.until(lambda: chosen(called) == "25 10:00")
    words = chosen(called)
    owner_has(called, at(25, 13), at(25, 14))
    assert chosen(called) == words
    owner_has(called, at(25, 10, 30), at(25, 11), "Besuch")
    called.until(lambda: chosen(called) == "")
    problem = called.window.panels.booking.problem_words
    assert problem.startswith("The chosen time is no longer free. Choose another one.")


def test_the_week_belongs_to_its_call(called: Desk) -> None:
    called.window.panels.week.turned.emit(1)
    called.until(lambda: heading(called).endswith("49"))
    click(called, 2, 10)
    called.until(lambda: chosen(called) == "2 10:00")
    called.talks(LAWYERS)
    called.until(lambda: heading(called).endswith("48") and grid(called).shape.starts)
    assert grid(called).shape.chosen is None
    called.key(Qt.Key.Key_F3)
    called.until(lambda: grid(called).shape.chosen is not None)
    assert heading(called).endswith("49")
    assert chosen(called) == "2 10:00"


def test_a_call_that_rings_waits_while_a_time_is_looked_for(called: Desk) -> None:
    first = called.shown
    called.key(Qt.Key.Key_F9)
    called.until(lambda: called.reception.call(first).ended)  # type: ignore[arg-type]
    called.key(Qt.Key.Key_W, CTRL)
    called.reception.rings(LAWYERS)
    assert called.shown == first
    assert grid(called).hasFocus()


# ---- by mouse


def test_a_click_chooses_a_free_time_and_leaves_the_keyboard_alone(called: Desk) -> None:
    click(called, 1, 13, 20)
    called.until(lambda: chosen(called) == "24 13:15")
    assert called.name.hasFocus()


def test_a_click_on_what_is_not_free_says_why(called: Desk) -> None:
    owner_has(called, at(24, 11), at(24, 13))
    click(called, 1, 11, 30)
    when = "Tuesday, 24 November, 11:00 to 13:00"
    assert panel(called).words == f"{when}: the owner is busy: Baustelle"
    click(called, 0, 8)
    assert panel(called).words == "This time is over or too soon."
    click(called, 4, 16, 15)
    assert panel(called).words == "This is outside the bookable hours."
    owner_has(called, at(24, 13, 30), at(24, 15), "Besuch")
    click(called, 1, 13, 10)
    assert panel(called).words == "There is not enough room for Notdienst here."
    assert chosen(called) == ""
    click(called, 1, 9)
    called.until(lambda: panel(called).words == "23 Nov – 29 Nov · checked just now")


def test_pointing_says_in_full_what_is_cut_short(called: Desk) -> None:
    owner_has(called, at(24, 11), at(24, 13), "<b>Baustelle</b>")
    words = grid(called)._words_at(grid(called).point(1, 11 * 60 + 30))
    assert words.endswith("the owner is busy: <b>Baustelle</b>")
    free = grid(called)._words_at(grid(called).point(1, 9 * 60))
    assert free == "Tuesday, 24 November, 09:00 to 10:00, free"


# ---- states


def test_an_appointment_shows_its_state_in_place(called: Desk) -> None:
    states: list[str] = []
    stop = called.reception.desk.subscribe(
        lambda _event: states.extend(line for one in ours(called) for line in one)
    )
    called.key(Qt.Key.Key_1, CTRL)
    called.key(Qt.Key.Key_F8)
    called.reception.seen(events.AppointmentBooked)
    called.until(lambda: ours(called))
    called.reception.seen(events.AppointmentConfirmed)
    called.until(lambda: ours(called) == [("11:45", "Erika Muster", "in calendar")])
    stop()
    called.reception.desk.calendars.refresh(called.reception.client("haustechnik").id)
    called.until(lambda: not called.reception.desk.calendars.reading)
    called.until(lambda: not called.window._board.planner.week.reading)
    assert len(pieces(called)) == 1, "what is in both books is shown once"
    (piece,) = pieces(called)
    assert (piece.tone, piece.icon) == ("good", "check")
    assert "in the owner's calendar since 09:42" in piece.spoken


def test_a_conflict_and_a_delay_stand_in_the_week(called: Desk) -> None:
    reception = called.reception
    heating = reception.client("haustechnik")
    calendar = reception.desk.directory.calendar(heating.id)
    assert calendar is not None
    text = OWNERS.format(title="Besuch", start=at(23, 11, 30), end=at(23, 13))
    reception.server.put(f"{calendar.href}visit.ics", text)
    called.key(Qt.Key.Key_1, CTRL)
    called.key(Qt.Key.Key_F8)
    reception.seen(events.BookingConflict)
    called.until(lambda: ("11:45", "conflict", "Erika Muster") in ours(called))
    called.until(lambda: called.window.panels.slots.buttons[0].isVisible())
    for verb in ("changes", "put_new"):
        reception.server.fail_next(verb, CalendarUnreachable())
    called.key(Qt.Key.Key_1, CTRL)
    called.key(Qt.Key.Key_F8)
    reception.seen(events.PushDelayed)
    called.until(lambda: any(line[1] == "waiting" for line in ours(called)))


def test_what_is_painted_can_be_told_apart(called: Desk) -> None:
    owner_has(called, at(24, 11), at(24, 14))
    click(called, 2, 10)
    called.until(lambda: grid(called).shape.chosen is not None)
    picture = grid(called).grab().toImage()

    def colour(column: int, hour: int, minute: int) -> QColor:
        place = grid(called).point(column, hour * 60 + minute).toPoint()
        return QColor(picture.pixelColor(place.x() + 18, place.y() + 1))

    assert colour(1, 13, 40) == QColor(LIGHT.line)
    assert colour(2, 10, 50) == QColor(LIGHT.accent)
    assert colour(3, 10, 50) == QColor(LIGHT.accent_tint)
    assert colour(0, 8, 10) == QColor(LIGHT.card)


def test_without_a_call_and_without_a_client_it_says_what_will_be_here(desk: Desk) -> None:
    assert not grid(desk).isVisible()
    assert "During a call, the owner's week stands here" in panel(desk)._empty.text()
    desk.talks(UNKNOWN)
    assert not grid(desk).isVisible()
    assert "once the client is known" in panel(desk)._empty.text()
    desk.key(Qt.Key.Key_W, CTRL)
    assert desk.name.hasFocus()


def test_reading_that_takes_long_is_said(desk: Desk) -> None:
    going_on = threading.Event()
    desk.reception.desk._ground.memory.submit(lambda _store: going_on.wait(20))
    desk.reception.rings(HEATING)
    assert panel(desk).words == ""
    desk.until(lambda: panel(desk).words == "The calendar is being read …")
    going_on.set()
    desk.until(lambda: grid(desk).isVisible())
    assert "read" not in panel(desk).words


def test_another_kind_has_other_free_times(called: Desk) -> None:
    called.key(Qt.Key.Key_2, ALT)
    called.until(lambda: {one.end - one.start for one in grid(called).shape.starts} == {90})


def test_news_of_the_booking_come_into_view_in_a_low_window(called: Desk) -> None:
    scroll, booking = called.window.panels.middle._scroll, called.window.panels.booking

    def seen() -> bool:
        below = booking.mapTo(scroll.viewport(), booking.rect().bottomLeft()).y()
        return 0 < below <= scroll.viewport().height()

    called.window.resize(1366, 640)
    called.until(lambda: scroll.verticalScrollBar().maximum() > 0)
    scroll.verticalScrollBar().setValue(0)
    assert not seen()
    called.key(Qt.Key.Key_F8)
    called.until(seen)
    called.talks(LAWYERS)
    called.until(lambda: scroll.verticalScrollBar().value() == 0)
