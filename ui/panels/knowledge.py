"""What is known of the client: found while typing, and large enough to be read aloud."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.knowledge import Knowledge
from ui.models.entries import EntryList
from ui.models.journal import ENTRY
from ui.models.knowing import KnownThing, kind_words, rows_of
from ui.models.words import client_words
from ui.theme.sheet import GRID
from ui.widgets.card import Card
from ui.widgets.entryrow import EntryRow
from ui.widgets.label import Label, announce
from ui.widgets.scroll import Scroll
from ui.widgets.searchline import SearchLine

_LONGEST = 80
_TALLEST = 200
_AIR = 4

Find = Callable[[str], Sequence[Knowledge]]


class KnowledgePanel(QWidget):
    """A field, what answers to it, and the answer. Main thread.

    The keyboard stays in the field; arrows choose, PgUp and PgDn turn over the answer. `taken`
    says that the keyboard is to go back where it was, the answer staying.
    """

    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._client: Client | None = None
        self._find: Find = lambda _typed: ()
        self._heading = Label(role="section", wrap=True)
        self.field = _Line()
        self.field.setMaxLength(_LONGEST)
        self.field.setPlaceholderText(_("A word of the question, the way or the name"))
        self.field.setAccessibleName(_("Look up what is known of the client"))
        self._model = EntryList()
        self._model.setParent(self)
        self._view = self._rows()
        self._none = Label(role="quiet", wrap=True)
        self._kind, self._title = Label(role="label"), Label(role="strong", wrap=True)
        self._text = Label(role="answer", wrap=True)
        self._answer = Scroll(_("The answer"))
        self._said = self._card()
        self._arrange()
        self.field.textEdited.connect(lambda _text: self.refresh())
        self.field.stepped.connect(self._step)
        self.field.entered.connect(self.taken)
        self.field.turned.connect(self._turn)
        self._view.clicked.connect(self._chosen)

    @property
    def rows(self) -> list[str]:
        """The titles of what is offered."""
        return [one.title for one in self._model.entries]

    @property
    def answer(self) -> str:
        """What is to be read aloud, "" if nothing is chosen."""
        return self._text.text() if not self._said.isHidden() else ""

    @property
    def words(self) -> str:
        """What stands in place of rows."""
        return self._none.text()

    def ask(self, client: Client, find: Find, first: Knowledge | None = None) -> None:
        """Ask about a client anew; what is suggested is chosen `first`."""
        self._client, self._find = client, find
        self._heading.setText(_("Look up for {client}").format(client=client_words(client)))
        self.field.clear()
        self._show(rows_of(find(""), client))
        things = [one for one in self._model.entries if isinstance(one, KnownThing)]
        at = [n for n, one in enumerate(things) if first and one.known.id == first.id]
        if at:
            self._choose(at[0])

    def refresh(self) -> None:
        """Find again: something else is typed or known."""
        if self._client is None:
            return
        rows = rows_of(self._find(self.field.text()), self._client)
        if rows != list(self._model.entries):
            self._show(rows)

    def forget(self) -> None:
        """Nothing is asked any more, and nothing of the client stays here."""
        self._client, self._find = None, lambda _typed: ()
        self.field.clear()
        self._show([])

    def _show(self, rows: Sequence[KnownThing]) -> None:
        before, typed = self._current, self.field.text()
        same = [n for n, one in enumerate(rows) if before and one.known.id == before.known.id]
        self._model.show_entries(rows)
        kept = same[0] if same and not typed else 0
        self._choose(kept if rows else -1)
        self._view.setVisible(bool(rows))
        self._fit()
        self._none.tell("" if rows else self._none_words())

    def _none_words(self) -> str:
        if self.field.text().strip():
            return _("Nothing is written down about that. Try another word.")
        return _("Nothing is written down for this client yet.")

    @property
    def _current(self) -> KnownThing | None:
        index = self._view.currentIndex()
        thing = index.data(ENTRY) if index.isValid() else None
        return thing if isinstance(thing, KnownThing) else None

    def _step(self, by: int) -> None:
        self._choose(self._model.step(self._view.currentIndex().row(), by))

    def _chosen(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, at: int) -> None:
        self._view.setCurrentIndex(self._model.index(at) if at >= 0 else self._model.index(-1))
        thing = self._current
        self._said.setVisible(thing is not None)
        self._kind.setText(kind_words(thing.known) if thing else "")
        self._title.setText(thing.title if thing else "")
        self._text.setText(thing.answer if thing else "")
        self._answer.verticalScrollBar().setValue(0)
        if thing is not None:
            announce(self, f"{thing.title}: {thing.answer}")

    def _turn(self, pages: int) -> None:
        bar = self._answer.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def _fit(self) -> None:
        index = self._model.index
        heights = (
            self._view.sizeHintForIndex(index(n)).height() for n in range(self._model.rowCount())
        )
        self._view.setFixedHeight(min(sum(heights) + _AIR, _TALLEST))

    # ---- pieces

    def _rows(self) -> QListView:
        view = QListView()
        view.setModel(self._model)
        view.setItemDelegate(EntryRow(view, ENTRY))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setMouseTracking(True)
        view.setAccessibleName(_("Found"))
        return view

    def _card(self) -> Card:
        card = Card(surface="said")
        card.setAccessibleName(_("The answer"))
        card.column.setContentsMargins(16, 10, 12, 12)
        card.column.setSpacing(GRID)
        self._answer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._answer.column.addWidget(self._text)
        self._answer.column.addStretch(1)
        card.column.addWidget(self._kind)
        card.column.addWidget(self._title)
        card.column.addWidget(self._answer, 1)
        return card

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for widget in (self._heading, self.field, self._none, self._view):
            column.addWidget(widget)
        column.addWidget(self._said, 1)
        column.addStretch(0)
        words = _("Enter: go on typing · Esc closes")
        column.addWidget(Label(words, "label", wrap=True))


class _Line(SearchLine):
    """PgUp and PgDn turn over the answer."""

    turned = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_PageDown:
            self.turned.emit(1)
        elif event.key() == Qt.Key.Key_PageUp:
            self.turned.emit(-1)
        else:
            super().keyPressEvent(event)
