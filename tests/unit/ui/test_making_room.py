"""Small windows make room for the call that is taken: what is typed next is the caller's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from receptionist.errors import CalendarRefused
from receptionist.model.call import CallState
from receptionist.settings import Settings
from tests.doubles.desk import DENTIST, HEATING, Reception, let_go
from tests.unit.ui.conftest import Desk
from ui.dialogs.settings import SettingsDialog
from ui.models.keeping import Keeping
from ui.widgets.inputs import Line
from ui.window import Window


@pytest.fixture
def desk(reception: Reception, tmp_path: Path) -> Iterator[Desk]:
    """A window with settings that has the keyboard."""
    keeping = Keeping(tmp_path, Settings(), lambda _then: None, None)
    window = Window(reception.desk, reception.clock, keeping=keeping)
    window.resize(1366, 768)
    window.show()
    assert QTest.qWaitForWindowActive(window, 10_000)
    yield Desk(reception, window)
    window.leave()
    let_go(window)


def _press(desk: Desk, keys: str) -> None:
    pressed = QKeySequence.fromString(keys)[0]  # type: ignore[index]
    desk.key(pressed.key(), pressed.keyboardModifiers())


def _opened(desk: Desk, keys: str) -> QDialog:
    """The small window that these keys open, once it has the keyboard."""
    _press(desk, keys)
    desk.until(lambda: isinstance(QApplication.activeWindow(), QDialog))
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, QDialog)
    return dialog


@pytest.mark.parametrize("keys", ["F1", "Shift+F1", "Ctrl+,", "Ctrl+L", "Ctrl+P"])
def test_what_is_typed_after_answering_is_the_callers(desk: Desk, keys: str) -> None:
    desk.reception.calendar_fails(desk.reception.client("werkstatt"), CalendarRefused())
    dialog = _opened(desk, keys)
    focus = QApplication.focusWidget()
    call_id = desk.reception.rings(HEATING)
    assert QApplication.activeWindow() is dialog
    assert QApplication.focusWidget() is focus
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: desk.reception.call(call_id).answered)
    desk.until(lambda: QApplication.activeWindow() is desk.window)
    assert not dialog.isVisible()
    desk.type("Erika Muster")
    assert desk.texts[0] == "Erika Muster"


def test_settings_put_aside_for_a_call_come_back_as_they_were_left(desk: Desk) -> None:
    dialog = _opened(desk, "Ctrl+,")
    assert isinstance(dialog, SettingsDialog)
    editor = dialog.fields["wrap_up_s"].editor
    assert isinstance(editor, Line)
    editor.setText("45")
    desk.talks()
    desk.until(lambda: QApplication.activeWindow() is desk.window)
    assert _opened(desk, "Ctrl+,") is dialog
    assert editor.text() == "45"
    desk.key(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    desk.window.activateWindow()
    desk.until(lambda: QApplication.activeWindow() is desk.window)
    fresh = _opened(desk, "Ctrl+,")
    assert isinstance(fresh, SettingsDialog)
    again = fresh.fields["wrap_up_s"].editor
    assert isinstance(again, Line)
    assert again.text() == "30"


def test_the_pad_makes_room_when_another_call_is_answered(desk: Desk) -> None:
    first = desk.talks()
    assert isinstance(first, UUID)
    pad = _opened(desk, "Ctrl+T")
    second = desk.reception.rings(DENTIST)
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: desk.reception.call(second).answered)
    desk.until(lambda: QApplication.activeWindow() is desk.window)
    assert not pad.isVisible()
    desk.type("Erika 030")
    assert desk.texts[0] == "Erika 030"
    assert not [one for one in desk.reception.phone.outside.saw(first) if one.startswith("digit")]


def test_the_pad_closes_when_its_call_is_held_by_the_mouse(desk: Desk) -> None:
    call_id = desk.talks()
    assert isinstance(call_id, UUID)
    pad = _opened(desk, "Ctrl+T")
    desk.reception.desk.switchboard.hold(call_id)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.HELD)
    desk.until(lambda: not pad.isVisible())


@pytest.mark.parametrize("key", ["F6", "Shift+F6"])
def test_whom_to_ask_is_typed_at_the_desk(desk: Desk, key: str) -> None:
    desk.talks()
    dialog = _opened(desk, "Ctrl+E")
    _press(desk, key)
    desk.until(lambda: QApplication.activeWindow() is desk.window)
    assert not dialog.isVisible()
    desk.type("030 23125177")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    assert focus.window() is desk.window
    assert focus.text() == "030 23125177"
