"""What the bottom of the window says while a calendar is read, and how one stops waiting for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from receptionist.desk import week
from receptionist.events import CalendarHealth, CalendarProgress
from receptionist.reasons import Reason
from tests.doubles.desk import HEATING, Reception
from tests.unit.ui.conftest import CTRL, Desk, opened


def tell(desk: Desk, *, done: int = 0, total: int = 0, over: bool = False) -> None:
    """The desk says how far the reading of a calendar is."""
    client = desk.reception.client("haustechnik")
    calendar = desk.reception.desk.directory.calendar(client.id)
    assert calendar is not None
    desk.window._heard(
        CalendarProgress(
            client_id=client.id,
            account_id=calendar.account_id,
            done=done,
            total=total,
            over=over,
        )
    )
    desk.until(lambda: True)


def test_it_is_said_how_far_a_calendar_is_read(desk: Desk) -> None:
    line = desk.window.panels.bottom.progress
    assert not line.isVisible()
    tell(desk)
    assert line.words == "Reading the calendar of Muster Heizung & Sanitär …"
    tell(desk, done=3200, total=10000)
    assert line.words == "Reading the calendar of Muster Heizung & Sanitär: 3,200 of 10,000"
    assert line.isVisible()
    tell(desk, over=True)
    assert not line.isVisible()


def test_the_rest_of_the_bar_does_not_move(desk: Desk) -> None:
    bottom = desk.window.panels.bottom
    before = bottom.height()
    tell(desk, done=3200, total=10000)
    assert bottom.height() == before


def held_up(reception: Reception, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked of the desk's calendars."""
    asked: list[str] = []
    calendars = reception.desk.calendars
    for name in ("stop_reading", "refresh_all"):
        monkeypatch.setattr(calendars, name, lambda name=name: asked.append(name))
    return asked


def test_a_key_or_the_button_stops_it(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = held_up(reception, monkeypatch)
    with opened(reception) as window:
        window.show()
        assert QTest.qWaitForWindowActive(window, 10_000)
        desk = Desk(reception, window)
        desk.key(Qt.Key.Key_Period, CTRL)
        assert asked == []
        tell(desk, done=1, total=9)
        desk.key(Qt.Key.Key_Period, CTRL)
        assert asked == ["stop_reading"]
        window.panels.bottom.progress.findChildren(QPushButton)[0].click()
        assert asked == ["stop_reading"] * 2
        desk.key(Qt.Key.Key_R, CTRL)
        assert asked[-1] == "refresh_all"


def test_what_was_stopped_is_said_with_its_cure(desk: Desk) -> None:
    client = desk.reception.client("haustechnik")
    health = desk.reception.desk.calendars.health(client.id)
    assert health is not None
    desk.window._heard(
        replace(health, health=CalendarHealth.WAITING, reason=Reason.READING_STOPPED)
    )
    bottom = desk.window.panels.bottom
    desk.until(lambda: "Reading was stopped" in bottom.words)
    buttons = [one.text() for one in bottom.findChildren(QPushButton) if one.isVisible()]
    assert "Read now" in buttons
    desk.key(Qt.Key.Key_R, CTRL)
    desk.until(lambda: desk.reception.good(client))
    desk.until(lambda: "Reading was stopped" not in bottom.words)


def test_nobody_is_offered_times_of_a_calendar_that_was_never_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(week, "all_read", lambda _store, _calendars: False)
    desk.talks(HEATING)
    slots = desk.window.panels.slots
    words = "never read to its end"
    desk.until(
        lambda: any(words in label.text() for label in slots.findChildren(type(slots.heading)))
    )
    assert not any(button.isVisible() for button in slots.buttons)
