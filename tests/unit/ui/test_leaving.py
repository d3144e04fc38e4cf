"""Closing the window over an open call asks first; how the window stood is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSplitter

from tests.doubles.desk import LAWYERS, Reception, let_go
from tests.unit.ui.conftest import Desk
from ui.panels.leaving import LeavingBar
from ui.panels.place import FILE
from ui.window import Window


def test_an_idle_window_just_closes(desk: Desk) -> None:
    desk.window.close()
    assert not desk.window.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_closing_over_a_call_asks_and_changes_nothing(desk: Desk, key: Qt.Key) -> None:
    call_id = desk.talks()
    desk.type("Erika")
    desk.window.close()
    assert desk.window.isVisible()
    assert desk.window.panels.leaving.stay_button.hasFocus()
    assert "One call is still open" in desk.window.panels.leaving.accessibleName()
    desk.key(key)
    assert not desk.window.panels.leaving.isVisible()
    assert not desk.reception.call(call_id).ended  # type: ignore[arg-type]
    desk.type(" Muster")
    assert desk.texts[0] == "Erika Muster"


def test_the_other_answer_closes(desk: Desk) -> None:
    desk.talks()
    desk.window.close()
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_Return)
    assert not desk.window.isVisible()


def lasting(desk: Desk) -> LeavingBar:
    """The bar of a window whose calls can go on without it."""
    bar = desk.window.panels.leaving
    bar.lasting = True
    return bar


def test_calls_can_be_left_going(desk: Desk) -> None:
    bar = lasting(desk)
    desk.talks()
    desk.window.close()
    assert bar.go_on_button.isVisible()
    assert "go on without the window" in bar.accessibleName()
    assert "headset" in bar.accessibleName()
    desk.key(Qt.Key.Key_Tab)
    assert bar.go_on_button.hasFocus()
    desk.key(Qt.Key.Key_Return)
    assert not desk.window.isVisible()
    assert desk.window.left_calls


def test_who_only_rings_is_not_left_ringing(desk: Desk) -> None:
    bar = lasting(desk)
    call_id = desk.reception.rings(LAWYERS)
    desk.window.close()
    assert not bar.go_on_button.isVisible()
    assert "hangs up" in bar.accessibleName()
    desk.key(Qt.Key.Key_Tab)
    assert bar.leave_button.hasFocus()
    desk.reception.desk.switchboard.answer(call_id)
    desk.until(bar.go_on_button.isVisible)


def test_what_hangs_up_says_so_to_who_runs_the_window(desk: Desk) -> None:
    bar = lasting(desk)
    desk.talks()
    desk.window.close()
    bar.leave_button.click()
    assert not desk.window.isVisible()
    assert not desk.window.left_calls


def test_the_question_counts_and_goes_with_the_last_call(desk: Desk) -> None:
    first = desk.talks()
    second = desk.reception.rings(LAWYERS)
    desk.window.close()
    assert "2 calls are still open" in desk.window.panels.leaving.accessibleName()
    for call_id in (first, second):
        assert desk.window.panels.leaving.isVisible()
        desk.reception.phone.outside.hangs_up(call_id)  # type: ignore[arg-type]
        desk.until(lambda one=call_id: desk.reception.call(one).ended)
    desk.until(lambda: not desk.window.panels.leaving.isVisible())
    assert desk.window.isVisible()


def _window(reception: Reception, home: Path) -> Window:
    window = Window(reception.desk, reception.clock, home)
    window.show()
    assert QTest.qWaitForWindowExposed(window)
    return window


def _sizes(window: Window) -> dict[str, list[int]]:
    return {one.objectName(): one.sizes() for one in window.findChildren(QSplitter)}


def test_size_and_panels_are_as_they_were_left(reception: Reception, tmp_path: Path) -> None:
    window = _window(reception, tmp_path)
    assert not window.stood
    window.resize(window.minimumSizeHint().width(), 740)
    left = next(one for one in window.findChildren(QSplitter) if one.objectName() == "left")
    left.setSizes([300, 300])
    QApplication.processEvents()
    size, sizes = window.size(), _sizes(window)
    window.close()
    let_go(window)
    again = _window(reception, tmp_path)
    assert again.stood
    assert (again.size(), _sizes(again)) == (size, sizes)
    again.close()
    let_go(again)


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"window": 1}', '{"window": "%%"}', "[" * 9000]
)
def test_a_damaged_file_does_not_count(reception: Reception, tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, "utf-8")
    window = _window(reception, tmp_path)
    assert not window.stood
    window.close()
    let_go(window)
    assert '"columns"' in (tmp_path / FILE).read_text("utf-8")


def test_nothing_is_kept_of_a_window_without_an_office(
    dressed: QApplication, tmp_path: Path
) -> None:
    window = Window(data=tmp_path)
    window.show()
    window.close()
    let_go(window)
    assert not list(tmp_path.iterdir())
