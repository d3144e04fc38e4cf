"""What takes longer: what it is, how far it has come, and a way not to wait for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from receptionist.i18n import _
from ui.actions import hint
from ui.models.reading import Progress
from ui.theme.sheet import GRID
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce

_BAR_PX = 96


class ProgressLine(QFrame):
    """One thing under way, in one line; nothing when nothing is. Main thread; `stop` gives it up.

    A screen reader hears when it begins, and not of every step.
    """

    stop = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = Label(role="label")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(_BAR_PX, 6)
        self._stop = KeyButton(_("Stop"), hint("stop"), "quiet")
        self._stop.clicked.connect(self.stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        for widget in (self._words, self._bar, self._stop):
            layout.addWidget(widget)
        self.hide()

    @property
    def words(self) -> str:
        """What is under way, and how far; "" when nothing is."""
        return self._words.text()

    def show_progress(self, progress: Progress | None) -> None:
        """Show how far it is; None when nothing is under way."""
        if progress is None:
            self.hide()
            self._words.setText("")
            return
        self._words.setText(progress.words)
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._bar.setAccessibleName(progress.words)
        if self.isHidden():
            self.show()
            announce(self, progress.words)
