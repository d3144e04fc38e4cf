"""A state in words with an icon, shown where it arises."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.theme.sheet import GRID
from ui.widgets.icon import Icon
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear

ICONS = {
    "quiet": "check",
    "good": "check",
    "attention": "clock",
    "danger": "alert",
    "plain": "clock",
}


class StateLine(QFrame):
    """One state: tone, words, at most one cure.

    Tones are `plain`, `good`, `attention`, `danger`, and `quiet` for what is good as usual.
    """

    def __init__(self, *, wrap: bool = True) -> None:
        super().__init__()
        self._icon = Icon()
        self._words = Label(wrap=wrap)
        self._button = KeyButton("", kind="quiet")
        self._button.hide()
        self._said = ""
        self._cure: Callable[[], object] | None = None
        self._button.clicked.connect(self._clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self._icon)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._button)
        self.hide()

    @property
    def words(self) -> str:
        """What is shown."""
        return self._words.text()

    def tell(
        self,
        text: str,
        tone: str = "plain",
        *,
        cure: str = "",
        do: Callable[[], object] | None = None,
        icon: str = "",
        aloud: str = "",
    ) -> None:
        """Show a state, or (empty text) none; `cure` labels a button that does `do`.

        A screen reader says `aloud` (by default the text) whenever that changes.
        """
        said = aloud or text
        changed = said != self._said
        self._said = said
        ink = "good" if tone == "quiet" else tone
        self._icon.show_picture((icon or ICONS[tone]) if text else "", ink)
        self._words.setText(text)
        self._button.setVisible(bool(cure and do))
        self._button.relabel(cure)
        self._cure = do
        wear(self, surface=tone)
        wear(self._words, tone=tone)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        if changed and said:
            announce(self, said)

    def _clicked(self) -> None:
        if self._cure is not None:
            self._cure()
