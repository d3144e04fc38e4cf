"""What stands outside the window: the sign, notifications, links to call, closing to the tray."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from receptionist.model.agent import BreakReason
from tests.doubles.desk import HEATING, LAWYERS, Reception, let_go
from tests.unit.ui.conftest import Desk, opened
from ui.models.sign import sign
from ui.outside.front import come_to_front
from ui.outside.ringing import Ringing
from ui.outside.tray import Tray
from ui.window import Window


class Remembered:
    """Notifications that only remember what stands there."""

    def __init__(self) -> None:
        self.there: dict[UUID, tuple[str, str]] = {}

    def show(self, call_id: UUID, title: str, text: str) -> None:
        self.there[call_id] = (title, text)

    def withdraw(self, call_id: UUID) -> None:
        del self.there[call_id]

    def close(self) -> None:
        self.there.clear()


@pytest.fixture
def hidden(reception: Reception) -> Iterator[Window]:
    """A window that nobody sees, on a desk that works."""
    with opened(reception) as window:
        yield window


@pytest.fixture
def remembered(reception: Reception) -> Iterator[Remembered]:
    owner, remembered = QObject(), Remembered()
    ringing = Ringing(remembered, owner)
    unsubscribe = reception.desk.subscribe(ringing.heard)
    yield remembered
    unsubscribe()
    let_go(owner)


def test_a_call_is_told_outside_while_nobody_sees_the_window(
    hidden: Window, reception: Reception, remembered: Remembered
) -> None:
    first = reception.rings(HEATING, "+4917139200177", "Erika\nMuster")
    second = reception.rings(LAWYERS, "", "")
    title, text = remembered.there[first]
    client = reception.desk.directory.client(reception.call(first).client_id)
    assert client is not None
    assert title == f"Call for {client.name}"
    assert text == "Erika Muster, +49 171 39200177"
    assert "number withheld" in remembered.there[second][1]
    reception.desk.switchboard.answer(first)
    reception.spin(lambda: reception.call(first).answered)
    assert list(remembered.there) == [second]
    reception.phone.outside.hangs_up(second)
    reception.spin(lambda: not remembered.there)


def test_whoever_looks_at_the_window_is_told_nothing_more(
    desk: Desk, remembered: Remembered
) -> None:
    desk.reception.rings(HEATING)
    assert remembered.there == {}


def test_coming_back_to_the_window_takes_it_away(
    hidden: Window, reception: Reception, remembered: Remembered
) -> None:
    reception.rings(HEATING)
    assert remembered.there
    come_to_front(hidden)
    assert QTest.qWaitForWindowActive(hidden, 10_000)
    reception.spin(lambda: not remembered.there)


def test_coming_to_the_front_brings_a_minimised_window_back(hidden: Window) -> None:
    hidden.showMinimized()
    come_to_front(hidden, "token")
    assert hidden.isVisible()
    assert not hidden.isMinimized()


def test_the_sign_says_what_matters_most(reception: Reception) -> None:
    desk = reception.desk
    seen = [sign(desk)]
    desk.agent.take_break(BreakReason.LUNCH)
    seen.append(sign(desk))
    line = desk.directory.lines[0]
    reception.phone.refusing.add(line.id)
    reception.phone.register(line, None)
    reception.spin(lambda: sign(desk).tone == "danger")
    seen.append(sign(desk))
    call = reception.rings(HEATING)
    seen.append(sign(desk))
    assert [one.picture for one in seen] == ["check", "pause", "alert", "phone"]
    assert len({one.words for one in seen}) == 4
    assert "Lunch" in seen[1].words
    assert line.name in seen[2].words
    reception.rings(LAWYERS)
    assert sign(desk).words.count(",") == seen[3].words.count(",") + 1
    assert reception.call(call).client_id is not None


def test_every_sign_looks_different_at_the_smallest_size(reception: Reception) -> None:
    owner = Window()
    tray = Tray(owner)
    looks = set()
    for picture, tone in (
        ("check", "good"),
        ("pause", "attention"),
        ("clock", "attention"),
        ("alert", "danger"),
        ("phone", "good"),
    ):
        known = sign(reception.desk)
        tray.show_sign(type(known)(picture, tone, f"in words: {picture}"))
        image = tray.icon.icon().pixmap(16, 16).toImage()
        looks.add(bytes(image.constBits()))
        assert tray.icon.toolTip().endswith(f"in words: {picture}")
    assert len(looks) == 5
    assert not tray.there
    let_go(owner)


def test_a_link_fills_the_number_and_does_not_dial(desk: Desk) -> None:
    desk.window.call_link("tel:+49-30-23125-120")
    assert desk.reception.desk.switchboard.calls == ()
    desk.key(Qt.Key.Key_Return)
    (call,) = desk.reception.desk.switchboard.calls
    assert call.number == "+493023125120"


def test_a_link_does_not_disturb_who_types(desk: Desk) -> None:
    desk.talks()
    desk.type("Erika")
    desk.window.call_link("tel:+493023125120;ext=12")
    desk.type(" Muster")
    assert desk.texts[0] == "Erika Muster"
    assert "extension 12" in desk.window.panels.notice.words
    assert len(desk.reception.desk.switchboard.calls) == 1


def test_a_link_that_is_no_number_is_told_in_place(desk: Desk) -> None:
    desk.talks()
    desk.type("Erika")
    desk.window.call_link("tel:*21*+493023125120%23")
    assert "divert" in desk.window.panels.notice.words
    desk.type(" Muster")
    assert desk.texts[0] == "Erika Muster"


def test_a_link_and_a_notice_wait_for_the_desk(reception: Reception) -> None:
    window = Window()
    window.call_link("tel:+493023125120")
    window.note("The settings are damaged.")
    assert "damaged" in window.centralWidget().text()  # type: ignore[attr-defined]
    window.open(reception.desk)
    assert "damaged" in window.panels.notice.words
    assert window.panels.top.search.field.text() == "+493023125120"
    window.leave()
    let_go(window)


def test_closing_can_leave_the_window_to_the_tray(desk: Desk) -> None:
    window = desk.window
    desk.reception.rings(HEATING)
    window.hides = lambda: True
    assert not window.close()
    assert not window.isVisible()
    assert not window.panels.leaving.isVisibleTo(window)
    come_to_front(window)
    window.hides = lambda: False
    event = QCloseEvent()
    QApplication.sendEvent(window, event)
    assert not event.isAccepted()
    assert window.panels.leaving.isVisible()


def test_the_notice_says_each_thing_once_and_never_too_much(desk: Desk) -> None:
    notice = desk.window.panels.notice
    for word in ("one", "two", "one", "three", "four", "five"):
        notice.tell(word)
    assert notice.words.split("\n") == ["one", "three", "four", "five"]
    notice.close_button.setFocus()
    notice.close_button.click()
    assert notice.words == "two", "there is room for it now"
    notice.close_button.click()
    assert notice.words == ""
    assert QApplication.focusWidget() is not notice.close_button
