"""What has left the work list, looked up in the place of the list itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QItemSelection, Qt, Signal

from receptionist.i18n import _
from receptionist.model.worklist import WorkItem
from ui.actions import hint
from ui.models.entries import EntryList
from ui.models.journal import ENTRY, Entry
from ui.models.settled import SHOWN
from ui.models.workwords import attempts_words, result_words
from ui.widgets.card import Card
from ui.widgets.entryview import EntryView
from ui.widgets.flow import Flow
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label


class SettledPanel(Card):
    """Main thread. `reopened` carries an item that is open after all; `left` wants the list."""

    reopened = Signal(object)
    left = Signal()

    def __init__(
        self, zone: str, now: Callable[[], datetime], who: Callable[[UUID | None], str]
    ) -> None:
        """`who` says how a receptionist is called."""
        super().__init__(_("What was settled"))
        self._zone, self._now, self._who = zone, now, who
        self._model = EntryList()
        self._model.setParent(self)
        self._view = EntryView(self._model, ENTRY, _("What was settled"))
        self._view.activated.connect(lambda _index: self._reopen())
        self._view.selectionModel().selectionChanged.connect(self._selected)
        self._empty = Label(
            _(
                "Nothing has left the work list lately. Whatever does is looked up here: what was"
                " said of it, by whom, or why it was no longer so."
            ),
            "quiet",
            wrap=True,
        )
        self._empty.setMinimumHeight(1)  # many words do not make the window higher
        self._result = Label(wrap=True)
        self._tries = Label(role="label", wrap=True)
        self.open_button = KeyButton(_("Open again"), "⏎")
        self.open_button.clicked.connect(self._reopen)
        self.back_button = KeyButton(_("Work list"), hint("journal"))
        self.back_button.clicked.connect(self.left)
        verbs = Flow()
        for button in (self.open_button, self.back_button):
            verbs.addWidget(button)
        self.column.addWidget(self._empty)
        self.column.addWidget(self._view, 1)
        for label in (self._result, self._tries):
            self.column.addWidget(label)
        self.column.addLayout(verbs)
        self.column.addStretch(0)
        self._selected()

    @property
    def entries(self) -> Sequence[Entry]:
        """The rows."""
        return self._model.entries

    def belongs_to(self, client_id: UUID) -> bool:
        """Whether all of it is this client's."""
        items = (one.item for one in self.entries if one.item is not None)
        return all(one.client_id == client_id for one in items)

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is here."""
        return any(one.hasFocus() for one in (self._view, self.open_button, self.back_button))

    def show_rows(self, rows: Sequence[Entry]) -> None:
        """Show these, with the keyboard on the first."""
        self._model.show_entries(rows)
        self._view.setCurrentIndex(self._model.index(min(1, len(rows) - 1)))
        empty = len(rows) < 2
        self._empty.setVisible(empty)
        self._view.setVisible(not empty)
        place = self.back_button if empty else self._view
        place.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._selected()

    @property
    def item(self) -> WorkItem | None:
        """The chosen item."""
        index = self._view.currentIndex()
        entry = index.data(ENTRY) if index.isValid() else None
        return entry.item if isinstance(entry, Entry) else None

    def _selected(
        self, new: QItemSelection | None = None, old: QItemSelection | None = None
    ) -> None:
        item = self.item
        self.open_button.setVisible(item is not None)
        result = result_words(item) if item else ""
        self._result.tell(result if len(result) > SHOWN else "")
        tried = item.attempts if item else ()
        self._tries.tell(attempts_words(tried, self._zone, self._now(), self._who))

    def _reopen(self) -> None:
        if self.item is not None:
            self.reopened.emit(self.item)
