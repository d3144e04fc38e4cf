"""The wall at the clipboard: what was copied for one client is not pasted unseen for another."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

from ui.models.copies import Copies
from ui.verbs.hand import Hand, Verbs
from ui.widgets.clipwatch import ClipboardWatch, Edit, insert


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What somebody wanted to paste, and where."""

    edit: Edit
    text: str


class PasteVerbs:
    """Main thread. What was copied outside the program is nobody's, and pasted as ever."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._copies = Copies()
        self._wanted: _Wanted | None = None
        self._watch = ClipboardWatch(hand.panels, self._copied, self._stops)
        hand.panels.pasting.agreed.connect(self._paste)

    def table(self) -> Verbs:
        """What each key does."""
        return {"paste_anyway": self._paste}

    def _copied(self, copied: QMimeData) -> QMimeData | None:
        client_id = self._client_copied()
        if client_id is None or self._copies.is_marked(copied):
            return None
        return self._copies.marked(copied, client_id)

    def _client_copied(self) -> UUID | None:
        """Whose it is: of whom a window shows the form or script, else for whom one works."""
        if isinstance(QApplication.activeWindow(), QDialog):
            return self._hand.opener.edited
        client = self._hand.board.at_hand
        return client.id if client else None

    def _stops(self, edit: Edit, copied: QMimeData) -> bool:
        client = self._hand.board.at_hand
        bar = self._hand.panels.pasting
        bar.hide()
        if client is None or not self._copies.is_foreign(copied, client.id):
            return False
        self._wanted = _Wanted(edit, copied.text())
        source = self._hand.desk.directory.remembered(self._copies.whose(copied))
        bar.ask(source.name if source else "", client.name, self._hand.board.in_view)
        return True

    def _paste(self) -> None:
        """Paste it after all, into the same call."""
        wanted, self._wanted = self._wanted, None
        self._hand.panels.pasting.follow(self._hand.board.in_view)
        asked = self._hand.panels.pasting.give_back()
        if asked and wanted and isValid(wanted.edit) and wanted.edit.isVisible():
            wanted.edit.setFocus()
            insert(wanted.edit, wanted.text)
