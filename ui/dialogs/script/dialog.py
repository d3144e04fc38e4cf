"""The window in which a client's script is written, tried out, kept and sent to be approved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.errors import StaleRow, WrongFile
from receptionist.events import DeskEvent, ScriptChanged
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.script import ScriptVersion
from ui.actions import native
from ui.dialogs.office.bars import RingingLine, UnsavedBar
from ui.dialogs.script.foot import Foot
from ui.dialogs.script.keys import KeyedDialog, OwnKeys
from ui.dialogs.script.saving import WhyBar
from ui.dialogs.script.templates import Templates
from ui.dialogs.script.unsaved import UnsavedText
from ui.dialogs.script.versions import Versions
from ui.dialogs.script.writing import Writing
from ui.models.scriptstate import state_words
from ui.models.stage import Stage
from ui.post import listen_while_there, while_there
from ui.theme.sheet import BETWEEN
from ui.widgets.card import Badge, row
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine

_SAVE, _INSERT, _VERSIONS = "Ctrl+S", "Ctrl+N", "Ctrl+5"


class ScriptDialog(KeyedDialog):
    """The script of one client. Main thread; blocks nothing, writes when asked.

    What was typed stays until it is kept or discarded, whether the window is open or not. What is
    broken is not kept: the last good version goes on counting.
    """

    def __init__(
        self, desk: Desk, client: Client, clock: Clock, parent: QWidget, *, as_form: bool = True
    ) -> None:
        super().__init__(parent)
        self._desk, self.client, self._clock = desk, client, clock
        self._base, self._newest, self._saving, self._closing = "", 0, False, False
        self.setWindowTitle(_("Script of {client}").format(client=client.name))
        room = self.screen().availableSize()
        self.resize(min(1440, room.width() - 24), min(880, room.height() - 48))
        self._unsaved = UnsavedText(desk.jotter, client, self.windowTitle())
        self.ringing, self.state = RingingLine(), StateLine()
        self.writing = Writing(desk, client, clock, as_form=as_form)
        self.versions = Versions(desk, client)
        self.templates = Templates(desk, client, clock)
        self.why, self.unsaved = WhyBar(), UnsavedBar()
        self.foot = Foot(native(_INSERT), native(_VERSIONS), native(_SAVE))
        verbs = {_SAVE: self.ask_why, _INSERT: self._insert, _VERSIONS: self.show_versions}
        going = {key: partial(self._go, do) for key, do in self.writing.keys.items()}
        changing = {key: partial(self._change, do) for key, do in self.writing.of_blocks.items()}
        self.keys = OwnKeys({**verbs, **going, **changing})
        _place(self)
        self._connect()
        listen_while_there(self, desk.subscribe, self._heard)
        self._begin()

    def _connect(self) -> None:
        writing, versions, foot = self.writing, self.versions, self.foot
        writing.changed.connect(self._follow)
        writing.changed.connect(self._jot)
        writing.remarked.connect(lambda words: foot.state.tell(words, "attention"))
        versions.told.connect(foot.state.tell)
        versions.taken.connect(self._take)
        versions.left.connect(self._write)
        self.templates.taken.connect(self._take)
        foot.insert.clicked.connect(self._insert)
        foot.versions.clicked.connect(self.show_versions)
        foot.discard.clicked.connect(self.discard)
        foot.save.clicked.connect(self.ask_why)
        self.why.given.connect(self.save)
        self.why.stayed.connect(self._stay)
        self.unsaved.stay.connect(self._stay)
        self.unsaved.save.connect(self._save_and_close)
        self.unsaved.discard.connect(self._discard_and_close)
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]

    # ---- what is shown

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is kept nowhere."""
        return self.writing.text.text != self._base

    def come(self) -> None:
        """It is about to be shown."""
        self._read_versions()

    def show_calls(self, stage: Stage) -> None:
        """Calls changed."""
        self.ringing.show_call(stage.to_answer)

    @property
    def _asks(self) -> bool:
        return self.why.isVisible() or self.unsaved.isVisible()

    def ask_unsaved(self) -> None:
        """Ask what to do with what is not kept."""
        self.why.hide()
        self.unsaved.ask([self.windowTitle()])

    def show_versions(self) -> None:
        """Look at the versions."""
        self._show(self.versions)
        self._newest = max([one.number for one in self.versions.versions], default=0)
        self._jot()
        self.versions.go()

    def let_go(self) -> None:
        """It is not needed any more."""
        self.deleteLater()

    def _begin(self) -> None:
        """With what counts; with templates where there is nothing yet."""
        counting = self._desk.scripts.counting(self.client.id)
        if counting is not None:
            self._base, self._newest = counting.text, counting.number
        left = self._unsaved.take_up(self._newest)
        self.writing.put(self._base)
        if left is not None:
            self.writing.put(left[0])
            self._newest = left[1] if self.dirty else self._newest
            self._jot()
        self._write()
        self._follow()
        if left is not None and self.dirty:
            words = _("This is what was typed when the program ended. It is not saved.")
            self.foot.state.tell(words, "attention")

    def _jot(self) -> None:
        if self.dirty:
            self._unsaved.jot(self.writing.text.text, self._newest)
        else:
            self._unsaved.strike()

    def _show(self, wanted: QWidget) -> None:
        for view in (self.writing, self.versions, self.templates):
            view.setVisible(view is wanted)
        self._follow()

    def _write(self) -> None:
        """Go to the text; where there is none, to the templates."""
        if not self.writing.text.text.strip():
            self._show(self.templates)
            self.templates.go()
            return
        self._show(self.writing)
        self.writing.go()

    def _take(self, text: str) -> None:
        """Write a template, or an older version, into the text."""
        self._show(self.writing)
        self.writing.take(text)

    def _insert(self) -> None:
        if self.writing.isVisible() and not self._asks:
            self.writing.offer(self.foot.insert)

    def _follow(self) -> None:
        """Buttons, and the state of what counts."""
        writes, dirty = not self.writing.isHidden(), self.dirty
        self.foot.insert.setVisible(writes)
        self.foot.versions.setVisible(self.versions.isHidden())
        self.foot.setVisible(writes or bool(self.versions.versions))
        self.foot.discard.setVisible(writes and dirty)
        self.foot.save.setVisible(writes)
        self.foot.save.setEnabled(dirty and not self._saving)
        if dirty and not self._saving:
            self.foot.state.tell("")

    # ---- what is stored

    def _read_versions(self) -> None:
        self._show_state()
        then, failed = while_there(self, self._known), while_there(self, self._unknown)
        self._desk.script_versions.all_of(self.client.id, then, failed)

    def _known(self, versions: tuple[ScriptVersion, ...]) -> None:
        self.versions.show_versions(versions)
        if not self.dirty:
            self._newest = max([one.number for one in versions], default=0)
        self._show_state()
        self._follow()

    def _unknown(self, error: Exception) -> None:
        self.foot.state.tell(str(error), "danger")

    def _show_state(self) -> None:
        self.state.tell(*state_words(self._desk, self.client, self.versions.versions))

    def _heard(self, event: DeskEvent) -> None:
        """A version was kept, brought into force, sent or approved; here or elsewhere."""
        if not isinstance(event, ScriptChanged) or event.client_id != self.client.id:
            return
        counting = self._desk.scripts.counting(self.client.id)
        if not self.dirty and not self._saving and counting and counting.text != self._base:
            self._base = counting.text
            self.writing.put(self._base)
        self._read_versions()

    # ---- saving

    def ask_why(self) -> None:
        """Ask why it was changed, if nothing is wrong with it; else go to the first fault."""
        if self._saving:
            return
        if not self.dirty:
            self.foot.state.tell(_("Nothing was changed since it was saved."), "quiet")
            return
        if self.writing.check():
            self._refuse()
            return
        self.unsaved.hide()
        self.why.ask("" if self.versions.versions else _("The first script"))

    def save(self, why: str, counts: bool) -> None:
        """Keep a new version, which counts at once or is a draft."""
        self.why.hide()
        text = self.writing.text.text
        self._saving = True
        self._follow()
        self.foot.state.tell(_("Saving …"))

        def saved(version: ScriptVersion) -> None:
            self._saving, self._base, self._newest = False, text, version.number
            self._jot()
            self._follow()
            self.foot.state.tell(_kept_words(version, counts=counts), "quiet")
            if self._closing and not self.dirty:
                self.reject()
            self._closing = False

        self._desk.script_versions.save(
            self.writing.client,
            text,
            why,
            while_there(self, saved),
            while_there(self, self._failed),
            newest=self._newest,
            draft=not counts,
        )
        self.writing.go()

    def _failed(self, error: Exception) -> None:
        self._saving = self._closing = False
        self._follow()
        if isinstance(error, WrongFile):
            self._refuse()
        elif isinstance(error, StaleRow):
            words = _("Not saved: somebody else has kept a version meanwhile. Look at it first.")
            cure = _("Show the versions")
            self.foot.state.tell(words, "attention", cure=cure, do=self.show_versions)
        else:
            self.foot.state.tell(str(error), "danger")

    def _refuse(self) -> None:
        self._closing = False
        self.writing.check()
        lines = self.writing.faults.lines
        self._show(self.writing)
        if lines:
            self.writing.go(lines[0])
        words = _("Not saved: first mend what is wrong. The last good version goes on counting.")
        self.foot.state.tell(words, "danger")

    def discard(self) -> None:
        """Show what counts in place of what was typed."""
        counting = self._desk.scripts.counting(self.client.id)
        self._base = counting.text if counting is not None else ""
        self.writing.put(self._base)
        self._read_versions()
        self._write()

    # ---- leaving

    def reject(self) -> None:
        """Close, unless something is asked or not kept."""
        if self._asks:
            self._stay()
        elif self.versions.approval.isVisible():
            self.versions.approval.hide()
            self.versions.go()
        elif not self.versions.isHidden():
            self._write()
        elif self.dirty:
            self.ask_unsaved()
        else:
            self._closing = False
            super().reject()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self.writing.menu.close()
        super().hideEvent(event)

    def _stay(self) -> None:
        self._closing = False
        self.why.hide()
        self.unsaved.hide()
        self._write()

    def _save_and_close(self) -> None:
        self.unsaved.hide()
        self._closing = True
        self.ask_why()

    def _discard_and_close(self) -> None:
        self.unsaved.hide()
        self.discard()
        self.reject()

    # ---- keys

    def _go(self, into: Callable[[], object]) -> None:
        if self.writing.text.text.strip() and not self._asks:
            self._show(self.writing)
            into()

    def _change(self, do: Callable[[], object]) -> None:
        """Only what is seen, and not what is just being saved."""
        if not self.writing.isHidden() and not self._asks:
            do()

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.writing.isAncestorOf(now):
            self.writing.follow(now)


def _kept_words(version: ScriptVersion, *, counts: bool) -> str:
    words = _("Saved: version {number} counts from now on.")
    if not counts:
        words = _("Kept as a draft: version {number}. What counted goes on counting.")
    return words.format(number=version.number)


def _head(client: Client, state: StateLine) -> QHBoxLayout:
    badge, head = Badge(32), row()
    badge.show_client(client.initials, client.colour)
    head.addWidget(badge)
    head.addWidget(Label(client.name, "client"))
    head.addWidget(state, 1)
    return head


def _place(dialog: ScriptDialog) -> None:
    whole = QVBoxLayout(dialog)
    whole.setContentsMargins(16, 12, 16, 12)
    whole.setSpacing(BETWEEN)
    whole.addWidget(dialog.ringing)
    whole.addLayout(_head(dialog.client, dialog.state))
    for view in (dialog.writing, dialog.versions, dialog.templates):
        whole.addWidget(view, 1)
        view.hide()
    for bar in (dialog.why, dialog.unsaved, dialog.foot):
        whole.addWidget(bar)
