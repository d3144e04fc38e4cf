"""Work beside calls: begun, paused and finished by keys alone, with a timer that is always seen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from receptionist.model.errand import Errand, ErrandState
from receptionist.model.service import Service, ServiceKind
from tests.doubles.desk import HEATING
from tests.unit.ui.conftest import CTRL, Desk
from ui.panels.errands import ErrandBar, ErrandPill

RESEARCH = Service(kind=ServiceKind.RESEARCH)
ORDERS = Service(kind=ServiceKind.ORDERS, title="Ersatzteile bestellen")


def bar(desk: Desk) -> ErrandBar:
    return desk.window.panels.errands


def pill(desk: Desk) -> ErrandPill:
    return desk.window.panels.top.errand


def agree(desk: Desk, *services: Service) -> None:
    """The heating engineers have handed over this alone."""
    core = desk.reception.desk
    clients = tuple(
        replace(one, services=services) if one.key == "haustechnik" else one
        for one in core.directory.clients
    )
    core._use(replace(core.directory.current, clients=clients))


def choose(desk: Desk, words: str) -> None:
    """Choose a client by a part of his name; without a window manager the keyboard comes back by
    hand from the list."""
    desk.type(words)
    desk.key(Qt.Key.Key_Return)
    desk.window.activateWindow()
    desk.until(lambda: QApplication.activeWindow() is desk.window)
    desk.until(lambda: bar(desk).has_keyboard)


def begin(desk: Desk, text: str = "Preise vergleichen") -> Errand:
    """Begin research for the heating engineers."""
    agree(desk, RESEARCH, ORDERS)
    desk.key(Qt.Key.Key_F10, CTRL)
    choose(desk, "Heiz")
    desk.key(Qt.Key.Key_1)
    desk.type(text)
    desk.key(Qt.Key.Key_Return)
    (errand,) = desk.reception.desk.errands.all
    return errand


def test_a_task_is_begun_for_a_client_with_what_is_agreed_and_nothing_else(desk: Desk) -> None:
    agree(desk, RESEARCH, ORDERS)
    desk.key(Qt.Key.Key_F10, CTRL)
    assert bar(desk).search.hasFocus()
    choose(desk, "Heiz")
    assert [one.text() for one in bar(desk).choices] == ["Research", "Ersatzteile bestellen"]
    assert "Not agreed: Appointments, Data entry" in bar(desk).words
    desk.key(Qt.Key.Key_2)
    assert bar(desk).text.hasFocus()
    desk.type("Dichtungen, 20 Stück")
    desk.key(Qt.Key.Key_Return)
    assert not bar(desk).isVisible()
    (errand,) = desk.reception.desk.errands.all
    assert (errand.service, errand.text) == (ORDERS, "Dichtungen, 20 Stück")
    desk.until(lambda: pill(desk).isVisible())
    desk.reception.clock.move(65)
    desk.window.tick()
    assert pill(desk).words == "Ersatzteile bestellen · 01:05"


def test_the_client_of_the_shown_call_is_taken_at_once_and_the_call_remembered(desk: Desk) -> None:
    call_id = desk.talks(HEATING)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)  # type: ignore[arg-type]
    desk.key(Qt.Key.Key_F10, CTRL)
    assert bar(desk).choices[0].hasFocus()
    desk.key(Qt.Key.Key_1)
    desk.key(Qt.Key.Key_Return)
    (errand,) = desk.reception.desk.errands.all
    assert errand.call_id == call_id


def test_a_task_is_paused_and_goes_on_with_one_key(desk: Desk) -> None:
    begin(desk)
    errands = desk.reception.desk.errands
    desk.key(Qt.Key.Key_F11, CTRL)
    assert errands.running is None
    desk.until(lambda: "paused" in pill(desk).words)
    desk.key(Qt.Key.Key_F11, CTRL)
    assert errands.running is not None
    desk.until(lambda: "paused" not in pill(desk).words)


def test_a_call_pauses_it_and_it_says_why(desk: Desk) -> None:
    begin(desk)
    call_id = desk.talks(HEATING)
    desk.until(lambda: "paused by a call" in pill(desk).button.toolTip())
    assert "somebody is on the line" in desk.window.panels.bottom.words
    desk.key(Qt.Key.Key_F11, CTRL)
    assert "Somebody is on the line" in desk.window.panels.bottom.words
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)  # type: ignore[arg-type]
    desk.key(Qt.Key.Key_F11, CTRL)
    assert desk.reception.desk.errands.running is not None


def test_a_task_is_finished_with_its_result(desk: Desk) -> None:
    begin(desk)
    desk.key(Qt.Key.Key_F12, CTRL)
    assert "Research for Muster Heizung & Sanitär" in bar(desk).words
    desk.type("Drei Angebote abgelegt")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: not pill(desk).isVisible())
    assert desk.reception.desk.errands.all == ()
    assert not bar(desk).isVisible()


def test_leaving_begins_nothing_and_gives_the_keyboard_back(desk: Desk) -> None:
    desk.talks(HEATING)
    assert desk.name.hasFocus()
    desk.key(Qt.Key.Key_F10, CTRL)
    desk.key(Qt.Key.Key_Escape)
    assert not bar(desk).isVisible()
    assert desk.name.hasFocus()
    assert desk.reception.desk.errands.all == ()


def test_leaving_by_mouse_gives_the_keyboard_back_too(desk: Desk) -> None:
    desk.talks(HEATING)
    desk.key(Qt.Key.Key_F10, CTRL)
    bar(desk).leave_button.click()
    assert not bar(desk).isVisible()
    assert desk.name.hasFocus()


def test_another_task_waits_and_can_be_taken_up_again(desk: Desk) -> None:
    first = begin(desk)
    desk.key(Qt.Key.Key_F11, CTRL)
    desk.key(Qt.Key.Key_F10, CTRL)
    (waiting,) = bar(desk).choices
    assert waiting.text() == "Go on: Research for Muster Heizung && Sanitär"
    waiting.setFocus()
    desk.key(Qt.Key.Key_Return)
    running = desk.reception.desk.errands.running
    assert running is not None
    assert running.id == first.id
    assert not bar(desk).isVisible()


def test_what_was_cut_off_is_asked_for_its_minutes_first(desk: Desk) -> None:
    errand = begin(desk)
    errands = desk.reception.desk.errands
    desk.reception.clock.move(600)
    desk.key(Qt.Key.Key_F11, CTRL)
    assert errands.get(errand.id).state is ErrandState.INTERRUPTED, "the computer slept"
    assert "was interrupted at 09:42" in desk.window.panels.notice.words
    desk.until(lambda: "cut off" in pill(desk).words)
    desk.key(Qt.Key.Key_F11, CTRL)
    assert "For how many minutes" in bar(desk).words
    assert bar(desk).text.text() == "0"
    desk.type("viel")
    desk.key(Qt.Key.Key_Return)
    assert "as a number" in bar(desk).words
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type("8")
    desk.key(Qt.Key.Key_Return)
    assert errands.get(errand.id).state is ErrandState.PAUSED
    assert errands.get(errand.id).worked_s == 480
    desk.until(lambda: not desk.window.panels.notice.words)


def test_nothing_to_pause_says_so(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F12, CTRL)
    assert desk.window.panels.bottom.words == "No task is open. Ctrl+F10 begins one."
    assert QApplication.focusWidget() is not bar(desk)


def test_what_is_typed_of_a_task_stays_when_its_key_is_pressed_again(desk: Desk) -> None:
    agree(desk, RESEARCH, ORDERS)
    desk.talks(HEATING)
    desk.key(Qt.Key.Key_F10, CTRL)
    desk.key(Qt.Key.Key_1)
    desk.type("Preise")
    desk.key(Qt.Key.Key_F10, CTRL)
    assert (bar(desk).text.text(), bar(desk).text.hasFocus()) == ("Preise", True)


def test_what_is_typed_of_its_result_stays_when_its_key_is_pressed_again(desk: Desk) -> None:
    begin(desk)
    desk.key(Qt.Key.Key_F12, CTRL)
    desk.type("Drei Angebote")
    desk.key(Qt.Key.Key_F12, CTRL)
    assert (bar(desk).text.text(), bar(desk).text.hasFocus()) == ("Drei Angebote", True)


def test_a_task_is_not_said_to_come_out_of_a_call_that_only_rings(desk: Desk) -> None:
    agree(desk, RESEARCH, ORDERS)
    desk.reception.rings(HEATING)
    desk.until(lambda: desk.window.shown)
    desk.key(Qt.Key.Key_F10, CTRL)
    desk.key(Qt.Key.Key_1)
    desk.key(Qt.Key.Key_Return)
    (errand,) = desk.reception.desk.errands.all
    assert errand.call_id is None
