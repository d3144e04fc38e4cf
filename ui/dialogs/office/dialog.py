"""The office window: a list at the left, the form of what is chosen at the right."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.events import CallersChanged, DeskEvent, KnowledgeChanged, ReachChanged
from receptionist.i18n import _
from ui.actions import native
from ui.dialogs.office.bars import RingingLine
from ui.dialogs.office.editor import Editor
from ui.dialogs.office.entrylist import EntryList
from ui.models.office import Group
from ui.models.stage import Stage
from ui.post import listen_while_there
from ui.theme.sheet import BETWEEN

_SAVE, _NEW, _BACK = "Ctrl+S", "Ctrl+N", "Alt+Left"
_LIST_WIDTH = 300
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OfficeDialog(QDialog):
    """Edits everything an office file can say. Main thread; blocks nothing, writes when asked.

    What was typed stays in its form until it is saved or discarded, whichever form is shown and
    whether the window is open; `unfinished` names the forms.
    """

    def __init__(self, desk: Desk, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._seen: object = None
        self.setWindowTitle(_("Set up the office"))
        room = self.screen().availableSize()
        self.resize(min(1120, room.width() - 40), min(820, room.height() - 40))
        self.list = EntryList(native(_NEW), native(_BACK))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.ringing, self.editor = RingingLine(), Editor(desk, clock, native(_SAVE))
        body = QHBoxLayout()
        body.setSpacing(BETWEEN)
        body.addWidget(self.list)
        body.addWidget(self.editor, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(BETWEEN)
        whole.addWidget(self.ringing)
        whole.addLayout(body, 1)
        self._connect()

    def _connect(self) -> None:
        rows, editor = self.list, self.editor
        rows.chosen.connect(editor.choose)
        rows.new.connect(editor.new)
        rows.entered.connect(editor.enter)
        rows.deleting.connect(editor.ask_removal)
        rows.left.connect(self._leave_people)
        # A scroll area between here and a field would take it for its own.
        QShortcut(QKeySequence(_BACK), self, self._leave_people)
        editor.listed.connect(self._show_list)
        editor.named.connect(self._show_row)
        editor.unsaved.stay.connect(self._stay)
        editor.unsaved.save.connect(self._save_and_close)
        editor.unsaved.discard.connect(self._discard_and_close)
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]
        listen_while_there(self, self._desk.subscribe, self._heard)

    @property
    def client_id(self) -> UUID | None:
        """The client who or whose people are shown, while the window is."""
        form = self.editor.form
        if form is None or not self.isVisible():
            return None
        return form.id if form.group is Group.CLIENTS else form.scope

    @property
    def unfinished(self) -> list[str]:
        """The names of what was changed and not saved."""
        return [form.title for form in self.editor.drafts.unsaved]

    def come(self) -> None:
        """It is about to be shown: with what was chosen last, or what is lacking first."""
        if self.editor.form is None:
            directory = self._desk.directory
            clients = directory.clients if directory.office.name else ()
            self.editor.choose(clients[0].id if clients else directory.office.id)
            if clients:
                self.list.rows.setFocus()
            else:
                self.editor.enter()
        self.show_directory()
        if self.editor.form is not None:
            self.editor.form.refresh()

    def show_directory(self) -> None:
        """Office, clients, lines or accounts may have changed."""
        directory = self._desk.directory.current
        if directory is not self._seen:
            self._seen = directory
            self.editor.show_directory()

    def show_calls(self, stage: Stage) -> None:
        """Calls, or the state of a line, changed; what nobody sees is drawn when it comes back."""
        self.ringing.show_call(stage.to_answer)
        if self.editor.form is not None and self.isVisible():
            self.editor.form.refresh()

    def _heard(self, event: DeskEvent) -> None:
        """What is known of a client, who calls him, or how his people are reached, changed."""
        if isinstance(event, KnowledgeChanged | CallersChanged | ReachChanged):
            self.editor.show_directory()

    def ask_unsaved(self) -> None:
        """Ask what to do with what is not saved."""
        self.editor.unsaved.ask(self.unfinished)

    def reject(self) -> None:
        """Close, unless something is asked or not saved."""
        if self.editor.removal.isVisible():
            self.editor.removal.stay()
        elif self.editor.unsaved.isVisible():
            self._stay()
        elif self.unfinished:
            self.ask_unsaved()
        else:
            super().reject()

    def event(self, event: QEvent) -> bool:
        """Take the keys of this window before the ones of the desk get them."""
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and _pressed(event) in (_SAVE, _NEW):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        pressed = _pressed(event)
        if pressed == _SAVE:
            self.editor.save()
        elif pressed == _NEW:
            self.editor.new(self.list.group)
        elif event.key() in _ENTER:
            if isinstance(self.focusWidget(), QLineEdit):
                self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _show_list(self) -> None:
        editor = self.editor
        form, drafts = editor.form, editor.drafts
        scope = form.scope if form is not None else None
        client = self._desk.directory.client(scope) if scope is not None else None
        self.list.show_scope(client.name if client is not None else "")
        chosen = None
        if form is not None:
            chosen = form.id if form.listed else drafts.home(form)
        self.list.show_entries(drafts.entries(scope), drafts.marked(), chosen)

    def _show_row(self) -> None:
        form = self.editor.form
        if form is not None:
            self.list.show_row(self.editor.drafts.entry(form), form.dirty)

    def _leave_people(self) -> None:
        """From a client's people back to the client."""
        form = self.editor.form
        if form is not None and form.scope is not None:
            self.editor.choose(form.scope)
            self.list.rows.setFocus()

    def _stay(self) -> None:
        self.editor.unsaved.hide()
        self.editor.enter()

    def _save_and_close(self) -> None:
        self.editor.unsaved.hide()
        self.editor.save_all(self.reject)

    def _discard_and_close(self) -> None:
        self.editor.unsaved.hide()
        self.editor.discard_all()
        self.reject()

    def _moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is None or now.window() is not self:
            return
        if old is not None:
            self.editor.left(old)
        self.editor.came(now)


def _pressed(event: QKeyEvent) -> str:
    return QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
