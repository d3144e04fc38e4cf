"""The way from a client's form to his script, and how it stands with that."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from receptionist.desk.desk import Desk
from receptionist.events import DeskEvent, DirectoryChanged, ScriptChanged
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.script import ScriptVersion
from ui.models.scriptstate import state_words
from ui.post import listen_while_there, while_there
from ui.widgets.card import Card, row
from ui.widgets.keybutton import KeyButton, literal
from ui.widgets.stateline import StateLine


class ScriptCard(Card):
    """Main thread. `wanted` carries the client whose script is to be opened."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, client: Client, *, is_new: bool) -> None:
        super().__init__(_("Call script"))
        self._desk, self._client, self._is_new = desk, client, is_new
        self._versions: tuple[ScriptVersion, ...] = ()
        self.text = _("Write the script …")
        self.state, self.button = StateLine(), KeyButton(self.text)
        self.button.clicked.connect(self._want)
        self.button.setEnabled(not is_new)
        line = row()
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.state, 1)
        self.column.addLayout(line)
        listen_while_there(self, desk.subscribe, self._heard)
        self._show()
        self._read()

    def wear_letter(self, letter: str) -> None:
        """Let Alt and a letter press the button."""
        at = self.text.lower().find(letter) if letter else -1
        before, after = literal(self.text[: max(at, 0)]), literal(self.text[max(at, 0) :])
        self.button.setText(f"{before}&{after}" if at >= 0 else after)
        self.button.setAccessibleName(self.text)

    def _want(self) -> None:
        self.wanted.emit(self._desk.directory.client(self._client.id) or self._client)

    def _heard(self, event: DeskEvent) -> None:
        if isinstance(event, ScriptChanged) and event.client_id == self._client.id:
            self._read()
        elif isinstance(event, DirectoryChanged):
            self._show()

    def _read(self) -> None:
        if not self._is_new:
            then = while_there(self, self._known)
            self._desk.script_versions.all_of(self._client.id, then, lambda _error: self._show())

    def _known(self, versions: tuple[ScriptVersion, ...]) -> None:
        self._versions = versions
        self._show()

    def _show(self) -> None:
        if self._is_new:
            self.state.tell(_("First save the client; then his script can be written."))
            return
        client = self._desk.directory.client(self._client.id)
        if client is not None:
            self.state.tell(*state_words(self._desk, client, self._versions))
