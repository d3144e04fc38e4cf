"""The entries of a file of contacts as rows to be ticked off: what becomes of each, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from receptionist.i18n import _
from receptionist.model.contactpreview import Outcome, Previewed, ReadContact
from ui.models.contactrows import OUTCOMES, outcome_tone, outcome_word, row_words
from ui.models.words import one_line
from ui.theme.sheet import worn
from ui.widgets.icon import picture
from ui.widgets.stateline import ICONS

_LINE = int(Qt.ItemDataRole.UserRole)
_TICKABLE = (Outcome.NEW, Outcome.CHANGED)
_BESIDE, _HIGH = 44, 12
_LOWEST, _HIGHEST = 120, 330
Index = QModelIndex | QPersistentModelIndex


class _Row(QStyledItemDelegate):
    """Rows as high as their words need."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        bar = self._view.verticalScrollBar().sizeHint().width()
        width = self._view.maximumViewportSize().width() - bar - _BESIDE
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        metrics = QFontMetrics(self._view.font())
        box = metrics.boundingRect(QRect(0, 0, width, 10_000), Qt.TextFlag.TextWordWrap, text)
        return QSize(_BESIDE, box.height() + _HIGH)


class PreviewList(QListWidget):
    """Main thread. Space ticks a row on and off; `left_out` are the lines of those ticked off.

    The rows keep the order of the first look: first what cannot be read, then what changes.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.left_out: set[int] = set()
        self._order: list[int] = []
        self.setAccessibleName(_("What would be done with each entry"))
        self.setProperty("surface", "choice")
        self.setWordWrap(True)
        self.setIconSize(QSize(14, 14))
        self.setSpacing(1)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setItemDelegate(_Row(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemChanged.connect(self._ticked)

    @property
    def words(self) -> list[str]:
        """What the rows say."""
        return [self.item(number).text() for number in range(self.count())]

    def start(self) -> None:
        """Another file was read."""
        self.left_out, self._order = set(), []

    def go(self) -> None:
        """Take the keyboard, with a row chosen."""
        if self.currentRow() < 0:
            self.setCurrentRow(0)
        self.setFocus()

    def show_entries(self, entries: Sequence[Previewed], read: Iterable[ReadContact]) -> None:
        """Show what becomes of every entry that was read; who is ticked off has none here."""
        found = {one.line: one for one in entries}
        named = {one.line: one.name for one in read}
        if not self._order:
            self._order = [o.line for kind in OUTCOMES for o in entries if o.outcome is kind]
        self.blockSignals(True)
        if self.count() != len(self._order):
            self.clear()
        for number, line in enumerate(self._order):
            item = self.item(number) or QListWidgetItem()
            self._write(item, line, found.get(line), named.get(line, ""))
            if number >= self.count():
                self.addItem(item)
        self.blockSignals(False)
        needed = sum(self.sizeHintForRow(number) + 2 for number in range(min(self.count(), 12)))
        self.setFixedHeight(max(_LOWEST, min(needed + 8, _HIGHEST)))

    def _write(self, item: QListWidgetItem, line: int, entry: Previewed | None, name: str) -> None:
        outcome = entry.outcome if entry is not None else None
        word = outcome_word(outcome) if outcome is not None else _("is left out")
        where = _("Line {number}").format(number=line)
        head = " – ".join(filter(None, [one_line(name, 80), word]))
        told = row_words(entry) if entry is not None else ""
        words = f"{head}\n{where}: {told}" if told else f"{head}\n{where}"
        if (words, line) == (item.text(), item.data(_LINE)):
            return  # among thousands of rows only what changes is laid out anew
        item.setText(words)
        item.setData(_LINE, line)
        tickable = outcome is None or outcome in _TICKABLE
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable if tickable else flags)
        state = Qt.CheckState.Unchecked if outcome is None else Qt.CheckState.Checked
        item.setData(Qt.ItemDataRole.CheckStateRole, state if tickable else None)
        if outcome is not None and not tickable:
            tone, palette = outcome_tone(outcome), worn()
            ink = palette.danger if tone == "danger" else palette.quiet
            item.setIcon(picture(ICONS[tone], ink))

    def _ticked(self, item: QListWidgetItem) -> None:
        line = int(item.data(_LINE))
        if item.checkState() is Qt.CheckState.Checked:
            self.left_out.discard(line)
        else:
            self.left_out.add(line)
        self.changed.emit()
