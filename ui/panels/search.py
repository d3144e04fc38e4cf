"""One field to search and to call, and the list that unfolds below it inside the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from receptionist.i18n import _
from ui.actions import hint
from ui.models.entries import EntryList
from ui.models.journal import ENTRY
from ui.models.search import Finder, Offer
from ui.models.stage import LookedUp, Seen
from ui.models.wayout import Errand
from ui.theme.sheet import GRID
from ui.widgets.entryrow import EntryRow
from ui.widgets.label import Label, announce, wear
from ui.widgets.searchline import SearchLine

_WIDTH, _NARROWEST, _WIDEST = 520, 218, 420
_LONGEST = 80
_AIR = 8


class SearchPanel(QWidget):
    """Main thread. `dial` carries what was typed, the others what was chosen.

    The keyboard stays in the field; keys and clicks choose in the list. Nothing pops up: the list
    is a part of the window.
    """

    dial = Signal(str)
    call = Signal(object)
    client = Signal(object)
    call_back = Signal(object)
    appointment = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._finder: Finder | None = None
        self._entered = False
        self._asked = ""
        self._came_from: QWidget | None = None
        self._then: Callable[[str], object] | None = None
        self._offers: Callable[[], Sequence[Offer]] = tuple
        self.field = SearchLine()
        self.field.setMaxLength(_LONGEST)
        self.field.setPlaceholderText(_placeholder())
        self.field.setAccessibleName(_("Search, or call a number"))
        self.setMinimumWidth(max(_NARROWEST, _room_for(self.field)))
        self.setMaximumWidth(_WIDEST)
        self.results = Results()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.field)
        self.field.textEdited.connect(self._typed)
        self.field.entered.connect(self._enter)
        self.field.stepped.connect(self.results.step)
        self.field.left.connect(self._leave)
        self.results.chosen.connect(self._choose)

    def attach(self, finder: Finder, whole: QWidget) -> None:
        """Take answers from `finder`, and lay the list over `whole`."""
        self._finder = finder
        finder.changed.connect(self._show)
        self.results.lie_over(whole, self.field)

    @property
    def said(self) -> str:
        """What stands below the field: why a number cannot be called, or that nothing was found."""
        return self.results.said

    def go(self) -> None:
        """Put the keyboard into the field; `give_back` brings it back to where it was."""
        self._take_keyboard()
        self.field.selectAll()
        if self.field.text():
            self._typed(self.field.text())

    def give_back(self) -> bool:
        """Let the keyboard go back to the text it came from, if it is here; whether it did."""
        before, self._came_from = self._came_from, None
        if not isinstance(before, QLineEdit | QPlainTextEdit) or not self.field.hasFocus():
            return False
        if not (isValid(before) and before.isVisible()):
            return False
        self.clear()
        before.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def forget_way_back(self) -> None:
        """The text the keyboard came from is another one now."""
        self._came_from = None

    def prefill(self, number: str) -> None:
        """Put a number there without dialling it and without taking the keyboard."""
        self.field.selectAll()
        self.field.insert(number)
        self.results.tell("")
        announce(self.field, _("{number} is ready to be called.").format(number=number))

    def clear(self) -> None:
        """What was wanted is done."""
        self.field.clear()
        self._leave()

    def ask(
        self,
        words: str,
        then: Callable[[str], object],
        errand: Errand,
        offers: Callable[[], Sequence[Offer]] = tuple,
    ) -> None:
        """Ask for a number for an errand, until the list folds.

        `words` stand below the field, then `offers` while nothing is typed; `then` is called with
        what was entered or chosen, as often as that is.
        """
        self.clear()
        self._take_keyboard()
        self._asked, self._then, self._offers = words, then, offers
        if self._finder is not None:
            self._finder.errand = errand
        self.results.show_offers(offers())
        self.results.tell(words)
        self._open()

    def follow(self, view: Seen | LookedUp | None) -> None:
        """This is shown now: what was asked for another call, or another client, is over."""
        errand = self._finder.errand if self._finder is not None else None
        if errand is not None and self._then is not None and not errand.belongs_to(view):
            self.clear()

    def refuse(self, message: str) -> None:
        """Say why the number cannot be called; it stays to be mended."""
        self.results.tell(message, "danger")
        self._open()
        announce(self.field, message)

    def close_list(self) -> None:
        """Fold the list; what was typed stays.

        What was asked for is not wanted any more, nor is its number: Enter would call it.
        """
        self._entered = False
        if self._then is not None:
            self._asked, self._then, self._offers = "", None, tuple
            self.field.clear()
            if self._finder is not None:
                self._finder.errand = None
            self.results.tell("")
        self.results.hide()
        self.field.list_open = False

    def _leave(self) -> None:
        """Fold the list, and let nothing that is found later open it again."""
        self.close_list()
        if self._finder is not None and self._finder.words:
            self._finder.seek("")

    def _take_keyboard(self) -> None:
        before = QApplication.focusWidget()
        self._came_from = self._came_from if before is self.field else before
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _typed(self, text: str) -> None:
        self._entered = False
        self.results.tell(self._asked)
        if self._finder is not None:
            self._finder.seek(text)

    def _show(self) -> None:
        finder = self._finder
        if finder is None or not self.field.hasFocus():
            return
        self.results.show_offers(finder.offers if finder.words else self._offers())
        self.results.tell(finder.said or self._asked)
        if self._entered and not finder.waiting:
            self._entered = False
            if not self.results.current:
                self._dial(finder.words)
                return
        if self.results.is_empty:
            self.close_list()
        else:
            self._open()

    def _open(self) -> None:
        self.results.place()
        self.results.show()
        self.field.list_open = True

    def _enter(self) -> None:
        finder, offer = self._finder, self.results.current
        text = self.field.text().strip()
        if offer is not None and self.results.isVisible():
            self._choose(offer)
        elif finder is None or not finder.waiting:
            self._dial(text)
        else:
            self._entered = True
            finder.hurry()

    def _dial(self, number: str) -> None:
        if self._then is None:
            self.dial.emit(number)
        elif number:
            self._then(number)

    def _choose(self, offer: Offer) -> None:
        number = offer.number or (_number_of(offer) if self._then else "")
        if number or self._then:
            self._dial(number)
            return
        self.clear()
        things = (
            (self.client, offer.client),
            (self.call_back, offer.item),
            (self.call, offer.call),
            (self.appointment, offer.appointment),
        )
        for signal, thing in things:
            if thing is not None:
                signal.emit(thing)


class Results(QFrame):
    """The list below the field. Main thread; it never takes the keyboard.

    `chosen` carries the offer that was clicked.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "overlay")
        self.setProperty("overlay", True)
        self.setAccessibleName(_("Found"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._field: QWidget | None = None
        self._model = EntryList()
        self._view = QListView(self)
        self._model.setParent(self)
        self._view.setModel(self._model)
        self._view.setItemDelegate(EntryRow(self._view, ENTRY))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setResizeMode(QListView.ResizeMode.Adjust)
        self._view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setMouseTracking(True)
        self._view.setAccessibleName(_("Found"))
        self._view.clicked.connect(self._clicked, Qt.ConnectionType.QueuedConnection)
        self._words = Label(role="quiet", wrap=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self._words)
        column.addWidget(self._view, 1)
        self._words.setContentsMargins(_AIR, _AIR, _AIR, _AIR)
        self._words.hide()
        self.hide()

    @property
    def said(self) -> str:
        """The sentence above the rows."""
        return self._words.text()

    @property
    def offers(self) -> list[Offer]:
        """The rows."""
        return [one for one in self._model.entries if isinstance(one, Offer)]

    @property
    def current(self) -> Offer | None:
        """What Enter takes."""
        index = self._view.currentIndex()
        entry = index.data(ENTRY) if index.isValid() else None
        return entry if isinstance(entry, Offer) and not entry.heading else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self._model.entries and not self.said

    def lie_over(self, whole: QWidget, field: QWidget) -> None:
        """Become a part of `whole`, above everything in it, below `field`."""
        self._field = field
        self.setParent(whole)
        whole.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def tell(self, words: str, tone: str = "quiet") -> None:
        """Say something above the rows, or ("") nothing."""
        if words and words != self.said:
            announce(self, words)
        wear(self._words, tone=tone)
        self._words.tell(words)
        if self.isVisible():
            self.place()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show rows; the one that was chosen stays chosen, else the first is."""
        before = self.current
        if not self._model.show_entries(offers):
            return
        rows = [n for n, one in enumerate(self.offers) if before and _same(one, before)]
        at = rows[0] if rows else self._model.step(-1, 1)
        self._view.setCurrentIndex(self._model.index(at) if at >= 0 else self._model.index(-1))

    def step(self, by: int) -> None:
        """Choose the next row in a direction; a screen reader says which."""
        at = self._model.step(self._view.currentIndex().row(), by)
        if at < 0 or not self.isVisible():
            return
        self._view.setCurrentIndex(self._model.index(at))
        if self.current is not None:
            announce(self, self.current.spoken)

    def place(self) -> None:
        """Stand below the field, as tall as the rows, inside the window."""
        whole = self.parentWidget()
        if whole is None or self._field is None:
            return
        corner = self._field.mapTo(whole, QPoint(0, self._field.height() + GRID))
        width = min(max(_WIDTH, self._field.width()), whole.width() - 2 * _AIR)
        left = max(_AIR, min(corner.x(), whole.width() - width - _AIR))
        self.setFixedWidth(width)
        inside = width - 2 * GRID - 2
        height = 2 * GRID + 2
        if self.said:
            height += self._words.heightForWidth(inside) + GRID
        self._view.setVisible(bool(self._model.entries))
        if self._model.entries:
            self._view.setFixedWidth(inside)
            height += sum(
                self._view.sizeHintForIndex(self._model.index(row)).height()
                for row in range(self._model.rowCount())
            )
        self.setGeometry(left, corner.y(), width, min(height, whole.height() - corner.y() - _AIR))

    def _clicked(self) -> None:
        if self.current is not None:
            self.chosen.emit(self.current)


def _number_of(offer: Offer) -> str:
    """Where somebody who was found can be called."""
    found = offer.item or offer.call
    return found.number if found is not None else ""


def _same(one: Offer, other: Offer) -> bool:
    things = ("number", "client", "call", "item", "appointment")
    return all(_key(getattr(one, name)) == _key(getattr(other, name)) for name in things)


def _key(thing: object) -> object:
    return getattr(thing, "id", bool(thing))


def _placeholder() -> str:
    search, dial = hint("search"), hint("dial")
    # TRANSLATORS: in an empty field; the names of keys are put in
    return _("Search {search} · Call {dial}").format(search=search, dial=dial)


def _room_for(field: QLineEdit) -> int:
    return QFontMetrics(field.font()).horizontalAdvance(field.placeholderText()) + 26
