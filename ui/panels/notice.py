"""What the program has to say for itself: it stands in the window and is put away by hand."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from receptionist.i18n import _
from ui.theme.sheet import GRID
from ui.widgets.icon import Icon
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear

_MOST = 4
"""So many are seen at once; the others wait."""


class NoticeBar(QFrame):
    """Sentences one below the other, the newest last. Main thread. Never takes the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self._sentences: list[tuple[str, UUID | None]] = []
        self._whose: UUID | None = None
        self._words = Label(wrap=True)
        wear(self, surface="attention")
        wear(self._words, tone="attention")
        self.close_button = KeyButton(_("Close"), kind="quiet", name=_("Close the notice"))
        self.close_button.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(Icon("alert", "attention"), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def words(self) -> str:
        """What is said, "" when nothing is."""
        return "" if self.isHidden() else self._words.text()

    def tell(self, sentence: str, client_id: UUID | None = None) -> None:
        """Say one thing more, of a client or of none; what is said already is said once."""
        said = [one for one in self._sentences if one[0] != sentence]
        self._sentences = [*said, (sentence, client_id)]
        self._show()
        if sentence in self._seen:
            announce(self, sentence)

    def narrow(self, client_id: UUID | None) -> None:
        """While somebody of this client is spoken to, what is said of another waits."""
        if client_id != self._whose:
            before, self._whose = self._seen, client_id
            self._show_others(before)

    def drop(self, sentence: str) -> None:
        """One thing is no longer so."""
        self._sentences = [one for one in self._sentences if one[0] != sentence]
        self._show()

    def clear(self) -> None:
        """Put away what is seen; older ones for which there was no room take its place. Who typed
        goes on typing where he was."""
        seen = self._seen
        self._sentences = [one for one in self._sentences if one[0] not in seen]
        self._show_others(seen)

    @property
    def _seen(self) -> list[str]:
        """The newest of what may be said while somebody of one client is spoken to."""
        allowed = (None, self._whose)
        seen = [words for words, of in self._sentences if self._whose is None or of in allowed]
        return seen[-_MOST:]

    def _show_others(self, before: list[str]) -> None:
        self._show()
        for sentence in self._seen:
            if sentence not in before:
                announce(self, sentence)

    def _show(self) -> None:
        seen = self._seen
        if not seen and self.close_button.hasFocus():
            self.focusNextChild()
        if seen:
            self._words.setText("\n".join(seen))
            self.setAccessibleName(self._words.text())
        self.setVisible(bool(seen))
