"""Sees what is copied in this program, and every way in which it is put into a text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import (
    QAction,
    QClipboard,
    QContextMenuEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    Qt,
)
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

Edit = QLineEdit | QPlainTextEdit | QTextEdit
Copied = Callable[[QMimeData], QMimeData | None]
"""What is to be in the clipboard instead; None leaves what is there."""
Stops = Callable[[Edit, QMimeData], bool]
"""Whether something must not be put into a text just now."""


def _pasted(event: QKeyEvent) -> QClipboard.Mode:
    """Where a key that pastes takes it from: on X one of them takes what is selected."""
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    selected = event.key() == Qt.Key.Key_Insert and event.modifiers() == both
    return QClipboard.Mode.Selection if selected else QClipboard.Mode.Clipboard


def owned(mode: QClipboard.Mode) -> bool:
    """Whether what is copied or selected there was copied or selected in this program."""
    clipboard = QGuiApplication.clipboard()
    if mode is QClipboard.Mode.Selection:
        return clipboard.ownsSelection()
    return clipboard.ownsClipboard()


class ClipboardWatch(QObject):
    """Watches the texts of one window: keys, menu, middle button, what is dropped. Main thread.

    A text is watched from when the keyboard is first in it, or in another window of the program:
    from there something may be dropped.
    """

    def __init__(self, window: QWidget, copied: Copied, stops: Stops) -> None:
        super().__init__(window)
        self._window, self._copied, self._stops = window, copied, stops
        clipboard = QGuiApplication.clipboard()
        clipboard.changed.connect(self._changed)
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        parent = watched.parent()
        edit = watched if isinstance(watched, Edit) else parent
        if not isinstance(edit, Edit) or edit.isReadOnly():
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            pastes = event.matches(QKeySequence.StandardKey.Paste)
            return pastes and self._hindered(edit, _pasted(event))
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease:
            middle = event.button() is Qt.MouseButton.MiddleButton
            return middle and self._hindered(edit, QClipboard.Mode.Selection)
        if isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            dragged = self._copied(event.mimeData()) if event.source() is not None else None
            return dragged is not None and self._stops(edit, dragged)
        if isinstance(event, QContextMenuEvent):
            _menu(edit, lambda: self._paste(edit)).popup(event.globalPos())
            return True
        return False

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        here = now is not None and now.window() is self._window.window()
        if here and isinstance(now, Edit):
            self._watch(now)
        elif now is not None and not here:
            for edit in self._window.findChildren(QWidget):
                if isinstance(edit, Edit):
                    self._watch(edit)

    def _watch(self, edit: Edit) -> None:
        edit.installEventFilter(self)
        if not isinstance(edit, QLineEdit):
            edit.viewport().installEventFilter(self)

    def _changed(self, mode: QClipboard.Mode) -> None:
        if not owned(mode):
            return
        clipboard = QGuiApplication.clipboard()
        there: QMimeData | None = clipboard.mimeData(mode)
        instead = self._copied(there) if there is not None else None
        if instead is not None:
            clipboard.setMimeData(instead, mode)

    def _hindered(self, edit: Edit, mode: QClipboard.Mode) -> bool:
        there: QMimeData | None = QGuiApplication.clipboard().mimeData(mode)
        return there is not None and self._stops(edit, there)

    def _paste(self, edit: Edit) -> None:
        if not self._hindered(edit, QClipboard.Mode.Clipboard):
            edit.paste()


def insert(edit: Edit, text: str) -> None:
    """Put a text where the cursor is, as if it had been pasted."""
    if isinstance(edit, QLineEdit):
        edit.insert(text)
    else:
        edit.insertPlainText(text)


def _menu(edit: Edit, paste: Callable[[], object]) -> QMenu:
    """The usual menu of a text, in which pasting asks first."""
    menu = edit.createStandardContextMenu()
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for usual in menu.actions():
        if usual.objectName() == "edit-paste":
            ours = QAction(usual.icon(), usual.text(), menu)
            ours.setObjectName(usual.objectName())
            ours.setEnabled(usual.isEnabled())
            ours.triggered.connect(lambda _checked=False: paste())
            menu.insertAction(usual, ours)
            menu.removeAction(usual)
    return menu
