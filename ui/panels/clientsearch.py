"""A field that finds a client by any part of his name."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from receptionist.i18n import _
from receptionist.model.client import Client
from ui.actions import hint
from ui.models.words import one_line

_ID = int(Qt.ItemDataRole.UserRole)


class ClientSearch(QLineEdit):
    """Typing narrows the list; Enter or a click takes. Main thread; `chosen` carries the id."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._clients = QStandardItemModel(0, 1, self)
        self.setPlaceholderText(_("Name of the client") + f"  {hint('assign')}")
        self.setAccessibleName(_("Choose the client of this call"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._finder = QCompleter(self._clients, self)
        self._finder.setFilterMode(Qt.MatchFlag.MatchContains)
        self._finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._finder.setMaxVisibleItems(12)
        popup = self._finder.popup()
        if popup is not None:
            popup.setProperty("surface", "offer")
        self.setCompleter(self._finder)
        chosen: SignalInstance = self._finder.activated[QModelIndex]  # type: ignore[index]
        chosen.connect(self._activated)
        self.returnPressed.connect(self._take_only)

    def offer(self, clients: Sequence[Client]) -> None:
        """The clients that may be chosen."""
        self._clients.clear()
        for client in clients:
            item = QStandardItem(one_line(client.name))
            item.setData(client.id, _ID)
            item.setEditable(False)
            self._clients.appendRow(item)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mousePressEvent(event)
        self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Down:
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        self._finder.setCompletionPrefix(self.text())
        self._finder.complete()

    def _activated(self, index: QModelIndex) -> None:
        self._choose(index.data(_ID))

    def _take_only(self) -> None:
        self._finder.setCompletionPrefix(self.text())
        if self.text().strip() and self._finder.completionCount() == 1:
            self._choose(self._finder.currentIndex().data(_ID))

    def _choose(self, client_id: UUID | None) -> None:
        if client_id is not None:
            self.chosen.emit(client_id)
            self.clear()
