"""The work list and today's calls: who is to be called, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QItemSelection, QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QApplication

from receptionist.clock import Clock
from receptionist.i18n import _
from receptionist.model.call import Call
from receptionist.model.voice import Voice
from receptionist.model.worklist import WorkItem, alike
from ui.actions import hint, native
from ui.models.dispositions import LAST_DIGIT
from ui.models.followup import due_words, follow_up
from ui.models.journal import ENTRY, Entry, JournalModel, item_row_near, other_part
from ui.models.workwords import about_words, attempts_words, empty_words, who_words
from ui.panels.disposing import DisposeBox
from ui.panels.rowverbs import RowVerbs
from ui.widgets.card import Card
from ui.widgets.entryview import EntryView
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label

_SETTLES, _PLAYS, _LOOKS = "Del", "Space", "Right"
"""While the keyboard is on a row: asks what came of it, hears it, opens what it is about; Enter
calls, and a digit says what came of it at once."""
_LOWEST_PX = 90


class JournalPanel(Card):
    """Main thread. `opened` carries a call, `called_back` an item to call, `looked` one whose
    appointment or form is wanted, `settled` what was said of one, the others a message or a
    recording.

    `past` wants what was settled, `idle` says why a key of a row could do nothing, `lost` what was
    typed about an item that was settled elsewhere meanwhile, and its client's id.
    """

    opened = Signal(object)
    called_back = Signal(object)
    looked = Signal(object)
    settled = Signal(object)
    past = Signal()
    idle = Signal(str)
    lost = Signal(str, object)
    heard = Signal(object)
    saved = Signal(object)
    deleted = Signal(object)

    def __init__(
        self,
        model: JournalModel,
        way: Callable[[WorkItem], str],
        who: Callable[[UUID | None], str],
        clock: Clock,
        zone: str,
    ) -> None:
        """`way` says over which line somebody would be called, `who` how a receptionist is
        called."""
        super().__init__(_("Work list and journal"))
        self.model, self._way_to, self._who = model, way, who
        self._clock, self._zone = clock, zone
        self._kept: Call | WorkItem | None = None
        self._kept_row = -1
        self._moved_on = QElapsedTimer()
        self._after: UUID | None = None
        """Of which item it was just said what came of it: the next one takes its place."""
        self._way = Label(role="label", wrap=True)
        self._tries = Label(role="label", wrap=True)
        self.box = DisposeBox(self._read, lambda due: due_words(due, zone, clock.now()))
        self.box.settled.connect(self.settled)
        self.box.left.connect(self._back_to_list)
        self._view = self._list(model)
        self._empty = Label(empty_words(), "quiet", wrap=True)
        self._below = self._verbs()
        self._lay_out()
        model.changing.connect(self._remember)
        model.changed.connect(self._restore)
        self._restore()

    def _lay_out(self) -> None:
        past = KeyButton(_("Settled"), kind="quiet", name=_("Look up what was settled"))
        past.setToolTip(hint("settled"))
        past.clicked.connect(self.past)
        self.heading_row.addWidget(past)
        self.column.addWidget(self._empty)
        self.column.addWidget(self._view, 1)
        for label in (self._way, self._tries):
            self.column.addWidget(label)
        self.column.addWidget(self.box)
        self.column.addLayout(self._below)
        self.column.addStretch(0)

    def _list(self, model: JournalModel) -> EntryView:
        view = EntryView(model, ENTRY, _("What is open, and the calls of today"))
        view.setMouseTracking(True)
        view.setMinimumHeight(_LOWEST_PX)
        view.clicked.connect(lambda index: self._open(index.data(ENTRY)))
        view.activated.connect(lambda index: self._activate(index.data(ENTRY)))
        keys: dict[str, Callable[[], object]] = {
            _SETTLES: self.ask,
            _PLAYS: self._play,
            _LOOKS: self._look,
        }
        view.on_keys(keys | {str(n): partial(self.ask, n) for n in range(1, LAST_DIGIT + 1)})
        view.selectionModel().selectionChanged.connect(self._selected)
        return view

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As high as what stands below the list needs at this width."""
        width = super().minimumSizeHint().width()
        return QSize(width, self.column.totalMinimumHeightForWidth(max(self.width(), 1)))

    def _read(self, text: str) -> datetime | str:
        return follow_up(text, self._clock.now(), self._zone)

    def _verbs(self) -> RowVerbs:
        verbs = RowVerbs(native(_SETTLES), native(_PLAYS))
        self.call_button, self.look_button, self.done_button = verbs.call, verbs.look, verbs.settle
        self.play_button = verbs.play
        verbs.call.clicked.connect(lambda: self._emit(self.called_back))
        verbs.settle.clicked.connect(lambda: self.ask())
        verbs.look.clicked.connect(self._look)
        verbs.play.clicked.connect(self._play)
        verbs.save.clicked.connect(lambda: self._point(self.saved))
        verbs.delete.clicked.connect(lambda: self._point(self.deleted))
        return verbs

    @property
    def entries(self) -> Sequence[Entry]:
        """The rows."""
        return self.model.entries

    @property
    def tries(self) -> str:
        """The last attempts to reach whoever is chosen."""
        return self._tries.text()

    @property
    def way(self) -> str:
        """Over which line whoever is chosen would be called back, as it is said."""
        return self._way.text()

    def go(self) -> None:
        """Put the keyboard here, on the selected or the first row; from there to the other part."""
        rows = self.model.rowCount()
        if self._view.hasFocus():
            self._view.setCurrentIndex(
                self.model.index(other_part(self.entries, self._view.currentIndex().row()))
            )
        elif not self._view.currentIndex().isValid() and rows:
            self._view.setCurrentIndex(self.model.index(min(1, rows - 1)))
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_about(self, item: WorkItem) -> None:
        """Ask what came of an item, also of one whose row is too far down to be there."""
        self.show_item(item.id)
        self._ask(item)

    def show_item(self, item_id: UUID) -> None:
        """Choose the row of an item."""
        row = self.model.row_of(item_id)
        if row >= 0:
            self._view.setCurrentIndex(self.model.index(row))

    def ask(self, number: int = 0) -> None:
        """Ask what came of the chosen item; `number` is the digit of a choice."""
        item = self.item
        if item is None:
            self.idle.emit(_("Nothing is open in this row."))
            return
        self._ask(item, number)

    def _ask(self, item: WorkItem, number: int = 0) -> None:
        self.box.ask((item, *alike(item, self.model.items)), number)
        self._selected()

    def was_settled(self, item_id: UUID) -> None:
        """It has left the list, or was put off: the keyboard goes on to the next one, unless it is
        asked about another one by now."""
        had = self.box.about == item_id and self.box.has_keyboard
        self.box.forget(item_id)
        if had:
            self._after = item_id
            self._moved_on.start()
            self._back_to_list()

    def _back_to_list(self) -> None:
        self._view.setFocus()
        self._selected()

    def _remember(self) -> None:
        entry = self._current()
        self._kept = (entry.call or entry.item) if entry else None
        self._kept_row = self._view.currentIndex().row()

    def _restore(self) -> None:
        number = self._row_to_choose()
        about, there = self.box.about, {one.id for one in self.model.items}
        unsaved = self.box.lost(there)
        if about is not None and about not in there:
            self.was_settled(about)
        for text, client_id in unsaved:
            self.lost.emit(text, client_id)
        self.box.step_aside(self.box.item is not None and self.model.is_apart(self.box.item))
        if number < 0:
            self._view.selectionModel().clear()
        elif number != self._view.currentIndex().row():
            self._view.setCurrentIndex(self.model.index(number))
        self._empty.setVisible(not self.model.entries)
        self._view.setVisible(bool(self.model.entries))
        self._selected()

    def _row_to_choose(self) -> int:
        """Whatever was chosen, wherever it is now; the next one once it was settled here."""
        kept, after, self._after = self._kept, self._after, None
        if kept is None:
            return -1
        if kept.id == after:
            return item_row_near(self.entries, self._kept_row)
        number = self.model.row_of(kept.id)
        there = {one.id for one in self.model.items}
        unseen = number < 0 and self._view.hasFocus() and not self.model.is_apart(kept)
        if unseen and isinstance(kept, WorkItem) and kept.id not in there:
            words = _("{who} has left the work list. {key} shows why.")
            self.idle.emit(words.format(who=who_words(kept), key=hint("settled")))
        return number

    def _selected(
        self, new: QItemSelection | None = None, old: QItemSelection | None = None
    ) -> None:
        item, entry = self.item, self._current()
        asked = self.box.about is not None and not self.box.is_aside
        if self._view.hasFocus() and item is not None and asked and item.id != self.box.about:
            self.box.close_down()
            asked = False
        voiced = entry is not None and bool(entry.voices) and not asked
        if not (item or voiced) and self._below.has_keyboard:
            self._view.setFocus()
        self._below.show_row(entry, self._looks(entry), asked=asked)
        now = self._clock.now()
        tries = attempts_words(item.attempts, self._zone, now, self._who) if item else ""
        self._tries.tell("" if asked else tries)
        self.show_way()

    def show_way(self) -> None:
        """Say over which line whoever is chosen would be called, as it is now."""
        item = self.item
        asked = self.box.about is not None and not self.box.is_aside
        calls = item is not None and item.owes_call and not asked
        words = self._way_to(item) if item is not None and calls else ""
        self._way.tell(f"{words[:1].upper()}{words[1:]}")

    def _open(self, entry: Entry) -> None:
        call = entry.call or entry.of_call
        if call is not None:
            self.opened.emit(call)

    def _activate(self, entry: Entry) -> None:
        item = entry.item
        if self._is_same_press():
            return
        if item is None:
            self._open(entry)
        elif item.owes_call and item.number:
            self.called_back.emit(item)
        elif about_words(item):
            self.looked.emit(item)
        else:
            self.ask()

    def _is_same_press(self) -> bool:
        """Whether Enter, pressed twice, would call the next one, whom nobody has looked at yet."""
        moved = self._moved_on
        return moved.isValid() and moved.elapsed() < QApplication.doubleClickInterval()

    def _looks(self, entry: Entry | None) -> str:
        """What can be opened of an item: what it is about, else the call it comes from."""
        if entry is None or entry.item is None:
            return ""
        call = _("Call details") if entry.of_call is not None else ""
        return about_words(entry.item) or call

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is on a row."""
        return self._view.hasFocus() or self._below.has_keyboard

    @property
    def item(self) -> WorkItem | None:
        """The chosen item of the work list."""
        entry = self._current()
        return entry.item if entry else None

    @property
    def voice(self) -> Voice | None:
        """What is heard of the chosen row."""
        return self._below.voice

    def show_voices(self, playing: UUID | None, doomed: UUID | None) -> None:
        """Show what is playing now, and what is deleted by the next yes."""
        self._below.show_voices(playing, doomed)

    def _play(self) -> None:
        if self.voice is None:
            self.idle.emit(_("There is no message and no recording in this row."))
        self._point(self.heard)

    def _look(self) -> None:
        entry = self._current()
        if self.item is not None and about_words(self.item):
            self.looked.emit(self.item)
        elif entry is not None and self._looks(entry):
            self._open(entry)
        else:
            self.idle.emit(_("There is nothing to open in this row."))

    def _point(self, signal: SignalInstance) -> None:
        voice = self.voice
        if voice is not None:
            signal.emit(voice)

    def _emit(self, signal: SignalInstance) -> None:
        if self.item is not None:
            signal.emit(self.item)

    def _current(self) -> Entry | None:
        index = self._view.currentIndex()
        return index.data(ENTRY) if index.isValid() else None
