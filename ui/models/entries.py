"""Rows of a short list that is shown anew whenever it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ui.models.journal import ENTRY, Entry

Index = QModelIndex | QPersistentModelIndex


class EntryList(QAbstractListModel):
    """Entries as a list model; headings cannot be chosen. Main thread."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[Entry, ...] = ()

    @property
    def entries(self) -> Sequence[Entry]:
        """The rows."""
        return self._entries

    def show_entries(self, entries: Sequence[Entry]) -> bool:
        """Show these rows; whether they are others than before."""
        if tuple(entries) == self._entries:
            return False
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = 0) -> Any:
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        spoken = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
        return entry.spoken if role in spoken else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self._entries[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def step(self, row: int, by: int) -> int:
        """The next row in a direction that can be chosen, else `row` itself; from -1: the first."""
        following = row + by
        while 0 <= following < len(self._entries):
            if not self._entries[following].heading:
                return following
            following += by
        return row
