"""A list of entries that is walked through with arrows; single keys do something with a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QListView

from ui.widgets.entryrow import EntryRow


class EntryView(QListView):
    """Main thread. Rows are as high as their words; `role` gives the entry of a row.

    A click with the mouse does not take the keyboard from what is being typed.
    """

    def __init__(self, model: QAbstractItemModel, role: int, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(EntryRow(self, role))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """What is chosen stays in sight, however little room is left."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def on_keys(self, keys: Mapping[str, Callable[[], object]]) -> None:
        """Let keys do something while the keyboard is here."""
        for key, do in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)
