"""Earlier calls of who calls: one line, which unfolds into a list in place."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QScrollArea, QVBoxLayout, QWidget

from receptionist.i18n import _
from ui.actions import hint
from ui.models.entries import EntryList
from ui.models.history import CallerHistory, HistoryEntry
from ui.models.journal import ENTRY
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.entryrow import EntryRow
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label

_TALLEST = 190
_NARROWEST = 120


class HistoryPanel(QWidget):
    """Main thread. `taken` carries a name to take over, `wanted` an appointment to open, `left`
    that the keyboard goes back.

    It never unfolds by itself and never takes the keyboard by itself.
    """

    taken = Signal(str)
    wanted = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known = False
        self._full = ""
        self._words = Label(role="quiet")
        self._words.setMinimumWidth(_NARROWEST)
        self.button = KeyButton(_("Show"), hint("history"), "quiet")
        self.button.clicked.connect(self.unfold)
        self._model = EntryList()
        self._model.setParent(self)
        self._view = _List()
        self._view.setModel(self._model)
        self._view.setItemDelegate(EntryRow(self._view, ENTRY))
        self._view.setAccessibleName(_("Earlier calls of this caller"))
        self._view.activated.connect(self._take)
        self._view.left.connect(self.fold)
        self._view.hide()
        line = row()
        line.addWidget(self._words, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(line)
        column.addWidget(self._view)

    @property
    def words(self) -> str:
        """The line."""
        return self._full

    @property
    def unfolded(self) -> bool:
        """Whether the list is there."""
        return not self._view.isHidden()

    @property
    def rows(self) -> list[str]:
        """The rows as they are read out."""
        return [entry.spoken for entry in self._model.entries]

    def show_history(self, history: CallerHistory) -> None:
        """Show what is known of the caller of the shown call."""
        self._full, self._known = history.words, history.known
        self.button.setVisible(history.known)
        self._fit_words()
        if self._model.show_entries(history.entries) and self.unfolded:
            self._fit()
            self._view.setCurrentIndex(self._model.index(0))
        if not history.known and self.unfolded:
            had = self._view.hasFocus()
            self.forget()
            if had:
                self.left.emit()

    def unfold(self) -> None:
        """Unfold the list and put the keyboard there, or fold it again."""
        if self.unfolded and (self._view.hasFocus() or self.button.hasFocus()):
            self.fold()
        elif self._known and self.isVisible():
            self._view.show()
            self._fit()
            self._view.setCurrentIndex(self._model.index(0))
            self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.button.relabel(_("Hide"))
            QTimer.singleShot(0, self, self._come_into_view)

    def fold(self) -> None:
        """Fold the list; the keyboard goes back to the fields."""
        if self.unfolded:
            self.forget()
            self.left.emit()

    def forget(self) -> None:
        """Another call is shown: fold without moving the keyboard."""
        self._view.hide()
        self.button.relabel(_("Show"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        """One line: what does not fit is in the list, and is read aloud in full."""
        beside = self.button.sizeHint().width() + 2 * GRID if self._known else 0
        room = max(self.width() - beside, _NARROWEST)
        metrics = QFontMetrics(self._words.font())
        self._words.setText(metrics.elidedText(self._full, Qt.TextElideMode.ElideRight, room))
        self._words.setAccessibleName(self._full)
        self._words.setToolTip(f"<span>{escape(self._full)}</span>")

    def _come_into_view(self) -> None:
        area: QWidget | None = self
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = area.widget() if area is not None else None
        if area is not None and inside is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            foot = self._view.mapTo(inside, self._view.rect().bottomLeft())
            area.ensureVisible(foot.x(), foot.y(), 0, 3 * GRID)

    def _fit(self) -> None:
        heights = (
            self._view.sizeHintForIndex(self._model.index(n)).height()
            for n in range(self._model.rowCount())
        )
        self._view.setFixedHeight(min(sum(heights) + 4, _TALLEST))

    def _take(self) -> None:
        index = self._view.currentIndex()
        entry = index.data(ENTRY) if index.isValid() else None
        self.fold()
        if isinstance(entry, HistoryEntry) and entry.name:
            self.taken.emit(entry.name)
        if isinstance(entry, HistoryEntry) and entry.appointment is not None:
            self.wanted.emit(entry.appointment)


class _List(QListView):
    """The rows; Esc leaves them."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)

    def event(self, event: QEvent) -> bool:
        asked = event.type() is QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
