"""Today's calls and whoever is to be called back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QItemSelection, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QListView

from receptionist.i18n import _
from receptionist.model.call import CallBack
from receptionist.model.voice import Voice
from ui.actions import native
from ui.models.callvoices import next_to_hear
from ui.models.journal import ENTRY, Entry, JournalModel
from ui.widgets.card import Card
from ui.widgets.entryrow import EntryRow
from ui.widgets.flow import Flow
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label

_PLAYS = "Space"
_SETTLES = "Del"
"""On a row of a call-back, this key says that it is done; Enter calls back."""


class JournalPanel(Card):
    """Main thread. `opened` carries a call, `called_back` and `settled` a call-back, the others a
    message or a recording.
    """

    opened = Signal(object)
    called_back = Signal(object)
    settled = Signal(object)
    heard = Signal(object)
    saved = Signal(object)
    deleted = Signal(object)

    def __init__(self, model: JournalModel, way: Callable[[CallBack], str]) -> None:
        """`way` says over which line somebody would be called back."""
        super().__init__(_("Journal"))
        self.model, self._way_to = model, way
        self._way = Label(role="label", wrap=True)
        self._view = QListView()
        self._view.setModel(model)
        self._view.setItemDelegate(EntryRow(self._view, ENTRY))
        self._view.setResizeMode(QListView.ResizeMode.Adjust)
        self._view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._view.setMouseTracking(True)
        self._view.setAccessibleName(_("Calls of today and call-backs"))
        self._view.clicked.connect(lambda index: self._open(index.data(ENTRY)))
        self._view.activated.connect(lambda index: self._activate(index.data(ENTRY)))
        for key, do in ((_SETTLES, lambda: self._emit(self.settled)), (_PLAYS, self._play)):
            shortcut = QShortcut(QKeySequence(key), self._view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)
        self._view.selectionModel().selectionChanged.connect(self._selected)
        self._empty = Label(
            _("No calls yet today. Finished calls appear here."), "quiet", wrap=True
        )
        verbs = self._verbs()
        self.column.addWidget(self._empty)
        self.column.addWidget(self._view, 1)
        self.column.addWidget(self._way)
        self.column.addLayout(verbs)
        self.column.addStretch(0)
        model.changing.connect(self._remember)
        model.changed.connect(self._restore)
        self._restore()

    def _verbs(self) -> Flow:
        """What can be done with the chosen row."""
        self.call_button = KeyButton(_("Call back"), kind="primary")
        self.call_button.setToolTip("⏎")
        self.done_button = KeyButton(_("Done"), native(_SETTLES))
        self.call_button.clicked.connect(lambda: self._emit(self.called_back))
        self.done_button.clicked.connect(lambda: self._emit(self.settled))
        self.play_button = KeyButton(_("Listen"), native(_PLAYS))
        self.play_button.clicked.connect(self._play)
        self.save_button, self.delete_button = KeyButton(_("Save")), KeyButton(_("Delete"))
        self.save_button.clicked.connect(lambda: self._point(self.saved))
        self.delete_button.clicked.connect(lambda: self._point(self.deleted))
        self._playing: UUID | None = None
        self._doomed: UUID | None = None
        verbs = Flow()
        for button in self._buttons:
            verbs.addWidget(button)
        return verbs

    @property
    def entries(self) -> Sequence[Entry]:
        """The rows."""
        return self.model.entries

    @property
    def way(self) -> str:
        """Over which line whoever is chosen would be called back, as it is said."""
        return self._way.text()

    def go(self) -> None:
        """Put the keyboard here, on the selected or the first row."""
        if not self._view.currentIndex().isValid() and self.model.rowCount():
            self._view.setCurrentIndex(self.model.index(min(1, self.model.rowCount() - 1)))
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _remember(self) -> None:
        entry = self._current()
        self._kept = entry and (entry.call or entry.call_back)

    def _restore(self) -> None:
        kept = getattr(self, "_kept", None)
        number = self.model.row_of(kept.id) if kept else -1
        if number < 0:
            self._view.selectionModel().clear()
        elif number != self._view.currentIndex().row():
            self._view.setCurrentIndex(self.model.index(number))
        self._empty.setVisible(not self.model.entries)
        self._view.setVisible(bool(self.model.entries))
        self._selected()

    def _selected(
        self, new: QItemSelection | None = None, old: QItemSelection | None = None
    ) -> None:
        back = self._back()
        entry = self._current()
        voiced = entry is not None and bool(entry.voices)
        if not (back or voiced) and any(one.hasFocus() for one in self._buttons):
            self._view.setFocus()
        for button in (self.play_button, self.save_button, self.delete_button):
            button.setVisible(voiced)
        self._label()
        self.call_button.setVisible(back is not None)
        self.done_button.setVisible(back is not None)
        self.call_button.setEnabled(bool(back and back.number))
        self.show_way()

    def show_way(self) -> None:
        """Say over which line whoever is chosen would be called back, as it is now."""
        back = self._back()
        words = self._way_to(back) if back is not None else ""
        self._way.tell(f"{words[:1].upper()}{words[1:]}")

    def _open(self, entry: Entry) -> None:
        if entry.call is not None:
            self.opened.emit(entry.call)

    def _activate(self, entry: Entry) -> None:
        if entry.call_back is None:
            self._open(entry)
        elif entry.call_back.number:
            self.called_back.emit(entry.call_back)

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is on a row."""
        return self._view.hasFocus() or any(one.hasFocus() for one in self._buttons)

    @property
    def voice(self) -> Voice | None:
        """What is heard of the chosen row: what is playing, else what comes next."""
        entry = self._current()
        voices = entry.voices if entry is not None else ()
        playing = (one for one in voices if one.id == self._playing)
        return next(playing, next_to_hear(voices))

    def show_voices(self, playing: UUID | None, doomed: UUID | None) -> None:
        """Show what is playing now, and what is deleted by the next yes."""
        self._playing, self._doomed = playing, doomed
        self._label()

    def _label(self) -> None:
        voice = self.voice
        playing = voice is not None and voice.id == self._playing
        doomed = voice is not None and voice.id == self._doomed
        self.play_button.relabel(_("Stop") if playing else _("Listen"))
        self.delete_button.relabel(
            _("Delete for good") if doomed else _("Delete"), "danger" if doomed else ""
        )

    @property
    def _buttons(self) -> tuple[KeyButton, ...]:
        voices = (self.play_button, self.save_button, self.delete_button)
        return (self.call_button, self.done_button, *voices)

    def _play(self) -> None:
        self._point(self.heard)

    def _point(self, signal: SignalInstance) -> None:
        voice = self.voice
        if voice is not None:
            signal.emit(voice)

    def _emit(self, signal: SignalInstance) -> None:
        back = self._back()
        if back is not None:
            signal.emit(back)

    def _back(self) -> CallBack | None:
        entry = self._current()
        return entry.call_back if entry else None

    def _current(self) -> Entry | None:
        index = self._view.currentIndex()
        return index.data(ENTRY) if index.isValid() else None
