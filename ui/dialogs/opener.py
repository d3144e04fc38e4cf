"""Opens the small windows and keeps them up to date."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.call import CallState
from receptionist.model.client import Client
from ui.dialogs.conditions import ConditionsDialog
from ui.dialogs.help import HelpDialog
from ui.dialogs.keys import KeysDialog
from ui.dialogs.office.dialog import OfficeDialog
from ui.dialogs.password import PasswordDialog
from ui.dialogs.report import ReportDialog
from ui.dialogs.script.dialog import ScriptDialog
from ui.dialogs.script.opened import ScriptEditors
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.tones import TonesDialog
from ui.models.board import Board
from ui.models.condition import Condition
from ui.models.keeping import Keeping
from ui.models.words import client_words


class Opener:
    """The small windows of one window. Main thread. A person opens them, nothing else does."""

    def __init__(
        self,
        desk: Desk,
        board: Board,
        parent: QWidget,
        clock: Clock,
        keeping: Keeping | None = None,
    ) -> None:
        self._desk, self._board, self._parent = desk, board, parent
        self._conditions = ConditionsDialog(self.password, parent)
        self._conditions.again.connect(desk.calendars.refresh_all)
        self._tones = TonesDialog(desk, parent)
        self._clock, self._keeping = clock, keeping
        self._keys: KeysDialog | None = None
        self._settings: SettingsDialog | None = None
        self._office: OfficeDialog | None = None
        self._help: HelpDialog | None = None
        self._report: ReportDialog | None = None
        self._scripts = ScriptEditors(desk, clock, parent, keeping)

    def refresh(self) -> None:
        """Show what changed; the pad of a call that is not spoken any more closes."""
        if self._conditions.isVisible():
            self._conditions.show_conditions(self._board.conditions())
        if self._office is not None:
            self._office.show_directory()
            self._office.show_calls(self._board.stage)
        self._scripts.show_calls(self._board.stage)
        if self._tones.isVisible() and self._tones.call_id is not None:
            seen = self._board.stage.get(self._tones.call_id)
            if seen is None or seen.call.state is not CallState.ACTIVE:
                self._tones.close()

    def keys(self) -> None:
        """The cheat sheet; it is drawn when it is wanted first."""
        if self._keys is None:
            self._keys = KeysDialog(self._parent)
        _come_up(self._keys)

    def help(self) -> None:
        """The help; its pages are read when they are wanted first."""
        if self._help is None:
            self._help = HelpDialog(self._parent)
        _come_up(self._help)

    def settings(self, told: Callable[[str], object]) -> None:
        """The settings; `told` takes a sentence that has to be said in the window."""
        if self._keeping is None:
            told(
                _("The demonstration has no settings. Those of your own office are there as usual.")
            )
            return
        if self._settings is None:
            self._settings = SettingsDialog(self._keeping, told, self._parent, self._desk)
            self._settings.finished.connect(self._settings_left)
        _come_up(self._settings)

    def _settings_left(self, _result: int) -> None:
        if self._settings is not None:
            self._settings.deleteLater()
            self._settings = None

    def conditions(self) -> None:
        """Lines and calendars."""
        self._conditions.show_conditions(self._board.conditions())
        _come_up(self._conditions)

    def office(self) -> None:
        """The office window, as it was left."""
        if self._office is None:
            self._office = OfficeDialog(self._desk, self._clock, self._parent)
            self._office.editor.script.connect(self.script)
            self._office.editor.report.connect(self.report)
        self._office.come()
        self._office.show_calls(self._board.stage)
        _come_up(self._office)

    def office_at(self, client_id: UUID, part_id: UUID | None = None) -> None:
        """The office window at a client, or at a part of what is kept for him."""
        self.office()
        if self._office is not None:
            self._office.editor.choose(client_id)
            if part_id is not None:
                self._office.editor.choose(part_id)

    @property
    def edited(self) -> UUID | None:
        """The client whose form, script or report is in the window that has the keyboard."""
        active = QApplication.activeWindow()
        if isinstance(active, ScriptDialog):
            return active.client.id
        return active.client_id if isinstance(active, OfficeDialog | ReportDialog) else None

    def script(self, client: Client) -> None:
        """The editor of a client's script, as it was left."""
        editor = self._scripts.of(client)
        editor.show_calls(self._board.stage)
        _come_up(editor)

    def report(self, client: Client | None) -> None:
        """The report of a client; without one that of the client who was chosen last."""
        if self._report is None:
            self._report = ReportDialog(self._desk, self._clock, self._parent)
        self._report.come(client)
        _come_up(self._report)

    @property
    def unfinished(self) -> list[str]:
        """The names of what was changed in the office window and in scripts and not saved."""
        office = self._office.unfinished if self._office is not None else []
        return [*office, *(one.windowTitle() for one in self._scripts.unfinished)]

    def go_on(self) -> None:
        """The office window; where only scripts are not finished, the first of them."""
        office = self._office is not None and self._office.unfinished
        if self._scripts.unfinished and not office:
            self.script(self._scripts.unfinished[0].client)
        else:
            self.office()

    def ask_unfinished(self) -> None:
        """Ask in place what to do with what is not saved."""
        if self._office is not None and self._office.unfinished:
            self.office()
            self._office.ask_unsaved()
        elif self._scripts.unfinished:
            editor = self._scripts.unfinished[0]
            self.script(editor.client)
            editor.ask_unsaved()

    def give_way(self) -> None:
        """A person took a call: every small window makes room, so that what is typed next is his.

        What was typed in the office window, the settings and scripts stays there.
        """
        keeping = (self._office, self._settings)
        visible = [one for one in self._parent.findChildren(QDialog) if one.isVisible()]
        for one in visible:
            if one in keeping or self._scripts.keeps(one):
                one.hide()
            else:
                one.close()
        if visible:
            self._parent.raise_()
            self._parent.activateWindow()

    def tones(self) -> None:
        """The pad of the shown call, while it is being spoken."""
        shown = self._board.shown
        if shown is not None and shown.call.state is CallState.ACTIVE:
            self._tones.follow(shown.call.id, client_words(shown.client, shown.call))
            _come_up(self._tones)

    def missing_password(self) -> None:
        """The first password that is wrong or missing."""
        waiting = (one for one in self._board.conditions() if one.secret_id)
        self.password(next(waiting, None))

    def password_of(self, client_id: UUID) -> None:
        """The password of a client's calendar."""
        self.password(self._board.condition_of(client_id))

    def password(self, wanted: Condition | None) -> None:
        """The password that may cure a condition."""
        if wanted is not None and wanted.secret_id is not None:
            why = wanted.words
            dialog = PasswordDialog(self._desk, wanted.secret_id, wanted.name, why, self._parent)
            _come_up(dialog)


def _come_up(dialog: QWidget) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
