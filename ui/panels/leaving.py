"""The question before a window with open calls is closed; it stands in the window itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from receptionist.i18n import _, ngettext
from ui.theme.sheet import GRID
from ui.widgets.icon import Icon
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear


class LeavingBar(QFrame):
    """Asks whether to hang up and close. Main thread; `leave` says yes.

    No is what Enter and Esc say, and what it answers itself once nobody is on the phone.
    """

    leave = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._before: QWidget | None = None
        self._words = Label(wrap=True)
        wear(self, surface="danger")
        wear(self._words, tone="danger")
        self.stay_button = KeyButton(_("Keep working"), kind="primary")
        self.leave_button = KeyButton(_("Hang up and close"), kind="danger")
        self.stay_button.clicked.connect(self.stay)
        self.leave_button.clicked.connect(self.leave)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(Icon("alert", "danger"))
        layout.addWidget(self._words, 1)
        layout.addWidget(self.stay_button)
        layout.addWidget(self.leave_button)
        self.hide()

    def ask(self, calls: int) -> None:
        """Ask, with the keyboard on the answer that changes nothing."""
        self.show_calls(calls)
        if self.isHidden():
            self._before = QApplication.focusWidget()
            self.show()
            announce(self, self._words.text())
        self.stay_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_calls(self, calls: int) -> None:
        """There are so many open calls now."""
        words = ngettext(
            "One call is still open. Closing the window hangs up.",
            "{count} calls are still open. Closing the window hangs up.",
            calls,
        )
        self._words.setText(words.format(count=calls))
        self.setAccessibleName(self._words.text())
        if not calls:
            self.stay()

    def stay(self) -> None:
        """Go on as if nothing had been asked."""
        if self.isHidden():
            return
        had = self.stay_button.hasFocus() or self.leave_button.hasFocus()
        self.hide()
        if had and self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        focus = QApplication.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, KeyButton):
            focus.click()
        else:
            super().keyPressEvent(event)
