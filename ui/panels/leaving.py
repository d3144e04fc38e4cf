"""The question before a window with open calls is closed; it stands in the window itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from receptionist.i18n import _, ngettext
from receptionist.model.call import UP, Call
from ui.theme.sheet import GRID
from ui.widgets.icon import Icon
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear


class LeavingBar(QFrame):
    """Asks whether to close, and what becomes of the calls. Main thread; `leave` hangs up.

    No is what Enter and Esc say, and what it answers itself once nobody is on the phone. `go_on`
    closes and leaves the calls to themselves, which is offered where they are `lasting` and
    somebody has been answered: whoever only rings would ring in vain.
    """

    leave = Signal()
    go_on = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lasting = False
        self._before: QWidget | None = None
        self._words = Label(wrap=True)
        wear(self, surface="danger")
        wear(self._words, tone="danger")
        self.stay_button = KeyButton(_("Keep working"), kind="primary")
        self.go_on_button = KeyButton(_("Close, calls go on"))
        self.leave_button = KeyButton(_("Hang up and close"), kind="danger")
        self.stay_button.clicked.connect(self.stay)
        self.go_on_button.clicked.connect(self.go_on)
        self.leave_button.clicked.connect(self.leave)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(Icon("alert", "danger"))
        layout.addWidget(self._words, 1)
        for button in self._buttons:
            layout.addWidget(button)
        self.hide()

    @property
    def _buttons(self) -> tuple[KeyButton, ...]:
        return (self.stay_button, self.go_on_button, self.leave_button)

    def ask(self, calls: Sequence[Call]) -> None:
        """Ask, with the keyboard on the answer that changes nothing."""
        self.show_calls(calls)
        if self.isHidden():
            self._before = QApplication.focusWidget()
            self.show()
            announce(self, self._words.text())
        self.stay_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_calls(self, calls: Sequence[Call]) -> None:
        """These are open now."""
        words = ngettext(
            "One call is still open. Closing the window hangs up.",
            "{count} calls are still open. Closing the window hangs up.",
            len(calls),
        )
        lasting = self.lasting and any(call.state in UP for call in calls)
        if lasting:
            words = ngettext(
                "One call is still open. It can go on without the window, and is here again at"
                " the next start.",
                "{count} calls are still open. They can go on without the window, and are here"
                " again at the next start.",
                len(calls),
            )
            words += "\n" + _(
                "Until then you go on speaking over the headset, and whoever is on hold keeps"
                " waiting. New callers get what is set for when nobody is there."
            )
        self.go_on_button.setVisible(lasting)
        self._words.setText(words.format(count=len(calls)))
        self.setAccessibleName(self._words.text())
        if not calls:
            self.stay()

    def stay(self) -> None:
        """Go on as if nothing had been asked."""
        if self.isHidden():
            return
        had = any(button.hasFocus() for button in self._buttons)
        self.hide()
        if had and self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        focus = QApplication.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, KeyButton):
            focus.click()
        else:
            super().keyPressEvent(event)
