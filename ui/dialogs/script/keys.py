"""The keys of a window of its own, taken before those of the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence

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


def _name(event: QKeyEvent) -> str:
    return QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
