"""The editors of scripts that are open, one a client."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.model.client import Client
from ui.dialogs.script.dialog import ScriptDialog
from ui.models.stage import Stage


class ScriptEditors:
    """Main thread. One that was closed is let go, unless something in it is not kept."""

    def __init__(self, desk: Desk, clock: Clock, parent: QWidget) -> None:
        self._desk, self._clock, self._parent = desk, clock, parent
        self._dialogs: dict[UUID, ScriptDialog] = {}

    @property
    def unfinished(self) -> list[ScriptDialog]:
        """Those in which something was typed that is kept nowhere."""
        return [one for one in self._dialogs.values() if one.dirty]

    def keeps(self, dialog: QWidget) -> bool:
        """Whether a window is one of these: then it is hidden and comes back as it was."""
        return dialog in self._dialogs.values()

    def of(self, client: Client) -> ScriptDialog:
        """The editor of a client's script, as it was left."""
        dialog = self._dialogs.get(client.id)
        if dialog is None:
            dialog = ScriptDialog(self._desk, client, self._clock, self._parent)
            self._dialogs[client.id] = dialog
            dialog.finished.connect(lambda _result: self._left(client.id))
        dialog.come()
        return dialog

    def show_calls(self, stage: Stage) -> None:
        """Calls changed."""
        for dialog in self._dialogs.values():
            dialog.show_calls(stage)

    def _left(self, client_id: UUID) -> None:
        dialog = self._dialogs[client_id]
        if not dialog.dirty:
            self._dialogs.pop(client_id).let_go()
