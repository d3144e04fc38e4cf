"""The keys of a window of its own, taken before those of the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Doing = Mapping[str, Callable[[], object]]


class OwnKeys:
    """What each key does, by its portable name. Main thread."""

    def __init__(self, doing: Doing) -> None:
        self._doing = doing

    def take(self, event: QEvent) -> bool:
        """Whether the desk is not to get this one; then it comes as a key that is pressed."""
        override = event.type() is QEvent.Type.ShortcutOverride
        taken = override and isinstance(event, QKeyEvent) and _name(event) in self._doing
        if taken:
            event.accept()
        return taken

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key does; False for one of others."""
        do = self._doing.get(_name(event))
        if do is not None:
            do()
        return do is not None


class KeyedDialog(QDialog):
    """A window with `keys` of its own; Enter presses no button of it. Main thread."""

    def __init__(self, parent: QWidget) -> None:
        self.keys = OwnKeys({})
        super().__init__(parent)

    def event(self, event: QEvent) -> bool:
        """Take the keys of this window before the ones of the desk get them."""
        return self.keys.take(event) or bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if not self.keys.press(event) and event.key() not in _ENTER:
            super().keyPressEvent(event)


def _name(event: QKeyEvent) -> str:
    return QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
