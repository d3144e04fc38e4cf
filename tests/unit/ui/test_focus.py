"""Nothing takes the keyboard: no call that rings or ends, and no state that changes."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

import ui
from receptionist.errors import CalendarUnreachable
from receptionist.model.call import CallState
from tests.doubles.desk import DENTIST, HEATING, LAWYERS
from tests.unit.ui.conftest import CTRL, Desk


def test_a_call_that_rings_when_idle_is_shown_and_takes_no_focus(desk: Desk) -> None:
    before = QApplication.focusWidget()
    call_id = desk.reception.rings(HEATING)
    assert desk.shown == call_id
    assert "Muster Heizung" in desk.window.panels.middle.greeting
    assert QApplication.focusWidget() is before


def test_a_call_that_rings_while_typing_changes_neither_focus_nor_call(desk: Desk) -> None:
    first = desk.talks(HEATING)
    desk.type("Erika")
    focus = QApplication.focusWidget()
    second = desk.reception.rings(LAWYERS)
    third = desk.reception.rings(DENTIST)
    desk.type(" Muster")
    assert QApplication.focusWidget() is focus
    assert desk.shown == first
    assert desk.texts[0] == "Erika Muster"
    assert {desk.reception.call(c).state for c in (second, third)} == {CallState.RINGING}


def test_typing_goes_on_in_a_finished_call_while_the_next_one_rings(desk: Desk) -> None:
    first = desk.talks(HEATING)
    desk.type("Erika")
    desk.reception.phone.outside.hangs_up(first)
    desk.until(lambda: desk.reception.call(first).ended)
    second = desk.reception.rings(LAWYERS)
    desk.type(" Muster")
    assert desk.shown == first
    assert desk.reception.call(first).caller_name == "Erika Muster"
    desk.key(Qt.Key.Key_Escape)
    assert desk.shown == second
    assert not desk.name.hasFocus()


def test_tab_goes_from_the_name_to_the_number_and_on_to_the_note(desk: Desk) -> None:
    call_id = desk.talks(HEATING)
    desk.type("Erika Muster")
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_Tab)
    desk.type("Wasser tropft")
    assert desk.reception.call(call_id).note == "Wasser tropft"


def test_what_is_typed_after_turning_to_a_waiting_caller_is_his(desk: Desk) -> None:
    first = desk.talks(HEATING)
    second = desk.talks(LAWYERS, "+4917139200155")
    desk.key(Qt.Key.Key_H, CTRL | Qt.KeyboardModifier.ShiftModifier)
    desk.key(Qt.Key.Key_F3)
    desk.type("Erika")
    assert desk.shown == first
    assert desk.reception.call(first).caller_name == "Erika"
    desk.reception.phone.outside.hangs_up(first)
    desk.until(lambda: desk.reception.call(first).ended)
    desk.key(Qt.Key.Key_Escape)
    desk.type("Otto")
    assert desk.shown == second
    assert desk.reception.call(second).caller_name == "Otto"


def test_the_number_to_call_can_be_typed_while_it_rings(desk: Desk) -> None:
    desk.key(Qt.Key.Key_D, CTRL)
    desk.type("+49 30")
    focus = QApplication.focusWidget()
    desk.reception.rings(HEATING)
    desk.type(" 23125")
    assert QApplication.focusWidget() is focus
    assert focus.text() == "+49 30 23125"


def test_a_card_that_vanishes_under_the_focus_gives_it_to_nobody(desk: Desk) -> None:
    desk.talks(HEATING)
    second = desk.reception.rings(LAWYERS)
    card = desk.window.panels.calls.card(second)
    card.setFocus()
    desk.reception.phone.outside.hangs_up(second)
    desk.until(lambda: desk.reception.call(second).ended)
    QApplication.processEvents()
    assert QApplication.focusWidget() is desk.window.panels.calls.resting_place


def test_states_that_change_take_no_focus(desk: Desk) -> None:
    desk.talks(HEATING)
    desk.type("Erika")
    heating = desk.reception.client("haustechnik")
    desk.reception.calendar_fails(heating, CalendarUnreachable())
    desk.reception.phone.outside.kills_the_engine()
    desk.until(lambda: desk.window.shown.call.ended)
    assert desk.name.hasFocus()


class _Watch(QObject):
    """Notes every window that comes up."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Show and isinstance(thing, QWidget) and thing.isWindow():
            self.seen.append(type(thing).__name__)
        return False


def test_no_other_window_comes_up_by_itself(desk: Desk) -> None:
    watch = _Watch()
    QApplication.instance().installEventFilter(watch)
    first = desk.talks(HEATING)
    desk.reception.rings(LAWYERS)
    desk.reception.phone.outside.hangs_up(first)
    desk.until(lambda: desk.reception.call(first).ended)
    heating = desk.reception.client("haustechnik")
    desk.reception.calendar_fails(heating, CalendarUnreachable())
    desk.reception.phone.outside.kills_the_engine()
    desk.until(lambda: not desk.reception.desk.switchboard.calls)
    QApplication.instance().removeEventFilter(watch)
    assert watch.seen == []


def _files_with(pattern: str) -> set[str]:
    root, wanted = Path(ui.__file__).parent, re.compile(pattern)
    return {str(p.relative_to(root)) for p in root.rglob("*.py") if wanted.search(p.read_text())}


def test_only_two_files_raise_windows() -> None:
    taking = r"\.(raise_|activateWindow|setWindowState|showNormal|grabKeyboard)\("
    assert _files_with(taking) == {"dialogs/opener.py", "outside/front.py"}


def test_only_a_wish_from_outside_brings_the_window_to_the_front() -> None:
    assert _files_with(r"\bcome_to_front\b") == {"outside/front.py", "outside/desktop.py"}
