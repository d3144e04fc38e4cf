"""The table of keys: no two verbs on one key, and letters and digits always type."""

from __future__ import annotations

import collections

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel

from tests.unit.ui.conftest import Desk
from ui.actions import KEYS, range_hint, sequences
from ui.dialogs.keys import KeysDialog

EDITING = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.SelectAll,
    QKeySequence.StandardKey.Delete,
    QKeySequence.StandardKey.DeleteStartOfWord,
    QKeySequence.StandardKey.DeleteEndOfWord,
    QKeySequence.StandardKey.MoveToNextWord,
    QKeySequence.StandardKey.MoveToPreviousWord,
    QKeySequence.StandardKey.MoveToStartOfLine,
    QKeySequence.StandardKey.MoveToEndOfLine,
)
"""Without DeleteEndOfLine, which is Ctrl+K on X11 alone: Qt's fields leave it to shortcuts, and it
searches as in most programs. `tests/e2e/console/test_search.py` presses it in each field."""


def _all() -> list[str]:
    return [sequence for row in KEYS for sequence in sequences(row)]


def test_no_key_has_two_verbs() -> None:
    counted = collections.Counter(_all())
    assert [key for key, times in counted.items() if times > 1] == []
    assert len({row.id for row in KEYS}) == len(KEYS)


def test_every_key_is_one() -> None:
    for key in _all():
        assert QKeySequence.fromString(key).count() == 1, key
        assert QKeySequence.fromString(key)[0].key() != Qt.Key.Key_unknown, key


def test_letters_and_digits_alone_are_never_bound() -> None:
    typing = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    for key in _all():
        pressed = QKeySequence.fromString(key)[0]
        if not pressed.keyboardModifiers() & ~typing:
            assert pressed.key() >= Qt.Key.Key_Escape, f"{key} types"


def test_no_key_of_editing_is_taken(dressed: QApplication) -> None:
    taken = {
        binding.toString(): name.name
        for name in EDITING
        for binding in QKeySequence.keyBindings(name)
    }
    assert [key for key in _all() if key in taken] == []


def test_every_row_does_something(desk: Desk) -> None:
    for action in desk.window.findChildren(QAction):
        if action.shortcut().toString() in _all():
            assert action.receivers("2triggered(bool)") > 0, action.text()


def test_every_key_of_the_window_stands_in_the_table(desk: Desk) -> None:
    bound = {action.shortcut().toString() for action in desk.window.findChildren(QAction)}
    assert bound - {""} == set(_all())


def test_the_cheat_sheet_shows_every_row(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F1)
    sheet = next(w for w in desk.window.children() if type(w).__name__ == "KeysDialog")
    assert sheet.isVisible()
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    assert {row.text for row in KEYS} <= shown
    assert {range_hint(row) for row in KEYS} <= shown


def test_what_is_typed_in_the_cheat_sheet_leaves_the_keys_it_speaks_of(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F1)
    sheet = next(w for w in desk.window.children() if isinstance(w, KeysDialog))
    assert sheet.wanted.hasFocus()
    desk.type("hold")
    assert sheet.shown == ["Hold or resume"]
    sheet.wanted.setText("shift+f3")
    assert sheet.shown == ["Speak to the other caller"]
    sheet.wanted.setText("no such key")
    assert sheet.shown == []
    desk.key(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    sheet.show()
    assert len(sheet.shown) == len(KEYS)


def test_the_cheat_sheet_is_no_larger_than_the_window(desk: Desk) -> None:
    desk.window.resize(1280, 720)
    desk.key(Qt.Key.Key_F1)
    sheet = next(w for w in desk.window.children() if isinstance(w, KeysDialog))
    assert sheet.width() < desk.window.width()
    assert sheet.height() < desk.window.height()
