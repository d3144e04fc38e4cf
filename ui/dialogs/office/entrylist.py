"""The list of everything the office consists of, in groups, with a field that narrows it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache, partial
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from receptionist.i18n import _
from ui.models.office import PEOPLE, WHOLE, Entry, Group, group_words, new_words
from ui.models.words import one_line
from ui.theme.sheet import GRID, worn
from ui.widgets.card import Card
from ui.widgets.icon import picture, program_icon
from ui.widgets.inputs import Line
from ui.widgets.keybutton import KeyButton

_ID, _GROUP = int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 1
_ICONS = {
    Group.LINES: "phone",
    Group.ACCOUNTS: "calendar",
    Group.OVERVIEW: "menu",
    Group.CONTACTS: "person",
    Group.ROTAS: "clock",
    Group.KNOWLEDGE: "question",
    Group.CALLERS: "incoming",
}
_DOT = 12
_BESIDE = 40
"""What a row needs besides its words: icon, padding, frame."""
Index = QModelIndex | QPersistentModelIndex


class _Rows(QListWidget):
    """Enter opens the chosen row, Delete wants to delete it, Left leaves the list."""

    entered = Signal()
    deleting = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setItemDelegate(_Row(self))
        self.setSpacing(1)
        self.setIconSize(QSize(16, 16))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(_("Office, clients, lines, calendar accounts"))
        self.setProperty("surface", "choice")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.deleting.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Backspace):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Row(QStyledItemDelegate):
    """Rows as high as their words need."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        bar = self._view.verticalScrollBar().sizeHint().width()
        width = self._view.maximumViewportSize().width() - bar - _BESIDE
        words = QFontMetrics(self._view.font())
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        box = words.boundingRect(QRect(0, 0, width, 10_000), Qt.TextFlag.TextWordWrap, text)
        return QSize(_BESIDE, box.height() + 12)


