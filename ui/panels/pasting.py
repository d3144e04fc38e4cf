"""Says that something was copied for another client, before it is pasted for this one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from receptionist.i18n import _
from ui.actions import hint
from ui.models.stage import LookedUp, Seen
from ui.models.words import one_line
from ui.theme.sheet import GRID
from ui.widgets.icon import Icon
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear


class PasteBar(QFrame):
    """Stands in the window until somebody decides. Main thread. Never takes the keyboard."""

    agreed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = Label(wrap=True)
        wear(self, surface="attention")
        wear(self._words, tone="attention")
        self.paste_button = KeyButton(_("Paste anyway"), hint("paste_anyway"))
        self.leave_button = KeyButton(_("Do not paste"), hint("put_away"), "primary")
        self.paste_button.clicked.connect(self.agreed)
        self.leave_button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(Icon("alert", "attention"))
        layout.addWidget(self._words, 1)
        layout.addWidget(self.paste_button)
        layout.addWidget(self.leave_button)
        self._view: object = None
        self.hide()

    @property
    def words(self) -> str:
        """What is said, "" when nothing is."""
        return "" if self.isHidden() else self._words.text()

    def ask(self, source: str, client: str, view: Seen | LookedUp | None) -> None:
        """Say for whom it was copied ("" where nobody knows any more), and for whom one works.

        `view` is what is shown meanwhile: with anything else the question is over.
        """
        if source:
            words = _("This was copied for {source}. You work for {client} now. Not pasted.")
        else:
            words = _("This was copied for another client. You work for {client} now. Not pasted.")
        told = words.format(source=one_line(source, 40), client=one_line(client, 40))
        self._words.setText(told)
        self.setAccessibleName(told)
        self._view = _key(view)
        self.show()
        announce(self, told)

    def follow(self, view: Seen | LookedUp | None) -> None:
        """This is shown now."""
        if not self.isHidden() and _key(view) != self._view:
            self.hide()

    def give_back(self) -> bool:
        """Paste nothing if that is asked; whether it was."""
        asked = not self.isHidden()
        self.hide()
        return asked


def _key(view: Seen | LookedUp | None) -> object:
    """Call and client."""
    if view is None:
        return None
    return view.call and view.call.id, view.client and view.client.id
