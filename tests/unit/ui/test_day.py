"""The owner's day beside his week, and appointments that are opened and moved in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from receptionist import events
from receptionist.model.appointment import Appointment, AppointmentState
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from tests.unit.ui.week import (
    OWNERS,
    at,
    chosen,
    click,
    grid,
    heading,
    on_the_phone,
    owner_has,
    panel,
    pieces,
)
from ui.widgets.weekshape import Piece


@pytest.fixture
def called(desk: Desk) -> Desk:
    """A caller of the heating firm is on the phone, and his week is there."""
    return on_the_phone(desk)


@pytest.fixture
def booked(called: Desk) -> Desk:
    """He has an appointment on Tuesday at ten."""
    click(called, 1, 10)
    called.until(lambda: chosen(called) == "24 10:00")
    called.key(Qt.Key.Key_F8)
    called.reception.seen(events.AppointmentConfirmed)
    called.until(lambda: _tone(called) == "good")
    called.until(lambda: not called.window._board.planner.week.reading)
    called.reception.events.clear()
    return called


def _piece(desk: Desk) -> Piece:
    (one,) = (piece for piece in pieces(desk) if piece.id)
    return one


def _tone(desk: Desk) -> str:
    return next((piece.tone for piece in pieces(desk) if piece.id), "")


def _columns(desk: Desk) -> list[str]:
    return [one.heading for one in grid(desk).shape.columns]


def _only(desk: Desk) -> Appointment:
    (one,) = desk.reception.appointments(desk.reception.client("haustechnik"))
    return one


def _mouse(desk: Desk, kind: QEvent.Type, column: int, hour: int, minute: int = 0) -> None:
    point = grid(desk).point(column, hour * 60 + minute)
    left = Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else left
    place = QPointF(grid(desk).mapToGlobal(point))
    event = QMouseEvent(kind, point, place, left, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(grid(desk), event)


def _drag(desk: Desk, *path: tuple[int, int, int]) -> None:
    """Press at the first place and move over the others, without letting go."""
    _mouse(desk, QEvent.Type.MouseButtonPress, *path[0])
    for place in path[1:]:
        _mouse(desk, QEvent.Type.MouseMove, *place)


# ---- the day


def test_one_key_shows_a_day_alone_and_all_of_the_week_again(called: Desk) -> None:
    called.key(Qt.Key.Key_W, CTRL | SHIFT)
    assert _columns(called) == ["Monday, 23 November"]
    assert panel(called).words.startswith("Mon 23 Nov · ")
    called.key(Qt.Key.Key_W, CTRL | SHIFT)
    assert len(_columns(called)) == 5
    assert called.name.hasFocus()


def test_it_is_the_day_where_the_keyboard_is(called: Desk) -> None:
    called.key(Qt.Key.Key_W, CTRL)
    called.key(Qt.Key.Key_Right)
    called.key(Qt.Key.Key_Right)
    called.key(Qt.Key.Key_W, CTRL | SHIFT)
    assert _columns(called) == ["Wednesday, 25 November"]
    for _view in range(3):
        assert grid(called).accessibleDescription().startswith("Wednesday, 25 November, 11:45")
        called.key(Qt.Key.Key_W, CTRL | SHIFT)
    called.key(Qt.Key.Key_Return)
    assert chosen(called) == "25 11:45"


def test_days_turn_by_keys_over_the_week_and_never_into_the_past(called: Desk) -> None:
    called.key(Qt.Key.Key_W, CTRL | SHIFT)
    called.key(Qt.Key.Key_W, CTRL)
    called.key(Qt.Key.Key_PageUp)
    assert _columns(called) == ["Monday, 23 November"]
    for _day in range(7):
        called.key(Qt.Key.Key_PageDown)
    called.until(lambda: _columns(called) == ["Monday, 30 November"])
    assert heading(called).endswith("49")
    called.key(Qt.Key.Key_Left)
    called.until(lambda: _columns(called) == ["Sunday, 29 November"])
    assert grid(called).accessibleDescription() == "Nothing is free this day."
    called.key(Qt.Key.Key_Home)
    called.until(lambda: _columns(called) == ["Monday, 23 November"])


def test_arrows_go_on_to_the_next_day(called: Desk) -> None:
    called.key(Qt.Key.Key_W, CTRL | SHIFT)
    called.key(Qt.Key.Key_W, CTRL)
    called.key(Qt.Key.Key_Right)
    assert _columns(called) == ["Tuesday, 24 November"]
    assert grid(called).accessibleDescription().startswith("Tuesday, 24 November, 11:45")


def test_a_click_on_a_heading_looks_closer(called: Desk) -> None:
    place = grid(called).point(3, 9 * 60).toPoint()
    place.setY(8)
    QTest.mouseClick(grid(called), Qt.MouseButton.LeftButton, pos=place)
    assert _columns(called) == ["Thursday, 26 November"]
    QTest.mouseClick(grid(called), Qt.MouseButton.LeftButton, pos=place)
    assert len(_columns(called)) == 5


def test_a_numbered_time_shows_its_day(called: Desk) -> None:
    called.key(Qt.Key.Key_W, CTRL | SHIFT)
    called.key(Qt.Key.Key_3, CTRL)
    slot = called.window._board.planner.wish.chosen
    called.until(lambda: grid(called).shape.chosen is not None)
    assert str(slot.start.day) in _columns(called)[0]


def test_the_next_day_goes_on_while_one_looks_at_it(called: Desk) -> None:
    called.key(Qt.Key.Key_W, CTRL | SHIFT)
    called.reception.clock.move(24 * 3600)
    called.window.tick()
    called.until(lambda: not called.window._board.planner.week.reading)
    called.key(Qt.Key.Key_W, CTRL)
    called.key(Qt.Key.Key_Home)
    assert _columns(called) == ["Tuesday, 24 November"]


# ---- appointments in it


def test_tab_goes_to_an_appointment_and_enter_opens_it(booked: Desk) -> None:
    opened: list[Appointment] = []
    panel(booked).appointment.connect(opened.append)
    booked.key(Qt.Key.Key_W, CTRL)
    booked.key(Qt.Key.Key_Tab)
    words = grid(booked).accessibleDescription()
    assert words.startswith("Tuesday, 24 November, 10:00 to 11:00: Notdienst: Erika Muster")
    assert "Enter: open" in panel(booked).words
    booked.key(Qt.Key.Key_Return)
    assert [one.id for one in opened] == [_only(booked).id]


def test_tab_leaves_behind_the_last_appointment(booked: Desk) -> None:
    booked.key(Qt.Key.Key_W, CTRL)
    booked.key(Qt.Key.Key_Tab)
    assert grid(booked).hasFocus()
    booked.key(Qt.Key.Key_Tab)
    assert not grid(booked).hasFocus()


def test_a_double_click_opens_an_appointment_and_a_click_says_what_it_is(booked: Desk) -> None:
    opened: list[Appointment] = []
    panel(booked).appointment.connect(opened.append)
    click(booked, 1, 10, 20)
    assert "Erika Muster, in the owner's calendar since" in panel(booked).words
    assert opened == []
    place = grid(booked).point(1, 10 * 60 + 20).toPoint()
    QTest.mouseDClick(grid(booked), Qt.MouseButton.LeftButton, pos=place)
    assert [one.id for one in opened] == [_only(booked).id]
    assert chosen(booked) == ""


def test_an_appointment_is_dragged_and_the_picture_follows_what_is_so(booked: Desk) -> None:
    _drag(booked, (1, 10, 20), (2, 12, 0), (2, 13, 22))
    lifted = grid(booked).moving
    assert lifted is not None
    assert (lifted.column, lifted.start, lifted.problem) == (2, 13 * 60, "")
    assert panel(booked).words == "Wed 25 Nov, 13:00–14:00: free"
    assert _piece(booked).column == 1
    _mouse(booked, QEvent.Type.MouseButtonRelease, 2, 13, 22)
    assert grid(booked).moving is None
    assert _piece(booked).column == 1, "nobody has said yet that it is so"
    booked.reception.seen(events.AppointmentConfirmed)
    booked.until(lambda: (_piece(booked).column, _piece(booked).start) == (2, 13 * 60))
    assert _only(booked).start == at(25, 13)
    assert booked.name.hasFocus()


def test_where_it_is_not_free_it_is_said_and_nothing_is_asked(booked: Desk) -> None:
    owner_has(booked, at(25, 13), at(25, 15))
    booked.reception.events.clear()
    _drag(booked, (1, 10, 20), (2, 12, 0), (2, 13, 20))
    assert panel(booked).words == "Wed 25 Nov, 13:00–14:00: 13:00–15:00 Baustelle"
    _mouse(booked, QEvent.Type.MouseButtonRelease, 2, 13, 20)
    assert panel(booked).words == "It stays where it is. 13:00–15:00 Baustelle"
    assert booked.reception.events == []
    assert _only(booked).start == at(24, 10)


def test_what_the_desk_refuses_is_told_where_it_was_wanted(booked: Desk) -> None:
    heating = booked.reception.client("haustechnik")
    calendar = booked.reception.desk.directory.calendar(heating.id)
    assert calendar is not None
    text = OWNERS.format(title="Besuch", start=at(25, 13), end=at(25, 14))
    booked.reception.server.put(f"{calendar.href}visit.ics", text)
    _drag(booked, (1, 10, 20), (2, 12, 0), (2, 13, 20))
    _mouse(booked, QEvent.Type.MouseButtonRelease, 2, 13, 20)
    booked.reception.seen(events.ChangeRefused)
    words = "Tuesday, 24 November, 10:00 to 11:00 stays as it is: The owner is busy at this time."
    booked.until(lambda: panel(booked).words.startswith(words))
    assert _only(booked).start == at(24, 10)
    booked.until(lambda: (_piece(booked).column, _piece(booked).tone) == (1, "good"))
    panel(booked).turned.emit(1)
    booked.until(lambda: "stays as it is" not in panel(booked).words)


def test_its_lower_edge_is_drawn_to_make_it_longer(booked: Desk) -> None:
    point = grid(booked).point(1, 11 * 60)
    point.setY(point.y() - 3)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    press = QMouseEvent(
        QEvent.Type.MouseButtonPress, point, grid(booked).mapToGlobal(point), left, left, none
    )
    QApplication.sendEvent(grid(booked), press)
    _mouse(booked, QEvent.Type.MouseMove, 1, 11, 30)
    assert panel(booked).words == "Tue 24 Nov, 10:00–11:30: free"
    _mouse(booked, QEvent.Type.MouseButtonRelease, 1, 11, 30)
    booked.reception.seen(events.AppointmentConfirmed)
    assert _only(booked).end == at(24, 11, 30)
    booked.until(lambda: _piece(booked).end == 11 * 60 + 30)


def test_a_trembling_click_and_escape_move_nothing(booked: Desk) -> None:
    _drag(booked, (1, 10, 20), (1, 10, 22))
    _mouse(booked, QEvent.Type.MouseButtonRelease, 1, 10, 22)
    _drag(booked, (1, 10, 20), (2, 12, 0), (1, 10, 20))
    _mouse(booked, QEvent.Type.MouseButtonRelease, 1, 10, 20)
    assert "Being moved" not in panel(booked).words, "it was put back by hand"
    grid(booked).setFocus()
    _drag(booked, (1, 10, 20), (2, 12, 0), (2, 13, 20))
    booked.key(Qt.Key.Key_Escape)
    assert grid(booked).moving is None
    _mouse(booked, QEvent.Type.MouseButtonRelease, 2, 13, 20)
    QApplication.processEvents()
    assert booked.reception.events == []
    assert grid(booked).hasFocus(), "Escape put it back, and no more"


def test_an_appointment_is_moved_by_keys(booked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    booked.key(Qt.Key.Key_W, CTRL)
    booked.key(Qt.Key.Key_Tab)
    monkeypatch.setattr("ui.panels.week.announce", lambda _widget, words: said.append(words))
    booked.key(Qt.Key.Key_Right, CTRL | SHIFT)
    booked.key(Qt.Key.Key_Down, CTRL | SHIFT)
    booked.key(Qt.Key.Key_Up, SHIFT)
    moved = "Wed 25 Nov, 10:15–11:15: free"
    assert said == ["Wed 25 Nov, 10:00–11:00: free", moved, moved], "it is not stretched as well"
    booked.key(Qt.Key.Key_Return)
    booked.reception.seen(events.AppointmentConfirmed)
    assert _only(booked).start == at(25, 10, 15)
    booked.until(lambda: _piece(booked).start == 10 * 60 + 15)
    assert grid(booked).at == _piece(booked), "the keyboard goes with it"


def test_it_is_made_shorter_by_keys(booked: Desk) -> None:
    booked.key(Qt.Key.Key_W, CTRL)
    booked.key(Qt.Key.Key_Tab)
    booked.key(Qt.Key.Key_Up, SHIFT)
    booked.key(Qt.Key.Key_Up, SHIFT)
    booked.key(Qt.Key.Key_Return)
    booked.reception.seen(events.AppointmentConfirmed)
    assert _only(booked).end == at(24, 10, 30)


def test_what_changes_meanwhile_is_let_go(booked: Desk) -> None:
    _drag(booked, (1, 10, 20), (2, 12, 0), (2, 13, 20))
    booked.reception.desk.changing.move(_only(booked), at(26, 9))
    booked.until(lambda: _piece(booked).column == 3)
    assert grid(booked).moving is None
    _mouse(booked, QEvent.Type.MouseButtonRelease, 2, 13, 20)
    booked.until(lambda: _only(booked).state is AppointmentState.CONFIRMED)
    assert _only(booked).start == at(26, 9)


def test_the_keyboard_that_leaves_puts_it_back(booked: Desk) -> None:
    booked.key(Qt.Key.Key_W, CTRL)
    booked.key(Qt.Key.Key_Tab)
    booked.key(Qt.Key.Key_Right, CTRL | SHIFT)
    assert grid(booked).moving is not None
    booked.note.setFocus()
    assert grid(booked).moving is None
    assert booked.reception.events == []


# ---- paper and files


def _choose(desk: Desk, path: Path) -> None:
    """Choose a file in the dialog that is open."""
    (dialog,) = desk.window.findChildren(QFileDialog)
    assert dialog.isVisible()
    (line,) = dialog.findChildren(QLineEdit, "fileNameEdit")
    line.setText(str(path))
    dialog.accept()


@pytest.mark.parametrize(
    ("key", "name", "begins"),
    [
        (Qt.Key.Key_S, "week.pdf", b"%PDF"),
        (Qt.Key.Key_X, "week.ics", b"BEGIN:VCALENDAR"),
        (Qt.Key.Key_A, "coming.ics", b"BEGIN:VCALENDAR"),
    ],
)
def test_the_week_is_saved_where_one_wants(
    booked: Desk, tmp_path: Path, key: Qt.Key, name: str, begins: bytes
) -> None:
    place = tmp_path / name
    booked.key(key, CTRL | SHIFT)
    _choose(booked, place)
    booked.until(place.exists)
    content = place.read_bytes()
    assert content.startswith(begins)
    if name.endswith("ics"):
        assert b"Erika Muster" in content
    booked.until(lambda: panel(booked).words == f"Saved: {name}")


def test_a_file_that_cannot_be_written_is_told(booked: Desk, tmp_path: Path) -> None:
    booked.key(Qt.Key.Key_S, CTRL | SHIFT)
    (dialog,) = booked.window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "nowhere" / "week.pdf"))
    dialog.close()
    assert "cannot be written" in booked.window.panels.notice.words


def test_without_a_client_there_is_nothing_to_save(desk: Desk) -> None:
    desk.key(Qt.Key.Key_S, CTRL | SHIFT)
    assert desk.window.findChildren(QFileDialog) == []
    assert "First show a client" in desk.window.panels.bottom.words


def test_the_menu_at_the_corner_offers_all_of_it(called: Desk) -> None:
    words = [action.text() for action in panel(called)._head.menu.actions()]
    assert words[0] == "Show the week, or one day of it"
    assert len(words) == 5