class EntryList(Card):
    """Main thread. `chosen` carries the id of a row, `new` the group of a new part.

    Beside the whole office it shows the people of one client, whom `left` leaves.
    """

    chosen = Signal(object)
    new = Signal(object)
    entered = Signal()
    deleting = Signal()
    left = Signal()

    def __init__(self, hint: str, back: str) -> None:
        super().__init__()
        self._entries: tuple[Entry, ...] = ()
        self._unsaved: frozenset[UUID] = frozenset()
        self._hint, self._client = hint, ""
        self.back = KeyButton("", back, kind="quiet")
        self.back.clicked.connect(self.left)
        self.back.hide()
        self.narrow = Line("", 80, _("Find by name"))
        self.narrow.setAccessibleName(_("Find by name"))
        self.narrow.setClearButtonEnabled(True)
        self.rows = _Rows()
        self.buttons: dict[Group, KeyButton] = {}
        self.column.addWidget(self.back)
        self.column.addWidget(self.narrow)
        self.column.addWidget(self.rows, 1)
        self.column.addWidget(self._news())
        self.narrow.textChanged.connect(self._show)
        self.rows.currentItemChanged.connect(self._current)
        self.rows.entered.connect(self.entered)
        self.rows.deleting.connect(self.deleting)
        self.rows.left.connect(self.left)

    @property
    def group(self) -> Group:
        """The group of the chosen row, in which a new part is made; the first by default."""
        item, groups = self.rows.currentItem(), PEOPLE if self._client else WHOLE
        group = Group(item.data(_GROUP)) if item is not None else groups[0]
        return group if group in groups else groups[0]

    def show_scope(self, client: str) -> None:
        """Be the list of a client's people, or ("") of the office."""
        if client == self._client:
            return
        self._client = client
        self.back.setVisible(bool(client))
        self.back.relabel(_("‹ {client}").format(client=one_line(client, 24)))
        self.back.setAccessibleName(_("Back to {client}").format(client=client))
        self.back.setToolTip(_("Back to {client}").format(client=client))
        self.narrow.clear()
        for group, button in self.buttons.items():
            button.setVisible((group in PEOPLE) is bool(client))

    def show_entries(
        self, entries: Sequence[Entry], unsaved: Collection[UUID], chosen: UUID | None
    ) -> None:
        """Show these rows; `unsaved` say so, and `chosen` is the one that is edited."""
        wanted = tuple(entries), frozenset(unsaved)
        if wanted != (self._entries, self._unsaved):
            self._entries, self._unsaved = wanted
            self._show()
        self.choose(chosen)

    def choose(self, chosen: UUID | None) -> None:
        """Mark the row that is edited, and tell nobody."""
        self.rows.blockSignals(True)
        for at in range(self.rows.count()):
            item = self.rows.item(at)
            if item is not None and item.data(_ID) == chosen and chosen is not None:
                self.rows.setCurrentItem(item)
        self.rows.blockSignals(False)
        self._hint_new()

    def show_row(self, entry: Entry, unsaved: bool) -> None:
        """One row is called otherwise now, or was changed."""
        for at in range(self.rows.count()):
            item = self.rows.item(at)
            if item is not None and item.data(_ID) == entry.id:
                _write(item, entry, unsaved)

    def _news(self) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for group in (*WHOLE, *PEOPLE):
            button = KeyButton(new_words(group))
            button.clicked.connect(partial(self._make, group))
            self.buttons[group] = button
            column.addWidget(button)
            button.setVisible(group in WHOLE)
        return place

    def _make(self, group: Group, _checked: bool = False) -> None:
        self.new.emit(group)

    def _show(self) -> None:
        kept = self.rows.currentItem()
        chosen = kept.data(_ID) if kept is not None else None
        words = self.narrow.text().casefold().split()
        self.rows.blockSignals(True)
        self.rows.clear()
        group: Group | None = None
        for entry in self._entries:
            name = entry.name.casefold()
            if not all(word in name for word in words) and entry.id != chosen:
                continue
            if entry.group is not group:
                group = entry.group
                self.rows.addItem(_heading(group))
            self.rows.addItem(_row(entry, entry.id in self._unsaved))
        self.rows.blockSignals(False)
        self.choose(chosen)

    def _current(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_ID) is not None:
            self._hint_new()
            self.chosen.emit(item.data(_ID))

    def _hint_new(self) -> None:
        for group, button in self.buttons.items():
            button.show_hint(self._hint if group is self.group else "")


def _heading(group: Group) -> QListWidgetItem:
    item = QListWidgetItem(group_words(group))
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    font = item.font()
    font.setPixelSize(12)
    font.setBold(True)
    item.setFont(font)
    item.setForeground(QColor(worn().quiet))
    item.setData(_GROUP, group)
    return item


def _row(entry: Entry, unsaved: bool) -> QListWidgetItem:
    item = QListWidgetItem()
    item.setData(_ID, entry.id)
    item.setData(_GROUP, entry.group)
    _write(item, entry, unsaved)
    return item


def _write(item: QListWidgetItem, entry: Entry, unsaved: bool) -> None:
    words = _("{name} – not saved").format(name=entry.name) if unsaved else entry.name
    item.setText(words)
    item.setIcon(_icon(entry))
    font = item.font()
    font.setItalic(unsaved)
    item.setFont(font)


def _icon(entry: Entry) -> QIcon:
    palette = worn()
    if entry.group is Group.OFFICE:
        return program_icon()
    if entry.colour is None:
        return picture(_ICONS[entry.group], palette.quiet)
    return _dot(palette.client(entry.colour).strong)


@lru_cache(maxsize=64)
def _dot(colour: str) -> QIcon:
    pixmap = QPixmap(48, 48)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(24 - 3 * _DOT // 2, 24 - 3 * _DOT // 2, 3 * _DOT, 3 * _DOT)
    painter.end()
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        icon.addPixmap(pixmap, mode)  # a client's colour is the same in the chosen row
    return icon
