"""Who may be the same person: put together, or said to be two, which is not asked again."""

from __future__ import annotations

from PySide6.QtCore import Signal

from receptionist.i18n import _
from ui.widgets.keybutton import KeyButton
from ui.widgets.stateline import StateLine


class TwinLine(StateLine):
    """Main thread. `merge` and `apart` want that done; without words it takes no room."""

    merge = Signal()
    apart = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.apart_button = KeyButton(_("Two people"), kind="quiet")
        self.apart_button.clicked.connect(self.apart)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.apart_button)

    def ask(self, words: str) -> None:
        """Ask it in these words, or nothing."""
        self.tell(words, icon="person", cure=_("Put together"), do=self.merge.emit)
