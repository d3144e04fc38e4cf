"""What has to be asked and heard before a call is recorded. It stands above the verbs."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox

from receptionist.i18n import _
from receptionist.model.call import UP, Call
from ui.theme.sheet import GRID
from ui.widgets.card import Card, row
from ui.widgets.inputs import Line
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear


class ConsentCard(Card):
    """Main thread. `agreed` carries the call's id, who has agreed, and to which words.

    `interrupted` says that the keyboard has to go elsewhere: the call is over or not shown.
    """

    agreed = Signal(object, str, str)
    interrupted = Signal()

    def __init__(self) -> None:
        super().__init__(_("Ask before recording"))
        self.call_id: UUID | None = None
        self._wording = ""
        self._said = Label(role="said", wrap=True)
        wear(self._said, surface="greeting")
        self.who = Line("", 200, _("for example {name}").format(name="Erika Muster"))
        self.who.setAccessibleName(_("Who has agreed"))
        self.heard = QCheckBox(_("Read aloud, and everybody has agreed"))
        self.record_button = KeyButton(_("Record"), "⏎", "danger")
        self._away = KeyButton(_("Do not record"), "Esc")
        names = row()
        label = Label(_("Who has agreed"), "label")
        label.setBuddy(self.who)
        names.addWidget(label)
        names.addWidget(self.who, 1)
        buttons = row()
        buttons.addWidget(self.heard, 1)
        buttons.addWidget(self._away)
        buttons.addWidget(self.record_button)
        self.column.setSpacing(2 * GRID)
        self.column.addWidget(Label(_("Read aloud"), "label"))
        self.column.addWidget(self._said)
        self.column.addLayout(names)
        self.column.addLayout(buttons)
        self.who.textChanged.connect(self._follow)
        self.heard.toggled.connect(self._follow)
        self.who.returnPressed.connect(self._enter)
        self.record_button.clicked.connect(self._enter)
        self._away.clicked.connect(self.close_down)
        self.hide()

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is here."""
        inside = (self.who, self.heard, self.record_button, self._away)
        return any(one.hasFocus() for one in inside)

    def ask(self, call_id: UUID, who: str, spoken: str, wording: str) -> None:
        """Ask about a call; `spoken` is `wording` as it is to be read aloud."""
        self.call_id, self._wording = call_id, wording
        self._said.setText(spoken)
        self.who.setText(who)
        self.heard.setChecked(False)
        self._follow()
        self.show()
        (self.heard if who else self.who).setFocus(Qt.FocusReason.ShortcutFocusReason)
        announce(self, _("Read aloud") + f": {wording}")

    def follow(self, call: Call) -> None:
        """Another call is shown now, or this one is over: nothing is asked any more."""
        if self.call_id is None or (self.call_id == call.id and call.state in UP):
            return
        if self.has_keyboard:
            self.interrupted.emit()
        self.close_down()

    def give_back(self) -> bool:
        """Ask nothing if the keyboard is here; whether that was so."""
        here = self.has_keyboard
        if here:
            self.close_down()
        return here

    def close_down(self) -> None:
        """Ask nothing."""
        self.call_id = None
        self.hide()

    def _follow(self) -> None:
        self.record_button.setEnabled(self.heard.isChecked() and bool(self.who.text().strip()))

    def _enter(self) -> None:
        if self.call_id is not None and self.record_button.isEnabled():
            self.agreed.emit(self.call_id, self.who.text().strip(), self._wording)
