"""What the program has to say for itself: it stands in the window and is put away by hand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from receptionist.i18n import _
from ui.theme.sheet import GRID
from ui.widgets.icon import Icon
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear

_MOST = 4


class NoticeBar(QFrame):
    """Sentences one below the other, the newest last. Main thread. Never takes the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self._sentences: list[str] = []
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

    def tell(self, sentence: str) -> None:
        """Say one thing more; what is said already is said once."""
        said = [one for one in self._sentences if one != sentence]
        self._sentences = [*said, sentence][-_MOST:]
        self._words.setText("\n".join(self._sentences))
        self.setAccessibleName(self._words.text())
        self.show()
        announce(self, sentence)

    def drop(self, sentence: str) -> None:
        """One thing is no longer so."""
        if sentence in self._sentences:
            self._sentences.remove(sentence)
            self._words.setText("\n".join(self._sentences))
            self.setAccessibleName(self._words.text())
            if not self._sentences:
                self.clear()

    def clear(self) -> None:
        """Put everything away; who typed goes on typing where he was."""
        if self.close_button.hasFocus():
            self.focusNextChild()
        self._sentences = []
        self.hide()
