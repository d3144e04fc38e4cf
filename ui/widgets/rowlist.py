"""A list of rows of words, each as high as its words need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.theme.sheet import worn

_AROUND, _HIGH = 18, 10
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says; one that is `strong` is a heading of what follows, `inset` steps in."""

    words: str
    strong: bool = False
    inset: int = 0
    tone: str = "text"


class _Height(QStyledItemDelegate):
    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        bar = self._view.verticalScrollBar().sizeHint().width()
        width = self._view.maximumViewportSize().width() - bar - _AROUND
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        metrics = QFontMetrics(self._view.font())
        flag = Qt.TextFlag.TextWordWrap if self._view.wordWrap() else Qt.TextFlag.TextSingleLine
        box = metrics.boundingRect(QRect(0, 0, width, 10_000), flag, text)
        return QSize(_AROUND, box.height() + _HIGH)


class RowList(QListWidget):
    """Main thread. Without `wrap` a row has one line.

    `wanted` carries the number of a row on which Enter or the mouse was pressed, `taken` that of
    one with Enter or two clicks, `came` that of the row to which the arrows went.
    """

    wanted = Signal(int)
    taken = Signal(int)
    came = Signal(int)

    def __init__(self, name: str, *, wrap: bool = True) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self.setAccessibleName(name)
        self.setProperty("surface", "choice")
        self.setWordWrap(wrap)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setItemDelegate(_Height(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(lambda item: self.wanted.emit(self.row(item)))
        self.itemDoubleClicked.connect(lambda item: self.taken.emit(self.row(item)))
        self.currentRowChanged.connect(lambda number: self.came.emit(number))

    @property
    def words(self) -> list[str]:
        """What the rows say."""
        return [one.words for one in self._rows]

    def show_rows(self, rows: Sequence[Row], chosen: int = -1) -> None:
        """Show these rows, one of them chosen; nobody is told."""
        self.blockSignals(True)
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self.clear()
            for one in rows:
                self.addItem(_item(one))
        self.setCurrentRow(chosen)
        self.blockSignals(False)

    def choose(self, number: int) -> None:
        """Choose a row, and tell nobody."""
        self.show_rows(self._rows, number)

    def height_for(self, most: int) -> int:
        """How high the list is with all rows, but not higher than `most`."""
        high = sum(self.sizeHintForRow(number) for number in range(self.count()))
        return min(high + 2 * self.frameWidth(), most)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in _ENTER and self.currentRow() >= 0:
            self.wanted.emit(self.currentRow())
            self.taken.emit(self.currentRow())
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


def _item(one: Row) -> QListWidgetItem:
    item = QListWidgetItem(f"{'   ' * one.inset}{one.words}")
    item.setToolTip(f"<qt>{escape(one.words)}</qt>")
    font = item.font()
    font.setBold(one.strong)
    item.setFont(font)
    if one.tone != "text":
        item.setForeground(QColor(getattr(worn(), one.tone)))
    return item
