"""Ready, break and wrap-up on the screen: by key and by mouse, in words, and never in the way."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from receptionist import i18n
from receptionist.model.agent import AgentState, BreakReason
from tests.doubles.desk import LAWYERS, Reception
from tests.unit.ui.conftest import Desk, opened
from ui.models.agent import REASONS, reason_words
from ui.panels.agent import AgentPanel

READY, BREAK, WRAP_UP = AgentState.READY, AgentState.BREAK, AgentState.WRAP_UP


def panel(desk: Desk) -> AgentPanel:
    return desk.window.panels.top.agent


def settled(desk: Desk) -> AgentPanel:
    """The panel when all that was told is shown."""
    for _turn in range(3):
        QApplication.processEvents()
    return panel(desk)


def filled(desk: Desk) -> list[AgentState]:
    settled(desk)
    return [state for state in AgentState if panel(desk).segment(state).isChecked()]


def state(desk: Desk) -> tuple[AgentState, BreakReason]:
    period = desk.reception.desk.agent.period
    assert period is not None
    return period.state, period.reason


def passes(desk: Desk, seconds: float) -> None:
    desk.reception.clock.move(seconds)
    desk.window.tick()


def chooses(desk: Desk, *keys: Qt.Key) -> None:
    """Press keys in the menu of reasons, which is there."""
    assert QApplication.activePopupWidget() is panel(desk).menu
    for key in keys:
        QTest.keyClick(panel(desk).menu, key)
    QApplication.processEvents()


def ends(desk: Desk, call_id: object) -> None:
    assert isinstance(call_id, UUID)
    desk.reception.phone.outside.hangs_up(call_id)
    desk.until(lambda: desk.reception.call(call_id).ended)


def middle(desk: Desk) -> list[str]:
    """What the middle says in its empty state."""
    settled(desk)
    page = desk.window.panels.middle.currentWidget()
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_the_desk_is_ready_and_counts_up(desk: Desk) -> None:
    assert filled(desk) == [READY]
    passes(desk, 75)
    assert settled(desk).words == ("01:15", "")


def test_f11_and_enter_are_a_short_break(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F11)
    chooses(desk, Qt.Key.Key_Return)
    assert state(desk) == (BREAK, BreakReason.SHORT)
    assert filled(desk) == [BREAK]
    passes(desk, 61)
    assert settled(desk).words == ("01:01", "Short break")
    desk.key(Qt.Key.Key_F10)
    assert filled(desk) == [READY]
    assert settled(desk).words == ("00:00", "")


@pytest.mark.parametrize("number", range(1, len(REASONS) + 1))
def test_a_digit_chooses_the_reason(desk: Desk, number: int) -> None:
    desk.key(Qt.Key.Key_F11)
    chooses(desk, Qt.Key(Qt.Key.Key_0 + number))
    assert state(desk) == (BREAK, REASONS[number - 1])
    assert settled(desk).words[1] == reason_words(REASONS[number - 1])
    assert not panel(desk).menu.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F11])
def test_the_menu_goes_without_a_break(desk: Desk, key: Qt.Key) -> None:
    desk.key(Qt.Key.Key_F11)
    if key is Qt.Key.Key_Escape:
        chooses(desk, key)
    else:
        desk.key(key)
    assert not panel(desk).menu.isVisible()
    assert filled(desk) == [READY]


def test_f12_counts_down_and_once_more_begins_anew(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F12)
    assert filled(desk) == [WRAP_UP]
    assert settled(desk).words == ("00:30", "")
    passes(desk, 11.5)
    assert settled(desk).words == ("00:19", "")
    desk.key(Qt.Key.Key_F12)
    assert settled(desk).words == ("00:30", "")
    desk.key(Qt.Key.Key_F10)
    assert filled(desk) == [READY]


def test_wrap_up_ends_by_itself(desk: Desk) -> None:
    desk.reception.desk.agent.wrap_up_s = 1
    desk.key(Qt.Key.Key_F12)
    assert filled(desk) == [WRAP_UP]
    desk.until(lambda: filled(desk) == [READY])


def test_after_a_call_wrap_up_begins_and_typing_goes_on(desk: Desk) -> None:
    call_id = desk.talks()
    desk.type("Erika")
    focus = QApplication.focusWidget()
    assert filled(desk) == [READY]
    assert not settled(desk).segment(WRAP_UP).isEnabled()
    ends(desk, call_id)
    assert filled(desk) == [WRAP_UP]
    assert panel(desk).segment(WRAP_UP).isEnabled()
    desk.type(" Muster")
    assert QApplication.focusWidget() is focus
    assert desk.texts[0] == "Erika Muster"


def test_the_mouse_does_the_same(desk: Desk) -> None:
    call_id = desk.talks()
    ends(desk, call_id)
    desk.type("Erika")
    for wanted in (READY, WRAP_UP):
        QTest.mouseClick(panel(desk).segment(wanted), Qt.MouseButton.LeftButton)
        assert filled(desk) == [wanted]
        assert desk.name.hasFocus()
    QTest.mouseClick(panel(desk).segment(BREAK), Qt.MouseButton.LeftButton)
    assert filled(desk) == [WRAP_UP]
    chooses(desk, Qt.Key.Key_2)
    assert filled(desk) == [BREAK]
    assert desk.texts[0] == "Erika"


def test_a_click_fills_nothing_that_the_desk_did_not_tell(desk: Desk) -> None:
    panel(desk).ready.disconnect()
    desk.key(Qt.Key.Key_F12)
    QTest.mouseClick(panel(desk).segment(READY), Qt.MouseButton.LeftButton)
    assert filled(desk) == [WRAP_UP]


def test_a_break_during_a_call_is_announced_and_taken_back(desk: Desk) -> None:
    call_id = desk.talks()
    desk.key(Qt.Key.Key_F11)
    chooses(desk, Qt.Key.Key_2)
    assert filled(desk) == [READY]
    assert settled(desk).words[1] == "Break after the call"
    desk.key(Qt.Key.Key_F11)
    assert QApplication.activePopupWidget() is None
    assert settled(desk).words[1] == ""
    desk.key(Qt.Key.Key_F11)
    chooses(desk, Qt.Key.Key_2)
    ends(desk, call_id)
    assert state(desk) == (BREAK, BreakReason.LUNCH)
    assert settled(desk).words[1] == "Lunch"


def test_a_call_is_answered_over_the_open_menu(desk: Desk) -> None:
    call_id = desk.reception.rings()
    desk.key(Qt.Key.Key_F11)
    assert panel(desk).menu.isVisible()
    QTest.keyClick(panel(desk).menu, Qt.Key.Key_F2)
    desk.until(lambda: desk.reception.call(call_id).answered)
    assert not settled(desk).menu.isVisible()
    desk.type("Erika")
    assert desk.texts[0] == "Erika"
    assert filled(desk) == [READY]


def test_wrap_up_that_ends_leaves_the_open_menu_alone(desk: Desk) -> None:
    desk.reception.desk.agent.wrap_up_s = 1
    desk.key(Qt.Key.Key_F12)
    desk.key(Qt.Key.Key_F11)
    desk.until(lambda: filled(desk) == [READY])
    chooses(desk, Qt.Key.Key_3)
    assert state(desk) == (BREAK, BreakReason.MEETING)


def test_on_a_break_the_middle_says_so_and_calls_are_shown(desk: Desk) -> None:
    assert "Ready for the next call" in middle(desk)
    desk.reception.desk.agent.take_break(BreakReason.LUNCH)
    passes(desk, 3600)
    assert middle(desk) == [
        "Break – Lunch",
        "Since 09:42. Calls still ring. F10: ready again",
    ]
    call_id = desk.reception.rings(LAWYERS)
    assert desk.shown == call_id
    assert filled(desk) == [BREAK]
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: desk.reception.call(call_id).answered)
    assert filled(desk) == [READY]


def test_a_short_break_and_wrap_up_are_named_in_the_middle(desk: Desk) -> None:
    desk.reception.desk.agent.take_break(BreakReason.SHORT)
    assert middle(desk)[0] == "Short break"
    desk.reception.desk.agent.wrap_up()
    assert middle(desk) == ["Wrap-up", "Ends by itself. Calls still ring. F10: ready at once"]
    desk.reception.desk.agent.ready()
    assert "Ready for the next call" in middle(desk)


def test_a_phone_that_is_down_matters_more_than_a_break(desk: Desk) -> None:
    desk.reception.desk.agent.take_break(BreakReason.LUNCH)
    desk.reception.phone.outside.kills_the_engine(for_good=True)
    desk.until(lambda: middle(desk)[0] == "No call can arrive now")


def test_changes_are_said_aloud_once_and_a_countdown_never(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("ui.panels.agent.announce", lambda _widget, words: said.append(words))
    desk.key(Qt.Key.Key_F12)
    settled(desk)
    for _second in range(5):
        passes(desk, 1)
    desk.reception.rings(LAWYERS)
    desk.reception.desk.agent.take_break(BreakReason.TRAINING)
    settled(desk)
    for _second in range(5):
        passes(desk, 1)
    desk.key(Qt.Key.Key_F10)
    settled(desk)
    assert said == ["Wrap-up", "Break – Training", "Ready"]


def test_a_running_timer_tells_a_screen_reader_nothing(desk: Desk) -> None:
    def names() -> set[str]:
        found = (QAccessible.queryAccessibleInterface(label) for label in labels)
        return {one.text(QAccessible.Text.Name) for one in found if one is not None}

    labels = panel(desk).findChildren(QLabel)
    desk.key(Qt.Key.Key_F12)
    settled(desk)
    before = names()
    assert "until 09:42:35" in before
    passes(desk, 7)
    assert settled(desk).words[0] == "00:23"
    assert names() == before
    desk.key(Qt.Key.Key_F10)
    settled(desk)
    assert "since 09:42" in names()


def test_every_state_is_named_with_its_key(desk: Desk) -> None:
    named = {}
    for one in AgentState:
        found = QAccessible.queryAccessibleInterface(panel(desk).segment(one))
        assert found is not None
        name, text = QAccessible.Text.Name, QAccessible.Text.Description
        named[found.text(name)] = (found.text(text), bool(found.state().checked))
    assert named == {"Ready": ("F10", True), "Break": ("F11", False), "Wrap-up": ("F12", False)}
    assert isinstance(panel(desk).menu, QMenu)
    assert panel(desk).menu.accessibleName()


@pytest.mark.parametrize("tongue", ["en", "de"])
def test_it_needs_little_room_and_always_the_same(reception: Reception, tongue: str) -> None:
    i18n.choose(tongue)
    with opened(reception) as window:
        window.show()
        agent, seen = reception.desk.agent, set()
        for reason in (BreakReason.SHORT, BreakReason.MEETING, BreakReason.OTHER):
            agent.take_break(reason)
            window.tick()
            for _turn in range(3):
                QApplication.processEvents()
            seen.add(window.panels.top.agent.size().toTuple())
        agent.wrap_up()
        QApplication.processEvents()
        seen.add(window.panels.top.agent.size().toTuple())
    assert len(seen) == 1
    assert seen.pop()[0] <= 330
