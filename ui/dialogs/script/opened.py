"""The editors of scripts that are open, one a client."""

from __future__ import annotations

import logging
from uuid import UUID

from PySide6.QtWidgets import QWidget

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.model.client import Client
from ui.dialogs.script.dialog import ScriptDialog
from ui.models.keeping import Keeping
from ui.models.stage import Stage

log = logging.getLogger(__name__)


class ScriptEditors:
    """Main thread. One that was closed is let go, unless something in it is not kept.

    Whether they begin with forms or with texts is what was chosen last, also in an earlier session.
    """

    def __init__(
        self, desk: Desk, clock: Clock, parent: QWidget, keeping: Keeping | None = None
    ) -> None:
        self._desk, self._clock, self._parent = desk, clock, parent
        self._keeping = keeping
        self._as_form = True
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
            as_form = self._keeping.chosen.script_form if self._keeping else self._as_form
            dialog = ScriptDialog(self._desk, client, self._clock, self._parent, as_form=as_form)
            self._dialogs[client.id] = dialog
            dialog.writing.switched.connect(self._remember)
            dialog.finished.connect(lambda _result: self._left(client.id))
        dialog.come()
        return dialog

    def show_calls(self, stage: Stage) -> None:
        """Calls changed."""
        for dialog in self._dialogs.values():
            dialog.show_calls(stage)

    def _remember(self, as_form: bool) -> None:
        self._as_form = as_form
        if self._keeping is not None:
            try:
                self._keeping.keep({"script_form": as_form})
            except (OSError, ValueError):
                log.warning("whether scripts begin as a form could not be kept", exc_info=True)

    def _left(self, client_id: UUID) -> None:
        dialog = self._dialogs[client_id]
        if not dialog.dirty:
            self._dialogs.pop(client_id).let_go()
