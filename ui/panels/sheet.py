"""A client that was looked up without a call: what to say, what to mind, where he is reached."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.i18n import _, ngettext
from receptionist.model.agreement import no_appointments
from receptionist.model.client import Client
from receptionist.model.number import shown
from receptionist.model.plain import plain
from ui.actions import hint
from ui.models.words import one_line, said
from ui.theme.sheet import BETWEEN, GRID
from ui.widgets.card import Badge, Card, row
from ui.widgets.flow import Flow
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.scroll import Scroll


class ClientSheet(QWidget):
    """Main thread. `call` wants to call in this client's name, `look_up` what is known of him,
    `report` what was done for him, `away` to put the sheet away.

    Nothing is typed here, so a call that comes in may take its place.
    """

    call = Signal()
    report = Signal()
    look_up = Signal()
    away = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._badge = Badge(40)
        self._name = Label(role="client", wrap=True)
        self._numbers = Label(role="quiet", wrap=True)
        self._notes = Label(role="instruction", wrap=True)
        self._kinds = Label(role="quiet", wrap=True)
        self._greeting = Label(role="greeting", wrap=True)
        scroll = Scroll(_("The client"), spacing=BETWEEN)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for card in (self._head(), self._said(), self._bookable()):
            scroll.column.addWidget(card)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        column.addWidget(scroll, 1)
        column.addWidget(self._verbs())

    @property
    def words(self) -> str:
        """Everything that is shown, one text a line."""
        labels = (self._name, self._numbers, self._greeting, self._notes, self._kinds)
        return "\n".join(label.text() for label in labels)

    def show_client(self, client: Client, greeting: str) -> None:
        """Show a client, and what is said in his name now."""
        self.setAccessibleName(one_line(client.name))
        self._badge.show_client(client.initials, client.colour)
        self._name.setText(one_line(client.name))
        self._numbers.setText(_number_words(client))
        self._notes.tell(plain(client.notes, lines=True))
        self._greeting.setText(said(greeting, client.greeting.language))
        self._kinds.setText(_kind_words(client))

    def _head(self) -> Card:
        card = Card()
        names = QVBoxLayout()
        names.setSpacing(GRID // 2)
        names.addWidget(self._name)
        names.addWidget(self._numbers)
        first = row(spacing=3 * GRID)
        first.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        first.addLayout(names, 1)
        card.column.addLayout(first)
        card.column.addWidget(self._notes)
        return card

    def _said(self) -> Card:
        card = Card(surface="said")
        card.setAccessibleName(_("Greeting"))
        card.column.setContentsMargins(16, 10, 16, 12)
        card.column.setSpacing(GRID)
        card.column.addWidget(Label(_("In this name you say now"), "label"))
        card.column.addWidget(self._greeting)
        return card

    def _bookable(self) -> Card:
        card = Card(_("Appointments"))
        card.column.addWidget(self._kinds)
        return card

    def _verbs(self) -> Card:
        card = Card(surface="free")
        card.setAccessibleName(_("What can be done for this client"))
        card.column.setContentsMargins(0, 0, 0, 0)
        flow = Flow()
        for text, key_id, kind, pressed in (
            (_("Call in this name"), "dial", "primary", self.call),
            (_("Look up"), "knowledge", "", self.look_up),
            (_("Report"), "report", "", self.report),
            (_("Put away"), "put_away", "", self.away),
        ):
            button = KeyButton(text, hint(key_id), kind)
            button.clicked.connect(pressed)
            flow.addWidget(button)
        card.column.addLayout(flow)
        return card


def _number_words(client: Client) -> str:
    if not client.dialled:
        return _("No number is dialled for this client yet.")
    return ", ".join(shown(number) for number in client.dialled)


def _kind_words(client: Client) -> str:
    if not client.kinds:
        return _("Nothing can be booked for this client.")
    if wrong := no_appointments(client):
        return wrong
    parts = []
    for kind in client.kinds:
        minutes = ngettext("{count} minute", "{count} minutes", kind.minutes)
        parts.append(f"{one_line(kind.name)}: {minutes.format(count=kind.minutes)}")
    return "\n".join(parts)
