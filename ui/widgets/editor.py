"""Fields in which the keys of the window keep their meaning."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from ui.actions import is_bound


class LineEditor(QLineEdit):
    """A line of text. Qt would take some keys of the window for editing (Ctrl+K cuts the rest of a
    line on X11); here they stay the window's. Main thread."""

    def event(self, event: QEvent) -> bool:
        return False if _is_ours(event) else super().event(event)


class TextEditor(QPlainTextEdit):
    """Several lines of text, otherwise like `LineEditor`. Main thread."""

    def event(self, event: QEvent) -> bool:
        return False if _is_ours(event) else super().event(event)


def _is_ours(event: QEvent) -> bool:
    """Whether Qt asks if a key shall be kept from the window that is one of its keys."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    ours = is_bound(event.keyCombination())
    if ours:
        event.ignore()
    return ours
